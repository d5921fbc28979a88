import { fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';

import { status } from '@/gallery/day';
import { mount } from '@/gallery/mount';

afterEach(() => localStorage.clear());

test('what reaches somebody is chosen in the table, and a critical incident is not', async () => {
  const { user, inputs } = mount(status(), { hash: '#/notifications' });
  const box = await screen.findByRole('checkbox', { name: 'High incident, Desktop' });
  await user.click(box);
  await waitFor(() =>
    expect(inputs('reaches').at(-1)).toEqual({ off: ['timetable', 'high'], quietUntil: null }),
  );
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

test('in the quiet hour the button says until when, and ends it', async () => {
  const { user, inputs } = mount(status(), { hash: '#/notifications' });
  await user.click(await screen.findByRole('button', { name: 'Quiet until 12:00' }));
  const until = await screen.findByRole('button', { name: 'Quiet until 12:00, end it' });
  expect(inputs('reaches').at(-1)?.['quietUntil']).toMatch(/T12:00:00\.000Z$/);
  await user.click(until);
  await waitFor(() => expect(inputs('reaches').at(-1)?.['quietUntil']).toBeNull());
});

test('a real message can be asked for, and how loud it is is kept', async () => {
  const { user, inputs } = mount(status(), { hash: '#/notifications' });
  await user.click(await screen.findByRole('button', { name: 'Show one' }));
  expect(inputs('notify_test')).toHaveLength(1);
  fireEvent.change(screen.getByRole('slider', { name: 'Volume' }), { target: { value: '30' } });
  expect(localStorage.getItem('sound-volume')).toBe('30');
});
