import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';

import { status } from '@/gallery/day';
import { mount } from '@/gallery/mount';
import { toggleWatch } from '@/lib/watching';

afterEach(() => {
  for (const id of ['1', '6', '7']) {
    localStorage.removeItem('watching');
    toggleWatch({ kind: 'hall', id, name: id });
    toggleWatch({ kind: 'hall', id, name: id });
  }
});

test('W keeps an eye on the hall of the incident, with the worst that is open there', async () => {
  const { user } = mount(status());
  await screen.findByRole('button', { name: 'Watch Great Hall' });
  await user.keyboard('w');
  const list = await screen.findByRole('navigation', { name: 'Watching' });
  within(list).getByRole('link', { name: 'Critical Great Hall' });
  await user.keyboard('w');
  await waitFor(() => expect(screen.queryByRole('navigation', { name: 'Watching' })).toBeNull());
});

test('a watched batch tells what is wrong with it, and leads there', async () => {
  const { user } = mount(status(), { hash: '#/batches/BATCH-CHE104-2026' });
  await user.click(await screen.findByRole('button', { name: 'Watch BATCH-CHE104-2026' }));
  const list = await screen.findByRole('navigation', { name: 'Watching' });
  const link = within(list).getByRole('link', { name: 'High BATCH-CHE104-2026' });
  expect(link.getAttribute('href')).toBe('#/batches/BATCH-CHE104-2026');
});

test('a silent hall without incidents is a ring, a quiet one a dot, each with its word', async () => {
  toggleWatch({ kind: 'hall', id: '6', name: 'Computer Lab 3' });
  toggleWatch({ kind: 'hall', id: '7', name: 'Room A-104' });
  mount(status());
  await screen.findByRole('link', { name: 'silent Computer Lab 3' });
  await screen.findByRole('link', { name: 'nothing open Room A-104' });
});

test('F11 makes a wall of the Monitor without the sidebar, Escape ends it', async () => {
  mount(status());
  await screen.findByRole('table', { name: 'Halls' });
  fireEvent.keyDown(window, { key: 'F11' });
  await waitFor(() => expect(document.documentElement.dataset['wall']).toBe('on'));
  expect(screen.queryByRole('navigation', { name: 'Places' })).toBeNull();
  screen.getByRole('table', { name: 'Halls' });
  fireEvent.keyDown(window, { key: 'Escape' });
  await screen.findByRole('navigation', { name: 'Places' });
  expect(document.documentElement.dataset['wall']).toBeUndefined();
});

test('a case and a batch open in a window of their own, which has no sidebar', async () => {
  const { inputs } = mount(status(), { hash: '#/batches/BATCH-CHE104-2026' });
  await screen.findByRole('button', { name: 'Watch BATCH-CHE104-2026' });
  const press = { key: 'O', ctrlKey: true, shiftKey: true };
  fireEvent.keyDown(window, press);
  const route = '#/batches/BATCH-CHE104-2026?second=on';
  await waitFor(() => expect(inputs('open_window')).toEqual([{ route }]));
  window.location.hash = route;
  await waitFor(() => expect(screen.queryByRole('navigation', { name: 'Places' })).toBeNull());
  screen.getByRole('button', { name: 'Watch BATCH-CHE104-2026' });
  window.location.hash = '#/settings';
  await screen.findByRole('navigation', { name: 'Places' });
  fireEvent.keyDown(window, press);
  await screen.findByText('Only a case, a batch or a hall has a window of its own.');
  expect(inputs('open_window')).toHaveLength(1);
});
