// Files of evidence in the gallery.
import type { FileView } from '@/generated/protocol';

import { at } from './day';
import type { Answer } from './glass';

/** Photos that have arrived, and a film that is on its way. */
export const FILES: FileView[] = (
  [
    ['register-page-8.jpg', 'JPEG', 'kept', 1_204_411, 'Register, page 8'],
    ['seat-d17.jpg', 'JPEG', 'kept', 988_120, 'Seat D17'],
    ['corridor.mp4', 'MP4', 'sending', 12_400_000, null],
  ] as const
).map(([name, kind, state, size, note], i) => ({
  id: `01990000-0000-7000-8000-00000000ee0${i}`,
  sha256: '9f3c01aa77d2'.repeat(5).padEnd(64, '0'),
  kind,
  size,
  name,
  note,
  by: { id: 9, name: 'Kwame Asante' },
  station: 'GH-01',
  capturedAt: at('10:41:40'),
  receivedAt: state === 'kept' ? at('10:41:52') : null,
  state,
  sent: state === 'kept' ? size : 4_960_000,
  here: state !== 'kept',
  reason: null,
}));

/** A file that the server does not take, and one that lies on a station without a line. */
export const STUCK: FileView[] = FILES.slice(0, 2).map((file, i) => ({
  ...file,
  id: `01990000-0000-7000-8000-00000000ee1${i}`,
  name: i === 0 ? 'bag.jpg' : 'hall.jpg',
  note: null,
  receivedAt: null,
  sent: 0,
  here: i === 0,
  state: i === 0 ? 'refused' : 'waiting',
  reason: i === 0 ? 'Its content is not what its name says.' : null,
}));

/** One grey point: what a photo looks like from far away. */
export const EVIDENCE: Record<string, Answer> = {
  evidence_attach: () => ({ commandId: 'x', localNumber: null, rejection: null }),
  evidence_shown: () => ({
    mime: 'image/gif',
    base64: 'R0lGODlhAQABAIAAAJmZmQAAACwAAAAAAQABAAACAkQBADs=',
  }),
  evidence_open: () => ({
    file: '/home/exam/Documents/ELMS/evidence-9f3c01aa77d2.jpg',
    hash: '9f3c01aa77d2',
    bytes: 1_204_411,
  }),
};
