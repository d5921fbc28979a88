// Which incidents stand together, and in which order. Never one flat list.
import type { IncidentView } from '@/generated/protocol';
import { dayKey } from '@/lib/time';
import { table } from '@/lib/tongue';

export type GroupName = 'kept' | 'away' | 'needs' | 'handled' | 'done';

export interface Group {
  name: GroupName;
  title: string;
  incidents: IncidentView[];
}

const TITLES: Record<GroupName, string> = table('incidents-group', [
  'kept',
  'away',
  'needs',
  'handled',
  'done',
]);

const RANK = { CRITICAL: 0, HIGH: 1, MEDIUM: 2, LOW: 3 } as const;

/** When it happened, corrected by the clock of the station that wrote it. */
export function happenedAt(incident: IncidentView): number {
  return Date.parse(incident.times.occurredAt) - incident.times.clockOffsetMs;
}

/** Whether it is over. */
export function isDone(incident: IncidentView): boolean {
  return incident.status === 'RESOLVED' || incident.status === 'CLOSED';
}

/** Whether nobody has taken notice yet. */
export function isUnnoticed(incident: IncidentView): boolean {
  return !isDone(incident) && incident.acknowledgedAt === null;
}

/** The group an incident stands in; none when it was done on another day. */
export function groupOf(incident: IncidentView, today: string, zone: string): GroupName | null {
  if (incident.number === null && incident.sync !== 'server') {
    return 'kept';
  }
  if (incident.arrivedLate) {
    return 'away';
  }
  if (isDone(incident)) {
    return dayKey(incident.resolvedAt ?? happenedAt(incident), zone) === today ? 'done' : null;
  }
  const nobody = isUnnoticed(incident) && incident.assignee === null;
  return nobody || incident.sync === 'attention' ? 'needs' : 'handled';
}

/** The worst first where somebody is needed, the newest first elsewhere. */
function order(name: GroupName) {
  return (one: IncidentView, other: IncidentView): number => {
    const worse = name === 'needs' ? RANK[one.severity] - RANK[other.severity] : 0;
    return worse || happenedAt(other) - happenedAt(one);
  };
}

/** The groups of the feed that have somebody in them. What was just sent from here stands with what
 * is told of the time without a line. */
export function groupsOf(
  incidents: readonly IncidentView[],
  now: number,
  zone: string,
  isJustSent: (incident: IncidentView) => boolean = () => false,
): Group[] {
  const today = dayKey(now, zone);
  const found = new Map<GroupName, IncidentView[]>();
  for (const incident of incidents) {
    const name = isJustSent(incident) ? 'away' : groupOf(incident, today, zone);
    if (name !== null) {
      found.set(name, [...(found.get(name) ?? []), incident]);
    }
  }
  return (Object.keys(TITLES) as GroupName[]).flatMap((name) => {
    const members = found.get(name);
    return members ? [{ name, title: TITLES[name], incidents: members.toSorted(order(name)) }] : [];
  });
}

/** The last digits of a number, or the number that the station gave. */
export function shortNumber(incident: IncidentView): string {
  return incident.number?.split('-').at(-1) ?? incident.localNumber ?? '';
}

/** `GH F-14` */
export function placeOf(incident: IncidentView): string {
  return [incident.venueCode, incident.seat].filter(Boolean).join(' ');
}
