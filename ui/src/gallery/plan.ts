// The timetable of the gallery and the tests.
import type { SittingView, TimelineEntry, TimetableView, Venue } from '@/generated/protocol';

import { at, SITTINGS } from './day';

/** The halls of these papers, and one without a paper. */
function hallsOf(sittings: readonly SittingView[]): Venue[] {
  const annex = {
    id: 99,
    code: 'BA',
    name: 'Business Annex',
    location: 'North Road',
    capacity: 80,
  };
  const halls = new Map(sittings.flatMap(({ venue }) => (venue ? [[venue.id, venue]] : [])));
  return [...halls.values(), annex];
}

function change(seq: number, clock: string, text: string): TimelineEntry {
  return {
    at: at(clock),
    event: 'timetable:updated',
    by: 'Ama Boateng',
    station: 'EO-02',
    text,
    seq,
    lagMs: 200,
    sync: 'server',
  };
}

export const TIMETABLE: TimetableView = {
  timetables: [
    {
      id: 1,
      title: 'First semester finals 2026/27',
      startDate: '2026-11-23',
      endDate: '2026-12-04',
      status: 'PUBLISHED',
      revision: 7,
      approval: {
        status: 'APPROVED',
        submittedBy: null,
        approvedBy: null,
        rejectionReason: null,
      },
      unconfirmed: [103, 104, 4711],
    },
  ],
  clashes: [
    {
      sittings: [23, 25],
      text: 'ACC310 and ACC311 are at the same time, and 3 candidates write both.',
    },
  ],
  changes: [
    change(901, '08:02', 'Version 6 was published, 48 papers'),
    change(902, '09:04', 'BUS110 starts 20 min late'),
    change(903, '09:40', 'PHY240 moved from Science Block SB-2 to Exam Centre 3'),
  ],
  movable: [21, 22, 23, 24, 25, 26],
  halls: hallsOf(SITTINGS),
  moved: [{ sittingId: 24, venueId: 5, room: null }],
};
