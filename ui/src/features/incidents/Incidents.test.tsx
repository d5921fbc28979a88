import { act, screen, waitFor, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';

import type { IncidentView } from '@/generated/protocol';
import { incidentDetail } from '@/gallery/custody';
import { INCIDENTS, NOW, status } from '@/gallery/day';
import { mount } from '@/gallery/mount';
import { eventOf } from '@/gallery/record';

const SHORT = INCIDENTS[1];

test('an incident says how long it took to the server and to this station', async () => {
  mount(status(), { hash: '#/incidents/01990000-0000-7000-8000-000000000418' });
  await screen.findByText('Reached the server after 1.0 s, this station after 1.0 s');
});

test('an incident about a batch shows where on its way the count differs', async () => {
  mount(status(), { hash: `#/incidents/${SHORT?.ref}` });
  const custody = await screen.findByRole('region', { name: 'Custody' });
  const rows = within(custody).getAllByRole('row');
  const wrong = rows.filter((row) => row.dataset['wrong']);
  expect(wrong.map((row) => row.textContent)).toEqual(['Collected229Esi Tawiah signed10:37:51−1']);
  within(custody).getByText('not yet');
  // Nobody signs for what lies on the desks: the register counts it.
  const given = custody.querySelector('[data-register]');
  expect(given?.textContent).toBe('Given to candidates230by the register08:30:006 spare');
  const papers = rows.slice(1, 3).map((row) => row.textContent);
  expect(papers).toEqual([
    'Printed236Print room signed Ama Boateng23 Nov 15:20',
    'Issued236Esi Tawiah, SB2-01 signed08:04:120',
  ]);
});

test('a count that nobody has declared yet is not called a difference', async () => {
  const found = incidentDetail(SHORT as NonNullable<typeof SHORT>);
  const batch = found.batch && { ...found.batch, counts: [] };
  mount(status(), {
    hash: `#/incidents/${SHORT?.ref}`,
    answers: { incident: () => ({ ...found, batch }) },
  });
  const custody = await screen.findByRole('region', { name: 'Custody' });
  expect(custody.querySelector('[data-wrong]')).toBeNull();
});

test('a batch to which nothing has happened yet leaves no empty table behind', async () => {
  const found = incidentDetail(SHORT as NonNullable<typeof SHORT>);
  const batch = found.batch && { ...found.batch, counts: [], steps: [], printed: null };
  const sitting = found.sitting && { ...found.sitting, papers: null, startedAt: null };
  mount(status(), {
    hash: `#/incidents/${SHORT?.ref}`,
    answers: { incident: () => ({ ...found, batch, sitting }) },
  });
  await screen.findByRole('heading', { name: 'What happened since' });
  expect(screen.queryByRole('region', { name: 'Custody' })).toBeNull();
});

test('a day without an incident says that the line is alive', async () => {
  mount(status(), { hash: '#/incidents', incidents: [] });
  await screen.findByText('No incidents so far');
  await screen.findByText('The line is alive, 11 halls report.');
});

test('Ctrl and the full stop copy the place of the incident', async () => {
  const { user } = mount(status(), { hash: `#/incidents/${SHORT?.ref}` });
  await screen.findByRole('button', { name: 'Copy link' });
  const write = vi.spyOn(navigator.clipboard, 'writeText');
  await user.keyboard('{Control>}.{/Control}');
  expect(write).toHaveBeenCalledWith(`elms://incident/${SHORT?.ref}`);
});

test('before the first copy is there nobody is told that nothing happened', async () => {
  mount(status({ asOf: null, lastSeq: 0 }, { state: 'catching_up' }), {
    hash: '#/incidents',
    incidents: [],
  });
  await screen.findByText('The incidents come with the first copy.');
  expect(screen.getByTestId('first-copy-band').textContent).toContain('You may report already');
  expect(screen.queryByText('No incidents so far')).toBeNull();
});

test('a case that was reported twice is merged into the one that stands', async () => {
  const [one, other] = INCIDENTS;
  const detail = incidentDetail(one as IncidentView);
  const offered = { ...detail, actions: [{ action: 'resolve' as const, reason: null }] };
  const { user, inputs } = mount(status(), {
    hash: `#/incidents/${one?.ref}`,
    answers: { incident: () => offered },
  });
  await user.click(await screen.findByRole('button', { name: /^Merge/ }));
  const select = await screen.findByRole('combobox', { name: 'It is the same as' });
  await user.selectOptions(select, String(other?.ref));
  await user.click(screen.getByRole('button', { name: /^Merge into it/ }));
  await waitFor(() => expect(inputs('submit')).toHaveLength(1));
  expect(inputs('submit')[0]?.['command']).toEqual({
    command: 'mergeIncident',
    input: { incident: one?.ref, mergedInto: other?.ref },
  });
  expect(screen.queryByRole('button', { name: /^Strike through/ })).toBeNull();
});

test('a slash offers what is written again and again, and the words stay open to change', async () => {
  const { user, inputs } = mount(status(), { hash: `#/incidents/${SHORT?.ref}` });
  const field = await screen.findByRole('textbox', { name: 'Note' });
  // Keys that follow each other as fast as a test types them are a scanner's.
  await user.click(field);
  await user.paste('/photo');
  const list = screen.getByRole('listbox', { name: 'Canned replies' });
  const only = within(list).getByRole('option', { selected: true });
  expect(field.getAttribute('aria-activedescendant')).toBe(only.id);
  await user.keyboard('{Enter}');
  expect((field as HTMLTextAreaElement).value).toBe('Please send a photo of it.');
  expect(screen.queryByRole('listbox')).toBeNull();
  await user.paste(' Seat C9.');
  await user.keyboard('{Control>}{Enter}{/Control}');
  await waitFor(() =>
    expect(JSON.stringify(inputs('submit'))).toContain('Please send a photo of it. Seat C9.'),
  );
});

test('what comes next stands in the line above the screen, in the order of the keyboard', async () => {
  mount(status(), { hash: `#/incidents/${SHORT?.ref}` });
  const above = await screen.findByRole('banner');
  await within(above).findByRole('button', { name: /Acknowledge/ });
  const names = within(above)
    .getAllByRole('button')
    .map((button) => button.querySelector('span')?.textContent);
  expect(names.slice(-3)).toEqual(['Assign', 'Escalate', 'Acknowledge']);
});

test('a missing script has places to look, the likeliest first', async () => {
  mount(status(), { hash: `#/incidents/${SHORT?.ref}` });
  const places = await screen.findByRole('region', { name: 'Where it may be' });
  const first = within(places).getAllByRole('listitem')[0];
  await waitFor(() => expect(first?.querySelector('a')?.hash).toBe('#/batches/BATCH-ITN203-2026'));
});

test('the history begins with the words of the report, where they do not stand above it', async () => {
  mount(status());
  const history = await screen.findByRole('list', { name: 'What happened' });
  expect(history.textContent).toContain('Kwame Asante: Breathing, not responding.');
  expect(screen.getAllByText(/Breathing, not responding/)).toHaveLength(1);
});

test('the history says who did what', async () => {
  mount(status(), { hash: `#/incidents/${SHORT?.ref}` });
  const history = await screen.findByRole('list', { name: 'What happened' });
  expect(history.textContent).toContain('Kwame Asante reported this');
  expect(history.textContent).toContain('Ama Boateng: Porter is on the way');
});

test('the list shows one severity, the link says so, and moving stays within it', async () => {
  const { user } = mount(status(), { hash: '#/incidents' });
  const list = await screen.findByRole('navigation', { name: 'Incidents' });
  await waitFor(() => expect(list.querySelectorAll('[data-incident]')).toHaveLength(6));
  await user.click(screen.getByRole('button', { name: 'Filter' }));
  await user.click(await screen.findByRole('menuitemradio', { name: 'Critical' }));
  await waitFor(() => expect(list.querySelectorAll('[data-incident]')).toHaveLength(2));
  screen.getByRole('button', { name: '2 of 6' });
  expect(window.location.hash).toContain('severity=CRITICAL');
  await user.keyboard('j');
  await waitFor(() => expect(window.location.hash).toMatch(/incidents\/.*415\?severity=CRITICAL$/));
});

test('until somebody takes notice the facts say how long there is, and then who it was', async () => {
  mount(status(), { hash: `#/incidents/${SHORT?.ref}` });
  await screen.findByText(/^within 5:4\d$/);
  expect(screen.queryByText('Acknowledged')).toBeNull();
});

test('where nothing has happened it is said that the line is alive, and when it last brought something', async () => {
  const last = status().lastSeq;
  const { inputs, host } = mount(status(), {
    hash: '#/incidents',
    incidents: [],
    answers: {
      event: ({ seq }) => {
        const told = eventOf(1_480_000);
        const timestamp = new Date(NOW - (Number(seq) === last ? 4_000 : 1_000)).toISOString();
        return { ...told, event: { ...told.event, timestamp } };
      },
    },
  });
  await screen.findByText(/halls? reports?\. Last event [4-9] s ago\.$/);
  expect(inputs('event')[0]).toEqual({ seq: last });
  // Ten batches in a second are looked at once.
  for (let n = 1; n <= 10; n += 1) {
    act(() =>
      host.tell({ status: status({ lastSeq: last + n }), changed: [], events: [], typing: [] }),
    );
  }
  await screen.findByText(/Last event [1-3] s ago\.$/);
  const asked = inputs('event').map(({ seq }) => seq);
  expect(asked.at(-1)).toBe(last + 10);
  expect(asked.length).toBeLessThan(5);
});

test('the telephone of a hall is shown to be dialled, and copied', async () => {
  const write = vi.spyOn(navigator.clipboard, 'writeText');
  const { user } = mount(status(), { hash: `#/incidents/${SHORT?.ref}` });
  await user.click(await screen.findByRole('button', { name: 'Call hall' }));
  const dialog = await screen.findByRole('dialog', { name: /^Telephone of / });
  within(dialog).getByText('030 555 0101');
  // Nothing that would start another program.
  expect(document.querySelector('a[href^="tel:"]')).toBeNull();
  await user.click(within(dialog).getByRole('button', { name: 'Copy the number' }));
  expect(write).toHaveBeenCalledWith('030 555 0101');
});

test('a hall without a telephone has no button to call it', async () => {
  const { venuePhone: _none, ...view } = SHORT as IncidentView;
  mount(status(), {
    hash: `#/incidents/${view.ref}`,
    answers: { incident: () => incidentDetail({ ...view, venuePhone: null }) },
  });
  await screen.findByRole('region', { name: 'Custody' });
  expect(screen.queryByRole('button', { name: 'Call hall' })).toBeNull();
});
