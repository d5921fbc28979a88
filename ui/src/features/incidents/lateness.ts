// How late news came to this station: by the outage in which it was missed.
import type { IncidentView, Outage } from '@/generated/protocol';
import { useCall, useStatus } from '@/live/queries';

import { happenedAt } from './groups';

/** Milliseconds between what happened and when it was seen here; none when no outage explains it. */
export function latenessOf(
  incident: IncidentView,
  outages: readonly Outage[],
  back: number,
): number | null {
  const came = Date.parse(incident.receivedAt);
  const end = (one: Outage) => (one.to === null ? back : Date.parse(one.to));
  const missed = outages.find((one) => Date.parse(one.from) <= came && came <= end(one));
  return missed ? Math.max(0, end(missed) - happenedAt(incident)) : null;
}

/** The same for every incident that came late; an outage that lasts ends when the line came back. */
export function useLateness(): (incident: IncidentView) => number | null {
  const outages = useCall<Outage[]>('outages').data;
  const link = useStatus()?.link;
  const back = link?.state === 'offline' ? Number.NaN : Date.parse(link?.since ?? '');
  return (incident) => (incident.arrivedLate ? latenessOf(incident, outages ?? [], back) : null);
}
