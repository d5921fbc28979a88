// Times are shown in the institution's zone, in 24 hours, days in the language that is spoken.

import { locale, signed, t, tenths } from './tongue';

export { grouped } from './tongue';

type Instant = number | string;

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string, kind: string, options: Intl.DateTimeFormatOptions) {
  const key = `${locale()} ${zone} ${kind}`;
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(locale(), { ...options, hourCycle: 'h23', timeZone: zone });
    formats.set(key, found);
  }
  return found;
}

/** Milliseconds since 1970. */
export function clockMs(at: Instant): number {
  return typeof at === 'number' ? at : Date.parse(at);
}

/** `10:42:18`; on the night when the clocks go back, `01:30:18 BST` and an hour later `01:30:18 GMT`. */
export function clock(at: Instant, zone = 'UTC'): string {
  const options = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
  return named(format(zone, 'clock', options).format(clockMs(at)), at, zone);
}

/** `10:42`; on the night when the clocks go back, `01:30 BST` and an hour later `01:30 GMT`. */
export function hm(at: Instant, zone = 'UTC'): string {
  const options = { hour: '2-digit', minute: '2-digit' } as const;
  return named(format(zone, 'hm', options).format(clockMs(at)), at, zone);
}

/** Hours and minutes as the clock on the wall shows them. */
export function onTheWall(at: Instant, zone = 'UTC'): [hours: number, minutes: number] {
  const options = { hour: '2-digit', minute: '2-digit' } as const;
  const parts = format(zone, 'hm', options).formatToParts(clockMs(at));
  const part = (type: string) => Number(parts.find((found) => found.type === type)?.value ?? 0);
  return [part('hour'), part('minute')];
}

/** `10:42:18` and the milliseconds after it. */
export function clockParts(at: Instant, zone = 'UTC'): [string, string] {
  const ms = String(((clockMs(at) % 1000) + 1000) % 1000).padStart(3, '0');
  return [clock(at, zone), `.${ms}`];
}

const QUARTER_MS = 900_000;
const twice = new Map<string, boolean>();

/** Whether the clock on the wall shows this quarter of an hour twice: it is set back around it. */
function isTwice(at: Instant, zone: string): boolean {
  const quarter = Math.floor(clockMs(at) / QUARTER_MS);
  const key = `${zone} ${quarter}`;
  let found = twice.get(key);
  if (found === undefined) {
    const here = quarter * QUARTER_MS;
    const [before, after] = [-4, 4].map((hours) => offsetMin(here + hours * 3_600_000, zone));
    const back = ((before ?? 0) - (after ?? 0)) * 60_000;
    const now = offsetMin(here, zone);
    const [first, second] = [offsetMin(here + back, zone), offsetMin(here - back, zone)];
    found = back > 0 && (now === before ? first === after : second === before);
    twice.set(key, found);
  }
  return found;
}

/** A time of day that comes twice has the name of its zone. */
function named(text: string, at: Instant, zone: string): string {
  return zone !== 'UTC' && isTwice(at, zone) ? `${text} ${zoneName(at, zone)}` : text;
}

/** `Tuesday 25 November 2025` */
export function dayLong(at: Instant, zone = 'UTC'): string {
  const options = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
  return format(zone, 'dayLong', options).format(clockMs(at)).replace(',', '');
}

/** `Tue 25 Nov` */
export function dayShort(at: Instant, zone = 'UTC'): string {
  const options = { weekday: 'short', day: 'numeric', month: 'short' } as const;
  return format(zone, 'dayShort', options).format(clockMs(at)).replace(',', '');
}

/** `24 Nov` */
export function dayMonth(at: Instant, zone = 'UTC'): string {
  return format(zone, 'dayMonth', { day: 'numeric', month: 'short' }).format(clockMs(at));
}

/** `14 Mar 2027` */
export function dayYear(at: Instant, zone = 'UTC'): string {
  const options = { day: 'numeric', month: 'short', year: 'numeric' } as const;
  return format(zone, 'dayYear', options).format(clockMs(at));
}

/** `2025-11-25`, to compare days. */
export function dayKey(at: Instant, zone = 'UTC'): string {
  const options = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const parts = format(zone, 'dayKey', options).formatToParts(clockMs(at));
  const part = (type: string) => parts.find((found) => found.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** Minutes by which a zone is ahead of UTC at an instant. */
export function offsetMin(at: Instant, zone = 'UTC'): number {
  const [year = 0, month = 1, day = 1] = dayKey(at, zone).split('-').map(Number);
  const [hour, minute] = onTheWall(at, zone);
  const local = Date.UTC(year, month - 1, day, hour, minute);
  return Math.round((local - Math.floor(clockMs(at) / 60_000) * 60_000) / 60_000);
}

const zones = new Map<string, Intl.DateTimeFormat>();

/** The zone in short, like `GMT`. */
export function zoneName(at: Instant, zone = 'UTC'): string {
  // A zone has one name in all languages.
  let found = zones.get(zone);
  if (!found) {
    found = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'short' });
    zones.set(zone, found);
  }
  const parts = found.formatToParts(clockMs(at));
  return parts.find((found) => found.type === 'timeZoneName')?.value ?? zone;
}

/** `52 s`, `4 min`, `1 h 11` */
export function ago(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) {
    return t('time-seconds', { n: seconds });
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return t('time-minutes', { n: minutes });
  }
  const hours = Math.floor(minutes / 60);
  return hours < 24
    ? t('time-hours', { hours, minutes: String(minutes % 60).padStart(2, '0') })
    : t('time-days', { n: Math.floor(hours / 24) });
}

const UNITS = [
  ['time-days', 86_400_000],
  ['time-whole-hours', 3_600_000],
  ['time-minutes', 60_000],
  ['time-seconds', 1000],
] as const;

/** `30 s`, `1 min`, `2 h`, `30 d`: a round length in the largest unit that holds it whole. */
export function stretch(ms: number): string {
  const [id, unit] = UNITS.find(([, each]) => ms >= each && ms % each === 0) ?? [];
  return id && unit ? t(id, { n: ms / unit }) : ago(ms);
}

/** `1:17:42`, or `5:41` below an hour. */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  const two = (n: number) => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** `+0.4 s`, `+17:20`: how much later, or how far off. */
export function lag(ms: number): string {
  const sign = ms < 0 ? '−' : '+';
  const size = Math.abs(ms);
  return size < 60_000
    ? t('time-lag', { seconds: signed(sign, tenths(size / 1000)) })
    : signed(sign, span(size));
}

/** The instant of `HH:MM` on the day of `near` in a zone; the day before when it would be to come. */
export function atClock(text: string, near: number, zone = 'UTC'): number | undefined {
  const [h, m] = text.split(':').map(Number);
  if (h === undefined || m === undefined || Number.isNaN(h) || Number.isNaN(m)) {
    return undefined;
  }
  const [nowH, nowM] = onTheWall(near, zone);
  const minute = Math.floor(near / 60_000) * 60_000;
  const at = minute + (h * 60 + m - nowH * 60 - nowM) * 60_000;
  return at > near ? at - 86_400_000 : at;
}
