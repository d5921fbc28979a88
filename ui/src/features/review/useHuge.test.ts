import { describe, expect, it } from 'vitest';

import { moved, TALLEST } from './useHuge';

describe('a list longer than the browser can draw', () => {
  const row = 36;
  const count = 1_000_000;
  const view = 700;

  it('reaches the last of a million rows at the end of the scrollbar', () => {
    const end = moved({ virtual: 0, real: 0 }, TALLEST - view, count * row, view);
    expect(Math.ceil((end.virtual + view) / row)).toBe(count);
  });

  it('moves by exactly one row when the wheel does', () => {
    const middle = moved({ virtual: 0, real: 0 }, TALLEST / 2, count * row, view);
    const next = moved(middle, middle.real + row, count * row, view);
    expect(next.virtual - middle.virtual).toBe(row);
  });

  it('never leaves the list', () => {
    for (const real of [0, 1, 5_000, TALLEST / 3, TALLEST - view - 1, TALLEST - view]) {
      const place = moved({ virtual: 0, real: 0 }, real, count * row, view);
      expect(place.virtual).toBeGreaterThanOrEqual(0);
      expect(place.virtual).toBeLessThanOrEqual(count * row - view);
    }
  });
});
