// What the console told last. Live data goes through here and never through a render per event.
import type { Batched, Event, Status, Topic } from '@/generated/protocol';
import { call, failureOf, subscribe, type HostFailure } from '@/host';

type Hear = (batch: Batched) => void;

let status: Status | undefined;
/** When `status` came, by the monotonic clock: times are reckoned from it. */
let statusAt = 0;
const statusHearers = new Set<() => void>();
const batchHearers = new Set<Hear>();
let stop: (() => void) | undefined;
/** Why the console answers nothing, until it does. */
let closed: HostFailure | undefined;

function take(batch: Batched): void {
  setStatus(batch.status);
  for (const hear of batchHearers) {
    hear(batch);
  }
}

function setStatus(next: Status): void {
  status = next;
  closed = undefined;
  statusAt = performance.now();
  for (const hear of statusHearers) {
    hear();
  }
}

/** Begins to listen; the returned function ends it. */
export function startLive(): () => void {
  stop ??= subscribe(take);
  askAgain();
  return () => {
    stop?.();
    stop = undefined;
    status = undefined;
    closed = undefined;
  };
}

/** Asks the console for its frame; when it has none, says why. */
export function askAgain(): void {
  call<Status>('status').then(setStatus, (thrown: unknown) => {
    closed = failureOf(thrown);
    for (const hear of statusHearers) {
      hear();
    }
  });
}

/** Why there is no frame; none when there is one, or none is due yet. */
export function currentFailure(): HostFailure | undefined {
  return closed;
}

/** Takes the frame that a call answered, before the next batch brings it. */
export function adopt(next: Status): void {
  setStatus(next);
}

/** Hears every batch. */
export function onBatch(hear: Hear): () => void {
  batchHearers.add(hear);
  return () => void batchHearers.delete(hear);
}

/** Hears every event, in order. */
export function onEvents(hear: (events: Event[]) => void): () => void {
  return onBatch((batch) => {
    if (batch.events.length > 0) {
      hear(batch.events);
    }
  });
}

/** Hears which parts of the screen may be stale. */
export function onChanged(hear: (topics: Topic[]) => void): () => void {
  return onBatch((batch) => {
    if (batch.changed.length > 0) {
      hear(batch.changed);
    }
  });
}

export function subscribeStatus(hear: () => void): () => void {
  statusHearers.add(hear);
  return () => void statusHearers.delete(hear);
}

export function currentStatus(): Status | undefined {
  return status;
}

/** The server's clock now, in milliseconds since 1970; demo days run faster than others. */
export function serverNow(): number {
  if (!status) {
    return Date.now();
  }
  const passed = performance.now() - statusAt;
  return status.clock.serverNow + passed * status.clock.rate;
}
