// Where things lie on the time axis of the Monitor, and which sittings are shown. Pure.
import type { Counted, IncidentView, SittingView } from '@/generated/protocol';
import { dayKey, hm, onTheWall } from '@/lib/time';
import { t } from '@/lib/tongue';

import { isUnnoticed } from '../incidents/groups';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Check-ins are gathered in bars of this width. */
const BAR_MS = 2 * MINUTE;
/** Less than this left is said in bold. */
const SHORT_MS = 20 * MINUTE;

/** The part of the day that the lanes show. */
export interface Axis {
  from: number;
  to: number;
}

const ON = new Set(['ADMITTING', 'WRITING', 'PAUSED', 'COLLECTING', 'RECONCILING']);

/** Whether something goes on in it. */
export function isOn(sitting: SittingView): boolean {
  return ON.has(sitting.phase);
}

/** When writing began or is planned to. */
export function startOf(sitting: SittingView): number {
  return Date.parse(sitting.startedAt ?? sitting.startsAt);
}

/** When writing ends or ended. */
export function endOf(sitting: SittingView): number {
  return Date.parse(sitting.stoppedAt ?? sitting.effectiveEnd);
}

/** The sittings of the day of `now`, or of the day nearest to it. */
export function ofTheDay(
  sittings: readonly SittingView[],
  now: number,
  zone: string,
): SittingView[] {
  const distance = (sitting: SittingView) => Math.abs(Date.parse(sitting.startsAt) - now);
  const today = dayKey(now, zone);
  const onDay = (day: string) =>
    sittings.filter((sitting) => dayKey(sitting.startsAt, zone) === day);
  const found = onDay(today);
  if (found.length > 0) {
    return found;
  }
  const [nearest] = sittings.toSorted((one, other) => distance(one) - distance(other));
  return nearest ? onDay(dayKey(nearest.startsAt, zone)) : [];
}

/** The sittings that are on, else the next ones, else the last ones. */
export function inSession(sittings: readonly SittingView[], now: number): SittingView[] {
  const on = sittings.filter(isOn);
  if (on.length > 0) {
    return on;
  }
  const starts = sittings.map((sitting) => Date.parse(sitting.startsAt));
  const next = Math.min(...starts.filter((at) => at > now));
  const wanted = Number.isFinite(next) ? next : Math.max(...starts);
  return sittings.filter((sitting) => Date.parse(sitting.startsAt) === wanted);
}

/** The axis that holds all of it, in whole half hours. */
export function axisOf(sittings: readonly SittingView[], now: number): Axis {
  const starts = sittings.map((sitting) =>
    Math.min(startOf(sitting), Date.parse(sitting.startsAt)),
  );
  const doors = sittings.flatMap((sitting) =>
    sitting.checkIns.slice(0, 1).map(({ at }) => Date.parse(at)),
  );
  const ends = sittings.map((sitting) => Math.max(endOf(sitting), endWithExtra(sitting)));
  let from = Math.min(...starts.map((at) => at - HOUR / 2), ...doors);
  let to = Math.max(...ends) + HOUR / 4;
  if (Math.abs(now - from) < 12 * HOUR) {
    from = Math.min(from, now - HOUR / 4);
    to = Math.max(to, now + HOUR / 4);
  }
  return {
    from: Math.floor(from / (HOUR / 2)) * (HOUR / 2),
    to: Math.ceil(to / (HOUR / 2)) * (HOUR / 2),
  };
}

/** The end for the candidate with the longest access arrangement. */
export function endWithExtra(sitting: SittingView): number {
  const length = Date.parse(sitting.endsAt) - Date.parse(sitting.startsAt);
  return Date.parse(sitting.effectiveEnd) + (length * sitting.longestExtraPct) / 100;
}

/** Percent from the start of the axis. */
export function across(axis: Axis, at: number): number {
  const share = (at - axis.from) / (axis.to - axis.from);
  return Math.min(100, Math.max(0, share * 100));
}

/** A stretch of the axis in percent; none when it has no length. */
export function stretch(
  axis: Axis,
  from: number,
  to: number,
): { insetInlineStart: string; width: string } | null {
  const left = across(axis, from);
  const width = across(axis, to) - left;
  return width > 0 ? { insetInlineStart: `${left}%`, width: `${width}%` } : null;
}

/** The full hours (or every second, third) for the labels. */
export function ticks({ from, to }: Axis): number[] {
  const step = HOUR * Math.ceil((to - from) / (9 * HOUR));
  const found: number[] = [];
  for (let at = Math.ceil(from / HOUR) * HOUR; at <= to; at += step) {
    found.push(at);
  }
  return found;
}

