import { screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';

import { status } from '@/gallery/day';
import { mount } from '@/gallery/mount';

afterEach(() => localStorage.clear());

test('what reaches somebody is chosen in the table, and a critical incident is not', async () => {
  const { user, inputs } = mount(status(), { hash: '#/notifications' });
  const box = await screen.findByRole('checkbox', { name: 'High incident, Desktop' });
  await user.click(box);
  await waitFor(() => expect(inputs('reaches').at(-1)).toEqual({ high: false, away: true }));
  await waitFor(() => expect((box as HTMLInputElement).checked).toBe(false));
  expect(screen.queryByRole('checkbox', { name: 'Critical incident, Desktop' })).toBeNull();
});

test('a high incident is heard or not, beside the sound of all', async () => {
  const { user } = mount(status(), { hash: '#/notifications' });
  await user.click(await screen.findByRole('checkbox', { name: 'High incident, Sound' }));
  expect(localStorage.getItem('sound-high')).toBe('off');
  const critical = screen.getByRole('checkbox', { name: 'Critical incident, Sound' });
  expect((critical as HTMLInputElement).checked).toBe(true);
});
