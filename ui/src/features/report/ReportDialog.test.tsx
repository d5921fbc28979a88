import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';

import { INCIDENTS, status } from '@/gallery/day';
import { offlineStatus } from '@/gallery/setup';
import { mount } from '@/gallery/mount';
import type { IncidentView } from '@/generated/protocol';

interface Sent {
  command: { command: string; input: Record<string, unknown> };
}

test('an incident is reported with the keyboard alone', async () => {
  const { user, inputs } = mount(status());
  await screen.findByRole('heading', { name: 'Monitor' });
  await user.keyboard('r');
  const dialog = await screen.findByRole('dialog', { name: 'Report incident' });
  await within(dialog).findByRole('radio', { name: 'Identity' });
  await waitFor(() => expect(dialog.contains(document.activeElement)).toBe(true));
  await user.keyboard('6');
  expect(within(dialog).getByRole<HTMLInputElement>('radio', { name: 'Identity' }).checked).toBe(
    true,
  );
  await user.keyboard('c-09');
  expect(await within(dialog).findByText('Daniel Ofori')).toBeTruthy();
  await user.tab();
  await user.keyboard('Photo does not look like him.');
  await user.keyboard('{Alt>}3{/Alt}');
  await user.keyboard('{Control>}{Enter}{/Control}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  const [sent] = inputs('submit') as unknown as Sent[];
  expect(sent?.command.command).toBe('reportIncident');
  expect(sent?.command.input).toMatchObject({
    type: 'IDENTITY_VERIFICATION',
    severity: 'HIGH',
    sittingId: 1,
    seat: 'C9',
    candidates: [1],
    description: 'Photo does not look like him.',
  });
  expect(sent?.command.input['ref']).toMatch(
    /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
  );
  expect(screen.getByTestId('announcement').textContent).toContain('Reported, sent');
});

/** What a report of these tests becomes. */
const MADE = '01990000-0000-7000-8000-000000000999';

/** A console that has one incident more after a report; `more` says how it is answered then. */
function growing(more: (after: IncidentView[]) => unknown) {
  const made = INCIDENTS.slice(0, 1).map((one) => ({ ...one, ref: MADE }));
  let kept = false;
  return {
    incidents: () => (kept ? more([...made, ...INCIDENTS]) : INCIDENTS),
    submit: () => {
      kept = true;
      return { ref: MADE, localNumber: null, rejection: null };
    },
  };
}

test('the form closes over the row that it made', async () => {
  const answers = growing((all) => new Promise((done) => setTimeout(done, 20, all)));
  const row = `[data-incident="${MADE}"]`;
  const { user } = mount(status(), { hash: '#/incidents?report=new', answers });
  await user.click(await screen.findByRole('radio', { name: 'Other' }));
  expect(document.querySelector(row)).toBeNull();
  let drawn: boolean | undefined;
  const seen = new MutationObserver(() => {
    if (!document.querySelector('[role=dialog]')) {
      drawn ??= document.querySelector(row) !== null;
    }
  });
  seen.observe(document.body, { childList: true, subtree: true });
  await user.keyboard('{Control>}{Enter}{/Control}');
  await waitFor(() => expect(drawn).toBe(true));
  seen.disconnect();
});

test('the form does not wait for a screen that is slow', async () => {
  const answers = growing(() => new Promise(() => {}));
  const { user } = mount(status(), { hash: '#/incidents?report=new', answers });
  await user.click(await screen.findByRole('radio', { name: 'Other' }));
  await user.keyboard('{Control>}{Enter}{/Control}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

test('a report without a line says under which number it is kept', async () => {
  const { user } = mount(offlineStatus(0), { hash: '#/monitor?report=new' });
  await user.click(await screen.findByRole('radio', { name: 'Other' }));
  await user.keyboard('{Control>}{Enter}{/Control}');
  await waitFor(() =>
    expect(screen.getByTestId('announcement').textContent).toContain(
      'Kept on this station as GH-A/017, waiting to send',
    ),
  );
});

test('one action reports and stops the clock, where the person runs the hall', async () => {
  const { user, inputs } = mount(status(), { hash: '#/monitor?report=new' });
  await user.click(await screen.findByRole('radio', { name: 'Other' }));
  const pause = 'Stop the clock of this hall, too';
  await user.click(screen.getByRole('checkbox', { name: pause }));
  await user.selectOptions(screen.getByLabelText('Hall'), '2');
  expect(screen.queryByRole('checkbox', { name: pause })).toBeNull();
  await user.selectOptions(screen.getByLabelText('Hall'), '1');
  await user.keyboard('{Control>}{Enter}{/Control}');
  await waitFor(() => expect(inputs('submit')).toHaveLength(2));
  const sent = inputs('submit') as unknown as Sent[];
  expect(sent.map((one) => one.command.command)).toEqual(['reportIncident', 'setPhase']);
  expect(sent[1]?.command.input).toEqual({ sittingId: 1, to: 'PAUSED' });
});

test('Escape closes the report and keeps what was written', async () => {
  const { user, inputs } = mount(status(), { hash: '#/monitor?report=new' });
  await user.type(await screen.findByLabelText('What happened'), 'Smoke in row B');
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(inputs('draft_save').at(-1)).toMatchObject({
    kind: 'report',
    form: { text: 'Smoke in row B' },
  });
  expect(inputs('draft_clear')).toEqual([]);
});

test('a report that is refused stays open with the reason', async () => {
  const rejection = { code: 'FORBIDDEN', message: 'You may not report from this hall.' };
  const { user } = mount(status(), {
    hash: '#/monitor?report=new',
    answers: { submit: () => ({ commandId: 'x', localNumber: null, rejection }) },
  });
  await user.click(await screen.findByRole('radio', { name: 'Other' }));
  await user.keyboard('{Control>}{Enter}{/Control}');
  expect((await screen.findByRole('alert')).textContent).toBe('You may not report from this hall.');
  expect(screen.getByRole('dialog', { name: 'Report incident' })).toBeTruthy();
});

test('an incident that happened before says when, in the time of the institution', async () => {
  const { user, inputs } = mount(status(), { hash: '#/monitor?report=new' });
  await user.click(await screen.findByRole('button', { name: 'change' }));
  fireEvent.change(screen.getByLabelText(/Happened at/), { target: { value: '10:31' } });
  await user.click(screen.getByRole('checkbox', { name: 'about' }));
  await user.click(screen.getByRole('radio', { name: /Venue/ }));
  await user.click(screen.getByRole('button', { name: 'Report' }));
  await waitFor(() => expect(inputs('submit')).toHaveLength(1));
  const [sent] = inputs('submit') as unknown as (Sent & { occurredAt: string })[];
  expect(sent?.occurredAt).toBe('2026-11-24T10:31:00.000Z');
  expect(sent?.command.input['precision']).toEqual({ is: 'ABOUT' });
});

test('whom it is about is scanned or typed by the index number, and the words come next', async () => {
  const { user, inputs } = mount(status(), { hash: '#/monitor?report=new' });
  await user.click(await screen.findByRole('radio', { name: 'Identity' }));
  // From the seat, which is not known, the next field.
  await user.click(screen.getByRole('textbox', { name: 'Seat' }));
  await user.tab();
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: /^Candidate/ }));
  await user.keyboard('bt/itn/24/04');
  const fitting = await screen.findByRole('list', { name: 'Candidates' });
  await waitFor(() => expect(within(fitting).getAllByRole('button')).toHaveLength(5));
  await user.keyboard('1{Enter}');
  await waitFor(() => expect(document.activeElement?.tagName).toBe('TEXTAREA'));
  expect((screen.getByRole('textbox', { name: 'Seat' }) as HTMLInputElement).value).toBe('C1');
  await user.keyboard('{Control>}{Enter}{/Control}');
  await waitFor(() => expect(inputs('submit')).toHaveLength(1));
  const [sent] = inputs('submit') as unknown as Sent[];
  expect(sent?.command.input).toMatchObject({ sittingId: 2, seat: 'C1' });
});

test('who fits lies over the words of the report only while the candidate is looked for', async () => {
  const { user } = mount(status(), { hash: '#/monitor?report=new' });
  const field = await screen.findByRole<HTMLInputElement>('textbox', { name: /^Candidate/ });
  await user.click(field);
  await user.keyboard('bt/itn/24/04');
  const list = () => screen.queryByRole('list', { name: 'Candidates' });
  await waitFor(() => expect(list()).not.toBeNull());
  // On the names of the list it stays, behind the last of them it goes.
  await user.tab();
  expect(document.activeElement?.tagName).toBe('BUTTON');
  expect(list()).not.toBeNull();
  for (let n = 0; n < 5; n += 1) {
    await user.tab();
  }
  expect(document.activeElement?.tagName).toBe('TEXTAREA');
  expect(list()).toBeNull();
  expect(field.value).toBe('bt/itn/24/04');
});

test('a code that nobody has is said, and the field stays', async () => {
  const { user } = mount(status(), { hash: '#/monitor?report=new' });
  await user.click(await screen.findByRole('textbox', { name: /^Candidate/ }));
  await user.keyboard('BT/XXX/1{Enter}');
  await waitFor(() => expect(screen.getByTestId('announcement').textContent).toContain('BT/XXX/1'));
  const field = screen.getByRole<HTMLInputElement>('textbox', { name: /^Candidate/ });
  expect(field.value).toBe('BT/XXX/1');
});

test('the row of a report is there with the answer, before the console tells of anything', async () => {
  const { user, host } = mount(status());
  await screen.findByRole('heading', { name: 'Monitor' });
  await user.keyboard('r');
  const dialog = await screen.findByRole('dialog', { name: 'Report incident' });
  await within(dialog).findByRole('radio', { name: 'Identity' });
  await waitFor(() => expect(dialog.contains(document.activeElement)).toBe(true));
  await user.keyboard('6c09');
  await user.tab();
  await user.keyboard('Not him on the card.');
  const before = host.asked.length;
  await user.keyboard('{Control>}{Enter}{/Control}');
  await waitFor(() => {
    const rows = [...document.querySelectorAll('[data-incident]')];
    expect(rows.some((row) => row.textContent.includes('Not him on the card.'))).toBe(true);
  });
  const asked = host.asked.slice(before).map(({ name }) => name);
  expect(asked.slice(asked.indexOf('submit')).slice(0, 2)).toEqual(['submit', 'monitor']);
});
