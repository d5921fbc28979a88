import { expect, test } from 'vitest';

import { chipsOf, cut, join, toggled } from './tokens';

const HALLS = new Map([
  ['SB2', [1]],
  ['GH', [2]],
]);
const NONE = new Map();

test('a token is taken out of the line when a space has finished it', () => {
  expect(cut('hall:SB2 booklet', HALLS, NONE)).toEqual([['hall:SB2'], 'booklet']);
  expect(cut('booklet hall:SB2', HALLS, NONE)).toEqual([[], 'booklet hall:SB2']);
  expect(cut('hall:XX late torn ', HALLS, NONE)).toEqual([['late'], 'hall:XX torn ']);
});

test('a line is the same after it was cut and joined', () => {
  const line = 'hall:SB2 late torn booklet ';
  expect(join(...cut(line, HALLS, NONE))).toBe(line);
});

test('halls of one question are one chip', () => {
  expect(chipsOf(['hall:SB2', 'late', 'hall:GH'])).toEqual([
    { name: 'hall', values: ['SB2', 'GH'] },
    { name: 'late', values: [] },
  ]);
});

test('a filter that is chosen twice is chosen no more, and the words stay', () => {
  const once = toggled('torn', 'hall:GH', HALLS, NONE);
  expect(once).toBe('hall:GH torn ');
  expect(toggled(once, 'hall:gh', HALLS, NONE).trim()).toBe('torn');
});