/** Bars of what was added in each stretch of time, as a path in a box of 1000 by 100. */
export function barsPath(counted: readonly Counted[], axis: Axis): string {
  const bars = new Map<number, number>();
  let before = 0;
  for (const { at, n } of counted) {
    const slot = Math.floor(Date.parse(at) / BAR_MS);
    bars.set(slot, (bars.get(slot) ?? 0) + Math.max(0, n - before));
    before = n;
  }
  const most = Math.max(1, ...bars.values());
  return [...bars]
    .map(([slot, n]) => {
      const x = (across(axis, (slot + 0.5) * BAR_MS) * 10).toFixed(1);
      return `M${x} 100V${(100 - (n / most) * 94 - 4).toFixed(1)}`;
    })
    .join('');
}

/** Hours and minutes: `1:17`. */
function left(ms: number): string {
  const minutes = Math.max(0, Math.ceil(ms / MINUTE));
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

/** Since when the station of a hall is silent; none when one of its stations speaks. */
export function silentSince(sitting: SittingView): number | null {
  if (
    !isOn(sitting) ||
    sitting.stations.length === 0 ||
    sitting.stations.some((one) => one.online)
  ) {
    return null;
  }
  const open = sitting.stations.flatMap((one) => one.outages).filter((one) => one.to === null);
  const since = open.map((one) => Date.parse(one.from));
  return since.length > 0 ? Math.min(...since) : null;
}

/** What a hall does now, in few words, and whether to look at it. */
export function stateOf(
  sitting: SittingView,
  now: number,
  zone: string,
): { text: string; strong: boolean } {
  const silent = silentSince(sitting);
  if (silent !== null) {
    return {
      text: t('monitor-silent-min', { now: Math.max(1, Math.floor((now - silent) / MINUTE)) }),
      strong: true,
    };
  }
  const ms = Date.parse(sitting.effectiveEnd) - now;
  switch (sitting.phase) {
    case 'SETUP':
      return { text: t('monitor-from', { time: hm(sitting.startsAt, zone) }), strong: false };
    case 'ADMITTING':
      return { text: t('monitor-doors-open'), strong: false };
    case 'WRITING':
      return ms > 0
        ? { text: t('monitor-left', { ms: left(ms) }), strong: ms < SHORT_MS }
        : { text: t('monitor-time-is-up'), strong: true };
    case 'PAUSED':
      return { text: t('monitor-paused'), strong: true };
    case 'COLLECTING':
      return {
        text: t('monitor-in-2', {
          scriptsCollected: sitting.batch?.scriptsCollected ?? 0,
          present: sitting.present,
        }),
        strong: true,
      };
    case 'RECONCILING':
      return { text: t('monitor-counting'), strong: true };
    case 'CLOSED':
      return { text: t('monitor-closed'), strong: false };
    case 'CANCELLED':
      return { text: t('monitor-cancelled'), strong: false };
    case 'POSTPONED':
      return { text: t('monitor-postponed'), strong: false };
  }
}

const RANK = { CRITICAL: 4, HIGH: 3, MEDIUM: 2, LOW: 1 } as const;

/** How much a hall needs somebody: silence first, then what is open there, then what ends soon. */
function need(
  sitting: SittingView,
  incidents: readonly IncidentView[],
  now: number,
  zone: string,
): number {
  const open = incidents.filter((one) => one.sittingId === sitting.id && isUnnoticed(one));
  const worst = Math.max(0, ...open.map((one) => RANK[one.severity]));
  const silent = silentSince(sitting) === null ? 0 : 100;
  const short = sitting.invigilators.some((one) => one.checkedInAt === null) ? 1 : 0;
  return silent + worst * 10 + (stateOf(sitting, now, zone).strong ? 5 : 0) + short;
}

/** The `n` halls that need somebody most, in the order in which all stand. */
export function neediest(
  sittings: readonly SittingView[],
  incidents: readonly IncidentView[],
  now: number,
  zone: string,
  n: number,
): readonly SittingView[] {
  if (sittings.length <= n) {
    return sittings;
  }
  const ranked = sittings
    .map((sitting) => ({ sitting, need: need(sitting, incidents, now, zone) }))
    .toSorted((one, other) => other.need - one.need)
    .slice(0, n);
  const chosen = new Set(ranked.map(({ sitting }) => sitting.id));
  return sittings.filter((sitting) => chosen.has(sitting.id));
}

/** The session in one word: by the hour in which it begins. */
export function sessionName(from: number, zone: string): string {
  const [hour] = onTheWall(from, zone);
  return hour < 12
    ? t('monitor-morning-session')
    : hour < 17
      ? t('monitor-afternoon-session')
      : t('monitor-evening-session');
}
