import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';

import { status } from '@/gallery/day';
import { mount } from '@/gallery/mount';
import { freshStatus, REACHED, statusAt, STRICT } from '@/gallery/setup';

import { homeOf, sittingIn } from './kinds';
import { wholeCopy } from './Kept';

const SERVER = 'hall.local:8787';

test('a station that was never used asks for its server, its name and its use before anybody signs in', async () => {
  const { user, inputs } = mount(freshStatus(), { hash: '#/monitor' });
  await screen.findByRole('heading', { name: 'Which server does this station work with?' });
  const next = () => screen.getByRole<HTMLButtonElement>('button', { name: /^Continue/ });
  expect(next().disabled).toBe(true);
  await user.type(screen.getByRole('textbox', { name: 'Server' }), SERVER);
  await waitFor(() => expect(next().disabled).toBe(false));
  await user.click(next());
  await screen.findByRole('heading', { name: 'Pair this station' });
  expect((await screen.findByTestId('fingerprint')).textContent).toBe(REACHED.fingerprint);
  const code = screen.getByRole('textbox', { name: 'Code' });
  await user.clear(code);
  expect(next().disabled).toBe(true);
  await user.type(code, 'ec1-01');
  await user.click(screen.getByRole('button', { name: 'Sign in later' }));
  await user.click(await screen.findByRole('radio', { name: /^Hall/ }));
  await user.click(next());
  await screen.findByRole('heading', { name: 'Can this station be seen and heard?' });
  await user.click(next());
  await screen.findByRole('form', { name: 'Sign in' });
  expect(inputs('describe_station')).toMatchObject([
    { code: 'EC1-01' },
    { kind: 'hall' },
    { server: SERVER },
  ]);
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Server' }).value).toBe(SERVER);
});

test('where the office lets stations in, the set-up says how before anybody waits', async () => {
  mount(freshStatus(), {
    hash: `#/setup/pair?server=${SERVER}`,
    answers: { check_server: () => STRICT },
  });
  const means = await screen.findByTestId('means');
  await waitFor(() => expect(means.textContent).toContain('compares the fingerprint'));
  const known = screen.getByRole('complementary', { name: 'This station' });
  expect(known.textContent).toContain('Lets instations of the office');
});

test('a station that was let in says by whom, and a hall is chosen from the timetable', async () => {
  const { user, inputs } = mount(status(), { hash: '#/setup/use' });
  const known = await screen.findByRole('complementary', { name: 'This station' });
  await waitFor(() => expect(known.textContent).toContain('Allowed byAma Boateng'));
  await user.click(screen.getByRole('radio', { name: /^Hall/ }));
  const halls = screen.getByRole('combobox', { name: 'Hall' });
  await within(halls).findByRole('option', { name: 'Great Hall' });
  await user.selectOptions(halls, 'Great Hall');
  await user.click(screen.getByRole('button', { name: /^Continue/ }));
  await waitFor(() =>
    expect(inputs('describe_station')).toMatchObject([
      { kind: 'hall', hall: { name: 'Great Hall' } },
    ]),
  );
});

test('a message and the alarm are tried for real', async () => {
  const { user, inputs } = mount(freshStatus(), { hash: `#/setup/messages?server=${SERVER}` });
  await user.click(await screen.findByRole('button', { name: 'Show a message' }));
  await waitFor(() => expect(inputs('notify_test')).toHaveLength(1));
  await screen.findByText(/It was sent to the desktop/);
  await user.click(screen.getByRole('button', { name: 'Hear the alarm' }));
  await screen.findByText(/It was played/);
});

test('the side knows the server of the station before that has answered, and after', async () => {
  const { host } = mount(status(), {
    hash: '#/setup/use?server=elms.tughana.edu.gh',
    answers: { check_server: () => new Promise(() => {}) },
  });
  const known = await screen.findByRole('complementary', { name: 'This station' });
  within(known).getByRole('heading', { name: 'Paired with' });
  expect(known.textContent).toContain('Serverelms.tughana.edu.gh');
  expect(known.textContent).toContain('Fingerprint7c1f 90aa 41d2 e809 33b0');
  expect(known.textContent).toContain('Allowed byAma Boateng');
  expect(known.textContent).not.toContain('Version');
  await waitFor(() => expect(host.asked.map(({ name }) => name)).toContain('check_server'));
});

