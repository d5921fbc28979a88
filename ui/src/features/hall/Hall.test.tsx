import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';

import { status } from '@/gallery/day';
import { offlineStatus } from '@/gallery/setup';
import { mount } from '@/gallery/mount';
import { hallView } from '@/gallery/seats';

import { beside, rowsOf } from './seats';

const opened = async (hash = '#/hall/2', answers = {}) => {
  const mounted = mount(offlineStatus(), { hash, answers });
  await screen.findByRole('grid', { name: 'Seats' });
  return mounted;
};
const card = () => screen.findByRole('region', { name: /^Seat / });

test('typing C09 jumps to the seat and its card shows who sits there', async () => {
  const { user } = await opened();
  await user.keyboard('c09');
  await screen.findByRole('region', { name: 'Seat C9' });
  expect((await card()).textContent).toContain('Daniel Ofori');
});

test('O takes the candidate out in one line of the hall log, and back in the next', async () => {
  const { user, inputs } = await opened('#/hall/2?seat=C10');
  await screen.findByRole('region', { name: 'Seat C10' });
  await user.keyboard('o');
  await waitFor(() => expect(inputs('submit')).toHaveLength(1));
  expect(inputs('submit')[0]).toMatchObject({
    command: {
      command: 'logHall',
      input: { sittingId: 2, action: 'TEMPORARY_ABSENCE_OUT', seat: 'C10', text: 'C10 out' },
    },
  });
  await user.keyboard('f12');
  await screen.findByRole('region', { name: 'Seat F12' });
  await user.click(screen.getByRole('button', { name: 'Back' }));
  await waitFor(() => expect(inputs('submit')).toHaveLength(2));
  expect(inputs('submit')[1]).toMatchObject({
    command: { input: { action: 'TEMPORARY_ABSENCE_IN', text: 'F12 back after 8 min' } },
  });
});

test('a scanned card lets in who sits here and sends on who does not', async () => {
  const { user, inputs } = await opened();
  const seats = hallView().candidates;
  const expected = seats.find((one) => one.attendance === 'EXPECTED');
  const field = screen.getByLabelText('Index number');
  await user.type(field, `${expected?.indexNumber}{Enter}`);
  await waitFor(() => expect(inputs('submit')).toHaveLength(1));
  expect(inputs('submit')[0]).toMatchObject({
    command: { command: 'checkInCandidate', input: { student: expected?.studentId } },
  });
  await user.type(field, 'AUT/elsewhere{Enter}');
  await waitFor(() => expect(inputs('submit')).toHaveLength(2));
  expect(inputs('submit')[1]).toMatchObject({
    command: { command: 'sendOn', input: { indexNumber: 'AUT/elsewhere' } },
  });
  expect(screen.getByTestId('announcement').textContent).toContain('asked where they sit');
  screen.getByText(/was sent on to Old Library/);
});

test('T takes the script in, and only where the candidate writes', async () => {
  const { user, inputs } = await opened('#/hall/2?seat=C10');
  await screen.findByRole('region', { name: 'Seat C10' });
  await user.keyboard('t');
  await waitFor(() => expect(inputs('submit')).toHaveLength(1));
  expect(inputs('submit')[0]).toMatchObject({
    command: { command: 'moveScript', input: { batchId: 2, student: 50, step: 'SUBMITTED' } },
  });
  await user.keyboard('b14');
  await screen.findByRole('region', { name: 'Seat B14' });
  expect(screen.queryByRole('button', { name: 'Script in' })).toBeNull();
});

test('who comes when only the office admits is refused with what to tell them', async () => {
  const { user, inputs } = await opened('#/hall/2?seat=M20');
  const shown = within(await screen.findByRole('region', { name: 'Seat M20' }));
  shown.getByText('More than 30 min late: only the exam office can admit you.');
  expect(shown.queryByLabelText('Why they are admitted all the same')).toBeNull();
  await user.click(shown.getByRole('button', { name: /^Refuse/ }));
  await waitFor(() => expect(inputs('submit')).toHaveLength(1));
  // How they are written down is for the rules to say, by the time on the command.
  expect(inputs('submit')[0]).toEqual({
    command: { command: 'checkInCandidate', input: { sittingId: 2, student: 240 } },
    occurredAt: null,
  });
});

