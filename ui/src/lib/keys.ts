import { useEffect, useRef } from 'react';

/** Whether somebody is writing: single letters are words then. */
function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) {
    return false;
  }
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}

/** Whether a dialog is open: what lies behind it hears no keys. */
function isCovered(target: EventTarget | null): boolean {
  const dialog = document.querySelector('[role="dialog"]');
  return dialog !== null && !(target instanceof Node && dialog.contains(target));
}

/**
 * Calls `handler` when a key is pressed and no field has focus. `key` is as in `KeyboardEvent.key`,
 * letters in lower case; two keys one after the other are `g m`.
 */
export function useKey(key: string, handler: (event: KeyboardEvent) => void, enabled = true): void {
  const latest = useRef(handler);
  latest.current = handler;
  useEffect(() => {
    if (!enabled) {
      return undefined;
    }
    const wanted = key.split(' ');
    let typed: string[] = [];
    const hear = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) {
        return;
      }
      if (isWriting(event.target) || isCovered(event.target)) {
        typed = [];
        return;
      }
      typed = [...typed, event.key.length === 1 ? event.key.toLowerCase() : event.key];
      typed = typed.slice(-wanted.length);
      if (typed.join(' ') === key) {
        typed = [];
        event.preventDefault();
        latest.current(event);
      }
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, [key, enabled]);
}
