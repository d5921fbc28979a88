// The days of the timetable and what lies where on one of them. Pure.
import type { Clash, SittingView } from '@/generated/protocol';
import { dayKey, onTheWall } from '@/lib/time';

const HOUR = 3_600_000;

/** A day with its sittings. */
export interface Day {
  key: string;
  /** An instant of it, for its name. */
  at: number;
  sittings: SittingView[];
  clashes: Clash[];
  /** How many candidates write in each hour, from the first hour of all days to the last. */
  load: Load[];
}

/** Candidates who write in an hour of the day. */
export interface Load {
  hour: number;
  n: number;
}

/** The papers of a hall on a day. */
export interface Row {
  key: string;
  name: string;
  seats: number;
  sittings: SittingView[];
}

/** When it begins, in hours of its day. */
function hourOf(at: string, zone: string): number {
  const [hours, minutes] = onTheWall(at, zone);
  return hours + minutes / 60;
}

function hoursOf(sitting: SittingView, zone: string): [number, number] {
  const from = hourOf(sitting.startsAt, zone);
  return [from, from + (Date.parse(sitting.effectiveEnd) - Date.parse(sitting.startsAt)) / HOUR];
}

/** How many write in each hour between `first` and `last`. */
function loadOf(hours: readonly [number, number, number][], first: number, last: number): Load[] {
  return Array.from({ length: Math.max(0, last - first) }, (_, n) => {
    const hour = first + n;
    const writing = hours.filter(([from, to]) => from < hour + 1 && to > hour);
    return { hour, n: writing.reduce((sum, [, , expected]) => sum + expected, 0) };
  });
}

/** The days on which something is written, in order. */
export function daysOf(
  sittings: readonly SittingView[],
  clashes: readonly Clash[],
  zone: string,
): Day[] {
  if (sittings.length === 0) {
    return [];
  }
  const hours = new Map(sittings.map((one) => [one.id, hoursOf(one, zone)]));
  const first = Math.floor(Math.min(...[...hours.values()].map(([from]) => from)));
  const last = Math.ceil(Math.max(...[...hours.values()].map(([, to]) => to)));
  const days = new Map<string, SittingView[]>();
  for (const sitting of sittings) {
    const key = dayKey(sitting.startsAt, zone);
    days.set(key, [...(days.get(key) ?? []), sitting]);
  }
  return [...days]
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([key, members]) => ({
      key,
      at: Date.parse(members[0]?.startsAt ?? ''),
      sittings: members,
      clashes: clashes.filter((clash) => members.some((one) => clash.sittings.includes(one.id))),
      load: loadOf(
        members.map(
          (one) => [...(hours.get(one.id) ?? [0, 0]), one.expected] as [number, number, number],
        ),
        first,
        last,
      ),
    }));
}

/** The day that is asked for, else today, else the next one, else the last. */
export function dayOf(
  days: readonly Day[],
  asked: string | undefined,
  today: string,
): Day | undefined {
  return (
    days.find((day) => day.key === asked) ?? days.find((day) => day.key >= today) ?? days.at(-1)
  );
}

/** The halls of a day by name, each with its papers in order of start. */
export function rowsOf(day: Pick<Day, 'sittings'>): Row[] {
  const rows = new Map<string, Row>();
  for (const sitting of day.sittings) {
    const key = `${sitting.venueId}`;
    const row = rows.get(key) ?? {
      key,
      name: sitting.venue?.name ?? sitting.room,
      seats: sitting.venue?.capacity ?? 0,
      sittings: [],
    };
    row.sittings.push(sitting);
    rows.set(key, row);
  }
  return [...rows.values()].toSorted(
    (one, other) => other.seats - one.seats || one.name.localeCompare(other.name),
  );
}

/** Papers that overlap in one hall lie in lanes beneath each other. */
export function lanesOf(sittings: readonly SittingView[]): [SittingView, number][] {
  const ends: number[] = [];
  return sittings
    .toSorted((one, other) => Date.parse(one.startsAt) - Date.parse(other.startsAt))
    .map((sitting) => {
      const free = ends.findIndex((end) => end <= Date.parse(sitting.startsAt));
      const lane = free < 0 ? ends.length : free;
      ends[lane] = Date.parse(sitting.effectiveEnd);
      return [sitting, lane];
    });
}

/** So many days with papers are shown beside each other. */
const FORTNIGHT = 10;

/** The days around `day`, and the halls in which something is written on one of them. */
export function fortnightOf(days: readonly Day[], day: Day): { shown: Day[]; rows: Row[] } {
  const at = Math.max(0, Math.min(days.indexOf(day) - 2, days.length - FORTNIGHT));
  const shown = days.slice(at, at + FORTNIGHT);
  return { shown, rows: rowsOf({ sittings: shown.flatMap((one) => one.sittings) }) };
}
