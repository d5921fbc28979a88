import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';

import { status } from '@/gallery/day';
import { readerStatus } from '@/gallery/setup';
import { mount } from '@/gallery/mount';
import { learn, speak } from '@/lib/tongue';

test('of thousands of events only those that can be seen are drawn and asked for', async () => {
  const { inputs } = mount(status(), { hash: '#/review' });
  const grid = await screen.findByRole('grid', { name: 'Events' });
  await waitFor(() => expect(grid.querySelectorAll('[data-seq]').length).toBeGreaterThan(10));
  // The events, and two lines for the outage.
  expect(grid.getAttribute('aria-rowcount')).toBe('4002');
  expect(grid.querySelectorAll('[data-seq]').length).toBeLessThan(100);
  expect(inputs('review_rows').map(({ from, to }) => [from, to])).toEqual([[0, 200]]);
});

test('the query line asks for words and tokens, without a network', async () => {
  const { user, inputs } = mount(status(), { hash: '#/review' });
  const field = await screen.findByRole('textbox', { name: 'Search the record' });
  await user.type(field, 'booklets in:incident late');
  await screen.findByText(/^\d+ of 4.000/);
  await waitFor(() =>
    expect(inputs('review').at(-1)).toMatchObject({
      text: 'booklets',
      channels: ['incident'],
      lateOnly: true,
    }),
  );
});

test('] shows the outage, and an event shows its four times and what was said', async () => {
  const { user, inputs } = mount(status(), { hash: '#/review' });
  await screen.findByRole('grid', { name: 'Events' });
  // The first outage of the morning, and the next one.
  await user.keyboard(']]');
  await waitFor(() => expect(inputs('review').at(-1)?.['from']).not.toBeNull());
  const row = '[role="row"][data-late="true"]';
  await waitFor(() => expect(document.querySelector(row)).not.toBeNull());
  const late = document.querySelector(row);
  await user.click(late as HTMLElement);
  await screen.findByText('Replayed');
  const panel = screen.getByRole('complementary', { name: /^Event \d+/ });
  const times = [...panel.querySelectorAll('dt')].map((one) => one.textContent);
  expect(times.slice(0, 1).concat(times.slice(2, 4))).toEqual([
    'Happened',
    'Server took it',
    'Seen here, EO-02',
  ]);
});

test('what is new does not move the list that is read: it is offered', async () => {
  const { user, inputs, host } = mount(status(), { hash: '#/review' });
  await screen.findByRole('grid', { name: 'Events' });
  expect(screen.queryByRole('button', { name: 'Show what is new' })).toBeNull();
  const asked = inputs('review').length;
  act(() => host.tell({ status: status(), changed: ['events'], events: [], typing: [] }));
  await screen.findByRole('button', { name: 'Show what is new' });
  expect(inputs('review')).toHaveLength(asked);
  await user.keyboard('.');
  await waitFor(() => expect(inputs('review')).toHaveLength(asked + 1));
});

test('what was found is taken out as it was asked for, and where it lies is said', async () => {
  const { user, inputs } = mount(status(), { hash: '#/review?q=late' });
  await screen.findByRole('grid', { name: 'Events' });
  await user.keyboard('{Control>}e{/Control}');
  await screen.findByText(/Saved as .*events-51b0aa03\.csv/);
  expect(inputs('export')).toMatchObject([{ format: 'csv', query: { lateOnly: true } }]);
  await user.click(screen.getByRole('button', { name: 'JSON Lines' }));
  await waitFor(() => expect(inputs('export').at(-1)).toMatchObject({ format: 'jsonl' }));
});

