import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';

import { NOW, PLANNED, SITTINGS, status } from '@/gallery/day';
import { laterOf } from '@/gallery/later';
import { mount } from '@/gallery/mount';
import { TIMETABLE } from '@/gallery/plan';

import { dayOf, daysOf, lanesOf } from './days';

/** What a mouse does; the page of the tests knows no pointers. */
function pointer(on: HTMLElement, what: 'down' | 'move' | 'up', clientY: number): void {
  fireEvent(on, new MouseEvent(`pointer${what}`, { bubbles: true, button: 0, clientY }));
}

const days = daysOf([...SITTINGS, ...PLANNED], TIMETABLE.clashes, 'Africa/Accra');

test('the days stand in order with their papers, and a clash is on its own day only', () => {
  expect(days.map((day) => [day.key, day.sittings.length, day.clashes.length])).toEqual([
    ['2026-11-24', SITTINGS.length, 0],
    ['2026-11-25', PLANNED.length, 1],
  ]);
});

test('today is shown, else the next day, else the last', () => {
  expect(dayOf(days, undefined, '2026-11-25')?.key).toBe('2026-11-25');
  expect(dayOf(days, undefined, '2026-11-01')?.key).toBe('2026-11-24');
  expect(dayOf(days, undefined, '2027-01-01')?.key).toBe('2026-11-25');
  expect(dayOf(days, '2026-11-24', '2026-11-25')?.key).toBe('2026-11-24');
});

test('papers that overlap in one hall lie beneath each other, others do not', () => {
  const [one] = SITTINGS;
  if (!one) {
    throw new Error('no sitting');
  }
  const later = { ...one, id: 99, startsAt: one.effectiveEnd };
  expect(lanesOf([one, later]).map(([, lane]) => lane)).toEqual([0, 0]);
  const during = { ...one, id: 98, startsAt: new Date(NOW).toISOString() };
  expect(lanesOf([one, during]).map(([, lane]) => lane)).toEqual([0, 1]);
});

test('a paper that clashes says so in words, and the panel gives the reason', async () => {
  const { user } = mount(status(), { hash: '#/timetable/2026-11-25' });
  const paper = await screen.findByRole('button', {
    name: /^ACC310 13:30 – 16:30 · 231 candidates.*clash/,
  });
  await user.click(paper);
  await waitFor(() => expect(window.location.hash).toBe('#/timetable/2026-11-25?sitting=23'));
  const panel = screen.getByRole('complementary', { name: 'Paper' });
  within(panel).getByText('ACC310 and ACC311 are at the same time, and 3 candidates write both.');
});

test('the panel names who has not come yet, and the latest change first', async () => {
  mount(status(), { hash: '#/timetable/2026-11-24?sitting=3' });
  const panel = await screen.findByRole('complementary', { name: 'Paper' });
  within(panel).getByText('5 of 6 here');
  within(panel).getByText('Invigilator 5');
  const changes = within(panel).getByRole('region', { name: 'Changes' });
  expect(changes.querySelector('li')?.textContent).toContain('PHY240 moved');
});

test('the version and where it stands are beside the title', async () => {
  mount(status(), { hash: '#/timetable' });
  await screen.findByText(/Version 7, published/);
});

test('two weeks stand beside each other, hall by hall, and a paper opens from there', async () => {
  const { user } = mount(status(), { hash: '#/timetable/2026-11-24' });
  await user.click(await screen.findByRole('button', { name: 'Fortnight' }));
  const sheet = await screen.findByRole('region', { name: 'Papers of two weeks' });
  const heads = within(sheet).getAllByRole('columnheader');
  expect(heads.map((head) => head.textContent).slice(0, 4)).toEqual([
    'Hall',
    'Mon 23 Nov',
    'Tue 24 Nov',
    'Wed 25 Nov',
  ]);
  expect(heads.at(-1)?.textContent).toBe('Fri 4 Dec');
  await user.click(sheet.querySelector('a[href$="sitting=23"]') as HTMLElement);
  await waitFor(() =>
    expect(window.location.hash).toBe('#/timetable/2026-11-25?view=fortnight&sitting=23'),
  );
});

