import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';

import { status } from '@/gallery/day';
import { offlineStatus } from '@/gallery/setup';
import { mount } from '@/gallery/mount';
import { HostFailure } from '@/host';

afterEach(() => vi.restoreAllMocks());

const fails = (code: string, message: string) => () => {
  throw new HostFailure(code, message);
};

const LOCKED = 'The station’s files are in use by another program. Close it and try again.';

test('a console that cannot be opened says why, what is untouched, and offers the sentence', async () => {
  const { user } = mount(status(), { answers: { status: fails('closed', LOCKED) } });
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain(LOCKED);
  expect(alert.textContent).toContain('lie untouched on the disk');
  const write = vi.spyOn(navigator.clipboard, 'writeText');
  await user.click(within(alert).getByRole('button', { name: 'Copy this for the IT desk' }));
  await waitFor(() => expect(write).toHaveBeenCalledWith(`${LOCKED} (closed)`));
  expect(screen.queryByRole('navigation')).toBeNull();
});

test('a console that was only slow to answer opens when it is asked again', async () => {
  let asked = 0;
  const { user } = mount(status(), {
    answers: {
      status: () => {
        asked += 1;
        return asked > 2 ? status() : fails('profile_taken', 'Another console has it.')();
      },
    },
  });
  await user.click(await screen.findByRole('button', { name: 'Try again' }));
  await user.click(await screen.findByRole('button', { name: 'Try again' }));
  await screen.findByRole('heading', { name: 'Monitor', level: 1 });
});

test.each([
  ['#/monitor', 'monitor'],
  ['#/incidents', 'incidents'],
  ['#/batches', 'batches'],
  ['#/review', 'review'],
  ['#/outbox', 'outbox'],
  ['#/notifications', 'notifications'],
])('a copy that cannot be read says at %s that what waits is whole', async (hash, name) => {
  const said = 'The station’s copy is not readable.';
  const { inputs, user } = mount(status(), { hash, answers: { [name]: fails('cache', said) } });
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain(said);
  expect(alert.textContent).toContain('Reports that wait here lie in a file of their own');
  const before = inputs(name).length;
  await user.click(within(alert).getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(inputs(name).length).toBeGreaterThan(before));
});

test('a key store that is locked is said above the screen, with what still works', async () => {
  const reason = 'The key store did not answer within 5 s; perhaps it is locked.';
  mount(status({ keystore: { ok: false, reason } }));
  const band = await screen.findByTestId('keystore-band');
  expect(band.textContent).toContain(reason);
  expect(band.textContent).toContain('You stay signed in until the console is closed');
  within(band).getByRole('button', { name: 'Diagnostics' });
});

test('a copy that was put aside is said in the console’s own sentence', async () => {
  const warning = 'The copy on this station was damaged and is filled again from the server.';
  mount(status({ warnings: [warning] }));
  await screen.findByText(warning);
});

test('a full disk keeps the report open and lets the words be carried away', async () => {
  const full = 'The disk is full: NOT saved. Make room and try again; what you typed stays here.';
  const { user } = mount(offlineStatus(), {
    hash: '#/monitor?report=new',
    answers: { submit: fails('disk_full', full) },
  });
  const dialog = await screen.findByRole('dialog');
  await user.click(await within(dialog).findByRole('radio', { name: /Medical/ }));
  await user.type(within(dialog).getByLabelText('What happened'), 'Row F paused');
  await user.click(within(dialog).getByRole('button', { name: /^Report(?! and)/ }));
  const alert = await within(dialog).findByRole('alert');
  expect(alert.textContent).toContain(full);
  const write = vi.spyOn(navigator.clipboard, 'writeText');
  await user.click(within(alert).getByRole('button', { name: 'Copy what I wrote' }));
  await waitFor(() => expect(write).toHaveBeenCalledWith('Row F paused'));
});

test.each([
  ['unreachable', 'The server does not answer: connection refused.', 'reports wait here'],
  ['not_elms', 'Something answers there, but it is not an ELMS server.', 'Nothing was sent there'],
  [
    'other_server',
    'The server at this address is not the one that this station was set up with.',
    'No password and no entry was sent there',
  ],
  ['in_the_clear', 'This address is not encrypted.', 'Nothing was sent'],
  ['server_failed', 'The server has failed (status 502).', 'reports wait here'],
  ['bad_address', 'This is not the address of a server: htp://', 'Nothing was sent'],
  ['wrong_password', 'The e-mail address or the password is wrong.', 'Nothing has changed'],
])('a sign-in that ends in %s says what is still true', async (code, message, still) => {
  const { user } = mount(status({ user: null, institution: null }, { state: 'signed_out' }), {
    answers: { sign_in: fails(code, message) },
  });
  await user.type(await screen.findByLabelText('Staff e-mail'), 'a.boateng@tughana.edu.gh');
  await user.type(screen.getByLabelText('Password'), 'wrong');
  await user.click(screen.getByRole('button', { name: /^Sign in/ }));
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain(message);
  expect(alert.textContent).toContain(still);
});
