import { useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** Browsers cap an element at about 33,554,000 px; a spacer of this height is safe everywhere. */
export const TALLEST = 8_000_000;

/** Where a scroll position leads, and which rows lie there. Pure, for the tests. */
export interface Scroll {
  /** The position in the list as if it had no cap, in px. */
  virtual: number;
  /** The position of the scrollbar, in px. */
  real: number;
}

/** The next place after the scrollbar moved to `real`. */
export function moved(last: Scroll, real: number, whole: number, view: number): Scroll {
  const shown = Math.min(whole, TALLEST);
  if (whole <= TALLEST) {
    return { real, virtual: real };
  }
  const by = real - last.real;
  const isSmall = Math.abs(by) < view * 2;
  const isInside = real > 0 && real < shown - view;
  // Wheel and keys move row by row; only a dragged thumb is scaled.
  const virtual =
    isSmall && isInside ? last.virtual + by : (real * (whole - view)) / (shown - view);
  return { real, virtual: Math.min(Math.max(virtual, 0), whole - view) };
}

/** What a list of any length shows. */
export interface Huge {
  ref: RefObject<HTMLDivElement | null>;
  /** Height of the spacer, in px. */
  height: number;
  /** The first row to draw. */
  first: number;
  /** The row after the last to draw. */
  last: number;
  /** Where row `index` is drawn, in px. */
  top: (index: number) => number;
  /** Scrolls row `index` into view. */
  show: (index: number) => void;
}

/** Where the rows of a list lie, in px. */
export interface Heights {
  /** Rows in all. */
  count: number;
  /** Height of all rows. */
  whole: number;
  /** Where row `index` begins; the row after the last begins where the list ends. */
  top: (index: number) => number;
  /** The row that lies at `px`. */
  at: (px: number) => number;
}

/** A list of rows of which only the visible ones exist. Its heights are known before any is drawn. */
export function useHuge({ count, whole, top, at }: Heights, over = 8): Huge {
  const ref = useRef<HTMLDivElement>(null);
  const [scroll, setScroll] = useState<Scroll>({ virtual: 0, real: 0 });
  const [view, setView] = useState(600);
  const last = useRef(scroll);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) {
      return undefined;
    }
    const measure = () => setView(element.clientHeight || 600);
    const hear = () => {
      last.current = moved(last.current, element.scrollTop, whole, element.clientHeight || 600);
      setScroll(last.current);
    };
    measure();
    hear();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', hear, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', hear);
    };
  }, [whole]);
  const offset = scroll.real - scroll.virtual;
  return {
    ref,
    height: Math.min(whole, TALLEST),
    first: Math.max(0, at(scroll.virtual) - over),
    last: Math.min(count, at(scroll.virtual + view) + 1 + over),
    top: (index) => top(index) + offset,
    show: (index) => {
      const wanted = top(index);
      const from = last.current.virtual;
      if (wanted >= from && top(index + 1) <= from + view) {
        return;
      }
      const virtual = Math.min(Math.max(wanted - view / 2, 0), Math.max(whole - view, 0));
      const shown = Math.min(whole, TALLEST);
      const real = whole <= TALLEST ? virtual : (virtual * (shown - view)) / (whole - view);
      last.current = { virtual, real };
      setScroll(last.current);
      if (ref.current) {
        ref.current.scrollTop = real;
      }
    },
  };
}
