// How long the server took to answer, as far as this window has heard it: at most one a minute for an hour.
import { currentStatus, serverNow, subscribeStatus } from './store';

/** A measured round trip. */
export interface Trip {
  at: number;
  ms: number;
}

const EVERY_MS = 30_000;
const MOST = 120;

let kept: readonly Trip[] = [];

function note(): void {
  const ms = currentStatus()?.link.roundTripMs;
  const at = serverNow();
  const last = kept.at(-1);
  if (typeof ms === 'number' && (last === undefined || at - last.at >= EVERY_MS)) {
    kept = [...kept, { at, ms }].slice(-MOST);
  }
}

/** Begins to keep them; the returned function ends it. */
export function keepTrips(): () => void {
  const stop = subscribeStatus(note);
  return () => {
    stop();
    kept = [];
  };
}

/** What was measured, oldest first. */
export function trips(): readonly Trip[] {
  return kept;
}

/** Hears that another was measured. */
export const onTrips = subscribeStatus;