test('who has not confirmed the version is named, and how many are not known here', async () => {
  mount(status(), { hash: '#/timetable' });
  const names = await screen.findByRole('region', { name: 'Have not confirmed version 7' });
  await waitFor(() =>
    expect(
      within(names)
        .getAllByRole('listitem')
        .map((one) => one.textContent),
    ).toEqual(['Invigilator 3', 'Invigilator 4', 'and 1 more']),
  );
});

test('the list names every paper from the day on', async () => {
  mount(status(), { hash: '#/timetable/2026-11-25?view=list' });
  const list = await screen.findByRole('region', { name: 'Papers as a list' });
  const later = laterOf(PLANNED).filter((one) => one.startsAt > '2026-11-26');
  expect(within(list).getAllByRole('rowheader')).toHaveLength(PLANNED.length + later.length);
});

test('a paper that was moved leaves a dashed place, and says where it went', async () => {
  mount(status(), { hash: '#/timetable/2026-11-25?sitting=24' });
  const grid = await screen.findByRole('region', { name: 'Halls and times' });
  await waitFor(() => expect(grid.textContent).toContain('PHY240 moved to EC3'));
  const panel = screen.getByRole('complementary', { name: 'Paper' });
  within(panel).getByText('Moved');
  expect(panel.querySelector('s')?.textContent).toBe('Science Block SB-2');
});

test('a hall that has no paper today can take one', async () => {
  const { user, inputs } = mount(status(), { hash: '#/timetable/2026-11-25?sitting=23' });
  await user.click(await screen.findByRole('button', { name: 'Move to another hall' }));
  const form = await screen.findByRole('form', { name: 'Move to another hall' });
  await user.selectOptions(within(form).getByRole('combobox'), 'Business Annex');
  await user.keyboard('{Control>}{Enter}{/Control}');
  await waitFor(() => expect(inputs('submit')).toHaveLength(1));
  expect(inputs('submit')[0]).toMatchObject({
    command: { input: { venueId: 99, room: 'Business Annex' } },
  });
});

test('a paper is moved with the keyboard: the hall, the words, and it is asked for', async () => {
  const { user, inputs } = mount(status(), { hash: '#/timetable/2026-11-25?sitting=23' });
  const button = await screen.findByRole('button', { name: 'Move to another hall' });
  button.focus();
  await user.keyboard('{Enter}');
  const form = await screen.findByRole('form', { name: 'Move to another hall' });
  await user.selectOptions(within(form).getByRole('combobox', { name: 'To' }), 'Great Hall');
  const words = within(form).getByRole('textbox', { name: 'What those concerned read' });
  expect((words as HTMLInputElement).value).toBe('ACC310 moves to Great Hall');
  await user.keyboard('{Control>}{Enter}{/Control}');
  await waitFor(() => expect(inputs('submit')).toHaveLength(1));
  expect(inputs('submit')[0]).toMatchObject({
    command: {
      command: 'updateTimetable',
      input: { sittingId: 23, venueId: 1, text: 'ACC310 moves to Great Hall' },
    },
  });
  await waitFor(() => expect(screen.queryByRole('form')).toBeNull());
});

test('a paper that is let go over another hall is asked about, not moved', async () => {
  const { user, inputs } = mount(status(), { hash: '#/timetable/2026-11-25' });
  const paper = await screen.findByRole('button', { name: /^ACC310/ });
  const target = document.querySelector('[data-venue="1"]') as HTMLElement;
  document.elementsFromPoint = () => [target];
  pointer(paper, 'down', 100);
  pointer(paper, 'move', 103);
  expect(document.querySelector('[data-carried]')).toBeNull();
  pointer(paper, 'move', 160);
  expect(target.dataset['target']).toBe('true');
  pointer(paper, 'up', 160);
  const form = await screen.findByRole('form', { name: 'Move to another hall' });
  const hall = within(form).getByRole('combobox', { name: 'To' }) as HTMLSelectElement;
  expect(hall.selectedOptions[0]?.textContent).toBe('Great Hall');
  expect(inputs('submit')).toHaveLength(0);
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('form')).toBeNull();
});

