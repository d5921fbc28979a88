// How late news came to this station: by the outage in which it was missed.
import { useMemo } from 'react';

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

/** How far the clocks of the server and of the line may be apart. */
const APART_MS = 2_000;
/** That it had to wait is told so long after it was sent. */
const NEWS_MS = 3_600_000;

/** When a report was sent that was written here while the line was down; none for all others. */
export function sentOf(
  { station, number, times, receivedAt }: IncidentView,
  outages: readonly Outage[],
  { here, back, now }: { here: string; back: number; now: number },
): string | null {
  const written = Date.parse(times.recordedAt) - times.clockOffsetMs;
  const came = Date.parse(receivedAt);
  const isNews = station === here && number !== null && now - came < NEWS_MS;
  const end = (one: Outage) => (one.to === null ? back : Date.parse(one.to));
  const waited = outages.some(
    (one) => Date.parse(one.from) <= written && written < end(one) && end(one) - APART_MS <= came,
  );
  return isNews && waited ? receivedAt : null;
}

/** How late an incident came, or when it was sent that was written here without a line. */
export interface Lateness {
  lateOf: (incident: IncidentView) => number | null;
  sentOf: (incident: IncidentView) => string | null;
}

/** The same for every incident; an outage that lasts ends when the line came back. */
export function useLateness(now: number): Lateness {
  const outages = useCall<Outage[]>('outages').data;
  const status = useStatus();
  const { state, since } = status?.link ?? {};
  const here = status?.station.code ?? '';
  return useMemo(() => {
    const back = state === 'offline' ? Number.NaN : Date.parse(since ?? '');
    const known = outages ?? [];
    return {
      lateOf: (one) => (one.arrivedLate ? latenessOf(one, known, back) : null),
      sentOf: (one) => sentOf(one, known, { here, back, now }),
    };
  }, [outages, state, since, here, now]);
}
