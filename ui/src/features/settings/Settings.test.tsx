import { screen, within, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';

import type { Status } from '@/generated/protocol';
import { status } from '@/gallery/day';
import { offlineStatus } from '@/gallery/setup';
import { mount } from '@/gallery/mount';
import { HostFailure } from '@/host';
import { keptTongue } from '@/lib/tongue';
import { OUTBOX } from '@/gallery/record';

import { checksOf, reportOf, sentOf } from './checks';

afterEach(() => localStorage.clear());

const DAY = { sittings: 12, batches: 48 };

const named = (told = status()) =>
  Object.fromEntries(checksOf(told, undefined, 'UTC', DAY).map((check) => [check.name, check.ok]));

test('every link is well when the line is', () => {
  expect(Object.values(named()).every(Boolean)).toBe(true);
});

test('each trouble is told at its own link and at no other', () => {
  const failing = (told: ReturnType<typeof status>) =>
    Object.entries(named(told)).flatMap(([name, ok]) => (ok ? [] : [name]));
  expect(failing(offlineStatus())).toEqual(['Line']);
  expect(failing(status({}, { state: 'auth_required' }))).toEqual(['Line', 'Sign-in']);
  expect(failing(status({}, { state: 'catching_up', behind: 12 }))).toEqual(['Catch-up']);
  const clock = { ...status().clock, offsetMs: 42_000 };
  expect(failing(status({ clock }))).toEqual(['Clock']);
  const outbox = { waiting: 0, sending: 0, attention: 1 };
  expect(failing(status({ outbox }))).toEqual(['Sending']);
  expect(failing(status({ keystore: { ok: false, reason: 'locked' } }))).toEqual(['Key store']);
  expect(failing(status({ notifications: { ok: false, reason: 'none' } }))).toEqual([
    'Desktop messages',
  ]);
});

test('a server that answers with something else is told in its own words', () => {
  const found = {
    ok: false,
    ms: 0,
    demo: false,
    lookup: null,
    stations: null,
    version: null,
    ownVersion: '0.1.0',
    fingerprint: null,
    message: 'This is not an ELMS server.',
  };
  const server = checksOf(status(), found, 'UTC', DAY).find((check) => check.name === 'Server');
  expect(server).toMatchObject({ ok: false, words: 'This is not an ELMS server.' });
});

test('a name that nobody knows, and a line that others can read, have a fix each', () => {
  const lost = {
    ok: false,
    ms: 0,
    demo: false,
    message: null,
    lookup: null,
    stations: null,
    version: null,
    ownVersion: '0.1.0',
    fingerprint: null,
  };
  const [name] = checksOf(status(), lost, 'UTC', DAY);
  expect(name).toMatchObject({ name: 'Name lookup', ok: false, fix: 'look' });
  const at = (url: string) => {
    const told = status({ server: { url, demo: false, limits: null } });
    return checksOf(told, undefined, 'UTC', DAY).find((check) => check.name === 'Encryption');
  };
  expect(at('https://elms.tughana.edu.gh')).toMatchObject({ ok: true, figure: 'TLS 1.3' });
  expect(at('https://hall.local:8787#7c1f90aa')?.words).toMatch(/another key/);
  expect(at('http://127.0.0.1:8787')).toMatchObject({ ok: true });
  expect(at('http://10.20.4.11:8787')).toMatchObject({ ok: false, fix: 'server' });
});

test('of an encrypted line it is said how, and until when the certificate holds', () => {
  const found = (told: Status) =>
    checksOf(told, undefined, 'UTC', DAY).find((check) => check.name === 'Encryption');
  const line = found(status());
  expect(line).toMatchObject({ ok: true, figure: 'TLS 1.3' });
  expect(line?.words).toMatch(/certificate valid until 14 Mar 2027$/);
  // Nobody knows before there is a line.
  expect(found(status({}, { tls: null }))?.words).not.toMatch(/valid until/);
});

test('what the line brings is told with how much of the day that is, and not while there is none', () => {
  const rooms = (told: Status) =>
    checksOf(told, undefined, 'UTC', DAY).find((check) => check.name === 'Rooms')?.words;
  expect(rooms(status())).toMatch(/Exams officer may see: 12 sittings, 48 batches/);
  expect(rooms(offlineStatus())).not.toMatch(/sittings/);
});

test('Diagnostics looks at the server by itself and says where its name leads', async () => {
  const { user, inputs } = mount(status(), { hash: '#/settings/diagnostics' });
  await screen.findByText(/elms\.tughana\.edu\.gh.*10\.20\.4\.11/);
  expect(inputs('check_server')).toHaveLength(1);
  await user.click(screen.getByRole('button', { name: 'Check again' }));
  await waitFor(() => expect(inputs('check_server')).toHaveLength(2));
});

test('the report names no person', () => {
  const told = status();
  const text = reportOf(told, checksOf(told, undefined, 'UTC', DAY), sentOf(OUTBOX));
  expect(text).toContain('station EO-02');
  expect(text).toContain('Refused: 2');
  expect(text).not.toContain('Boateng');
});

test('a broken line has one button, and it tries', async () => {
  const { user, inputs } = mount(offlineStatus(), { hash: '#/settings/diagnostics' });
  const links = await screen.findByRole('region', { name: 'Connection' });
  await user.click(within(links).getByRole('button', { name: 'Try now' }));
  expect(inputs('try_now')).toHaveLength(1);
  await user.click(within(links).getByRole('button', { name: 'Check again' }));
  await waitFor(() => expect(inputs('check_server')).toHaveLength(2));
});

test('the report is copied as it is shown', async () => {
  const { user } = mount(status(), { hash: '#/settings/diagnostics' });
  const copy = await screen.findByRole('button', { name: 'Copy report' });
  const write = vi.spyOn(navigator.clipboard, 'writeText');
  await user.click(copy);
  expect(write.mock.calls[0]?.[0]).toContain('ok  Line: open since');
});

test('touch size is kept and shown at once', async () => {
  const { user } = mount(status(), { hash: '#/settings' });
  await user.click(await screen.findByRole('radio', { name: 'Touch' }));
  expect(document.documentElement.dataset['density']).toBe('touch');
  expect(localStorage.getItem('appearance')).toContain('touch');
});

test('the language is chosen, spoken at once and kept', async () => {
  const { user } = mount(status(), { hash: '#/settings/language' });
  await user.click(await screen.findByRole('radio', { name: 'Français' }));
  expect(await screen.findByRole('heading', { name: 'Réglages' })).toBeTruthy();
  expect(keptTongue()).toBe('fr');
  await user.click(screen.getByRole('radio', { name: 'العربية' }));
  expect(document.documentElement.dir).toBe('rtl');
  await user.click(await screen.findByRole('radio', { name: 'English' }));
  expect(document.documentElement.dir).toBe('ltr');
  expect(await screen.findByRole('heading', { name: 'Settings' })).toBeTruthy();
  localStorage.removeItem('tongue');
});

test('a sign-in elsewhere is ended, and this one is not offered', async () => {
  const { user, inputs } = mount(status(), { hash: '#/settings/account' });
  const list = await screen.findByRole('region', { name: 'Where you are signed in' });
  await within(list).findByText('EO-05');
  expect(within(list).getByText('this one')).toBeTruthy();
  await user.click(within(list).getByRole('button', { name: 'End it' }));
  await waitFor(() =>
    expect(inputs('end_sign_ins')).toEqual([{ id: '01990000-0000-7000-8000-00000000cc01' }]),
  );
  await user.click(within(list).getByRole('button', { name: 'End all others' }));
  await waitFor(() => expect(inputs('end_sign_ins')[1]).toEqual({ id: null }));
});

test('a key is changed by pressing it, works at once, and a clash is said and not kept', async () => {
  const { user } = mount(status(), { hash: '#/settings/shortcuts' });
  const change = () => screen.findByRole('button', { name: 'Change the key of Report incident' });
  await user.click(await change());
  await user.keyboard('/');
  expect((await screen.findByText(/already/)).textContent).toBe('That key is Search here already.');
  await user.click(await change());
  await user.keyboard('p');
  await screen.findByText(/already/);
  await user.click(await change());
  await user.keyboard('y');
  await screen.findByRole('button', { name: 'Usual key' });
  await user.keyboard('y');
  expect(await screen.findByRole('dialog', { name: 'Report incident' })).toBeTruthy();
});

test('diagnostics says what lies on the disk, and shows the log without a payload', async () => {
  mount(status(), { hash: '#/settings/diagnostics' });
  const disk = await screen.findByRole('region', { name: 'On this station' });
  await within(disk).findByText('search 134.5 MB');
  expect(disk.textContent).toContain('Events kept1\u202F482\u202F907');
  const log = await screen.findByRole('region', { name: 'Log' });
  expect(within(log).getAllByRole('listitem').at(-1)?.textContent).toBe(
    '11:02:10.000 notify notices do not reach the person',
  );
});

test('a second factor is set up with the password and the first code of the app', async () => {
  let since: string | null = null;
  const { user, inputs } = mount(status(), {
    hash: '#/settings/account',
    answers: {
      second_factor: () => ({ since, wanted: false, codesLeft: 10 }),
      confirm_second_factor: ({ code }) => {
        if (code !== '287082') {
          throw new HostFailure('code_wrong', 'This code is not right, or it was used before.');
        }
        since = '2026-11-25T09:00:00Z';
        return null;
      },
    },
  });
  const part = await screen.findByRole('region', { name: 'Second factor' });
  await user.type(await within(part).findByLabelText('Password'), 'mine');
  await user.click(within(part).getByRole('button', { name: 'Set up' }));
  const give = async (code: string) => {
    await user.type(await within(part).findByLabelText('Code'), code);
    await user.click(within(part).getByRole('button', { name: 'Turn on' }));
  };
  await give('000000');
  await within(part).findByRole('alert');
  await give('287082');
  expect(await within(part).findByText(/Recovery codes left: 10/)).toBeTruthy();
  expect(within(part).queryByTestId('set-up-factor')).toBeNull();
  expect(inputs('set_up_second_factor')).toEqual([{ password: 'mine' }]);
});

test('other recovery codes and turning it off need both factors', async () => {
  const on = { since: '2026-11-25T09:00:00Z', wanted: false, codesLeft: 3 };
  const { user, inputs } = mount(status(), {
    hash: '#/settings/account',
    answers: { second_factor: () => on },
  });
  const part = await screen.findByRole('region', { name: 'Second factor' });
  const fill = async () => {
    await user.type(await within(part).findByLabelText('Password'), 'mine');
    await user.type(within(part).getByLabelText('Code'), '287082');
  };
  const named = (name: string) => within(part).getByRole<HTMLButtonElement>('button', { name });
  await within(part).findByText(/Recovery codes left: 3/);
  expect(named('Turn off').disabled).toBe(true);
  await fill();
  await user.click(named('New recovery codes'));
  await within(part).findByTestId('recovery-codes');
  await fill();
  await user.click(named('Turn off'));
  const both = { password: 'mine', code: '287082' };
  await waitFor(() => expect(inputs('end_second_factor')).toEqual([both]));
  expect(inputs('new_recovery_codes')).toEqual([both]);
});

test('where the role needs it, it cannot be turned off, and says why', async () => {
  mount(status(), {
    hash: '#/settings/account',
    answers: {
      second_factor: () => ({ since: '2026-11-25T09:00:00Z', wanted: true, codesLeft: 3 }),
    },
  });
  expect(await screen.findByText('Your role needs it at this server.')).toBeTruthy();
});
