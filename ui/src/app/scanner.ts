// A scanner is a keyboard that types very fast and ends with Enter. It is heard on every screen.
import { useEffect, useRef } from 'react';

/** People do not type two keys within this time, again and again. */
const FAST_MS = 40;
/** Shorter than any printed code. */
const SHORTEST = 6;

/** A field that is there for the scanner has this attribute, and what is scanned into it to itself. */
const FOR_SCANNERS = '[data-for-scanners]';

/** Calls `scanned` with what a scanner typed. Where a person types, nothing is taken away. */
export function useScanner(scanned: (code: string) => void): void {
  const latest = useRef(scanned);
  latest.current = scanned;
  useEffect(() => {
    let typed = '';
    let last = 0;
    const hear = (event: KeyboardEvent) => {
      const fast = event.timeStamp - last < FAST_MS;
      last = event.timeStamp;
      if (event.target instanceof Element && event.target.matches(FOR_SCANNERS)) {
        typed = '';
      } else if (event.key === 'Enter' && fast && typed.length >= SHORTEST) {
        event.preventDefault();
        event.stopPropagation();
        latest.current(typed);
        typed = '';
      } else if (event.key.length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey) {
        typed = fast ? typed + event.key : event.key;
      } else if (event.key !== 'Shift') {
        typed = '';
      }
    };
    // Before anything else: the Enter of a scanner opens or sends nothing.
    window.addEventListener('keydown', hear, true);
    return () => window.removeEventListener('keydown', hear, true);
  }, []);
}
