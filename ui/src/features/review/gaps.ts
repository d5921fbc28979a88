// What stands between the events of a list: where the line was lost, and where it came back. Pure.
import type { LateRows, Outage, ReviewRow } from '@/generated/protocol';

import type { Heights } from './useHuge';

/** What is said before a row, or behind the last. */
export interface Gap {
  /** Whether the line was lost here, or came back. */
  kind: 'lost' | 'back';
  /** The row that it stands before. */
  row: number;
  /** A row that was seen late: it tells which outage this was. */
  witness: number;
}

/** A line of the list: an event, by its row, or what is said between two events. */
export type Line = { row: number } | { gap: Gap };

/** A list of events with what is said between them. */
export interface Lines {
  /** Lines in all. */
  count: number;
  lineAt: (index: number) => Line;
  /** Where the line of a row stands. */
  indexOf: (row: number) => number;
  /** Where the lines lie when an event is `row` px high and a gap `gap` px. */
  heights: (row: number, gap: number) => Heights;
}

function gapsOf(late: readonly LateRows[]): Gap[] {
  return late.flatMap(({ from, to }): Gap[] => [
    { kind: 'lost', row: from, witness: from },
    { kind: 'back', row: to, witness: to - 1 },
  ]);
}

/** How many of the gaps, which rise, fulfil what holds only for the first of them. */
function countWhile(gaps: readonly Gap[], holds: (gap: Gap, n: number) => boolean): number {
  let [low, high] = [0, gaps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const gap = gaps[middle];
    if (gap && holds(gap, middle)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** Of two heights, a position is still computed and not looked up: gaps are few. */
function heightsOf(gaps: readonly Gap[], total: number, row: number, gap: number): Heights {
  const count = total + gaps.length;
  const more = gap - row;
  const gapsBefore = (index: number) => countWhile(gaps, (one, n) => one.row + n < index);
  const top = (index: number) => index * row + gapsBefore(index) * more;
  return {
    count,
    whole: top(count),
    top,
    at: (px) => {
      // The gaps that lie before `px` as a whole, and perhaps one that lies there.
      const before = countWhile(gaps, (one, n) => (one.row + n) * row + n * more + gap <= px);
      const there = gaps[before];
      const index = Math.floor((px - before * more) / row);
      return there ? Math.min(index, there.row + before) : index;
    },
  };
}

/** The lines of a list of `total` rows, of which these were seen late. */
export function linesOf(total: number, late: readonly LateRows[]): Lines {
  const gaps = gapsOf(late);
  return {
    count: total + gaps.length,
    lineAt: (index) => {
      // Before a gap stand its rows and the gaps that came before it.
      const before = countWhile(gaps, (gap, n) => gap.row + n < index);
      const gap = gaps[before];
      return gap && gap.row + before === index ? { gap } : { row: index - before };
    },
    indexOf: (row) => row + countWhile(gaps, (gap) => gap.row <= row),
    heights: (row, gap) => heightsOf(gaps, total, row, gap),
  };
}

/** The outage in which an event was missed; by when it was seen, as the line came back then. */
export function outageOf(witness: ReviewRow, outages: readonly Outage[]): Outage | undefined {
  const seen = Date.parse(witness.seenAt);
  const came = Date.parse(witness.receivedAt);
  const near = outages.find(
    (one) => one.to !== null && Math.abs(Date.parse(one.to) - seen) < 60_000,
  );
  return near ?? outages.find((one) => Date.parse(one.from) <= came && one.to === null);
}