test('a server that is only typed is not taken for the one of the station', async () => {
  mount(status(), {
    hash: '#/setup/use?server=elsewhere.example',
    answers: { check_server: () => new Promise(() => {}) },
  });
  const known = await screen.findByRole('complementary', { name: 'This station' });
  expect(within(known).queryByRole('heading', { name: 'Paired with' })).toBeNull();
});

const standing = (button: string) =>
  screen.getByRole('button', { name: button }).closest<HTMLElement>('[data-standing]')?.dataset[
    'standing'
  ];

test.each([
  ['Hear the alarm', 'I heard it'],
  ['Show a message', 'I saw it'],
])('%s: the tick stands only after somebody said that it reached them', async (button, felt) => {
  const { user } = mount(freshStatus(), { hash: `#/setup/messages?server=${SERVER}` });
  await screen.findByRole('button', { name: button });
  expect(standing(button)).toBe('open');
  expect(screen.queryByRole('checkbox')).toBeNull();
  await user.click(screen.getByRole('button', { name: button }));
  expect(standing(button)).toBe('tried');
  await user.click(screen.getByRole('checkbox', { name: felt }));
  expect(standing(button)).toBe('felt');
  await user.click(screen.getByRole('checkbox', { name: felt }));
  expect(standing(button)).toBe('tried');
});

test('where the desktop shows no messages, nobody can tick that one was seen', async () => {
  const { user } = mount(
    { ...freshStatus(), notifications: { ok: false, reason: 'no service answers' } },
    { hash: `#/setup/messages?server=${SERVER}` },
  );
  await user.click(await screen.findByRole('button', { name: 'Show a message' }));
  expect(standing('Show a message')).toBe('failed');
  expect(screen.queryByRole('checkbox')).toBeNull();
});

test('a review desk opens Review, says that nothing is changed, and offers no report', async () => {
  mount(statusAt('review'), { hash: '' });
  await screen.findByRole('heading', { name: 'Review', level: 1 });
  await screen.findByText('This station is a review desk: nothing is changed here.');
  expect(screen.queryByRole('button', { name: /Report incident/ })).toBeNull();
  screen.getByRole('button', { name: /Export/ });
});

test('each kind begins at its own screen, and a hall at what is on there', () => {
  const { station } = status();
  expect(homeOf(station)).toBe('#/monitor');
  expect(homeOf({ ...station, kind: 'hall' })).toBe('#/hall');
  const at = (id: number, hour: number) => ({
    id,
    venue: { id: 1, code: 'GH', name: 'Great Hall', location: '', capacity: 9 },
    startsAt: `2026-11-24T${hour}:00:00Z`,
    effectiveEnd: `2026-11-24T${hour + 2}:00:00Z`,
  });
  const day = [at(2, 14), at(1, 10)];
  const on = (time: string) =>
    sittingIn({ id: 1, name: 'Great Hall' }, day, Date.parse(`2026-11-24T${time}Z`));
  expect([on('09:00:00'), on('11:00:00'), on('13:00:00'), on('20:00:00')]).toEqual([1, 1, 2, 2]);
  expect(sittingIn({ id: 7, name: 'Annex' }, day, 0)).toBeUndefined();
});

test('what the whole copy will take is reckoned from what is here, and not before', () => {
  expect(wholeCopy(status({ cacheBytes: 100, lastSeq: 50, older: 25 }))).toBe(200);
  expect(wholeCopy(freshStatus())).toBeNull();
});

test('a station that knows its server goes to the sign-in', async () => {
  mount(status({ user: null, institution: null }, { state: 'signed_out' }), { hash: '#/monitor' });
  await screen.findByRole('form', { name: 'Sign in' });
});
