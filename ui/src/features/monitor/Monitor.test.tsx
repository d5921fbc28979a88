import { act, screen, waitFor, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';

import type { IncidentView } from '@/generated/protocol';
import { at, AWAY, INCIDENTS, KEPT, NOW, SENT, status } from '@/gallery/day';
import { offlineStatus } from '@/gallery/setup';
import { mount } from '@/gallery/mount';
import { LASTING, OUTAGES } from '@/gallery/record';

test('without a line the band says since when, what still works and how much waits', async () => {
  const { user, inputs } = mount(offlineStatus(3));
  const band = await screen.findByTestId('offline-band');
  expect(band.textContent).toContain('Offline since 10:31:07');
  expect(band.textContent).toContain('3 waiting to send');
  expect(screen.getByTestId('link-state').dataset['state']).toBe('offline');
  await user.click(within(band).getByRole('button', { name: 'Try now' }));
  expect(inputs('try_now')).toHaveLength(1);
});

test('with a line there is no band', async () => {
  mount(status());
  await screen.findByRole('heading', { name: 'Monitor' });
  expect(screen.queryByTestId('offline-band')).toBeNull();
});

test('the feed has its groups in the order of need', async () => {
  mount(status(), { incidents: [...INCIDENTS, AWAY, KEPT] });
  const feed = await screen.findByRole('region', { name: 'Incidents' });
  const titles = within(feed)
    .getAllByRole('heading')
    .map((heading) => heading.textContent);
  expect(titles).toEqual([
    'Reported here, not sent yet 1',
    'While you were away 1',
    'Needs someone 2',
    'Being handled 3',
    'Done today 1',
  ]);
  const kept = feed.querySelector(`[data-incident="${KEPT.ref}"]`);
  expect(kept?.getAttribute('data-sync')).toBe('kept');
});

test('A acknowledges the incident that is shown', async () => {
  const { user, inputs } = mount(status());
  await screen.findByRole('button', { name: 'Acknowledge' });
  await user.keyboard('a');
  expect(inputs('submit')).toMatchObject([
    { command: { command: 'acknowledgeIncident', input: { incident: INCIDENTS[0]?.ref } } },
  ]);
});

test('what came while the line was down is not looked at by itself', async () => {
  const { inputs } = mount(status(), { incidents: [...INCIDENTS, AWAY] });
  await screen.findByRole('button', { name: 'Acknowledge' });
  expect(inputs('incident')).toEqual([{ ref: INCIDENTS[0]?.ref }]);
});

test('the board is seen as it was at a moment, and nothing can be done to the past', async () => {
  const { user, inputs } = mount(status());
  await user.click(await screen.findByRole('button', { name: /Look back/ }));
  const slider = await screen.findByRole('slider', { name: 'The moment that is shown' });
  expect(slider.getAttribute('aria-valuetext')).toBe('10:27:00');
  await screen.findByText(/This is the past/);
  const asked = inputs('monitor_at').at(-1)?.['at'];
  expect(asked).toBe('2026-11-24T10:27:00.000Z');
  // What happened afterwards is not there yet.
  expect(screen.queryByText('Candidate collapsed, ambulance called')).toBeNull();
  expect(screen.queryByRole('button', { name: /Acknowledge/ })).toBeNull();
  await user.click(screen.getByRole('button', { name: /Back to now/ }));
  expect(
    (await screen.findAllByText('Candidate collapsed, ambulance called')).length,
  ).toBeGreaterThan(0);
});

test('after an outage what was missed is told by what it is about, until it is seen', async () => {
  localStorage.clear();
  const [first] = OUTAGES;
  expect(first).toBeDefined();
  const ended = { ...first, to: new Date(NOW - 60_000).toISOString() };
  // The console tells the newest first: an older outage is no news beside it.
  const older = { ...ended, from: at('07:20'), to: at('10:00') };
  const { user, inputs } = mount(status(), { answers: { outages: () => [ended, older] } });
  const strip = await screen.findByRole('region', { name: 'While you were away' });
  await within(strip).findByText(/in incidents/);
  const asked = inputs('review').map((query) => [query['lateOnly'], query['from']]);
  expect(asked).toContainEqual([true, Date.parse(String(ended.from))]);
  await user.click(within(strip).getByRole('button', { name: 'Seen' }));
  expect(screen.queryByRole('region', { name: 'While you were away' })).toBeNull();
});

test('the sums of the day are saved as a paper, in the times of the institution', async () => {
  const { user, inputs } = mount(status());
  await user.click(await screen.findByRole('button', { name: 'Day sums' }));
  expect((await screen.findByTestId('announcement')).textContent).toContain('Saved as');
  expect(inputs('paper')).toEqual([
    {
      kind: 'day',
      from: '2026-11-24T00:00:00.000Z',
      to: '2026-11-25T00:00:00.000Z',
      zone: { offsetMin: 0, name: 'GMT' },
    },
  ]);
});

test('what came during an outage is marked as seen together', async () => {
  const { user, inputs } = mount(status(), { incidents: [AWAY, ...INCIDENTS] });
  await user.click(await screen.findByRole('button', { name: 'Mark seen' }));
  expect(inputs('incident')).toContainEqual({ ref: AWAY.ref });
});

test('what came during an outage says how late it came, and the band how much was missed', async () => {
  const back = new Date(NOW).toISOString();
  const told = status({}, { state: 'catching_up', behind: 121, since: back });
  mount(told, { incidents: [AWAY, ...INCIDENTS], answers: { outages: () => LASTING } });
  const feed = await screen.findByRole('region', { name: 'Incidents' });
  const row = await waitFor(() => {
    const found = feed.querySelector(`[data-incident="${AWAY.ref}"]`);
    expect(found?.textContent).toContain('came late +8:18');
    return found;
  });
  expect(row?.getAttribute('data-late')).toBe('true');
  expect(feed.querySelectorAll('[data-late]')).toHaveLength(1);
  const band = screen.getByTestId('catching-band');
  expect(band.textContent).toContain('Catching up on the 11:11 you missed');
});

test('what was written here without a line says when it was sent, first among what was missed', async () => {
  const back = new Date(NOW).toISOString();
  const catching = status({}, { state: 'catching_up', behind: 121, since: back });
  // One that went at once, and one that another hall wrote meanwhile, say nothing of the kind.
  const atOnce = { ...INCIDENTS[3], station: 'EO-02' } as IncidentView;
  const elsewhere = { ...SENT, ref: '01990000-0000-7000-8000-000000000999', station: 'GH-01' };
  let outages = LASTING;
  const { host } = mount(catching, {
    incidents: [SENT, elsewhere, AWAY, atOnce],
    answers: { outages: () => outages },
  });
  const feed = await screen.findByRole('region', { name: 'Incidents' });
  const sentIn = (group: string) =>
    [...feed.querySelectorAll(`[data-group="${group}"] [data-incident]`)]
      .filter((row) => row.textContent?.includes('sent 10:42:18'))
      .map((row) => row.getAttribute('data-incident'));
  await waitFor(() => expect(sentIn('away')).toEqual([SENT.ref]));
  expect(feed.textContent?.match(/sent \d/g)).toHaveLength(1);
  // Once everything has come it stands where it is needed, and still says so.
  outages = LASTING.map((one) => ({ ...one, to: back }));
  act(() => host.tell({ status: status(), changed: ['events'], events: [], typing: [] }));
  await waitFor(() => expect(sentIn('needs')).toEqual([SENT.ref]));
});

test('the view menu puts the halls in another order, and keeps it so', async () => {
  const { user } = mount(status());
  const lanes = await screen.findByRole('table', { name: 'Halls' });
  const first = () => lanes.querySelector('[data-sitting] strong')?.textContent;
  expect(first()).toBe('Great Hall');
  await user.click(screen.getByRole('button', { name: 'View' }));
  await user.click(await screen.findByRole('menuitemradio', { name: 'By name' }));
  await waitFor(() => expect(first()).toBe('Computer Lab 3'));
  expect(localStorage.getItem('monitor-view')).toContain('name');
  localStorage.removeItem('monitor-view');
});

test('a hall is chosen from the menu of halls', async () => {
  const { user } = mount(status());
  await user.click(await screen.findByRole('button', { name: 'All halls' }));
  await user.click(await screen.findByRole('menuitemradio', { name: /^Exam Centre 2/ }));
  await screen.findByRole('button', { name: 'Exam Centre 2' });
  await waitFor(() => expect(window.location.hash).toContain('hall=3'));
});

test('while older events still come the band says how far the copy is, and not for a moment only', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  mount(status({ older: 580_793, reachesBack: '2026-10-14T09:12:00Z' }));
  await screen.findByRole('heading', { name: 'Monitor' });
  expect(screen.queryByTestId('history-band')).toBeNull();
  act(() => vi.advanceTimersByTime(6_000));
  const band = await screen.findByTestId('history-band');
  expect(band.textContent).toMatch(/Newest first.*Back to 14 Oct 2026.*902.114 \/ 1.482.907/);
  vi.useRealTimers();
});

