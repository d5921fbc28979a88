import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';

import type { BatchView } from '@/generated/protocol';
import { batchDetail, BATCHES } from '@/gallery/custody';
import { status } from '@/gallery/day';
import { mount } from '@/gallery/mount';

import { differenceText, trouble } from './custody';
import { formOf, instantOf, localOf } from './forms';

/** What is said of a stop of the way. */
function stop(panel: HTMLElement, name: string): string | null | undefined {
  return panel.querySelector(`[data-stop="${name}"]`)?.textContent;
}

test('a batch that is short stands first and says by how much', async () => {
  mount(status(), { hash: '#/batches' });
  await screen.findByText('Look at these');
  const table = screen.getByRole('table');
  expect(table.querySelector('[scope="rowgroup"]')?.textContent).toBe('Look at these 2');
  const first = table.querySelector('[data-batch]');
  expect(first?.getAttribute('data-batch')).toBe('BATCH-CHE104-2026');
  expect(first?.textContent).toContain('1 script short');
});

test('J moves down the list, and the panel shows that batch', async () => {
  const { user, inputs } = mount(status(), { hash: '#/batches' });
  await screen.findByRole('complementary', { name: 'Batch BATCH-CHE104-2026' });
  await user.keyboard('j');
  await screen.findByRole('complementary', { name: 'Batch BATCH-MAT151-2026' });
  expect(window.location.hash).toBe('#/batches/BATCH-MAT151-2026');
  expect(inputs('batch')).toEqual([{ id: 1 }, { id: 10 }]);
});

test('what is ahead of a batch has its time, where that is known', async () => {
  const { user } = mount(status(), { hash: '#/batches/BATCH-MKT301-2026' });
  const panel = await screen.findByRole('complementary', { name: 'Batch BATCH-MKT301-2026' });
  await waitFor(() =>
    expect(stop(panel, 'IN_TRANSIT')).toBe('In transitby 11:08offered to Kojo Boakye'),
  );
  within(screen.getByRole('table')).getByText('to Kojo Boakye by 11:08');
  await user.click(screen.getByRole('link', { name: 'BATCH-CSC101-2026' }));
  const next = await screen.findByRole('complementary', { name: 'Batch BATCH-CSC101-2026' });
  await waitFor(() => expect(stop(next, 'COLLECTED')).toBe('Collectedfrom 12:00'));
});

test('sealing that is not allowed yet says why beside the button', async () => {
  mount(status(), { hash: '#/batches' });
  const button = await screen.findByRole('button', { name: 'Seal batch' });
  expect(button.hasAttribute('disabled')).toBe(true);
  expect(screen.getAllByText(/-1 scripts against the register/).length).toBeGreaterThan(0);
});

test('a sealed batch names count, seal and witness in one command', async () => {
  const { user, inputs } = mount(status(), { hash: '#/batches/BATCH-PHY122-2026' });
  await user.click(await screen.findByRole('button', { name: 'Seal batch' }));
  const dialog = await screen.findByRole('dialog');
  await user.clear(within(dialog).getByLabelText('Scripts counted'));
  await user.type(within(dialog).getByLabelText('Scripts counted'), '181');
  await user.type(within(dialog).getByLabelText('Number on the seal'), '77120');
  await user.selectOptions(within(dialog).getByLabelText('Witness'), 'Kofi Addo');
  await user.click(within(dialog).getByRole('button', { name: 'Seal the batch' }));
  expect(inputs('submit')).toMatchObject([
    {
      command: {
        command: 'sealBatch',
        input: { batchId: 5, count: 181, sealNumber: '77120', witness: 12 },
      },
    },
  ]);
});

test('a refusal keeps the form open with its sentence', async () => {
  const rejection = { code: 'SEAL_TAKEN', message: 'Seal 77120 closes another batch.' };
  const { user } = mount(status(), {
    hash: '#/batches/BATCH-PHY122-2026',
    answers: { submit: () => ({ commandId: 'x', localNumber: null, rejection }) },
  });
  await user.click(await screen.findByRole('button', { name: 'Seal batch' }));
  const dialog = await screen.findByRole('dialog');
  await user.click(within(dialog).getByRole('button', { name: 'Seal the batch' }));
  const alert = await within(dialog).findByRole('alert');
  expect(alert.textContent).toBe('Seal 77120 closes another batch.');
});