test('what has begun, or may not be moved, offers no move and is not carried', async () => {
  const fixed = { ...TIMETABLE, movable: [] };
  mount(status(), {
    hash: '#/timetable/2026-11-25?sitting=23',
    answers: { timetable: () => fixed },
  });
  const paper = await screen.findByRole('button', { name: /^ACC310/ });
  expect(screen.queryByRole('button', { name: 'Move to another hall' })).toBeNull();
  pointer(paper, 'down', 100);
  pointer(paper, 'move', 160);
  expect(document.querySelector('[data-carried]')).toBeNull();
});

test('T goes to today from any day, and within the view that is open', async () => {
  const { user } = mount(status(), { hash: '#/timetable/2026-12-02?view=list' });
  await screen.findByRole('button', { name: /^Today/ });
  await user.keyboard('t');
  await waitFor(() => expect(window.location.hash).toBe('#/timetable?view=list&'));
  window.location.hash = '#/timetable/2026-12-02';
  const days = await screen.findByRole('navigation', { name: 'Days' });
  const here = () => days.querySelector('[aria-current]')?.textContent;
  await waitFor(() => expect(here()).toMatch(/^Wed 2 Dec/));
  expect(within(days).getAllByRole('link')).toHaveLength(10);
  await user.keyboard('t');
  await waitFor(() => expect(here()).toMatch(/^Tue 24 Nov/));
});

test('whoever has to know of a version says so, and nobody else is asked', async () => {
  const me = status().user?.id;
  const plan = TIMETABLE.timetables.map((one) => ({ ...one, unconfirmed: [me ?? 0, 99] }));
  const { user, inputs } = mount(status(), {
    hash: '#/timetable',
    answers: { timetable: () => ({ ...TIMETABLE, timetables: plan }) },
  });
  await user.click(await screen.findByRole('button', { name: 'I know of it' }));
  await waitFor(() => expect(inputs('submit')).toHaveLength(1));
  expect(inputs('submit')[0]).toMatchObject({ command: { command: 'confirmTimetable' } });
});

test('nobody is asked whether they know of what does not concern them', async () => {
  mount(status(), { hash: '#/timetable' });
  await screen.findByRole('region', { name: 'Have not confirmed version 7' });
  expect(screen.queryByRole('button', { name: 'I know of it' })).toBeNull();
  // What is published is not published again.
  expect(screen.queryByRole('button', { name: 'Publish the timetable' })).toBeNull();
});

test('an approved timetable is published, and what clashes needs a reason', async () => {
  const plan = TIMETABLE.timetables.map((one) => ({ ...one, status: 'APPROVED' }));
  const { user, inputs } = mount(status(), {
    hash: '#/timetable',
    answers: {
      timetable: () => ({ ...TIMETABLE, timetables: plan }),
      submit: ({ command }) => ({
        commandId: '01990000-0000-7000-8000-00000000aaaa',
        localNumber: null,
        rejection:
          (command as { input: { inSpiteOf?: string } }).input.inSpiteOf === undefined
            ? { code: 'DISCREPANCY', message: 'Two papers in one hall.' }
            : null,
      }),
    },
  });
  await user.click(await screen.findByRole('button', { name: 'Publish the timetable' }));
  const form = await screen.findByRole('form', { name: 'Publish the timetable' });
  await user.click(within(form).getByRole('button', { name: 'Publish the timetable' }));
  await within(form).findByText('Two papers in one hall.');
  await user.type(within(form).getByRole('textbox'), 'The hall is divided');
  await user.keyboard('{Control>}{Enter}{/Control}');
  await waitFor(() => expect(screen.queryByRole('form')).toBeNull());
  expect(inputs('submit').at(-1)).toMatchObject({
    command: { command: 'publishTimetable', input: { inSpiteOf: 'The hall is divided' } },
  });
});