test('the exam office admits somebody very late, with a reason', async () => {
  const view = hallView();
  const override = { action: 'overrideAttendance' as const, reason: null };
  const hall = () => ({ ...view, actions: [...view.actions, override] });
  const { user, inputs } = await opened('#/hall/2?seat=M20', { hall });
  await user.type(await screen.findByLabelText('Why they are admitted all the same'), 'Bus');
  await user.click(screen.getByRole('button', { name: 'Admit' }));
  await waitFor(() => expect(inputs('submit')).toHaveLength(1));
  expect(inputs('submit')[0]).toMatchObject({
    command: { input: { student: 240, attendance: 'VERY_LATE', reason: 'Bus' } },
  });
});

test('a letter that names a row and does something waits for the digit', async () => {
  const view = hallView();
  const inRowO = view.candidates.map((one) => ({ ...one, seat: one.seat.replace('A', 'O') }));
  const hall = () => ({ ...view, candidates: inRowO });
  const { user, inputs } = await opened('#/hall/2?seat=B1', { hall });
  await user.keyboard('o3');
  await screen.findByRole('region', { name: 'Seat O3' });
  expect(inputs('submit')).toHaveLength(0);
  await user.keyboard('o');
  await waitFor(() => expect(inputs('submit')).toHaveLength(1));
});

test('a report from a seat begins with that seat', async () => {
  const { user } = await opened('#/hall/2?seat=C9');
  await screen.findByRole('region', { name: 'Seat C9' });
  await user.click(within(await card()).getByRole('button', { name: 'Report incident' }));
  const dialog = await screen.findByRole('dialog', { name: 'Report incident' });
  expect(within(dialog).getByLabelText<HTMLInputElement>(/^Seat/).value).toBe('C9');
});

test('the map is one stop, and arrows move in it', async () => {
  const { user } = await opened('#/hall/2?seat=C9');
  const grid = screen.getByRole('grid', { name: 'Seats' });
  const stops = () => grid.querySelectorAll('button[tabindex="0"]');
  expect(stops()).toHaveLength(1);
  await user.click(screen.getByRole('button', { name: /^Seat C 9,/ }));
  await user.keyboard('{ArrowDown}');
  await screen.findByRole('region', { name: 'Seat D9' });
  await waitFor(() => expect(document.activeElement?.getAttribute('data-seat')).toBe('D9'));
  expect(stops()).toHaveLength(1);
});

test('what the role does not allow is absent, and the clock is still there', async () => {
  const hall = () => ({ ...hallView(), actions: [], next: [] });
  await opened('#/hall/2?seat=C10', { hall });
  expect(within(await card()).queryAllByRole('button')).toHaveLength(0);
  expect(screen.queryByRole('button', { name: 'Start collecting' })).toBeNull();
  screen.getByText(/stop writing at 11:00/);
});

test('the chief starts collecting with one tap, also without a line', async () => {
  const { user, inputs } = await opened();
  await user.click(screen.getByRole('button', { name: 'Start collecting' }));
  await waitFor(() => expect(inputs('submit')).toHaveLength(1));
  expect(inputs('submit')[0]).toMatchObject({
    command: { command: 'setPhase', input: { sittingId: 2, to: 'COLLECTING' } },
  });
});

test('the register is declared complete once, and only when writing has begun', async () => {
  const hall = (part: object) => () => ({ ...hallView(), view: { ...hallView().view, ...part } });
  const { user, inputs } = await opened('#/hall/2', { hall: hall({ registerComplete: false }) });
  await user.click(screen.getByRole('button', { name: 'Register is complete' }));
  await waitFor(() => expect(inputs('submit')).toHaveLength(1));
  expect(inputs('submit')[0]).toMatchObject({
    command: { command: 'declareRegister', input: { sittingId: 2 } },
  });
});

test.each([{ registerComplete: true }, { registerComplete: false, startedAt: null }])(
  'nothing is to be declared of a register with %o',
  async (part) => {
    const hall = () => ({ ...hallView(), view: { ...hallView().view, ...part } });
    await opened('#/hall/2', { hall });
    expect(screen.queryByRole('button', { name: 'Register is complete' })).toBeNull();
  },
);

