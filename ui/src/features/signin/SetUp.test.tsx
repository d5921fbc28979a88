import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';

import { status } from '@/gallery/day';
import { mount } from '@/gallery/mount';

const fresh = status(
  { user: null, institution: null, server: null, asOf: null },
  { state: 'signed_out' },
);

test('a station that was never used asks for its server and its name before anybody signs in', async () => {
  const { user, inputs } = mount(fresh, { hash: '#/monitor' });
  await screen.findByRole('form', { name: 'Set up this station' });
  const next = screen.getByRole('button', { name: /Continue to sign-in/ });
  expect((next as HTMLButtonElement).disabled).toBe(true);
  await user.type(screen.getByRole('textbox', { name: 'Server' }), 'hall.local:8787');
  await waitFor(() => expect((next as HTMLButtonElement).disabled).toBe(false));
  const code = screen.getByRole('textbox', { name: 'Code' });
  await user.clear(code);
  await user.type(code, 'ec1-01');
  const known = screen.getByRole('complementary', { name: 'This station' });
  expect(known.textContent).toContain('EC1-01');
  expect(known.textContent).toContain('Address of the server10.20.4.11');
  await user.click(next);
  await waitFor(() =>
    expect(inputs('describe_station')).toMatchObject([
      { code: 'EC1-01', server: 'hall.local:8787' },
    ]),
  );
  const server = await screen.findByRole('textbox', { name: 'Server' });
  expect((server as HTMLInputElement).value).toBe('hall.local:8787');
  await screen.findByRole('form', { name: 'Sign in' });
});

test('a station that knows its server goes to the sign-in', async () => {
  mount(status({ user: null, institution: null }, { state: 'signed_out' }), { hash: '#/monitor' });
  await screen.findByRole('form', { name: 'Sign in' });
});
