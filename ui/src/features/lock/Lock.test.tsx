import { act, screen, within } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';

import { INCIDENTS, status } from '@/gallery/day';
import { mount } from '@/gallery/mount';
import { HostFailure } from '@/host';

import { IDLE_MS } from './idle';

afterEach(() => {
  vi.useRealTimers();
});

const locked = { ...status(), locked: true };

test('after five minutes without anybody nothing of the incidents is on the page', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  // Not on the Monitor, which is drawn anew every second: a busy machine needs a minute for that.
  const { inputs } = mount(status(), { hash: '#/incidents' });
  const words = INCIDENTS[0]?.description ?? '';
  expect(words).not.toBe('');
  await screen.findAllByText(words, { exact: false });
  await act(() => vi.advanceTimersByTimeAsync(IDLE_MS - 60_000));
  act(() => void window.dispatchEvent(new Event('pointermove')));
  await act(() => vi.advanceTimersByTimeAsync(IDLE_MS - 60_000));
  expect(inputs('lock')).toHaveLength(0);
  await act(() => vi.advanceTimersByTimeAsync(61_000));
  expect(inputs('lock')).toHaveLength(1);
  expect(await screen.findByTestId('lock')).toBeTruthy();
  expect(document.body.textContent).not.toContain(words);
});

test('the next person chooses their name and types their PIN; what waits for each is said', async () => {
  const { user, inputs } = mount(locked);
  const people = await screen.findByRole('list', { name: 'People of this station' });
  await user.click(within(people).getByText('Kwame Asante'));
  expect(within(people).getByText('2 not sent')).toBeTruthy();
  await user.type(await screen.findByLabelText('PIN or password'), '290183{Enter}');
  expect(inputs('unlock')).toEqual([{ person: 'KA', secret: '290183' }]);
});

test('wrong words are said under the field, and the field is empty again', async () => {
  const { user } = mount(locked, {
    answers: {
      unlock: () => {
        throw new HostFailure('wrong_secret', 'Wrong. 4 more tries.');
      },
    },
  });
  const field = await screen.findByLabelText<HTMLInputElement>('PIN or password');
  await user.type(field, '111111{Enter}');
  expect((await screen.findByRole('alert')).textContent).toContain('4 more tries');
  expect(field.value).toBe('');
});

test('whoever signs out with something unsent decides what becomes of it', async () => {
  const { user, inputs } = mount(status(), {
    answers: {
      sign_out: ({ keepUnsent }) => {
        if (!keepUnsent) {
          throw new HostFailure('unsent', '2 entries were not sent yet.');
        }
        return status({ user: null }, { state: 'signed_out' });
      },
    },
  });
  await user.click(await screen.findByTestId('user-menu'));
  await user.click(screen.getByRole('button', { name: 'Sign out' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByText('2 entries were not sent yet.')).toBeTruthy();
  await user.click(dialog.getByRole('button', { name: 'Sign out, keep it here' }));
  expect(inputs('sign_out')).toEqual([{ keepUnsent: false }, { keepUnsent: true }]);
});
