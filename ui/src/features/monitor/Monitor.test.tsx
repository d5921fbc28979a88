import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';

import { AWAY, INCIDENTS, KEPT, offlineStatus, status } from '@/gallery/day';
import { mount } from '@/gallery/mount';

test('without a line the band says since when, what still works and how much waits', async () => {
  const { user, inputs } = mount(offlineStatus(3));
  const band = await screen.findByTestId('offline-band');
  expect(band.textContent).toContain('Offline since 10:31:07');
  expect(band.textContent).toContain('3 waiting to send');
  expect(screen.getByTestId('link-state').dataset['state']).toBe('offline');
  await user.click(within(band).getByRole('button', { name: 'Try now' }));
  expect(inputs('try_now')).toHaveLength(1);
});

test('with a line there is no band', async () => {
  mount(status());
  await screen.findByRole('heading', { name: 'Monitor' });
  expect(screen.queryByTestId('offline-band')).toBeNull();
});

test('the feed has its groups in the order of need', async () => {
  mount(status(), { incidents: [...INCIDENTS, AWAY, KEPT] });
  const feed = await screen.findByRole('region', { name: 'Incidents' });
  const titles = within(feed)
    .getAllByRole('heading')
    .map((heading) => heading.textContent);
  expect(titles).toEqual([
    'Reported here, not sent yet 1',
    'While you were away 1',
    'Needs someone 2',
    'Being handled 3',
    'Done today 1',
  ]);
  const kept = feed.querySelector(`[data-incident="${KEPT.ref}"]`);
  expect(kept?.getAttribute('data-sync')).toBe('kept');
});

test('A acknowledges the incident that is shown', async () => {
  const { user, inputs } = mount(status());
  await screen.findByRole('button', { name: 'Acknowledge' });
  await user.keyboard('a');
  expect(inputs('submit')).toMatchObject([
    { command: { command: 'acknowledgeIncident', input: { incident: INCIDENTS[0]?.ref } } },
  ]);
});

test('what came while the line was down is not looked at by itself', async () => {
  const { inputs } = mount(status(), { incidents: [...INCIDENTS, AWAY] });
  await screen.findByRole('button', { name: 'Acknowledge' });
  expect(inputs('incident')).toEqual([{ ref: INCIDENTS[0]?.ref }]);
});
