import type { Topic } from '@/generated/protocol';
import type { CallName } from '@/host';

/** Which calls a change makes stale. Exhaustive by type: a new topic does not compile without. */
export const staleAfter: Record<Topic, readonly CallName[]> = {
  incidents: ['incidents', 'incident', 'monitor', 'batch', 'hall'],
  batches: ['batches', 'batch', 'monitor', 'incident', 'hall'],
  sittings: ['hall', 'monitor', 'batches', 'candidates', 'people', 'report_options', 'timetable'],
  stations: ['monitor', 'stations'],
  notifications: ['notifications'],
  events: ['incident', 'batch', 'review', 'outages', 'timetable'],
  // Asked in this order after a change of one's own: first where its row is waited for.
  outbox: [
    'monitor',
    'incidents',
    'hall',
    'incident',
    'batches',
    'batch',
    'outbox',
    'notifications',
  ],
};

/** The calls that any of the topics makes stale, each once. */
export function staleCalls(topics: readonly Topic[]): Set<CallName> {
  return new Set(topics.flatMap((topic) => staleAfter[topic]));
}
