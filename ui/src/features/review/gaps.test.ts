import { describe, expect, it } from 'vitest';

import { OUTAGES, row } from '@/gallery/record';

import { linesOf, outageOf } from './gaps';

function written(total: number, late: { from: number; to: number }[]): string {
  const lines = linesOf(total, late);
  return Array.from({ length: lines.count }, (_, index) => {
    const line = lines.lineAt(index);
    return 'gap' in line ? (line.gap.kind === 'lost' ? '[' : ']') : String(line.row);
  }).join('');
}

describe('a list in which some was seen late', () => {
  it('says before the first of it that the line was lost, and behind the last that it was back', () => {
    expect(written(6, [{ from: 2, to: 4 }])).toBe('01[23]45');
    expect(written(4, [{ from: 0, to: 4 }])).toBe('[0123]');
    expect(written(3, [])).toBe('012');
    expect(
      written(7, [
        { from: 1, to: 2 },
        { from: 3, to: 7 },
      ]),
    ).toBe('0[1]2[3456]');
  });

  it('finds the line of each row again', () => {
    const late = [
      { from: 0, to: 3 },
      { from: 4, to: 5 },
      { from: 40, to: 41 },
    ];
    const lines = linesOf(60, late);
    for (let one = 0; one < 60; one += 1) {
      expect(lines.lineAt(lines.indexOf(one))).toEqual({ row: one });
    }
  });
});

describe('lines of two heights', () => {
  const late = [
    { from: 0, to: 3 },
    { from: 4, to: 5 },
    { from: 40, to: 41 },
  ];
  const lines = linesOf(60, late);
  const heights = lines.heights(28, 36);

  it('lie one beneath the other without a hole', () => {
    let end = 0;
    for (let index = 0; index < lines.count; index += 1) {
      expect(heights.top(index)).toBe(end);
      end += 'gap' in lines.lineAt(index) ? 36 : 28;
    }
    expect(heights.whole).toBe(end);
    expect(heights.top(lines.count)).toBe(end);
  });

  it('are found again at each of their pixels', () => {
    for (let px = 0; px < heights.whole; px += 1) {
      const index = heights.at(px);
      expect(heights.top(index)).toBeLessThanOrEqual(px);
      expect(heights.top(index + 1)).toBeGreaterThan(px);
    }
  });
});

describe('the outage of an event', () => {
  it('is the one that ended when it was seen, or the one that lasts', () => {
    const late = row(2000);
    const [outage] = OUTAGES;
    expect(outageOf({ ...late, seenAt: outage?.to ?? '' }, OUTAGES)).toBe(outage);
    expect(outageOf({ ...late, seenAt: late.receivedAt }, [])).toBeUndefined();
    const lasting = [{ from: late.receivedAt, to: null, replayed: 0, missing: 0, kept: 0 }];
    expect(outageOf(late, lasting)).toBe(lasting[0]);
  });
});
