import { act, screen, waitFor, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';

import { status } from '@/gallery/day';
import { SET_UP } from '@/gallery/factor';
import { mount } from '@/gallery/mount';
import type { SecondFactorSetUp } from '@/generated/protocol';
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

test('a staff card names the person, and its reader sends nothing before the password', async () => {
  const { user, inputs } = mount(signedOut);
  await user.click(await screen.findByRole('button', { name: 'Use a staff card' }));
  await user.type(screen.getByLabelText('Staff number'), 'AUT-S0003{Enter}');
  expect(document.activeElement).toBe(screen.getByLabelText('Password'));
  expect(inputs('sign_in')).toEqual([]);
  await user.keyboard('demo{Enter}');
  await waitFor(() => expect(inputs('sign_in')).toMatchObject([{ email: 'AUT-S0003' }]));
  await user.click(screen.getByRole('button', { name: 'Use an e-mail address' }));
  expect(screen.getByLabelText<HTMLInputElement>('Staff e-mail').value).toBe('');
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
  act(() => host.tell({ status: told, changed: [], events: [], typing: [] }));
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

const asks = (code: string, setUp?: SecondFactorSetUp) => (args: Record<string, unknown>) => {
  if (args['code'] === '287 082') {
    return status();
  }
  throw args['code'] === undefined
    ? new HostFailure(code, 'Type the code that your authenticator app shows.', setUp)
    : new HostFailure('code_wrong', 'This code is not right, or it was used before.');
};

async function comeAsOfficer(user: UserEvent): Promise<void> {
  await user.type(await screen.findByLabelText('Staff e-mail'), 'a.boateng@tughana.edu.gh');
  await user.type(screen.getByLabelText('Password'), 'right');
  await user.click(screen.getByRole('button', { name: /^Sign in/ }));
}

test('a code is asked for after the password, and the same is sent again with it', async () => {
  const { user, inputs } = mount(signedOut, { answers: { sign_in: asks('code_needed') } });
  await comeAsOfficer(user);
  const field = await screen.findByLabelText<HTMLInputElement>('Code');
  expect(screen.queryByRole('alert')).toBeNull();
  expect(document.activeElement).toBe(field);
  expect([field.inputMode, field.autocomplete]).toEqual(['numeric', 'one-time-code']);
  await user.type(field, '000000{Enter}');
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('not right');
  expect(field.value).toBe('');
  await user.click(field);
  await user.paste('287 082');
  await user.keyboard('{Enter}');
  const asked = { email: 'a.boateng@tughana.edu.gh', password: 'right', code: '287 082' };
  await waitFor(() => expect(inputs('sign_in')[2]).toMatchObject(asked));
});

test('where the role needs a second factor the operator’s code comes before it is set up', async () => {
  const { user, inputs } = mount(signedOut, {
    answers: {
      sign_in: (args) => {
        if (args['code'] === undefined) {
          throw new HostFailure('set_up_code_needed', 'Type the set-up code.');
        }
        throw new HostFailure('second_factor_needed', 'Set it up.', SET_UP);
      },
    },
  });
  await comeAsOfficer(user);
  const field = await screen.findByLabelText<HTMLInputElement>('Code');
  expect(screen.getByText(/^The set-up code that the operator/)).toBeTruthy();
  expect(screen.queryByRole('alert')).toBeNull();
  await user.type(field, 'abcd-efgh{Enter}');
  expect(await screen.findByTestId('set-up-factor')).toBeTruthy();
  expect(screen.getByText('The six digits that the app shows now.')).toBeTruthy();
  expect(inputs('sign_in')[1]).toMatchObject({ code: 'abcd-efgh' });
  expect(screen.getByLabelText<HTMLInputElement>('Code').value).toBe('');
});

test('whoever goes back from the code may be somebody else', async () => {
  const { user, inputs } = mount(signedOut, { answers: { sign_in: asks('code_needed') } });
  await comeAsOfficer(user);
  await user.type(await screen.findByLabelText('Code'), '123456');
  await user.click(screen.getByRole('button', { name: 'Back' }));
  await user.click(await screen.findByRole('button', { name: /^Sign in/ }));
  await waitFor(() => expect(inputs('sign_in')).toHaveLength(2));
  expect(inputs('sign_in')[1]).not.toHaveProperty('code');
});

test('where the role needs a second factor it is set up before the first sign-in', async () => {
  const { user, inputs } = mount(signedOut, {
    answers: { sign_in: asks('second_factor_needed', SET_UP) },
  });
  await comeAsOfficer(user);
  expect(await screen.findByRole('img', { name: 'Picture for an authenticator app' })).toBeTruthy();
  expect(screen.getByText('JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP')).toBeTruthy();
  const codes = within(screen.getByTestId('recovery-codes')).getAllByRole('listitem');
  expect(codes.map((code) => code.textContent)).toEqual(SET_UP.recoveryCodes);
  // A wrong code leaves the picture where it is: another one would be another secret.
  await user.type(screen.getByLabelText('Code'), '000000{Enter}');
  await screen.findByRole('alert');
  expect(screen.getByTestId('set-up-factor')).toBeTruthy();
  await user.type(screen.getByLabelText('Code'), '287 082{Enter}');
  await waitFor(() => expect(inputs('sign_in')[2]).toMatchObject({ code: '287 082' }));
});

test('a code that was spent is not sent again with the passphrase of the station', async () => {
  const { user, inputs } = mount(signedOut, {
    answers: {
      sign_in: (args) => {
        if (args['code'] === undefined) {
          throw new HostFailure('code_needed', 'Type the code that your authenticator app shows.');
        }
        if (args['guard'] === undefined) {
          throw new HostFailure('no_keystore', 'There is no key store.');
        }
        return status();
      },
    },
  });
  await comeAsOfficer(user);
  await user.type(await screen.findByLabelText('Code'), '111111{Enter}');
  await user.click(await screen.findByRole('button', { name: 'Keep nothing after this session' }));
  await waitFor(() => expect(inputs('sign_in')[2]).toMatchObject({ guard: 'session' }));
  expect(inputs('sign_in')[2]).not.toHaveProperty('code');
  await user.type(await screen.findByLabelText('Code'), '222222{Enter}');
  const asked = { guard: 'session', code: '222222' };
  await waitFor(() => expect(inputs('sign_in')[3]).toMatchObject(asked));
});