test('what is short or too many is said in scripts', () => {
  expect([differenceText(-1), differenceText(2)]).toEqual(['1 script short', '2 scripts too many']);
  expect(BATCHES.filter((batch) => trouble(batch) !== undefined).map((batch) => batch.id)).toEqual([
    1,
  ]);
});

test('a handover that nobody offered cannot be accepted', async () => {
  const detail = {
    ...batchDetail(5),
    actions: [
      { action: 'offerHandover', reason: null },
      { action: 'decideHandover', reason: null },
      { action: 'declareCount', reason: 'It is sealed.' },
    ],
  };
  mount(status(), { hash: '#/batches/BATCH-PHY122-2026', answers: { batch: () => detail } });
  await screen.findByRole('button', { name: 'Offer handover' });
  expect(screen.queryByRole('button', { name: 'Accept handover' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Declare count' })).toBeNull();
});

test('a handover is accepted, refused or disputed only while one is offered', () => {
  const at = (change: object) => ({ ...BATCHES[4], ...change }) as BatchView;
  const offered = { state: 'OFFERED', ref: 'r' };
  expect(formOf('decideHandover', at({ openTransfer: offered }))).toBe('accept');
  expect(formOf('decideHandover', at({ openTransfer: { ...offered, state: 'DISPUTED' } }))).toBe(
    'confirm',
  );
  expect(formOf('decideHandover', at({ openTransfer: null }))).toBe('receive');
  expect(formOf('decideHandover', at({ status: 'GRADING_COMPLETED' }))).toBe('return');
});

/** A batch that somebody has offered. */
function offeredBy(from: { id: number; name: string }) {
  const detail = batchDetail(5);
  const openTransfer = {
    state: 'OFFERED',
    ref: 'r',
    offeredAt: '2026-11-24T13:00:00Z',
    expiresAt: null,
    count: 95,
    seal: '20421',
    from,
    to: { name: 'Office' },
  };
  const view = { ...detail.view, openTransfer } as unknown as BatchView;
  return { ...detail, view, actions: [{ action: 'decideHandover' as const, reason: null }] };
}

test('whoever takes a batch reads seal and count, and what they read goes with it', async () => {
  const detail = offeredBy({ id: 44, name: 'Esi Tawiah' });
  const { user, inputs } = mount(status(), {
    hash: '#/batches/BATCH-PHY122-2026',
    answers: { batch: () => detail },
  });
  await user.click(await screen.findByRole('button', { name: 'Accept handover' }));
  const dialog = await screen.findByRole('dialog');
  expect(within(dialog).getByLabelText<HTMLInputElement>('Scripts counted').value).toBe('95');
  await user.type(within(dialog).getByLabelText('Number on the seal'), '20427');
  await user.click(within(dialog).getByRole('button', { name: 'Accept the handover' }));
  await waitFor(() => expect(inputs('submit')).toHaveLength(1));
  expect(inputs('submit')[0]).toMatchObject({
    command: { command: 'acceptBatch', input: { transfer: 'r', count: 95, sealSeen: '20427' } },
  });
  expect(screen.queryByRole('button', { name: 'Take back offer' })).toBeNull();
});

test('whoever has offered a batch may take the offer back until somebody answers', async () => {
  const detail = offeredBy({ id: status().user?.id ?? 0, name: 'Ama Boateng' });
  const { user, inputs } = mount(status(), {
    hash: '#/batches/BATCH-PHY122-2026',
    answers: { batch: () => detail },
  });
  await user.click(await screen.findByRole('button', { name: 'Take back offer' }));
  const dialog = await screen.findByRole('dialog');
  await user.click(within(dialog).getByRole('button', { name: 'Take the offer back' }));
  await waitFor(() => expect(inputs('submit')).toHaveLength(1));
  expect(inputs('submit')[0]).toMatchObject({
    command: { command: 'cancelOffer', input: { transfer: 'r' } },
  });
});

test('a batch is offered to a person, or to a place by its name', async () => {
  const detail = {
    ...batchDetail(5),
    actions: [{ action: 'offerHandover' as const, reason: null }],
  };
  const { user, inputs } = mount(status(), {
    hash: '#/batches/BATCH-PHY122-2026',
    answers: { batch: () => detail },
  });
  await user.click(await screen.findByRole('button', { name: 'Offer handover' }));
  const dialog = await screen.findByRole('dialog');
  await user.type(within(dialog).getByLabelText(/Or a place/), 'Strong room');
  await user.click(within(dialog).getByRole('button', { name: 'Offer a handover' }));
  await waitFor(() => expect(inputs('submit')).toHaveLength(1));
  expect(inputs('submit')[0]).toMatchObject({
    command: { command: 'offerBatch', input: { batchId: 5, toLocation: 'Strong room' } },
  });
});

test('a lecturer receives a batch with the count that was handed over', async () => {
  const detail = batchDetail(5);
  const actions = [{ action: 'decideHandover' as const, reason: null }];
  const { user, inputs } = mount(status(), {
    hash: '#/batches/BATCH-PHY122-2026',
    answers: {
      batch: () => ({ ...detail, actions }),
      people: () => [{ id: 9, name: 'Dr Efua Anane', role: 'LECTURER' }],
    },
  });
  await user.click(await screen.findByRole('button', { name: 'Receive the batch' }));
  const dialog = await screen.findByRole('dialog');
  await user.selectOptions(within(dialog).getByLabelText('Lecturer'), 'Dr Efua Anane');
  await user.click(within(dialog).getByRole('button', { name: 'Receive the batch' }));
  expect(inputs('submit')).toMatchObject([
    { command: { command: 'receiveBatch', input: { batchId: 5, lecturer: 9, count: 181 } } },
  ]);
});

test('words leave only the batches that fit', async () => {
  const { user } = mount(status(), { hash: '#/batches' });
  await user.type(await screen.findByRole('textbox', { name: 'Filter' }), 'mechanics');
  const rows = screen.getAllByRole('row').map((row) => row.dataset['batch']);
  expect(rows.filter(Boolean)).toEqual(['BATCH-PHY122-2026']);
});

test('a scanner types fast and ends with Enter: its batch opens on any screen', async () => {
  mount(status(), { hash: '#/monitor' });
  await screen.findByRole('heading', { name: 'Monitor' });
  let at = 1000;
  for (const key of [...'BATCH-CHE104-2026', 'Enter']) {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
    Object.defineProperty(event, 'timeStamp', { value: (at += 8) });
    window.dispatchEvent(event);
  }
  await waitFor(() => expect(window.location.hash).toBe('#/batches/BATCH-CHE104-2026'));
});

test('a person who types the same and presses Enter goes nowhere', async () => {
  mount(status(), { hash: '#/monitor' });
  await screen.findByRole('heading', { name: 'Monitor' });
  let at = 1000;
  for (const key of [...'123456', 'Enter']) {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
    Object.defineProperty(event, 'timeStamp', { value: (at += 90) });
    window.dispatchEvent(event);
  }
  expect(window.location.hash).toBe('#/monitor');
});

/** The batches, with the pick-up of one wanted by another time. */
function fetchedBy(by: string): BatchView[] {
  return BATCHES.map((one) => ({
    ...one,
    way: one.way.map((stop) => (stop.stop === 'IN_TRANSIT' && stop.by ? { ...stop, by } : stop)),
  }));
}

test('what comes next says by when it is wanted, and one in transit how long it is on its way', async () => {
  mount(status(), { hash: '#/batches' });
  await screen.findByText('fetch by 14:00');
  screen.getByText('back by 8 Dec');
  screen.getByText('ends 11:00');
  screen.getByText('on its way for 2 min');
  expect(screen.getAllByText(/no pickup/)).toHaveLength(1);
});

test('a sealed batch that nobody has fetched in time says how long it has waited', async () => {
  const late = fetchedBy('2026-11-24T10:41:00.000Z');
  mount(status(), { hash: '#/batches', answers: { batches: () => late } });
  const row = await screen.findByRole('row', { name: /BATCH-PHY122-2026/ });
  await within(row).findByText(/no pickup for 4 min/);
  within(row).getByLabelText('Medium');
});

const codesIn = (box: ParentNode, each: string) =>
  [...box.querySelectorAll(each)].map((one) => /BATCH-(\w+)-/.exec(one.textContent ?? '')?.[1]);

/** The day of the gallery with three that are late and one that is short, each in another state. */
function aLateDay(): BatchView[] {
  const by = '2026-11-24T10:35:00.000Z';
  const at = (id: number, change: (one: BatchView) => BatchView) => {
    const found = BATCHES.find((one) => one.id === id) as BatchView;
    return change(found);
  };
  const late = (stop: string) => (one: BatchView) => ({
    ...one,
    endsAt: '2026-11-24T09:30:00.000Z',
    way: one.way.map((found) => (found.stop === stop ? { ...found, by } : found)),
  });
  const back = at(7, late('RETURNED'));
  const unsealed = at(2, late('SEALED'));
  return [at(8, (one) => one), back, unsealed, at(10, (one) => one), at(1, (one) => one)];
}

test('what is late stands with what is wrong, after it, once, with the reason', async () => {
  mount(status(), { hash: '#/batches', answers: { batches: aLateDay } });
  await screen.findByText('Look at these');
  const table = screen.getByRole('table');
  const groups = [...table.querySelectorAll('[scope="rowgroup"]')].map((one) => one.textContent);
  expect(groups).toEqual(['Look at these 4', 'Back at the registry 1']);
  const codes = ['CHE104', 'ECO205', 'ITN203', 'MAT151', 'GST100'];
  expect(codesIn(table, '[data-batch]')).toEqual(codes);
  const why = [
    '1 script short',
    'not back by 24 Nov',
    'not sealed by 10:35',
    'no pickup for 17 h 04',
  ];
  for (const [n, words] of why.entries()) {
    const row = table.querySelector<HTMLElement>(`[data-batch*="${codes[n]}"]`);
    within(row as HTMLElement).getByText(words);
    within(row as HTMLElement).getByLabelText(n === 0 ? 'High' : 'Medium');
  }
});

test('an offer that nobody has taken does not hide that the batch is late', async () => {
  const late = fetchedBy('2026-11-24T10:41:00.000Z');
  mount(status(), { hash: '#/batches/BATCH-MKT301-2026', answers: { batches: () => late } });
  const row = await screen.findByRole('row', { name: /BATCH-MKT301-2026/ });
  within(row).getByText(/no pickup for 4 min/);
});

test('a batch that is still written is not late, whatever it is wanted by', async () => {
  const batches = () => aLateDay().map((one) => ({ ...one, endsAt: '2026-11-24T11:00:00.000Z' }));
  mount(status(), { hash: '#/batches', answers: { batches } });
  const row = await screen.findByRole('row', { name: /BATCH-ITN203-2026/ });
  within(row).getByText('ends 11:00');
});

test('the panel of a late batch says what is late, and the sidebar counts all to look at', async () => {
  mount(status(), { hash: '#/batches/BATCH-MAT151-2026' });
  const panel = await screen.findByRole('complementary', { name: 'Batch BATCH-MAT151-2026' });
  within(panel).getByText(/no pickup for 17 h/);
  const places = screen.getByRole('navigation', { name: 'Places' });
  expect(within(places).getByRole('link', { name: /^Batches/ }).textContent).toBe('Batches2');
});

test('in columns what is to be looked at comes first in each, and J moves as they stand', async () => {
  const { user } = mount(status(), { hash: '#/batches' });
  await user.click(await screen.findByRole('button', { name: 'Stages' }));
  const sealed = screen.getByRole('region', { name: 'Sealed' });
  expect(codesIn(sealed, 'a')).toEqual(['MAT151', 'PHY122', 'MKT301']);
  within(sealed).getByText(/no pickup for 17 h/);
  const all = codesIn(document, '[data-stage] a');
  expect(new Set(all).size).toBe(BATCHES.length);
  const at = all.indexOf('CHE104');
  await user.keyboard('j');
  await waitFor(() => expect(window.location.hash).toBe(`#/batches/BATCH-${all[at + 1]}-2026`));
});

const stopLine = (stop: string) => document.querySelector(`[data-stop="${stop}"]`)?.textContent;

test('the way of a batch says what was printed, who signed for it, and what is still to come', async () => {
  mount(status(), { hash: '#/batches/BATCH-CHE104-2026' });
  await screen.findByRole('complementary', { name: 'Batch BATCH-CHE104-2026' });
  expect(document.querySelectorAll('[data-stop]')).toHaveLength(8);
  expect(stopLine('PRINTED')).toBe(
    'PrintedMon 23 Nov 15:20Print room, 230 + 6 spareCorrect the printing',
  );
  expect(stopLine('ISSUED')).toBe('Issued08:04Esi Tawiah signed for 236');
  expect(stopLine('COLLECTED')).toBe('Collected10:30 – 10:37Row by row, 229 of 230');
  expect(stopLine('COUNTED')).toBe('CountedEsi Tawiah 229, second count open');
  expect(stopLine('SEALED')).toBe('Sealedby 11:00Seal number and witness');
});

test('what was printed is noted beside its stop, with the time on the clocks of the institution', async () => {
  const { user, inputs } = mount(status(), {
    hash: '#/batches/BATCH-CSC101-2026',
    answers: {
      batch: () => {
        const detail = batchDetail(3);
        const { printed: _none, ...view } = detail.view;
        return { ...detail, view };
      },
    },
  });
  await user.click(await screen.findByRole('button', { name: 'Note the printing' }));
  const dialog = await screen.findByRole('dialog');
  expect(within(dialog).getByLabelText<HTMLInputElement>('Copies for candidates').value).toBe(
    '264',
  );
  await user.clear(within(dialog).getByLabelText('Spare copies'));
  await user.type(within(dialog).getByLabelText('Spare copies'), '6');
  const when = within(dialog).getByLabelText('When they were printed');
  fireEvent.change(when, { target: { value: '2026-11-23T15:20' } });
  await user.click(within(dialog).getByRole('button', { name: 'Note the printing' }));
  expect(inputs('submit')).toMatchObject([
    {
      command: {
        command: 'notePrinted',
        input: {
          batchId: 3,
          copies: 264,
          spare: 6,
          place: 'Print room',
          printedAt: '2026-11-23T15:20:00.000Z',
        },
      },
    },
  ]);
});

test('the hall signs for all papers, the spare ones too', async () => {
  const { user, inputs } = mount(status(), { hash: '#/batches/BATCH-CSC101-2026' });
  await user.click(await screen.findByRole('button', { name: 'Sign for the papers' }));
  const dialog = await screen.findByRole('dialog');
  await user.click(within(dialog).getByRole('button', { name: 'Sign for the papers' }));
  expect(inputs('submit')).toMatchObject([
    { command: { command: 'logHall', input: { action: 'PAPERS_RECEIVED', count: 270 } } },
  ]);
});

test('a time is read on the clocks of the institution, summer or winter', () => {
  expect(instantOf('2026-07-01T09:00', 'Europe/Paris')).toBe('2026-07-01T07:00:00.000Z');
  expect(localOf('2026-07-01T07:00:00.000Z', 'Europe/Paris')).toBe('2026-07-01T09:00');
  expect(() => instantOf('tomorrow', 'UTC')).toThrow('Write the time like');
});

test('a stop that nobody wrote down is hollow on the track and named in the way', async () => {
  const detail = batchDetail(5);
  const way = detail.view.way.map((one) =>
    one.stop === 'PRINTED' ? { ...one, state: 'UNNOTED' as const, at: null } : one,
  );
  const { printed: _none, ...view } = { ...detail.view, way };
  mount(status(), {
    hash: '#/batches/BATCH-PHY122-2026',
    answers: { batch: () => ({ ...detail, view }), batches: () => [view] },
  });
  await screen.findByRole('complementary', { name: 'Batch BATCH-PHY122-2026' });
  expect(stopLine('PRINTED')).toBe('PrintedNot noted');
  const states = [...document.querySelectorAll('[data-batch] [data-state]')];
  expect(states.map((cell) => cell.getAttribute('data-state'))).toEqual([
    'unnoted',
    'passed',
    'passed',
    'passed',
    'here',
    'to-come',
    'to-come',
    'to-come',
  ]);
});
