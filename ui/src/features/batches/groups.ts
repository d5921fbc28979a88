// What of the batches somebody should look at, and in which order they stand. Pure.
import type { BatchStatus, BatchView } from '@/generated/protocol';
import { table } from '@/lib/tongue';

import { trouble } from './custody';
import { lateWords } from './way';

/** What is said of the time is true to the minute: it is drawn no more often. */
export const MINUTE_MS = 60_000;

/** Why somebody should look at a batch: what is wrong with it weighs more than what is late. */
export interface Concern {
  severity: 'HIGH' | 'MEDIUM';
  words: string;
}

/** What somebody should look at; none where all is as planned. */
export function concernOf(batch: BatchView, zone: string, now: number): Concern | undefined {
  const wrong = trouble(batch);
  if (wrong !== undefined) {
    return { severity: 'HIGH', words: wrong };
  }
  const late = lateWords(batch, zone, now);
  return late === undefined ? undefined : { severity: 'MEDIUM', words: late };
}

/** The groups of the list, in order. */
export type Group = 'look' | 'halls' | 'sealed' | 'transit' | 'lecturers' | 'registry';

export const GROUP_TITLES: Record<Group, string> = table('batches-group', [
  'look',
  'halls',
  'sealed',
  'transit',
  'lecturers',
  'registry',
]);

const GROUP_OF: Record<BatchStatus, Group> = {
  PENDING: 'halls',
  IN_COLLECTION: 'halls',
  SEALED: 'sealed',
  IN_TRANSIT: 'transit',
  WITH_LECTURER: 'lecturers',
  GRADING_IN_PROGRESS: 'lecturers',
  GRADING_COMPLETED: 'lecturers',
  RETURNED_TO_REGISTRY: 'registry',
  ARCHIVED: 'registry',
};

/** A batch in the list, and why somebody should look at it. */
export interface Listed {
  batch: BatchView;
  concern: Concern | undefined;
}

/** The batches by group: first what somebody should look at, wherever it is, and of that what is wrong. */
export function grouped(
  batches: readonly BatchView[],
  zone: string,
  now: number,
): [Group, Listed[]][] {
  const listed = batches.map((batch) => ({ batch, concern: concernOf(batch, zone, now) }));
  const order = Object.keys(GROUP_TITLES) as Group[];
  return order.flatMap((group) => {
    const here = listed.filter(({ batch, concern }) =>
      concern ? group === 'look' : GROUP_OF[batch.status] === group,
    );
    return here.length === 0 ? [] : [[group, here.toSorted(byWeight)] as [Group, Listed[]]];
  });
}

/** What is wrong before what is late; the rest as it was. */
function byWeight(one: Listed, other: Listed): number {
  return weight(other) - weight(one);
}

function weight({ concern }: Listed): number {
  return concern === undefined ? 0 : concern.severity === 'MEDIUM' ? 1 : 2;
}
