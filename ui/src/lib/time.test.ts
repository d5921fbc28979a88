// Times of day as people read them, also in the night when the clocks go back.
import { expect, test } from 'vitest';

import { clock, hm, lag, offsetMin, onTheWall } from './time';
import { learn, speak } from './tongue';

const LONDON = 'Europe/London';
const HALF_PAST_ONE = Date.parse('2026-10-25T00:30:00Z');
const HOUR_MS = 3_600_000;

test('half past one comes twice in that night, and each says which it is', () => {
  const twice = [HALF_PAST_ONE, HALF_PAST_ONE + HOUR_MS];
  expect(twice.map((at) => hm(at, LONDON))).toEqual(['01:30 BST', '01:30 GMT']);
  expect(twice.map((at) => clock(at, LONDON))).toEqual(['01:30:00 BST', '01:30:00 GMT']);
  expect(twice.map((at) => offsetMin(at, LONDON))).toEqual([60, 0]);
  expect(twice.map((at) => onTheWall(at, LONDON))).toEqual([
    [1, 30],
    [1, 30],
  ]);
});

test.each([
  ['2026-10-24T23:59:59Z', '00:59'],
  ['2026-10-25T02:00:00Z', '02:00'],
  ['2026-10-25T09:00:00Z', '09:00'],
  ['2026-03-29T00:59:59Z', '00:59'],
  ['2026-03-29T01:00:00Z', '02:00'],
  ['2026-07-01T09:00:00Z', '10:00'],
])('what the clock shows once has no name: %s is %s', (at, shown) => {
  expect(hm(at, LONDON)).toBe(shown);
});

test('the whole hour has the name from its first second to its last', () => {
  const edges = ['2026-10-25T00:00:00Z', '2026-10-25T00:59:59Z', '2026-10-25T01:59:59Z'];
  expect(edges.map((at) => clock(at, LONDON))).toEqual([
    '01:00:00 BST',
    '01:59:59 BST',
    '01:59:59 GMT',
  ]);
});

test('an institution whose clocks stay as they are is never asked twice', () => {
  expect(hm(HALF_PAST_ONE, 'Africa/Accra')).toBe('00:30');
});

test('a sign stands before its figure, also where people read from the right', async () => {
  expect([lag(400), lag(-1_040_000)]).toEqual(['+0.4 s', '−17:20']);
  await learn('ar');
  speak('ar');
  expect([lag(400), lag(-1_040_000)]).toEqual(['\u2068\u200e+0.4\u2069 ث', '\u200e−17:20']);
  await learn('fr');
  speak('fr');
  expect(lag(400)).toBe('+0,4\u00a0s');
  speak('en');
});
