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

/** Calls `handler` on `Ctrl` (or `⌘`) and a key, also while somebody writes. */
export function useCtrl(key: string, handler: () => void): void {
  const latest = useRef(handler);
  latest.current = handler;
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      const isCtrl = (event.ctrlKey || event.metaKey) && !event.altKey;
      if (isCtrl && event.key.toLowerCase() === key && !event.defaultPrevented) {
        event.preventDefault();
        latest.current();
      }
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, [key]);
}

/** The first of two keys. */
const LEADER = 'g';
/** Two keys within this time belong together. */
const TOGETHER_MS = 1500;

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
    let before = '';
    let beforeAt = 0;
    const hear = (event: KeyboardEvent) => {
      const isFree = !event.ctrlKey && !event.metaKey && !event.altKey && !event.defaultPrevented;
      if (!isFree || isWriting(event.target) || isCovered(event.target)) {
        before = '';
        return;
      }
      const typed = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      // After `g` a letter names a place and nothing else.
      const isSecond = before === LEADER && event.timeStamp - beforeAt < TOGETHER_MS;
      before = isSecond ? '' : typed;
      beforeAt = event.timeStamp;
      if ((isSecond ? `${LEADER} ${typed}` : typed) === key) {
        event.preventDefault();
        latest.current(event);
      }
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, [key, enabled]);
}
