// The batches of the morning in the gallery and the tests.
import type {
  BatchDetail,
  BatchStatus,
  BatchView,
  IncidentDetail,
  IncidentView,
  Monitor,
  Step,
  Stop,
  WayStop,
} from '@/generated/protocol';

import { WAY } from '@/features/batches/custody';
import { words } from '@/lib/words';

import { FILES, STUCK } from './files';

import { at, INCIDENTS, SITTINGS } from './day';
import { detail } from './detail';

const TIMES = ['08:04', '10:30', '10:38', '10:40', '10:41', '10:41', '10:41', '10:42'];

function stepsTo(status: BatchStatus, holder: string): Step[] {
  return WAY.slice(0, WAY.indexOf(status) + 1).map((passed, index) => ({
    status: passed,
    at: at(TIMES[index] ?? '10:42'),
    by: { id: 11, name: 'Esi Tawiah' },
    holder,
  }));
}

const STOPS = Object.keys(words.stop) as Stop[];
const STOP_OF: Record<BatchStatus, Stop> = {
  PENDING: 'ISSUED',
  IN_COLLECTION: 'COLLECTED',
  SEALED: 'SEALED',
  IN_TRANSIT: 'IN_TRANSIT',
  WITH_LECTURER: 'WITH_LECTURER',
  GRADING_IN_PROGRESS: 'WITH_LECTURER',
  GRADING_COMPLETED: 'WITH_LECTURER',
  RETURNED_TO_REGISTRY: 'RETURNED',
  ARCHIVED: 'RETURNED',
};
const PRINTED_AT = '2026-11-23T15:20:00.000Z';
const STOP_TIMES = ['', '08:04', '10:30', '10:38', '10:38', '10:40', '10:41', '10:42'];

/** By when a stop is wanted on the day of the gallery. */
const WANTED: Partial<Record<Stop, string>> = {
  SEALED: at('11:00'),
  IN_TRANSIT: at('14:00'),
  RETURNED: '2026-12-08T12:00:00.000Z',
};

/** Its way as the console derives it: who holds it did everything. */
function wayTo(status: BatchStatus, got: number, papers: number, holder: string): WayStop[] {
  const here = STOPS.indexOf(STOP_OF[status]);
  return STOPS.map((stop, n) => {
    const known = n <= here;
    return {
      stop,
      state: n < here ? 'PASSED' : n === here ? 'HERE' : 'TO_COME',
      at: known ? (stop === 'PRINTED' ? PRINTED_AT : at(STOP_TIMES[n] ?? '10:42')) : null,
      until: known && stop === 'COLLECTED' ? at('10:37') : null,
      people: known ? [holder] : [],
      place: known ? holder : null,
      n: known ? (n < 2 ? papers : got) : null,
      by: known ? null : (WANTED[stop] ?? null),
    };
  });
}

/** When each row of a hall was collected. */
const ROWS_AT = ['10:31:02', '10:32:20', '10:33:14', '10:34:40', '10:36:05', '10:37:51'];

/** A batch: `1|CHE104|General Chemistry I|IN_COLLECTION|229|230|Esi Tawiah`. */
export function batch(line: string, change: Partial<BatchView> = {}): BatchView {
  const [id = '', code = '', name = '', status = 'PENDING', got = '', present = '', holder = ''] =
    line.split('|');
  const where = WAY.find((one) => one === status) ?? 'PENDING';
  return {
    sync: 'server',
    present: Number(present),
    venueName: 'Science Block SB-2',
    startsAt: at('08:30'),
    endsAt: at('10:30'),
    openTransfer: null,
    id: Number(id),
    sittingId: Number(id),
    batchQRCode: `BATCH-${code}-2026`,
    courseCode: code,
    courseName: name,
    status: where,
    totalRegistered: Number(present),
    scriptsSubmitted: Number(got),
    scriptsCollected: Number(got),
    scriptsGraded: 0,
    printed: {
      copies: Number(present),
      spare: 6,
      place: 'Print room',
      at: PRINTED_AT,
      noted: { by: 'Ama Boateng', at: PRINTED_AT, station: 'EO-02' },
      corrected: false,
    },
    way: wayTo(where, Number(got), Number(present) + 6, holder),
    counts: [],
    discrepancy: 0,
    incident: null,
    sealNumber: null,
    brokenSeals: [],
    sealedBy: null,
    sealWitness: null,
    sealedAt: null,
    holder: { at: 'person', id: 11, name: holder },
    lecturer: null,
    steps: stepsTo(where, holder),
    collected: ROWS_AT.map((clock, i) => ({
      at: at(clock),
      n: Math.floor((Number(got) * (i + 1)) / ROWS_AT.length),
    })),
    seq: Number(id),
    ...change,
  };
}

const short = { counts: [{ by: { id: 11, name: 'Esi Tawiah' }, count: 229 }] };

/** Offered to the driver, who may take it until 11:08. */
const OFFER: BatchView['openTransfer'] = {
  ref: '01990000-0000-7000-8000-00000000dd01',
  batchId: 9,
  from: { id: 11, name: 'Esi Tawiah' },
  to: { at: 'person', id: 13, name: 'Kojo Boakye' },
  state: 'OFFERED',
  count: 203,
  seal: '77121',
  sealSeen: null,
  offeredAt: at('10:38'),
  countReceived: null,
  confirmedBy: [],
  expiresAt: at('11:08'),
};