test('a moment narrows the span without a mouse, and shows the board as it was', async () => {
  const { user, inputs } = mount(status(), { hash: '#/review' });
  const slider = await screen.findByRole('slider', { name: 'Moment of the record' });
  const { min, max } = slider as HTMLInputElement;
  const at = Number(min) + 30 * 60_000;
  fireEvent.change(slider, { target: { value: String(at) } });
  await user.click(screen.getByRole('button', { name: 'From here' }));
  await waitFor(() => expect(inputs('review').at(-1)).toMatchObject({ from: at, to: Number(max) }));
  await user.click(await screen.findByRole('button', { name: 'Board as it was then' }));
  await waitFor(() => expect(window.location.hash).toMatch(/^#\/monitor\?at=\d+$/));
});

test('a token becomes a chip, Backspace takes it back, and the filters say the same', async () => {
  const { user, inputs } = mount(status(), { hash: '#/review' });
  const field = await screen.findByRole('textbox', { name: 'Search the record' });
  await user.type(field, 'hall:GH in:incident torn');
  await screen.findByRole('button', { name: 'Without hall GH' });
  expect((field as HTMLInputElement).value).toBe('torn');
  await user.click(screen.getByRole('button', { name: 'Filters' }));
  const box = await screen.findByRole('checkbox', { name: 'Incidents' });
  expect((box as HTMLInputElement).checked).toBe(true);
  await user.click(screen.getByRole('checkbox', { name: 'High' }));
  await waitFor(() =>
    expect(inputs('review').at(-1)).toMatchObject({
      text: 'torn',
      channels: ['incident'],
      severities: ['HIGH'],
    }),
  );
  await user.keyboard('{Escape}');
  await user.clear(field);
  await user.type(field, '{Backspace}');
  await waitFor(() =>
    expect(screen.queryByRole('button', { name: /^Without severity/ })).toBeNull(),
  );
});

test('what was searched for is marked, also where the row is translated', async () => {
  mount(status(), { hash: '#/review?q=collected' });
  await waitFor(() => expect(document.querySelector('mark')?.textContent).toBe('collected'));
  expect(document.querySelector('[lang="en"] mark')).toBeNull();
  await learn('fr');
  act(() => speak('fr'));
  await waitFor(() =>
    expect(document.querySelector('[lang="en"] mark')?.textContent).toBe('collected'),
  );
  act(() => speak('en'));
});

test('a station that no longer remembers everything says from where on it does', async () => {
  const begins = '2026-05-12T08:14:00Z';
  mount(status({ begins }), { hash: '#/review' });
  const note = await screen.findByRole('note');
  expect(note.textContent).toMatch(/remembers from Tuesday 12 May 2026, \d\d:14 on/);
});

test('where the line was lost and where it came back stands between the events, and cannot be chosen', async () => {
  const { user } = mount(status(), { hash: '#/review?q=outage:10:31' });
  const grid = await screen.findByRole('grid', { name: 'Events' });
  const lost = await waitFor(() => {
    const found = grid.querySelector('[data-gap="lost"]');
    expect(found?.textContent).toMatch(/^10:31:07Connection lost at this station/);
    return found as HTMLElement;
  });
  expect(lost.textContent).toMatch(/up to 27:37 late\.412 events$/);
  expect(lost.getAttribute('aria-rowindex')).toBe('1');
  await user.click(lost);
  expect(screen.queryByRole('complementary', { name: /^Event / })).toBeNull();
  await user.keyboard('j');
  await screen.findByRole('complementary', { name: /^Event / });
});

test('an event that an address names is brought into sight among thousands, and J goes on from it', async () => {
  const { user, inputs } = mount(status(), { hash: '#/review?event=1483500' });
  const chosen = await waitFor(() => {
    const found = document.querySelector('[role="row"][aria-selected="true"]');
    expect(found?.getAttribute('data-seq')).toBe('1483500');
    return found;
  });
  // Behind 3,500 others and the two lines of the outage.
  expect(chosen?.getAttribute('aria-rowindex')).toBe('3503');
  // Who scrolls away from it and goes on comes back to it.
  const rows = screen.getByRole('rowgroup');
  rows.scrollTop = 0;
  fireEvent.scroll(rows);
  await waitFor(() => expect(document.querySelector('[data-seq="1480000"]')).not.toBeNull());
  await user.keyboard('j');
  await waitFor(() => expect(inputs('event').at(-1)).toEqual({ seq: 1_483_501 }));
});

test('an outage that lies outside of what is charted is not drawn into it', async () => {
  mount(status(), { hash: '#/review?q=outage:10:31' });
  const chart = await screen.findByRole('img', { name: /events/ });
  await waitFor(() => expect(chart.textContent).toContain('412 replayed'));
  expect(chart.textContent).not.toContain('9 replayed');
});

test('the outages of the station are a list, and one of them shows what came late in it', async () => {
  const { user, inputs } = mount(status(), { hash: '#/review' });
  await screen.findByRole('grid', { name: 'Events' });
  await user.click(screen.getByRole('button', { name: /^Outages/ }));
  await user.click(await screen.findByRole('button', { name: /10:31 – 10:58/ }));
  await waitFor(() =>
    expect(inputs('review').at(-1)).toMatchObject({
      from: Date.parse('2026-11-24T10:31:07Z'),
      to: Date.parse('2026-11-24T10:58:44Z'),
    }),
  );
});

test('whoever only reads is told so, and finds nothing to change', async () => {
  const { user } = mount(readerStatus(), { hash: '#/review' });
  const band = await screen.findByTestId('read-only-band');
  expect(band.textContent).toMatch(/System administrator: nothing can be changed here/);
  expect(screen.queryByRole('button', { name: /Report incident/ })).toBeNull();
  expect(screen.queryByRole('button', { name: /Export/ })).toBeNull();
  await user.keyboard('r');
  expect(screen.queryByRole('dialog')).toBeNull();
});
