// What the three kinds of station are: what opens first, and what is offered there.
import type { StationHall, StationKind, StationView, Venue } from '@/generated/protocol';

/** In the order in which they are offered. */
export const KINDS: readonly StationKind[] = ['office', 'hall', 'review'];

/** Where the window begins at this station. */
export function homeOf({ kind }: StationView): string {
  switch (kind) {
    case 'office':
      return '#/monitor';
    case 'hall':
      return '#/hall';
    case 'review':
      return '#/review';
  }
}

/** The venues of these sittings, each once, by name. */
export function hallsOf(sittings: readonly { venue: Venue | null }[]): StationHall[] {
  const venues = new Map<number, StationHall>();
  for (const { venue } of sittings) {
    if (venue) {
      venues.set(venue.id, { id: venue.id, name: venue.name });
    }
  }
  return [...venues.values()].toSorted((one, other) => one.name.localeCompare(other.name));
}

interface Held {
  id: number;
  venue: Venue | null;
  startsAt: string;
  effectiveEnd: string;
}

/** The sitting of a hall that is on or comes next; the last one when none does. */
export function sittingIn(
  hall: StationHall,
  sittings: readonly Held[],
  now: number,
): number | undefined {
  const here = sittings
    .filter(({ venue }) => venue?.id === hall.id)
    .toSorted((one, other) => Date.parse(one.startsAt) - Date.parse(other.startsAt));
  const next = here.find(({ effectiveEnd }) => now <= Date.parse(effectiveEnd));
  return (next ?? here.at(-1))?.id;
}
