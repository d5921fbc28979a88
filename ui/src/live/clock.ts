import { useSyncExternalStore } from 'react';

import { serverNow } from './store';

// One timer for the whole window; it rests while the window is hidden.
const hearers = new Set<() => void>();
let second = 0;
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  if (document.hidden) {
    return;
  }
  second = Math.floor(serverNow() / 1000) * 1000;
  for (const hear of hearers) {
    hear();
  }
}

function subscribe(hear: () => void): () => void {
  hearers.add(hear);
  timer ??= setInterval(tick, 1000);
  return () => {
    hearers.delete(hear);
    if (hearers.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

function snapshot(): number {
  const now = Math.floor(serverNow() / 1000) * 1000;
  // Between ticks the value must stand still, but a jump of the demo clock shows at once.
  if (Math.abs(now - second) > 1000) {
    second = now;
  }
  return second;
}

/** The server's clock in whole steps, in milliseconds since 1970. What shows minutes takes longer
 * steps than a second: it is drawn again only when one is over. */
export function useServerNow(stepMs = 1_000): number {
  return useSyncExternalStore(subscribe, () => Math.floor(snapshot() / stepMs) * stepMs);
}
