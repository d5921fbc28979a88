// A paper is carried to another hall with the pointer; what it is let go over is asked for, never done.
import { useEffect, useState, type PointerEvent } from 'react';

/** A press that moves less is a press. */
const STILL_PX = 6;

/** What is carried, and over which hall it is. */
export interface Carried {
  id: number;
  /** How far down it was carried, in px. */
  by: number;
  /** The hall beneath; none over its own, or beside all halls. */
  over: number | null;
}

interface Hold {
  id: number;
  home: number;
  y: number;
}

/** The hall whose row lies under the pointer. */
function hallUnder(event: PointerEvent): number | null {
  const found = document.elementsFromPoint(event.clientX, event.clientY);
  const row = found.map((one) => one.closest('[data-venue]')).find((one) => one !== null);
  const venue = Number(row?.getAttribute('data-venue'));
  return row && Number.isFinite(venue) ? venue : null;
}

/** Carrying papers: handlers for each that may be moved, and what is carried now. */
export function useCarrying(onDrop: (id: number, venueId: number) => void) {
  const [hold, setHold] = useState<Hold>();
  const [carried, setCarried] = useState<Carried>();
  const end = () => {
    setHold(undefined);
    setCarried(undefined);
  };
  const isHeld = hold !== undefined;
  useEffect(() => {
    const leave = (event: KeyboardEvent) => event.key === 'Escape' && end();
    if (isHeld) {
      window.addEventListener('keydown', leave);
    }
    return () => window.removeEventListener('keydown', leave);
  }, [isHeld]);
  const handlersOf = (id: number, home: number) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button === 0) {
        setHold({ id, home, y: event.clientY });
      }
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const by = event.clientY - (hold?.y ?? event.clientY);
      if (!hold || (!carried && Math.abs(by) < STILL_PX)) {
        return;
      }
      event.currentTarget.setPointerCapture?.(event.pointerId);
      const over = hallUnder(event);
      setCarried({ id, by, over: over === home ? null : over });
    },
    onPointerUp: () => {
      if (carried && carried.over !== null) {
        onDrop(id, carried.over);
      }
      end();
    },
    onPointerCancel: end,
  });
  return { carried, handlersOf };
}
