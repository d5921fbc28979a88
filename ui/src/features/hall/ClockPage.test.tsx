import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';

import { status } from '@/gallery/day';
import { mount } from '@/gallery/mount';

test('the clock of a hall shows when writing stops, and for whom it stops later', async () => {
  mount(status(), { hash: '#/clock/2' });
  await screen.findByRole('heading', { name: /Exam Centre 1/ });
  screen.getByRole('timer', { name: 'Hall clock' });
  screen.getByText('Writing stops');
  const later = screen.getByRole('list', { name: 'Individual finish times' });
  expect(within(later).getByRole('listitem').textContent).toBe('A1 until 11:30');
  expect(screen.queryByRole('navigation')).toBeNull();
});

test('the clock goes on while the station is locked', async () => {
  mount(status({ locked: true }), { hash: '#/clock/2' });
  await screen.findByRole('timer', { name: 'Hall clock' });
});

test('the hall opens its clock in a window of its own', async () => {
  const { user, inputs } = mount(status(), { hash: '#/hall/2' });
  await user.click(await screen.findByRole('button', { name: 'Clock window' }));
  await waitFor(() => expect(inputs('open_window')).toEqual([{ route: '#/clock/2' }]));
});
