import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';

import { status } from '@/gallery/day';
import { CANDIDATE } from '@/gallery/seats';
import { mount } from '@/gallery/mount';
import { isPressed, pressOf, SHORTCUTS } from '@/lib/shortcuts';

afterEach(() => localStorage.clear());

async function opened() {
  const mounted = mount(status());
  await screen.findByRole('heading', { name: 'Monitor' });
  await mounted.user.keyboard('{Control>}k{/Control}');
  const dialog = await screen.findByRole('dialog', { name: 'Jump to' });
  await waitFor(() => expect(document.activeElement?.tagName).toBe('INPUT'));
  return { ...mounted, dialog };
}

test('Ctrl K finds a batch by its paper and Enter opens it', async () => {
  const { user, dialog } = await opened();
  await user.keyboard('che104');
  await within(dialog).findByRole('menuitem', { name: /BATCH-CHE104-2026/ });
  await user.keyboard('{Enter}');
  await waitFor(() => expect(window.location.hash).toBe('#/batches/BATCH-CHE104-2026'));
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('a candidate is found by the index number, with the seat', async () => {
  const { user, dialog, inputs } = await opened();
  await user.keyboard('C9');
  const found = await within(dialog).findByRole('menuitem', { name: /Daniel Ofori/ });
  expect(found.textContent).toContain(CANDIDATE.indexNumber);
  expect(found.textContent).toContain('GH C9');
  expect(inputs('candidates').at(-1)).toEqual({ text: 'C9' });
});

/** The words of the rows that begin so. */
function rowsOf(dialog: HTMLElement, name: RegExp): (string | null)[] {
  const rows = within(dialog).queryAllByRole('menuitem', { name });
  return rows.map((row) => row.textContent?.replaceAll(/\s+/g, ' ').trim() ?? null);
}

/** Enter takes the row that the field names as its own, a moment after the row is drawn. */
async function marked(name: RegExp) {
  const row = await screen.findByRole('menuitem', { name });
  await waitFor(() =>
    expect(document.activeElement?.getAttribute('aria-activedescendant')).toBe(row.id),
  );
}

test('with Ctrl an incident opens beside the halls, a batch and the clock of a hall in windows of their own', async () => {
  const { user, inputs } = await opened();
  await user.keyboard('collapsed');
  await marked(/Candidate collapsed/);
  await user.keyboard('{Control>}{Enter}{/Control}');
  await waitFor(() => expect(window.location.hash).toMatch(/^#\/monitor\?incident=[\da-f-]+0418$/));
  await user.keyboard('{Control>}k{/Control}');
  await screen.findByRole('dialog', { name: 'Jump to' });
  await waitFor(() => expect(document.activeElement?.tagName).toBe('INPUT'));
  await user.keyboard('room b-210');
  await marked(/^Room B-210/);
  await user.keyboard('{Control>}{Enter}{/Control}');
  await waitFor(() => expect(inputs('open_window')).toEqual([{ route: '#/clock/8' }]));
  await user.keyboard('{Control>}k{/Control}');
  await screen.findByRole('dialog', { name: 'Jump to' });
  await waitFor(() => expect(document.activeElement?.tagName).toBe('INPUT'));
  await user.keyboard('batch-che104');
  await marked(/^BATCH-CHE104-2026/);
  await user.keyboard('{Control>}{Enter}{/Control}');
  await waitFor(() =>
    expect(inputs('open_window').at(-1)).toEqual({
      route: '#/batches/BATCH-CHE104-2026?second=on',
    }),
  );
});

test('a hall is found once, however often it is written in, and its papers with their day', async () => {
  const { user, dialog } = await opened();
  await user.keyboard('great hall');
  await waitFor(() => expect(rowsOf(dialog, /^Great Hall/)).toEqual(['Great Hall CSC101']));
  await user.clear(document.activeElement as HTMLElement);
  await user.keyboard('law202');
  await waitFor(() =>
    expect(rowsOf(dialog, /^Great Hall/)).toEqual(['Great Hall Wed 25 Nov LAW202']),
  );
  await user.click(
    within(dialog).getByRole('menuitem', { name: /^LAW202 in the timetable.*25 Nov/ }),
  );
  await waitFor(() => expect(window.location.hash).toBe('#/timetable/2026-11-25?sitting=21'));
});

test('where one hall is meant, what happened there can be reported at once', async () => {
  const { user, dialog } = await opened();
  await user.keyboard('science block');
  const row = await within(dialog).findByRole('menuitem', {
    name: 'Report incident in Science Block SB-2',
  });
  await user.click(row);
  await waitFor(() => expect(window.location.hash).toBe('#/monitor?report=5'));
});

test('after > only commands are offered', async () => {
  const { user, dialog } = await opened();
  await user.keyboard('>dark');
  await waitFor(() => {
    // Enter takes the row that the field names as its own, a moment after the row is drawn.
    const rows = within(dialog).getAllByRole('menuitem');
    const marked = document.activeElement?.getAttribute('aria-activedescendant');
    expect(rows.map((row) => row.id)).toEqual([marked]);
  });
  await user.keyboard('{Enter}');
  await waitFor(() => expect(document.documentElement.dataset['theme']).toBe('dark'));
});

test('? shows every key of the table', async () => {
  const { user } = mount(status());
  await screen.findByRole('heading', { name: 'Monitor' });
  await user.keyboard('?');
  const dialog = await screen.findByRole('dialog', { name: 'All keys' });
  for (const { words } of Object.values(SHORTCUTS)) {
    expect(within(dialog).getAllByText(words).length).toBeGreaterThan(0);
  }
});

test('letters that are switched off do nothing, keys with Ctrl still do', async () => {
  const { user } = mount(status());
  await screen.findByRole('heading', { name: 'Monitor' });
  await user.keyboard('?');
  await user.click(await screen.findByRole('checkbox', { name: /Single letters/ }));
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await user.keyboard('r');
  expect(window.location.hash).not.toContain('report');
  await user.keyboard('{Control>}k{/Control}');
  await screen.findByRole('dialog', { name: 'Jump to' });
});

test('G and a letter goes to a place, and the letter alone does what it does', async () => {
  const { user } = mount(status());
  await screen.findByRole('heading', { name: 'Monitor' });
  await user.keyboard('gb');
  await waitFor(() => expect(window.location.hash).toBe('#/batches'));
  await user.keyboard('r');
  await waitFor(() => expect(window.location.hash).toBe('#/batches?report=new'));
});

test('/ searches where there is a field for it', async () => {
  const { user } = mount(status(), { hash: '#/review' });
  const field = await screen.findByLabelText('Search the record');
  await user.keyboard('/');
  expect(document.activeElement).toBe(field);
});

test('Ctrl and plus makes the text larger, and 0 as usual', async () => {
  mount(status());
  await screen.findByRole('heading', { name: 'Monitor' });
  const scale = () => document.documentElement.style.getPropertyValue('--text-scale');
  fireEvent.keyDown(window, { key: '+', ctrlKey: true });
  expect(scale()).toBe('1.1');
  fireEvent.keyDown(window, { key: '0', ctrlKey: true });
  expect(scale()).toBe('1');
});

test('F6 walks through the parts of the screen and comes round', async () => {
  mount(status());
  await screen.findByRole('table', { name: 'Halls' });
  fireEvent.keyDown(window, { key: 'F6' });
  const first = document.activeElement;
  expect(first?.tagName).toBe('ASIDE');
  fireEvent.keyDown(window, { key: 'F6' });
  expect(document.activeElement).not.toBe(first);
  fireEvent.keyDown(window, { key: 'F6', shiftKey: true });
  expect(document.activeElement).toBe(first);
});

test('no two keys of one place are the same press', () => {
  const all = Object.entries(SHORTCUTS).flatMap(([id, { place, keys }]) =>
    keys.map((key) => ({ id, place, key })),
  );
  for (const one of all) {
    const same = all.filter(
      (other) =>
        other.key === one.key &&
        (other.place === one.place || [one.place, other.place].includes('everywhere')),
    );
    expect(same.map(({ id }) => id)).toEqual([one.id]);
  }
});

test('a sign is the same with and without Shift, a letter is not', () => {
  const key = (init: KeyboardEventInit) => new KeyboardEvent('keydown', init);
  expect(isPressed(pressOf('?'), key({ key: '?', shiftKey: true }), null)).toBe(true);
  expect(isPressed(pressOf('?'), key({ key: '?' }), null)).toBe(true);
  expect(isPressed(pressOf('Shift u'), key({ key: 'U', shiftKey: true }), null)).toBe(true);
  expect(isPressed(pressOf('Shift u'), key({ key: 'u' }), null)).toBe(false);
});
