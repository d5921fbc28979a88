import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';

import { status } from '@/gallery/day';
import { mount } from '@/gallery/mount';
import { OUTBOX } from '@/gallery/record';

test('what was written here stands with its state, the newest first', async () => {
  mount(status(), { hash: '#/outbox' });
  await screen.findByText('Waiting to send');
  const states = [...document.querySelectorAll('[data-command]')].map((one) =>
    one.getAttribute('data-state'),
  );
  expect(states).toEqual(['waiting', 'waiting', 'sending', 'attention', 'done']);
});

test('what refers to a case of another hall says which, and can be taken back', async () => {
  const { user, inputs } = mount(status(), { hash: '#/outbox' });
  const said = await screen.findByText('Waiting for GH-A/017');
  const item = said.closest('li') as HTMLElement;
  await user.click(within(item).getByRole('button', { name: 'Withdraw' }));
  const id = OUTBOX.find((one) => one.waitsFor === 'GH-A/017')?.commandId;
  expect(inputs('outbox_withdraw')).toEqual([{ commandId: id }]);
});

test('a refused command says why and can be sent again or taken back', async () => {
  const { user, inputs } = mount(status(), { hash: '#/outbox' });
  const reason = await screen.findByRole('alert');
  expect(reason.textContent).toBe('It was resolved by Selorm Hayford at 10:35.');
  const item = document.querySelector('[data-state="attention"]');
  const choices = within(item as HTMLElement);
  await user.click(choices.getByRole('button', { name: 'Send again' }));
  await user.click(choices.getByRole('button', { name: 'Withdraw' }));
  const id = OUTBOX.find((one) => one.state === 'attention')?.commandId;
  expect(inputs('outbox_resend')).toEqual([{ commandId: id }]);
  expect(inputs('outbox_withdraw')).toEqual([{ commandId: id }]);
});

test('what has been sent offers nothing to take back', async () => {
  mount(status(), { hash: '#/outbox' });
  await screen.findByText('Waiting to send');
  const item = document.querySelector('[data-state="done"]');
  expect(within(item as HTMLElement).queryByRole('button')).toBeNull();
});
