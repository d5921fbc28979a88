import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';

import { review } from '@/gallery/record';
import { learn, speak } from '@/lib/tongue';

import { Histogram } from './Histogram';
import { EVERYTHING } from './query';

test.each([
  [1_000, 'events per 1 s', 'événements par 1 s', 'أحداث كل 1 ث'],
  [30_000, 'events per 30 s', 'événements par 30 s', 'أحداث كل 30 ث'],
  [180_000, 'events per 3 min', 'événements par 3 min', 'أحداث كل 3 د'],
  [7_200_000, 'events per 2 h', 'événements par 2 h', 'أحداث كل 2 س'],
  [2_592_000_000, 'events per 30 d', 'événements par 30 j', 'أحداث كل 30 ي'],
])(
  'a bar of %d ms says how long it lasts, also when there is one event',
  async (barMs, ...words) => {
    const one = { from: Date.parse('2026-11-24T10:41:00Z'), n: 1, late: 0 };
    const result = { ...review(EVERYTHING), total: 1, histogram: [one], barMs };
    for (const [n, tongue] of (['en', 'fr', 'ar'] as const).entries()) {
      await learn(tongue);
      speak(tongue);
      const { unmount } = render(
        <Histogram {...{ result, outages: [], zone: 'UTC', incidents: [] }} onSpan={() => {}} />,
      );
      const said = screen
        .getByRole('img')
        .textContent?.replaceAll(/[\u2066-\u2069]/g, '')
        .replaceAll('\u00a0', ' ');
      expect(said).toContain(words[n]);
      unmount();
    }
    speak('en');
  },
);
