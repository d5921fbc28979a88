// The busiest day there is, to measure the window with: 500 events a second arrive, and the record
// holds a million.
import type { Batched, Event, Status } from '@/generated/protocol';

import { NOW } from './day';
import { hostOf, type GlassHost } from './glass';
import { eventOf, row } from './record';

const HELD = 1_000_000;
/** As the console tells the window. */
const EVERY_MS = 100;
const AT_A_TIME = 50;

function event(seq: number): Event {
  return { ...eventOf(1_480_000 + (seq % 4000)).event, seq };
}

function batch(status: Status, seq: number): Batched {
  const events = Array.from({ length: AT_A_TIME }, (_, n) => event(seq + n));
  return {
    status: { ...status, lastSeq: seq + AT_A_TIME },
    typing: [],
    changed: ['events', 'incidents', 'sittings', 'batches'],
    events,
  };
}

/** A console of glass that is told everything at once, `everyMs`. */
export function busyHost(
  answers: Parameters<typeof hostOf>[0],
  everyMs: number = EVERY_MS,
): GlassHost {
  const bars = Array.from({ length: 120 }, (_, n) => ({
    from: NOW - (120 - n) * 180_000,
    n: 8000 + ((n * 37) % 400),
    late: 0,
  }));
  const host = hostOf({
    ...answers,
    review: () => ({
      handle: 1,
      total: HELD,
      held: HELD,
      histogram: bars,
      barMs: 180_000,
      late: [],
      ms: 9,
    }),
    review_place: () => null,
    review_rows: ({ from, to }) =>
      Array.from({ length: Number(to) - Number(from) }, (_, n) => row(Number(from) + n)),
  });
  const told = answers['status']?.({}) as Status;
  let seq = told.lastSeq;
  setInterval(() => {
    host.tell(batch(told, seq));
    seq += AT_A_TIME;
    // For whoever measures from outside.
    Object.assign(globalThis, { nTold: seq - told.lastSeq });
  }, everyMs);
  return host;
}
