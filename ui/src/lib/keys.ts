// Hears keys, as the one table of shortcuts names them.
import { useEffect, useRef } from 'react';

import {
  isLetter,
  isPressed,
  lettersWork,
  pressOf,
  SHORTCUTS,
  type Press,
  type ShortcutId,
} from './shortcuts';

/** Whether somebody is writing: single letters are words then. */
function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) {
    return false;
  }
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}

/**
 * Whether a dialog is open: it hears its own keys, and what lies behind it none. (A list with virtual
 * focus repeats keys on its items, which are no fields: they are words all the same.)
 */
function isCovered(): boolean {
  return document.querySelector('[role="dialog"]') !== null;
}

/** The first of two keys. */
const LEADER = 'g';
/** Two keys within this time belong together. */
const TOGETHER_MS = 1500;

/** Whether a press counts now: held keys always, others when nobody writes. */
function counts(press: Press, event: KeyboardEvent): boolean {
  if (isLetter(press) && !lettersWork()) {
    return false;
  }
  return press.ctrl || /^F\d/.test(press.key) || !isWriting(event.target);
}

/** Hears any of the presses, as `Ctrl k`, `g m` or `r`; the result ends it. */
export function hearKeys(
  keys: readonly string[],
  handler: (event: KeyboardEvent) => void,
): () => void {
  const presses = keys.map(pressOf);
  let before = '';
  let beforeAt = 0;
  const hear = (event: KeyboardEvent) => {
    if (event.defaultPrevented || isCovered()) {
      before = '';
      return;
    }
    // After `g` a letter names a place and nothing else.
    const isSecond = before === LEADER && event.timeStamp - beforeAt < TOGETHER_MS;
    const leader = isSecond ? LEADER : null;
    const isAlone = !event.ctrlKey && !event.metaKey && !event.altKey;
    before = isAlone && !isSecond && !isWriting(event.target) ? event.key.toLowerCase() : '';
    beforeAt = event.timeStamp;
    if (presses.some((press) => isPressed(press, event, leader) && counts(press, event))) {
      event.preventDefault();
      handler(event);
    }
  };
  window.addEventListener('keydown', hear);
  return () => window.removeEventListener('keydown', hear);
}

/** Calls `handler` on any of the presses. */
export function useKeys(
  keys: readonly string[],
  handler: (event: KeyboardEvent) => void,
  enabled = true,
): void {
  const latest = useRef(handler);
  latest.current = handler;
  const named = keys.join('\n');
  useEffect(
    () => (enabled ? hearKeys(named.split('\n'), (event) => latest.current(event)) : undefined),
    [named, enabled],
  );
}

/** Calls `handler` when the keys of a shortcut are pressed. */
export function useShortcut(
  id: ShortcutId,
  handler: (event: KeyboardEvent) => void,
  enabled = true,
): void {
  useKeys(SHORTCUTS[id].keys, handler, enabled);
}
