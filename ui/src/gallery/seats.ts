// The seats of Exam Centre 1 in the gallery and the tests.
import type { Arrival, Candidate, HallView } from '@/generated/protocol';

import { at, INCIDENTS, SITTINGS } from './day';

const ROWS = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'L', 'M'];
const PLACES = 20;
const ABSENT = new Set(['B14', 'E3', 'H11', 'L19']);
const IN = ['A2', 'A11', 'B5', 'D16', 'F8', 'G19', 'H2', 'J13', 'K7', 'L10', 'M5'];

function candidate(row: string, place: number, n: number): Candidate {
  const seat = `${row}${place}`;
  return {
    id: `2-${n}`,
    studentId: n,
    sittingId: 2,
    indexNumber: `BT/ITN/24/${String(n).padStart(3, '0')}`,
    name: seat === 'C9' ? 'Daniel Ofori' : `Candidate ${n}`,
    seat,
    extraTimePct: seat === 'A1' ? 25 : 0,
    attendance: ABSENT.has(seat) ? 'ABSENT' : seat === 'M20' ? 'EXPECTED' : 'PRESENT',
    minutesLate: null,
    movedFrom: null,
    leftAt: null,
    addedSec: 0,
  };
}

const CANDIDATES = ROWS.flatMap((row, r) =>
  Array.from({ length: PLACES }, (_, p) => candidate(row, p + 1, r * PLACES + p + 1)),
);

/** How latecomers are written down, as the console says it. */
export const ARRIVALS: Arrival[] = [
  { from: null, attendance: 'PRESENT', boardForm: false, tell: 'You are in time.' },
  {
    from: at('09:00:01'),
    attendance: 'LATE',
    boardForm: false,
    tell: 'You are late; the paper ends at its time.',
  },
  {
    from: at('09:30:01'),
    attendance: 'REFUSED',
    boardForm: false,
    tell: 'More than 30 min late: only the exam office can admit you.',
  },
];

/** The hall, as its invigilator sees it. */
export function hallView(): HallView {
  const sitting = SITTINGS.find((one) => one.id === 2);
  if (!sitting) {
    throw new Error('the gallery has no second sitting');
  }
  const incidents = INCIDENTS.filter((one) => one.sittingId === 2);
  return {
    view: { ...sitting, batchId: 2, out: ['F12'] },
    candidates: CANDIDATES,
    incidents: incidents.map((one) => ({ ...one, seat: 'C9' })),
    scriptsIn: CANDIDATES.filter((one) => IN.includes(one.seat)).map((one) => one.studentId),
    away: [{ seat: 'F12', since: at('10:34') }],
    arrivals: ARRIVALS,
    strays: [
      {
        at: at('09:12'),
        text: 'UG10203 was sent on to Old Library, LIB-1, seat A2 (BUS101).',
      },
    ],
    finishes: [{ seat: 'A1', name: 'Candidate 1', at: at('11:30') }],
    actions: [
      'takeAttendance',
      'writeHallLog',
      'collectScripts',
      'runSitting',
      'announce',
      'reportIncident',
    ].map((action) => ({ action: action as HallView['actions'][number]['action'], reason: null })),
    awaited: [],
    owedSec: 0,
    next: [
      { to: 'PAUSED', reason: null },
      { to: 'COLLECTING', reason: null },
    ],
  };
}

/** Who sits on C9 of the first hall. */
export const CANDIDATE: Candidate = {
  id: '1-1',
  studentId: 1,
  sittingId: 1,
  indexNumber: 'BT/CSC/24/001',
  name: 'Daniel Ofori',
  seat: 'C9',
  extraTimePct: 0,
  attendance: 'PRESENT',
  minutesLate: null,
  movedFrom: null,
  leftAt: null,
  addedSec: 0,
};

/** Who sits on a seat of the first hall, or has an index number that begins so. */
export function candidatesOf(text: string): Candidate[] {
  const wanted = text.toUpperCase();
  if (wanted === CANDIDATE.seat) {
    return [CANDIDATE];
  }
  const numbered = [CANDIDATE, ...CANDIDATES];
  return wanted.includes('/') ? numbered.filter((one) => one.indexNumber.startsWith(wanted)) : [];
}
