import { act, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';

import { status } from '@/gallery/day';
import { mount } from '@/gallery/mount';
import { HostFailure } from '@/host';

const signedOut = status({ user: null, institution: null }, { state: 'signed_out' });

test('a refused sign-in says why under the form and keeps what was typed', async () => {
  const { user, inputs } = mount(signedOut);
  await user.type(await screen.findByLabelText('Staff e-mail'), 'a.boateng@tughana.edu.gh');
  await user.type(screen.getByLabelText('Password'), 'wrong');
  await user.click(screen.getByRole('button', { name: /^Sign in/ }));
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('The e-mail address or the password is wrong.');
  expect(screen.getByLabelText<HTMLInputElement>('Staff e-mail').value).toBe(
    'a.boateng@tughana.edu.gh',
  );
  expect(inputs('sign_in')).toEqual([
    {
      server: 'https://elms.tughana.edu.gh',
      email: 'a.boateng@tughana.edu.gh',
      password: 'wrong',
      keep: true,
    },
  ]);
});

test('a demo account fills the form and signs nobody in by itself', async () => {
  const { user, inputs } = mount(signedOut);
  const accounts = await screen.findByRole('region', { name: 'Demo accounts' });
  await user.click(within(accounts).getByText('Kwame Asante'));
  expect(screen.getByLabelText<HTMLInputElement>('Staff e-mail').value).toBe(
    'k.asante@tughana.edu.gh',
  );
  expect(screen.getByLabelText<HTMLInputElement>('Password').value).toBe('demo');
  expect(inputs('sign_in')).toEqual([]);
});

test('a server that does not answer is named, and working offline comes first', async () => {
  mount(signedOut, {
    answers: {
      check_server: () => ({ ok: false, ms: 0, demo: false, message: 'It does not answer.' }),
    },
  });
  expect(await screen.findByText('It does not answer.')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Work offline' }).className).toContain('ink');
});

test('without a key store the person chooses what guards the station, and nothing is sent before', async () => {
  const asked: unknown[] = [];
  const { user } = mount(signedOut, {
    answers: {
      sign_in: (args) => {
        asked.push(args['guard']);
        throw new HostFailure('no_keystore', 'There is no key store.');
      },
    },
  });
  await user.type(await screen.findByLabelText('Staff e-mail'), 'a.boateng@tughana.edu.gh');
  await user.type(screen.getByLabelText('Password'), 'demo');
  await user.click(screen.getByRole('button', { name: /^Sign in/ }));
  const guard = within(await screen.findByTestId('guard'));
  expect(guard.getByRole('alert').textContent).toContain('There is no key store.');
  await user.type(guard.getByLabelText('Passphrase'), 'seven{Enter}');
  expect(asked).toEqual([undefined]);
  await user.type(guard.getByLabelText('Passphrase'), ' chairs in the hall{Enter}');
  expect(asked[1]).toEqual({ passphrase: 'seven chairs in the hall' });
  await user.click(
    within(await screen.findByTestId('guard')).getByRole('button', { name: /after this session/ }),
  );
  expect(asked[2]).toBe('session');
});

test('a locked station asks for its passphrase and opens offline with it', async () => {
  const { user, inputs } = mount(signedOut, {
    answers: {
      work_offline: (args) => {
        if (args['passphrase'] === undefined) {
          throw new HostFailure('passphrase_wanted', 'Type your passphrase.');
        }
        return signedOut;
      },
    },
  });
  await user.click(await screen.findByRole('button', { name: 'Work offline' }));
  const guard = within(await screen.findByTestId('guard'));
  expect(guard.queryByRole('button', { name: /after this session/ })).toBeNull();
  await user.type(guard.getByLabelText('Passphrase'), 'seven chairs{Enter}');
  expect(inputs('work_offline')).toEqual([{}, { passphrase: 'seven chairs' }]);
});

const told = status();
const first = { ...told, user: told.user && { ...told.user, mustChangePassword: true } };

async function type(user: ReturnType<typeof mount>['user'], [current, fresh, again]: string[]) {
  for (const [label, text] of [
    ['Password until now', current],
    ['New password', fresh],
    ['New password again', again],
  ]) {
    const field = await screen.findByLabelText(label ?? '');
    await user.clear(field);
    await user.type(field, text ?? '');
  }
  await user.click(screen.getByRole('button', { name: /^Change password/ }));
}

test('a first password is replaced before the work begins', async () => {
  const { user, inputs, host } = mount(first);
  await screen.findByRole('heading', { name: 'Choose a password of your own' });
  await type(user, ['first-word', 'short', 'short']);
  expect((await screen.findByRole('alert')).textContent).toContain('at least 8');
  await type(user, ['first-word', 'my own word', 'my own ward']);
  expect(screen.getByRole('alert').textContent).toContain('differ');
  expect(inputs('change_password')).toEqual([]);
  await type(user, ['first-word', 'my own word', 'my own word']);
  await waitFor(() =>
    expect(inputs('change_password')).toEqual([{ current: 'first-word', new: 'my own word' }]),
  );
  act(() => host.tell({ status: told, changed: [], events: [] }));
  await screen.findByRole('heading', { name: 'Monitor', level: 1 });
});

test('a refused change keeps the question, and it can wait', async () => {
  const { user } = mount(first, {
    answers: {
      change_password: () => {
        throw new HostFailure('wrong_password', 'The password until now is not right.');
      },
    },
  });
  await type(user, ['wrong word', 'my own word', 'my own word']);
  expect((await screen.findByRole('alert')).textContent).toContain('is not right');
  await user.click(screen.getByRole('button', { name: 'Not now' }));
  await screen.findByRole('heading', { name: 'Monitor', level: 1 });
});
