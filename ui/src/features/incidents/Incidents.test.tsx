import { screen, waitFor, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';

import type { IncidentView } from '@/generated/protocol';
import { incidentDetail } from '@/gallery/custody';
import { INCIDENTS, status } from '@/gallery/day';
import { mount } from '@/gallery/mount';

const SHORT = INCIDENTS[1];

test('an incident about a batch shows where on its way the count differs', async () => {
  mount(status(), { hash: `#/incidents/${SHORT?.ref}` });
  const custody = await screen.findByRole('region', { name: 'Custody' });
  const rows = within(custody).getAllByRole('row');
  const wrong = rows.filter((row) => row.dataset['wrong']);
  expect(wrong.map((row) => row.textContent)).toEqual([
    'Collecting229Esi TawiahEsi Tawiah10:30:00−1',
  ]);
  within(custody).getByText('not yet');
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
