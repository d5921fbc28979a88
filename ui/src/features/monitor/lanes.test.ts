import { expect, test } from 'vitest';

import { at, INCIDENTS, NOW, SITTINGS } from '@/gallery/day';

import {
  across,
  axisOf,
  barsPath,
  inSession,
  neediest,
  ofTheDay,
  silentSince,
  stateOf,
} from './lanes';

const named = (code: string) => {
  const found = SITTINGS.find((sitting) => sitting.venue?.code === code);
  if (!found) {
    throw new Error(`no hall ${code}`);
  }
  return found;
};

test('a hall without contact says for how long', () => {
  expect(silentSince(named('LAB3'))).toBe(Date.parse(at('10:31')));
  expect(stateOf(named('LAB3'), NOW, 'UTC')).toEqual({ text: 'Silent 11 min', strong: true });
});

test('less than twenty minutes are said in bold', () => {
  expect(stateOf(named('EC1'), NOW, 'UTC')).toEqual({ text: '0:18 left', strong: true });
  expect(stateOf(named('GH'), NOW, 'UTC').strong).toBe(false);
});

test('the nearest day is shown when nothing is planned today', () => {
  const weeksLater = NOW + 20 * 86_400_000;
  expect(ofTheDay(SITTINGS, weeksLater, 'UTC')).toHaveLength(SITTINGS.length);
});

test('the session is what is on, not what comes later', () => {
  const codes = inSession(SITTINGS, NOW).map((sitting) => sitting.venue?.code);
  expect(codes).not.toContain('B210');
  expect(codes).toContain('GH');
});

test('everything lies on the axis, and a jump of the count makes one bar', () => {
  const axis = axisOf(SITTINGS, NOW);
  for (const sitting of SITTINGS) {
    expect(axis.from).toBeLessThan(Date.parse(sitting.startsAt));
    expect(axis.to).toBeGreaterThanOrEqual(Date.parse(sitting.effectiveEnd));
  }
  expect(across(axis, axis.from - 1)).toBe(0);
  expect(
    barsPath(
      [
        { at: at('08:50'), n: 5 },
        { at: at('09:10'), n: 5 },
      ],
      axis,
    ).match(/M/g),
  ).toHaveLength(2);
});

test('a small window shows the silent hall and those that wait for somebody, in their order', () => {
  const codes = neediest(SITTINGS, INCIDENTS, NOW, 'UTC', 3).map((one) => one.venue?.code);
  expect(codes).toEqual(['GH', 'SB2', 'LAB3']);
  expect(neediest(SITTINGS.slice(0, 2), INCIDENTS, NOW, 'UTC', 3)).toHaveLength(2);
});
