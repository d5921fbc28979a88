import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';

import { INCIDENTS, status } from '@/gallery/day';
import { offlineStatus } from '@/gallery/setup';
import { mount } from '@/gallery/mount';

const SHORT = INCIDENTS.find((one) => one.sittingId === 5);
const PHOTO = new File(['photo'], 'bag.jpg', { type: 'image/jpeg' });

test('the files of a case say how far they have come, and opening one says where it is saved', async () => {
  const { user, inputs } = mount(status(), { hash: `#/incidents/${SHORT?.ref}` });
  const evidence = await screen.findByRole('region', { name: 'Evidence' });
  expect(within(evidence).getAllByText('Kept by the server, byte for byte')).toHaveLength(2);
  within(evidence).getByText('Sending, 40 %');
  await within(evidence).findByRole('img', { name: 'Seat D17' });
  const name = 'Open original of Seat D17';
  await user.click(within(evidence).getByRole('button', { name }));
  await waitFor(() =>
    expect(screen.getByTestId('announcement').textContent).toContain('evidence-9f3c01aa77d2.jpg'),
  );
  expect(inputs('evidence_open')[0]).toMatchObject({ incident: SHORT?.ref });
});

test('a photo that is picked for a report is kept with its draft, and goes with the report', async () => {
  const { user, inputs } = mount(offlineStatus(0), { hash: '#/monitor?report=new' });
  await user.click(await screen.findByRole('radio', { name: 'Other' }));
  const dialog = screen.getByRole('dialog', { name: 'Report incident' });
  await user.upload(dialog.querySelector('input[type=file]') as HTMLInputElement, PHOTO);
  await within(dialog).findByText('bag.jpg');
  expect(inputs('draft_file_add')).toEqual([
    { kind: 'report', name: 'bag.jpg', base64: btoa('photo') },
  ]);
  await user.keyboard('{Control>}{Enter}{/Control}');
  await waitFor(() => expect(inputs('submit')).toHaveLength(1));
  expect(inputs('submit')[0]).toMatchObject({ draft: 'report' });
});

test('a photo that was picked before the console closed is still there, and can be left out', async () => {
  const kept = { id: 'd17', name: 'seat-d17.jpg', size: 988_120 };
  const { user, inputs } = mount(offlineStatus(0), {
    hash: '#/monitor?report=new',
    answers: { draft_files: () => [kept] },
  });
  await screen.findByText('seat-d17.jpg');
  await user.click(screen.getByRole('button', { name: 'Leave seat-d17.jpg out' }));
  expect(screen.queryByText('seat-d17.jpg')).toBeNull();
  expect(inputs('draft_file_drop')).toEqual([{ id: 'd17' }]);
});

test('a file that is no evidence is refused with the sentence of the console', async () => {
  const rejection = { code: 'INVALID', message: 'This is neither JPEG nor PNG.' };
  const { user } = mount(status(), {
    hash: `#/incidents/${SHORT?.ref}`,
    answers: { evidence_attach: () => ({ commandId: 'x', localNumber: null, rejection }) },
  });
  const evidence = await screen.findByRole('region', { name: 'Evidence' });
  await user.upload(evidence.querySelector('input[type=file]') as HTMLInputElement, PHOTO);
  expect((await within(evidence).findByRole('alert')).textContent).toBe(rejection.message);
});
