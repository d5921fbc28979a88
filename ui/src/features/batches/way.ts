// What is said of a batch at each stop of its way. Pure.
import type { BatchStatus, BatchView, Stop, WayStop } from '@/generated/protocol';
import { ago, dayKey, dayMonth, dayShort, hm } from '@/lib/time';
import { t } from '@/lib/tongue';
import { words } from '@/lib/words';

/** `10:37`, with its day where that is not the day of the paper. */
export function whenOf(at: string, batch: BatchView, zone: string): string {
  const day = batch.startsAt ?? at;
  const same = dayKey(at, zone) === dayKey(day, zone);
  return same ? hm(at, zone) : `${dayShort(at, zone)} ${hm(at, zone)}`;
}

/** When a batch was at a stop: an instant, or from when to when. Ahead of it, what is known of its time. */
export function spanOf(stop: WayStop, batch: BatchView, zone: string): string {
  const { at, until } = stop;
  if (at === null) {
    return aheadOf(stop, batch, zone);
  }
  const from = whenOf(at, batch, zone);
  return until === null || hm(until, zone) === hm(at, zone)
    ? from
    : `${from} – ${whenOf(until, batch, zone)}`;
}

/** Until when whoever was offered a batch may take it. */
export function lapseOf({ openTransfer: offer }: BatchView): string | null {
  return offer?.state === 'OFFERED' ? offer.expiresAt : null;
}

/** Scripts are collected when the paper ends, an offer that nobody takes lapses, and the rest is wanted by
 * a time of the institution. */
function aheadOf({ stop, state, by }: WayStop, batch: BatchView, zone: string): string {
  const lapse = lapseOf(batch);
  if (state !== 'TO_COME') {
    return '';
  }
  if (stop === 'COLLECTED' && batch.endsAt !== null) {
    return t('batches-from', { time: hm(batch.endsAt, zone) });
  }
  const until = stop === 'IN_TRANSIT' && lapse !== null ? lapse : by;
  return until === null ? '' : t('batches-by', { time: limitOf(stop, until, batch, zone) });
}

/** A lecturer has days: the minute says nothing. */
function limitOf(stop: Stop, by: string, batch: BatchView, zone: string): string {
  return stop === 'RETURNED' ? dayMonth(by, zone) : whenOf(by, batch, zone);
}

/** The next stop that the institution wants by a time. */
const NEXT: Partial<Record<BatchStatus, Stop>> = {
  IN_COLLECTION: 'SEALED',
  SEALED: 'IN_TRANSIT',
  WITH_LECTURER: 'RETURNED',
  GRADING_IN_PROGRESS: 'RETURNED',
  GRADING_COMPLETED: 'RETURNED',
};

/** What comes next with a batch that is written or collected: the end of its paper. */
export function isWriting({ status, endsAt }: BatchView, now: number): boolean {
  return endsAt !== null && (status === 'PENDING' || now < Date.parse(endsAt));
}

/** The next stop and by when it is wanted; none while the paper is written. */
function wanted(batch: BatchView, zone: string, now: number) {
  const stop = batch.way.find((one) => one.stop === NEXT[batch.status]);
  if (!stop || stop.by === null || isWriting(batch, now)) {
    return undefined;
  }
  return {
    stop: stop.stop.toLowerCase().replaceAll('_', '-'),
    time: limitOf(stop.stop, stop.by, batch, zone),
    isLate: Date.parse(stop.by) < now,
  };
}

/** What is to be done next with a batch, and by when: `seal by 13:00`. */
export function wantedWords(batch: BatchView, zone: string, now: number): string | undefined {
  const next = wanted(batch, zone, now);
  return next && t(`batches-wanted-${next.stop}`, { time: next.time });
}

/** What was to be done by now and is not: `not sealed by 13:00`. */
export function lateWords(batch: BatchView, zone: string, now: number): string | undefined {
  const next = wanted(batch, zone, now);
  if (!next?.isLate) {
    return undefined;
  }
  const waits = batch.status === 'SEALED' ? sinceWords(batch, now) : undefined;
  return waits ?? t(`batches-late-${next.stop}`, { time: next.time });
}