test('the day is summed up by what was counted, and a difference is said in the words of the record', async () => {
  const record = 'The records say 517 registered, 503 present, 503 scripts, 0 missing.';
  const { user, inputs } = mount(status(), {
    answers: {
      submit: ({ command }) => ({
        commandId: '01990000-0000-7000-8000-00000000aaaa',
        localNumber: null,
        rejection:
          (command as { input: { scripts: number } }).input.scripts === 503
            ? null
            : { code: 'DISCREPANCY', message: record },
      }),
    },
  });
  await user.click(await screen.findByRole('button', { name: 'Sum up the day' }));
  const form = await screen.findByRole('form', { name: 'Sum up the day' });
  const field = (name: string) => within(form).getByLabelText(name);
  await user.type(field('Candidates registered'), '517');
  await user.type(field('Candidates present'), '503');
  await user.type(field('Scripts in custody'), '502');
  // Not by Enter: so fast a hand is taken for a scanner.
  const send = within(form).getByRole('button', { name: 'Sum up the day' });
  await user.click(send);
  await within(form).findByText(record);
  await user.clear(field('Scripts in custody'));
  await user.type(field('Scripts in custody'), '503');
  await user.click(send);
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(inputs('submit').at(-1)).toMatchObject({
    command: {
      command: 'reconcileDay',
      input: { registered: 517, present: 503, scripts: 503, missing: 0 },
    },
  });
});
