// The morning of the gallery: a hall that makes ready, a version to be known, a batch on offer.
import type { BatchDetail, HallView, Status, TimetableView, Transfer } from '@/generated/protocol';

import { batchDetail } from './custody';
import { at } from './day';
import { TIMETABLE } from './plan';
import { hallView } from './seats';

/** A hall before it writes: one of its people has come, and nobody has signed for the papers. */
function making(): HallView {
  const hall = hallView();
  const people = hall.view.invigilators.map((one, n) => ({
    ...one,
    checkedInAt: n === 0 ? at('07:46') : null,
  }));
  const { papers: _none, ...view } = hall.view;
  return {
    ...hall,
    view: { ...view, startedAt: null, phase: 'SETUP', invigilators: people },
    awaited: people.slice(1).map((one) => one.userId),
  };
}

/** A version that was approved and that somebody here has to know of. */
function asked(user: number): TimetableView {
  const timetables = TIMETABLE.timetables.map((one) => ({
    ...one,
    status: 'APPROVED' as const,
    unconfirmed: [user, ...one.unconfirmed],
  }));
  return { ...TIMETABLE, timetables };
}

/** A batch that is on offer to whoever sits here. */
function onOffer(to: { id: number; name: string }): BatchDetail {
  const detail = batchDetail(5);
  const openTransfer: Transfer = {
    ref: '01990000-0000-7000-8000-000000000777',
    batchId: detail.view.id,
    from: { id: 44, name: 'Esi Tawiah' },
    to: { at: 'person', ...to },
    state: 'OFFERED',
    count: 181,
    seal: '77120',
    sealSeen: null,
    offeredAt: at('10:20'),
    countReceived: null,
    confirmedBy: [],
    expiresAt: at('10:50'),
  };
  const actions = [{ action: 'decideHandover' as const, reason: null }];
  return { ...detail, view: { ...detail.view, openTransfer }, actions };
}

/** What the console answers then. */
export function beforeAnswers({ user }: Status) {
  const me = { id: user?.id ?? 0, name: user?.name ?? '' };
  return {
    hall: () => making(),
    timetable: () => asked(me.id),
    batch: () => onOffer(me),
  };
}