/** How long a batch has waited to be taken along, or has been on its way. */
export function sinceWords(batch: BatchView, now: number): string | undefined {
  const reached = batch.steps.findLast((step) => step.status === batch.status);
  if (!reached || (batch.status !== 'SEALED' && batch.status !== 'IN_TRANSIT')) {
    return undefined;
  }
  const id = batch.status === 'SEALED' ? 'batches-waits-for' : 'batches-on-its-way-for';
  return t(id, { span: ago(now - Date.parse(reached.at)) });
}

/** What is known of a batch at a stop. */
export function lineOf(stop: WayStop, batch: BatchView): string {
  switch (stop.stop) {
    case 'PRINTED':
      return printed(stop, batch);
    case 'ISSUED':
      return issued(stop);
    case 'COLLECTED':
      return collected(stop, batch);
    case 'COUNTED':
      return counted(stop, batch);
    case 'SEALED':
      return sealed(stop, batch);
    case 'IN_TRANSIT':
      return inTransit(stop, batch);
    case 'WITH_LECTURER':
      return withLecturer(stop, batch);
    case 'RETURNED':
      return unnoted(stop) ?? stop.place ?? '';
  }
}

function unnoted(stop: WayStop): string | undefined {
  return stop.state === 'UNNOTED' ? t('batches-not-noted') : undefined;
}

function printed(stop: WayStop, batch: BatchView): string {
  const run = batch.printed;
  if (!run) {
    return unnoted(stop) ?? '';
  }
  const id = run.corrected ? 'batches-printed-corrected' : 'batches-printed-there';
  return t(id, { place: run.place, copies: run.copies, spare: run.spare });
}

function issued(stop: WayStop): string {
  if (stop.at === null) {
    return stop.state === 'HERE' ? t('batches-not-signed') : (unnoted(stop) ?? '');
  }
  const name = stop.people[0] ?? '';
  return stop.n === null
    ? t('batches-signed', { name })
    : t('batches-signed-for', { name, n: stop.n });
}

function collected(stop: WayStop, batch: BatchView): string {
  if (stop.at === null) {
    return unnoted(stop) ?? '';
  }
  const counts = { n: batch.scriptsCollected, m: batch.present || batch.totalRegistered };
  return t(batch.collected.length > 1 ? 'batches-row-by-row' : 'batches-n-of-m', counts);
}

function counted(stop: WayStop, batch: BatchView): string {
  const counts = batch.counts.map(({ by, count }) => ({ name: by.name, n: count }));
  const [first] = counts;
  if (first === undefined) {
    return unnoted(stop) ?? t('batches-two-people');
  }
  return counts.length === 1
    ? t('batches-second-open', first)
    : counts.map((one) => t('batches-count-by', one)).join(', ');
}

function sealed(stop: WayStop, batch: BatchView): string {
  if (stop.at === null || batch.sealNumber === null) {
    return unnoted(stop) ?? t('batches-seal-to-come');
  }
  return t('batches-sealed-by', { seal: batch.sealNumber, people: stop.people.join(', ') });
}

function inTransit(stop: WayStop, batch: BatchView): string {
  if (stop.state === 'UNNOTED') {
    return t('batches-direct');
  }
  if (stop.at === null && batch.openTransfer?.state === 'OFFERED') {
    return t('batches-offered-to', { name: batch.openTransfer.to.name });
  }
  return stop.place ?? '';
}

function withLecturer(stop: WayStop, batch: BatchView): string {
  const graded = batch.status === 'GRADING_IN_PROGRESS' || batch.status === 'GRADING_COMPLETED';
  const parts = [stop.people[0], graded ? words.batchStatus[batch.status] : undefined];
  return unnoted(stop) ?? parts.filter(Boolean).join(', ');
}
