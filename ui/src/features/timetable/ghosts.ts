// The places that papers have left. Pure.
import type { MovedSitting, SittingView } from '@/generated/protocol';

import { rowsOf, type Day, type Row } from './days';

/** A paper that was moved away from a hall. */
export interface Ghost {
  sitting: SittingView;
  venueId: number;
  /** The hall it has left, as others of the same hall name it. */
  hall: string;
}

/** The places that papers of a day have left, where this station knows the halls. */
export function ghostsOf(
  day: Pick<Day, 'sittings'>,
  all: readonly SittingView[],
  moved: readonly MovedSitting[],
): Ghost[] {
  const halls = new Map(all.map((one) => [one.venueId, one.venue?.name ?? one.room]));
  return moved.flatMap(({ sittingId, venueId, room }) => {
    const sitting = day.sittings.find((one) => one.id === sittingId);
    const hall = halls.get(venueId) ?? room;
    return sitting && hall ? [{ sitting, venueId, hall }] : [];
  });
}

/** The halls of a day, and after them those that only a ghost is in. */
export function rowsWith(day: Pick<Day, 'sittings'>, ghosts: readonly Ghost[]): Row[] {
  const rows = rowsOf(day);
  for (const { venueId, hall } of ghosts) {
    const key = `${venueId}`;
    if (!rows.some((row) => row.key === key)) {
      rows.push({ key, name: hall, seats: 0, sittings: [] });
    }
  }
  return rows;
}
