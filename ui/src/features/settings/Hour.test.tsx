import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';

import { NOW, status } from '@/gallery/day';
import { mount } from '@/gallery/mount';

import { gapsOf, minutesOf } from './Hour';

const MINUTE = 60_000;

test('every minute of the hour has its place, also where nothing was heard', () => {
  const histogram = [
    { from: NOW - 90 * MINUTE, n: 9, late: 0 },
    { from: NOW - 60 * MINUTE, n: 2, late: 1 },
    { from: NOW - 30 * MINUTE + 1, n: 4, late: 0 },
  ];
  const minutes = minutesOf({ histogram }, NOW);
  expect(minutes).toHaveLength(60);
  expect(minutes.flatMap(({ n }, at) => (n > 0 ? [[at, n]] : []))).toEqual([
    [0, 3],
    [30, 4],
  ]);
});

test('an outage that goes on ends now, and one of yesterday is not drawn', () => {
  const iso = (ms: number) => new Date(ms).toISOString();
  const outage = { replayed: 0, missing: 0, kept: 0 };
  const gaps = gapsOf(
    [
      { ...outage, from: iso(NOW - 90 * MINUTE), to: iso(NOW - 50 * MINUTE) },
      { ...outage, from: iso(NOW - 5 * MINUTE), to: null },
      { ...outage, from: iso(NOW - 1500 * MINUTE), to: iso(NOW - 1440 * MINUTE) },
    ],
    NOW,
  );
  expect(gaps).toEqual([
    [NOW - 60 * MINUTE, NOW - 50 * MINUTE],
    [NOW - 5 * MINUTE, NOW],
  ]);
});

test('the hour is said in words too', async () => {
  const { inputs } = mount(status(), { hash: '#/settings/diagnostics' });
  await screen.findByRole('region', { name: 'Last hour' });
  const chart = screen.getByRole('img', { name: /events, peak \d+ a minute.*no link for 11:/ });
  expect(chart).toBeTruthy();
  const asked = inputs('review').at(-1);
  expect(Number(asked?.['to']) - Number(asked?.['from'])).toBe(60 * MINUTE);
});