const HOUR_MS = 3_600_000;
const hoursOn = (at: string, hours: number) =>
  new Date(Date.parse(at) + hours * HOUR_MS).toISOString();

/** The same batch on the afternoon before: it should have been fetched within four hours. */
function dayBefore(view: BatchView): BatchView {
  const before = (at: string | null) => (at === null ? null : hoursOn(at, -17));
  return {
    ...view,
    startsAt: before(view.startsAt),
    endsAt: before(view.endsAt),
    steps: view.steps.map((step) => ({ ...step, at: hoursOn(step.at, -17) })),
    collected: view.collected.map((row) => ({ ...row, at: hoursOn(row.at, -17) })),
    way: view.way.map((stop) => ({
      ...stop,
      at: stop.stop === 'PRINTED' ? hoursOn(PRINTED_AT, -24) : before(stop.at),
      until: before(stop.until),
      by: stop.stop === 'IN_TRANSIT' ? hoursOn(at('10:40'), -13) : stop.by,
    })),
  };
}

export const BATCHES: BatchView[] = [
  batch('1|CHE104|General Chemistry I|IN_COLLECTION|229|230|Esi Tawiah', short),
  batch('2|ITN203|Network Administration|IN_COLLECTION|11|236|Abena Frimpong', {
    endsAt: at('11:00'),
  }),
  batch('3|CSC101|Introduction to Computing|PENDING|3|264|Kwame Asante', { endsAt: at('12:00') }),
  batch('4|ACC204|Cost Accounting|PENDING|0|231|Yaw Agyeman', { endsAt: at('12:00') }),
  batch('5|PHY122|Mechanics|SEALED|181|181|Scripts strong room', { sealNumber: '77120' }),
  dayBefore(
    batch('10|MAT151|Calculus I|SEALED|148|148|Scripts strong room', { sealNumber: '77108' }),
  ),
  batch('9|MKT301|Marketing Research|SEALED|203|203|Esi Tawiah', {
    sealNumber: '77121',
    openTransfer: OFFER,
  }),
  batch('6|LAW201|Law of Contract|IN_TRANSIT|306|306|Kojo Boakye', { sync: 'kept' }),
  batch('7|ECO205|Macroeconomics|WITH_LECTURER|219|219|Dr Efua Anane'),
  batch('8|GST100|African Studies|RETURNED_TO_REGISTRY|398|398|Registry'),
];

/** A morning with the scripts that are in. */
export function withBatches({ sittings, incidents }: Monitor): Monitor {
  const collecting = BATCHES.filter((one) => one.status === 'IN_COLLECTION');
  const batchOf = (code: string) => collecting.find((one) => one.courseCode === code) ?? null;
  const today = (id: number) => SITTINGS.some((one) => one.id === id);
  return {
    incidents,
    sittings: sittings.map((one) => ({
      ...one,
      batch: today(one.id) ? batchOf(one.courseCode) : null,
    })),
  };
}

/** An incident with all about it; the one of SB-2 is about a batch. */
export function incidentDetail(view: IncidentView): IncidentDetail {
  const about = BATCHES.find((one) => one.id === 1 && view.sittingId === 5);
  const found = SITTINGS.find((one) => one.id === view.sittingId) ?? null;
  const signed = { by: 'Esi Tawiah', at: at('08:04:12'), station: 'SB2-01' };
  const sitting = found && about ? { ...found, papers: { count: 236, signed } } : found;
  const proposals = about
    ? [
        {
          score: 84,
          batchId: 2,
          reason: 'ITN203 wrote beside it and BATCH-ITN203-2026 has 1 too many.',
        },
        {
          score: 60,
          batchId: null,
          reason: 'BT/CHE/23/088 left early: look among the scripts taken at the desk.',
        },
      ]
    : [];
  return {
    ...detail(view),
    files: about ? FILES : view.id === 415 ? STUCK : [],
    batch: about ?? null,
    sitting,
    proposals,
  };
}

/** A batch with all about it. */
export function batchDetail(id: number): BatchDetail {
  const view =
    BATCHES.find((one) => one.id === id) ?? batch('99|XXX000|Unknown|PENDING|0|0|Nobody');
  const collecting = view.status === 'IN_COLLECTION';
  return {
    view,
    timeline: [],
    actions: [
      {
        action: 'seal',
        reason: collecting
          ? '-1 scripts against the register: link the incident that explains it.'
          : null,
      },
      { action: 'collectScripts', reason: null },
      { action: 'declareCount', reason: null },
      ...(view.status === 'PENDING' || collecting
        ? [{ action: 'notePrinted' as const, reason: null }]
        : []),
      ...(view.status === 'PENDING' ? [{ action: 'writeHallLog' as const, reason: null }] : []),
    ],
    incidents: id === 1 ? INCIDENTS.filter((one) => one.sittingId === 5) : [],
    witnesses: [{ id: 12, name: 'Kofi Addo', role: 'INVIGILATOR', facultyId: 1, departmentId: 1 }],
  };
}
