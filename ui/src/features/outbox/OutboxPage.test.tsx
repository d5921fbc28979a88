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
  expect(states).toEqual(['waiting', 'waiting', 'sending', 'attention', 'done', 'attention']);
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
  const [reason] = await screen.findAllByRole('alert');
  expect(reason?.textContent).toBe('It was resolved by Selorm Hayford at 10:35.');
  const item = document.querySelector('[data-state="attention"]');
  const choices = within(item as HTMLElement);
  await user.click(choices.getByRole('button', { name: 'Send again' }));
  await user.click(choices.getByRole('button', { name: 'Withdraw' }));
  const id = OUTBOX.find((one) => one.state === 'attention')?.commandId;
  expect(inputs('outbox_resend')).toEqual([{ commandId: id }]);
  expect(inputs('outbox_withdraw')).toEqual([{ commandId: id }]);
});

test('where two counted otherwise both facts stand side by side, with what can be done', async () => {
  const { user, inputs } = mount(status(), { hash: '#/outbox' });
  const theirs = await screen.findByText('69 scripts counted');
  const item = within(theirs.closest('li') as HTMLElement);
  item.getByText(/Selina Agbeko, .*GH-B/);
  const mine = item.getByText('Yours').parentElement;
  expect(mine?.textContent).toContain('Seal batch: 20418');
  const id = OUTBOX.find((one) => one.rejection?.standing)?.commandId;
  await user.clear(item.getByLabelText('Counted again'));
  await user.type(item.getByLabelText('Counted again'), '69');
  await user.click(item.getByRole('button', { name: 'Send this count' }));
  expect(inputs('outbox_resend')).toMatchObject([
    { commandId: id, command: { command: 'sealBatch', input: { count: 69, sealNumber: '20418' } } },
  ]);
  await user.click(item.getByRole('button', { name: 'Tell the office' }));
  expect(inputs('submit')).toMatchObject([
    { command: { command: 'reportIncident', input: { type: 'CUSTODY_DISCREPANCY', batchId: 1 } } },
  ]);
  await user.click(item.getByRole('button', { name: 'Keep theirs' }));
  expect(inputs('outbox_withdraw')).toEqual([{ commandId: id }]);
});

test('what has been sent offers nothing to take back', async () => {
  mount(status(), { hash: '#/outbox' });
  await screen.findByText('Waiting to send');
  const item = document.querySelector('[data-state="done"]');
  expect(within(item as HTMLElement).queryByRole('button')).toBeNull();
});