test('who has an access arrangement has a finish time of their own', async () => {
  await opened();
  const times = screen.getByRole('list', { name: 'Individual finish times' });
  expect(times.textContent).toBe('A1 until 11:30');
});

test('beside the last seat of a row there is none, and below it the nearest', () => {
  const rows = rowsOf(hallView());
  const seat = rows[0]?.seats.at(-1);
  if (!seat) {
    throw new Error('no seats');
  }
  expect(beside(rows, seat, 'ArrowRight')).toBeUndefined();
  expect(beside(rows, seat, 'ArrowDown')?.name).toBe('B20');
  expect(rows.map((row) => row.name).join('')).toBe('ABCDEFGHJKLM');
});

test('somebody without a hall today is told so', async () => {
  mount(status(), {
    hash: '#/hall',
    answers: { report_options: () => ({ kinds: [], halls: [] }) },
  });
  await screen.findByText('No hall is yours today');
});

test('a head count is kept, and a difference from the register is said before', async () => {
  const { user, inputs } = mount(status(), { hash: '#/hall/2' });
  await user.type(await screen.findByRole('textbox', { name: 'Head count' }), '235');
  expect((await screen.findByText(/235 counted/)).textContent).toContain('the register says 236');
  await user.click(screen.getByRole('button', { name: 'Keep the count' }));
  await waitFor(() => expect(inputs('submit')).toHaveLength(1));
  expect(inputs('submit')[0]?.['command']).toEqual({
    command: 'countPresent',
    input: { sittingId: 2, checkedIn: 235 },
  });
});

test('a card that comes too late is said to be refused, not let in', async () => {
  const seats = hallView().candidates.map((one) =>
    one.seat === 'C9' ? { ...one, attendance: 'REFUSED' as const } : one,
  );
  const { user } = await opened('#/hall/2', { hall: () => ({ ...hallView(), candidates: seats }) });
  const said = screen.getByTestId('announcement');
  for (const seat of ['M20', 'C9']) {
    const number = seats.find((one) => one.seat === seat)?.indexNumber;
    // oxlint-disable-next-line no-await-in-loop
    await user.type(screen.getByLabelText('Index number'), `${number}{Enter}`);
    // oxlint-disable-next-line no-await-in-loop
    await waitFor(() => expect(said.textContent).toBe(`${seat} refused`));
  }
});

test('a hall is ready when its people have come and its papers are signed for', async () => {
  const { view } = hallView();
  const people = view.invigilators.map((one) => ({ ...one, checkedInAt: null }));
  const [first] = people;
  const lane = { ...view, startedAt: null, invigilators: people, papers: undefined };
  const awaited = people.map((one) => one.userId);
  const hall = () => ({ ...hallView(), view: lane, awaited });
  const { user, inputs } = await opened('#/hall/2', { hall });
  const n = people.length;
  expect(screen.getByTestId('readiness').textContent).toBe(
    `Not ready: ${n} of ${n} invigilators not here, no question papers yet`,
  );
  await user.click(screen.getByRole('button', { name: `${first?.name} has come` }));
  await user.type(screen.getByRole('textbox', { name: 'Question papers' }), '240');
  await user.type(screen.getByRole('textbox', { name: 'Seal of the packet' }), '4711');
  await user.click(screen.getByRole('button', { name: 'Received, seal intact' }));
  await waitFor(() => expect(inputs('submit')).toHaveLength(2));
  expect(inputs('submit').map((one) => one['command'])).toEqual([
    {
      command: 'checkInInvigilator',
      input: { sittingId: 2, invigilator: first?.userId },
    },
    {
      command: 'logHall',
      input: {
        sittingId: 2,
        action: 'PAPERS_RECEIVED',
        text: `${view.courseCode} question papers received, packet seal 4711 intact`,
        count: 240,
      },
    },
  ]);
});

test('what the pauses took is given back to the second, with one tap', async () => {
  const { user, inputs } = await opened('#/hall/2', {
    hall: () => ({ ...hallView(), owedSec: 1110 }),
  });
  await user.click(screen.getByRole('button', { name: 'Give 18:30 back' }));
  await waitFor(() => expect(inputs('submit')).toHaveLength(1));
  expect(inputs('submit')[0]).toMatchObject({
    command: { command: 'extendTime', input: { sittingId: 2, addedSec: 1110, students: [] } },
  });
});
