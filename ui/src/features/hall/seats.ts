// The seats of a hall as rows and places, and what each of them is. Pure.
import type { Candidate, HallView, IncidentView } from '@/generated/protocol';

import { isDone } from '../incidents/groups';
import { seatOf } from '../report/form';

/** What a seat shows; the first that fits. */
export type SeatState = 'incident' | 'in' | 'out' | 'absent' | 'writing' | 'expected';

/** A seat with who sits there. */
export interface Seat {
  name: string;
  row: string;
  place: number;
  candidate: Candidate;
  state: SeatState;
  /** Since when its candidate is out. */
  outSince: number | null;
  incident: IncidentView | undefined;
}

/** A row of seats, its places in order. */
export interface SeatRow {
  name: string;
  seats: Seat[];
}

function partsOf(seat: string): [string, number] {
  const [, row = '', place = '0'] = /^(.*?)(\d*)$/.exec(seat) ?? [];
  return [row, Number(place)];
}

const NOT_THERE = new Set(['ABSENT', 'REFUSED', 'WITHDRAWN']);

function stateOf(hall: HallView, candidate: Candidate, out: boolean, open: boolean): SeatState {
  if (open) {
    return 'incident';
  }
  if (hall.scriptsIn.includes(candidate.studentId) || candidate.attendance === 'FINISHED') {
    return 'in';
  }
  if (out) {
    return 'out';
  }
  if (NOT_THERE.has(candidate.attendance)) {
    return 'absent';
  }
  return candidate.attendance === 'EXPECTED' ? 'expected' : 'writing';
}

/** The rows of a hall, in the order of their letters. */
export function rowsOf(hall: HallView): SeatRow[] {
  const rows = new Map<string, Seat[]>();
  for (const candidate of hall.candidates) {
    const name = seatOf(candidate.seat);
    const [row, place] = partsOf(name);
    const away = hall.away.find((one) => seatOf(one.seat) === name);
    const incident = hall.incidents.find(
      (one) => !isDone(one) && one.seat !== null && seatOf(one.seat) === name,
    );
    const seat: Seat = {
      name,
      row,
      place,
      candidate,
      state: stateOf(hall, candidate, away !== undefined, incident !== undefined),
      outSince: away ? Date.parse(away.since ?? '') || null : null,
      incident,
    };
    rows.set(row, [...(rows.get(row) ?? []), seat]);
  }
  return [...rows]
    .toSorted(([one], [other]) => one.length - other.length || one.localeCompare(other))
    .map(([name, seats]) => ({ name, seats: seats.toSorted((a, b) => a.place - b.place) }));
}

/** The seat beside another: within the row, or the nearest place of the next row. */
export function beside(rows: readonly SeatRow[], seat: Seat, key: string): Seat | undefined {
  const at = rows.findIndex((row) => row.name === seat.row);
  const row = rows[at]?.seats ?? [];
  const index = row.findIndex((one) => one.name === seat.name);
  const across = (other: SeatRow | undefined) =>
    other?.seats.toSorted(
      (a, b) => Math.abs(a.place - seat.place) - Math.abs(b.place - seat.place),
    )[0];
  switch (key) {
    case 'ArrowRight':
      return row[index + 1];
    case 'ArrowLeft':
      return row[index - 1];
    case 'ArrowDown':
      return across(rows[at + 1]);
    case 'ArrowUp':
      return across(rows[at - 1]);
    case 'Home':
      return row[0];
    case 'End':
      return row.at(-1);
    default:
      return undefined;
  }
}
