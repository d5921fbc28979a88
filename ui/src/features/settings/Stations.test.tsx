import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';

import type { StationRow } from '@/generated/protocol';
import { status } from '@/gallery/day';
import { readerStatus } from '@/gallery/setup';
import { mount } from '@/gallery/mount';
import { STATIONS } from '@/gallery/stations';
import { HostFailure } from '@/host';

const hash = '#/settings/stations';

/** A server that holds what it is told. */
function server() {
  const rows: StationRow[] = structuredClone(STATIONS);
  const answers = {
    stations: () => rows,
    set_station: ({ fingerprint, standing }: Record<string, unknown>) => {
      const found = rows.find((row) => row.fingerprint === fingerprint);
      if (found) {
        found.standing = standing as StationRow['standing'];
      }
      return null;
    },
  };
  return { rows, answers };
}

const group = (name: string) => screen.findByRole('region', { name });

test('those that ask come first, with the whole key, who came and when, and are let in', async () => {
  const { user, inputs } = mount(status(), { hash, answers: server().answers });
  const waiting = await group('Not let in yet');
  const [first] = screen.getAllByRole('region');
  expect(first).toBe(waiting);
  within(waiting).getByText('0b3e 77d1 94ac 58f0 2e6b');
  within(waiting).getByText('Kwame Asante');
  await user.click(within(waiting).getByRole('button', { name: 'Let in GH-C' }));
  const letIn = await group('Let in');
  await within(letIn).findByText('GH-C');
  expect(inputs('set_station')).toEqual([
    { fingerprint: '0b3e 77d1 94ac 58f0 2e6b', standing: 'paired' },
  ]);
});

test('of two stations with one name the one that was meant is suspended, after a word', async () => {
  const { user, inputs } = mount(status(), { hash, answers: server().answers });
  const letIn = await group('Let in');
  const [, second] = within(letIn).getAllByRole('button', { name: 'Suspend GH-A' });
  await user.click(second as HTMLElement);
  const asked = await screen.findByRole('dialog', { name: 'Suspend GH-A' });
  expect(inputs('set_station')).toEqual([]);
  await user.click(within(asked).getByRole('button', { name: 'Suspend' }));
  await waitFor(() =>
    expect(inputs('set_station')).toEqual([
      { fingerprint: '5d20 8f4b 13c9 e7a6 b82c', standing: 'suspended' },
    ]),
  );
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

test('nobody suspends the station that they sit at', async () => {
  mount(status(), { hash });
  const own = within(await group('Let in')).getByRole('button', { name: 'Suspend EO-02' });
  expect((own as HTMLButtonElement).disabled).toBe(true);
});

test('a station that asks shows without a hand on it', async () => {
  const { rows, answers } = server();
  const asking = rows.splice(0, 2);
  const { host } = mount(status(), { hash, answers });
  await group('Let in');
  expect(screen.queryByRole('region', { name: 'Not let in yet' })).toBeNull();
  rows.unshift(...asking);
  host.tell({ status: status(), typing: [], changed: ['stations'], events: [] });
  await group('Not let in yet');
});

test('what the server refuses is said', async () => {
  const refused = 'You sit at this station. Suspend it from another one.';
  const { user } = mount(status(), {
    hash,
    answers: {
      set_station: () => {
        throw new HostFailure('refused', refused);
      },
    },
  });
  const suspended = await group('Suspended');
  await user.click(within(suspended).getByRole('button', { name: 'Let in again LIB-1' }));
  expect((await screen.findByRole('alert')).textContent).toBe(refused);
});

test('an institution without stations says so', async () => {
  mount(status(), { hash, answers: { stations: () => [] } });
  await screen.findByText('Nobody has come to a station with a key yet.');
});

test('whoever may not say it finds no page, and is told who may', async () => {
  const { inputs } = mount(readerStatus(), { hash });
  const why = (await screen.findByRole('alert')).textContent;
  expect(why).toMatch(/^Administrators and exams officers/);
  expect(screen.queryByRole('link', { name: 'Stations' })).toBeNull();
  expect(inputs('stations')).toEqual([]);
});
