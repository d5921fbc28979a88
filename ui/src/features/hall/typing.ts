// Typing the name of a seat jumps to it. A letter that also does something waits for a digit first.
import { useEffect, useRef } from 'react';

import { lettersWork, SHORTCUTS, type ShortcutId } from '@/lib/shortcuts';

/** A letter and its digits belong together within this time. */
const TOGETHER_MS = 700;

/** What letters do in a hall. */
export type Deeds = Partial<Record<ShortcutId, (() => void) | undefined>>;

function deedOf(deeds: Deeds, key: string): (() => void) | undefined {
  const id = (Object.keys(deeds) as ShortcutId[]).find((one) => SHORTCUTS[one].keys.includes(key));
  return id && deeds[id];
}

function isFree(event: KeyboardEvent): boolean {
  const { target } = event;
  const writes =
    target instanceof HTMLElement && ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
  const held = event.ctrlKey || event.metaKey || event.altKey;
  return !writes && !held && !event.defaultPrevented && !document.querySelector('[role="dialog"]');
}

/**
 * Hears letters: `O` and others do what `deeds` says, and a letter of `rows` with digits after it is a
 * seat. Where a row is named like a deed, the deed waits until it is clear that no digit follows.
 */
export function useTyping(
  rows: ReadonlySet<string>,
  deeds: Deeds,
  onSeat: (name: string) => void,
): void {
  const latest = useRef({ rows, deeds, onSeat });
  latest.current = { rows, deeds, onSeat };
  useEffect(() => {
    let typed = '';
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = () => {
      clearTimeout(timer);
      typed = '';
    };
    const hear = (event: KeyboardEvent) => {
      if (!isFree(event) || !lettersWork()) {
        return end();
      }
      const key = event.key.toLowerCase();
      if (/^\d$/.test(key) && typed !== '') {
        clearTimeout(timer);
        typed += key;
        latest.current.onSeat(typed);
        timer = setTimeout(end, TOGETHER_MS);
        return undefined;
      }
      end();
      const deed = deedOf(latest.current.deeds, key);
      if (latest.current.rows.has(key.toUpperCase())) {
        typed = key;
        timer = setTimeout(() => {
          end();
          deed?.();
        }, TOGETHER_MS);
      } else if (deed) {
        event.preventDefault();
        deed();
      }
      return undefined;
    };
    window.addEventListener('keydown', hear);
    return () => {
      end();
      window.removeEventListener('keydown', hear);
    };
  }, []);
}
