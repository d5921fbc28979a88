// A morning of exams for the gallery and the tests. No product code reads this.
import type { Counted, IncidentView, Monitor, SittingView, Status } from '@/generated/protocol';

/** Now: 10:42:18 of the day that is shown. */
import { laterOf } from './later';

export const NOW = Date.parse('2026-11-24T10:42:18Z');

/** `10:31` of the day. */
export function at(clock: string): string {
  return new Date(`2026-11-24T${clock.length === 5 ? `${clock}:00` : clock}Z`).toISOString();
}

export function status(change: Partial<Status> = {}, link: Partial<Status['link']> = {}): Status {
  return {
    link: {
      state: 'live',
      since: at('08:02'),
      attempt: 0,
      retryInMs: null,
      reason: null,
      behind: null,
      roundTripMs: 38,
      tls: { version: 'TLS 1.3', until: '2027-03-14T12:00:00Z' },
      ...link,
    },
    server: { url: 'https://elms.tughana.edu.gh', demo: true, limits: null },
    user: {
      id: 5,
      name: 'Ama Boateng',
      email: 'a.boateng@tughana.edu.gh',
      role: 'EXAMS_OFFICER',
      initials: 'AB',
      readsOnly: false,
      mustChangePassword: false,
    },
    institution: { id: 1, name: 'TU Ghana', timezone: 'Africa/Accra' },
    station: {
      code: 'EO-02',
      label: 'Exam office',
      kind: 'office',
      hall: null,
      key: {
        fingerprint: '7c1f 90aa 41d2 e809 33b0',
        standing: 'paired',
        by: 'Ama Boateng',
        since: '2026-11-30T07:48:00.000Z',
      },
    },
    lastSeq: 1_482_907,
    older: 0,
    begins: null,
    reachesBack: null,
    record: {
      size: 1_482_907,
      checkedAt: new Date(NOW).toISOString(),
      key: 'lusab-babad-gutih-tugad-gutuk-bisog-mudof-sakat',
      restored: null,
      trouble: null,
    },
    asOf: new Date(NOW).toISOString(),
    outbox: { waiting: 0, sending: 0, attention: 0 },
    clock: { serverNow: NOW, rate: 1, offsetMs: 400, uncertaintyMs: 20, measured: true },
    cacheBytes: 612_000_000,
    notifications: { ok: true, reason: null },
    keystore: { ok: true, reason: null },
    unread: 3,
    warnings: [],
    locked: false,
    ...change,
  };
}

/** Who came in, most of them shortly before the start. */
function came(start: string, n: number): Counted[] {
  const begin = Date.parse(at(start)) - 36 * 60_000;
  return Array.from({ length: 30 }, (_, i) => {
    const share = 1 / (1 + Math.exp(-(i - 12) / 2.6));
    return { at: new Date(begin + i * 120_000).toISOString(), n: Math.round(n * share) };
  });
}

/** What the papers are called. */
const NAMES: Record<string, string> = {
  CSC101: 'Introduction to Computing',
  ITN203: 'Network Administration',
  ACC204: 'Cost Accounting',
  BUS110: 'Principles of Management',
  ENG112: 'Academic Writing',
  STA205: 'Statistics II',
  CHE104: 'General Chemistry I',
  EEE221: 'Circuit Theory',
  NUR220: 'Community Nursing',
  CSC214: 'Data Structures',
  FRE101: 'French I',
  LAW202: 'Law of Tort',
  ITN305: 'Network Security',
  ACC310: 'Auditing',
  PHY240: 'Optics',
  ACC311: 'Taxation',
  NUR321: 'Midwifery',
};

interface Hall {
  code: string;
  name: string;
  paper: string;
  from: string;
  to: string;
  expected: number;
  present: number;
  here: number;
  invigilators: number;
}

function venueOf(id: number, { code, name, expected }: Hall): SittingView['venue'] {
  const capacity = Math.ceil(expected / 20) * 20;
  return { id, code, name, location: 'Main campus', capacity, phone: '030 555 0101' };
}

function stationOf(id: number, { code, name }: Hall): SittingView['stations'][number] {
  const heard = { online: true, since: at('08:00'), clockOffsetMs: 0, outages: [] };
  return { code: `${code}-01`, label: name, venueId: id, ...heard };
}

function invigilatorsOf({ here, invigilators }: Hall): SittingView['invigilators'] {
  return Array.from({ length: invigilators }, (_, i) => ({
    userId: 100 + i,
    name: `Invigilator ${i}`,
    role: i === 0 ? 'CHIEF_INVIGILATOR' : 'INVIGILATOR',
    checkedInAt: i < here ? at('08:05') : null,
    checkedOutAt: null,
  }));
}

function hall(id: number, spec: Hall, change: Partial<SittingView> = {}): SittingView {
  const begun = Date.parse(at(spec.from)) <= NOW;
  return {
    sync: 'server',
    venue: venueOf(id, spec),
    batch: null,
    stations: [stationOf(id, spec)],
    effectiveEnd: at(spec.to),
    longestExtraPct: 0,
    lastEnd: at(spec.to),
    id,
    timetableId: 1,
    courseCode: spec.paper,
    courseName: NAMES[spec.paper] ?? spec.paper,
    facultyId: 1,
    departmentId: 1,
    venueId: id,
    room: spec.name,
    startsAt: at(spec.from),
    endsAt: at(spec.to),
    phase: begun ? 'WRITING' : 'SETUP',
    startedAt: begun ? at(spec.from) : null,
    stoppedAt: null,
    pausedAt: null,
    pausedSec: 0,
    pauses: [],
    registerComplete: false,
    addedSec: 0,
    expected: spec.expected,
    present: spec.present,
    checkIns: begun ? came(spec.from, spec.present) : [],
    out: begun ? ['C9'] : [],
    invigilators: invigilatorsOf(spec),
    batchId: null,
    seq: 1,
    ...change,
  };
}

function row(line: string): Hall {
  const [code = '', name = '', paper = '', from = '', to = '', ...rest] = line.split('|');
  const [present = 0, expected = 0, here = 0, invigilators = 0] = rest.map(Number);
  return { code, name, paper, from, to, present, expected, here, invigilators };
}

const silent = { from: at('10:31'), to: null };

export const SITTINGS: SittingView[] = [
  hall(1, row('GH|Great Hall|CSC101|09:00|12:00|412|418|9|9')),
  hall(2, row('EC1|Exam Centre 1|ITN203|09:00|11:00|236|240|6|6')),
  hall(3, row('EC2|Exam Centre 2|ACC204|09:00|12:00|231|238|5|6')),
  hall(4, row('SHE|Sports Hall East|BUS110|09:00|12:20|288|300|7|7'), { startedAt: at('09:20') }),
  hall(9, row('EC3|Exam Centre 3|ENG112|09:00|11:30|239|240|6|6')),
  hall(10, row('SHW|Sports Hall West|STA205|09:00|12:00|255|260|6|6')),
  hall(5, row('SB2|Science Block SB-2|CHE104|08:30|10:30|230|230|5|5'), {
    phase: 'COLLECTING',
    stoppedAt: at('10:30'),
  }),
  hall(11, row('ELT|Engineering LT|EEE221|09:00|12:00|148|150|4|4')),
  hall(12, row('LIB|Library Annex|NUR220|09:00|11:00|94|96|3|3')),
  hall(6, row('LAB3|Computer Lab 3|CSC214|09:30|11:30|58|60|2|2'), {
    stations: [
      {
        code: 'LAB3-01',
        label: 'Lab 3',
        venueId: 6,
        online: false,
        since: at('10:31'),
        clockOffsetMs: 0,
        outages: [silent],
      },
    ],
  }),
  hall(7, row('A104|Room A-104|CSC101|09:00|12:00|14|14|3|3'), { longestExtraPct: 25 }),
  hall(8, row('B210|Room B-210|FRE101|11:00|12:30|0|48|1|2')),
];

/** Who writes where on the next day. */
const NEXT: readonly [number, string][] = [
  [21, 'GH|Great Hall|LAW202|14:00|16:00|0|306|0|6'],
  [22, 'EC1|Exam Centre 1|ITN305|13:00|15:00|0|188|0|4'],
  [23, 'EC2|Exam Centre 2|ACC310|13:30|16:30|0|231|0|5'],
  [24, 'EC3|Exam Centre 3|PHY240|13:30|15:30|0|176|0|4'],
  [25, 'ELT|Engineering LT|ACC311|13:30|16:30|0|44|0|2'],
  [26, 'LIB|Library Annex|NUR321|09:00|11:00|0|84|0|2'],
];

const nextDay = (when: string) => new Date(Date.parse(when) + 86_400_000).toISOString();

export const PLANNED: SittingView[] = NEXT.map(([id, line]) => {
  const spec = row(line);
  const [startsAt, endsAt] = [nextDay(at(spec.from)), nextDay(at(spec.to))];
  const quiet = { phase: 'SETUP', startedAt: null } as const;
  const today = SITTINGS.find((one) => one.venue?.code === spec.code);
  return hall(id, spec, {
    ...quiet,
    ...(today ? { venueId: today.venueId, venue: today.venue } : {}),
    startsAt,
    endsAt,
    effectiveEnd: endsAt,
    checkIns: [],
    out: [],
  });
});

export function incident(
  n: number,
  title: string,
  change: Partial<IncidentView> = {},
): IncidentView {
  const when = change.times?.occurredAt ?? at('10:20');
  return {
    sync: 'server',
    arrivedLate: false,
    venueCode: 'GH',
    venueName: 'Great Hall',
    venuePhone: '030 555 0101',
    courseCode: 'CSC101',
    ref: `01990000-0000-7000-8000-${String(n).padStart(12, '0')}`,
    id: n,
    number: `INC-26-0${n}`,
    localNumber: `GH-A/${n}`,
    sittingId: 1,
    venueId: 1,
    seat: 'F14',
    type: 'OTHER',
    severity: 'MEDIUM',
    status: 'REPORTED',
    title,
    description: title,
    reportedBy: { id: 9, name: 'Kwame Asante' },
    station: 'GH-01',
    assignee: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    ackDueAt: null,
    escalationLevel: 0,
    candidates: [],
    evidence: [],
    witnesses: [],
    batchId: null,
    confidential: false,
    outcome: null,
    resolution: null,
    resolvedBy: null,
    resolvedAt: null,
    mergedInto: null,
    mergedFrom: [],
    subtype: null,
    actionTaken: null,
    parts: [],
    statements: [],
    referred: null,
    voided: null,
    fromLog: null,
    precision: null,
    receivedAt: when,
    nEvents: 1,
    seq: n,
    ...change,
    times: { occurredAt: when, recordedAt: when, clockOffsetMs: 0 },
  };
}

const when = (clock: string) => ({
  times: { occurredAt: at(clock), recordedAt: at(clock), clockOffsetMs: 0 },
});
const inHall = (id: number, venueCode: string, venueName: string) => ({
  sittingId: id,
  venueId: id,
  venueCode,
  venueName,
});
const handled = (name: string) => ({
  assignee: { id: 7, name },
  acknowledgedAt: at('10:30'),
  acknowledgedBy: { id: 7, name },
});

export const INCIDENTS: IncidentView[] = [
  incident(418, 'Candidate collapsed, ambulance called', {
    severity: 'CRITICAL',
    type: 'MEDICAL_EMERGENCY',
    ackDueAt: at('10:43:26'),
    description:
      'Breathing, not responding. First aider with her, desk 14 and 15 moved back. Row F paused.',
    receivedAt: at('10:41:27'),
    ...when('10:41:26'),
  }),
  incident(417, 'Script count 229, register says 230', {
    severity: 'HIGH',
    type: 'MISSING_SCRIPT',
    courseCode: 'CHE104',
    seat: 'D17',
    receivedAt: at('10:37:52'),
    description:
      'Counted twice with Mr Darko after CHE104 closed at 10:30. The register has 230 signatures, the tray has 229 scripts. Row D bins and the floor checked.',
    ackDueAt: at('10:48'),
    ...inHall(5, 'SB2', 'Science Block SB-2'),
    ...when('10:37:51'),
  }),
  incident(415, 'Question paper photographed, phone seized', {
    severity: 'CRITICAL',
    status: 'ESCALATED',
    ...handled('David Mensah'),
    ...inHall(3, 'EC2', 'Exam Centre 2'),
    ...when('10:24:11'),
  }),
  incident(414, 'ID card photo does not match candidate', {
    status: 'UNDER_INVESTIGATION',
    ...handled('Ama Boateng'),
    ...inHall(2, 'EC1', 'Exam Centre 1'),
    ...when('10:09'),
  }),
  incident(412, 'Answer booklet torn, replaced at desk', {
    severity: 'LOW',
    status: 'UNDER_INVESTIGATION',
    ...handled('Selorm Hayford'),
    ...when('09:31'),
  }),
  incident(410, '12 answer booklets short, supplied 08:58', {
    status: 'RESOLVED',
    outcome: 'FOUND',
    resolution: 'Supplied from the store.',
    resolvedAt: at('08:58'),
    ...handled('Selorm Hayford'),
    ...when('08:51'),
  }),
];

/** Reported here while the line was down. */
export const KEPT: IncidentView = incident(19, 'Candidate refused to leave, security called', {
  sync: 'kept',
  id: null,
  number: null,
  localNumber: 'EO-02/019',
  severity: 'HIGH',
  ...when('10:40'),
});

/** Reported here while the line was down, and sent when it was back. */
export const SENT: IncidentView = incident(421, 'Candidate refused to leave, security called', {
  severity: 'HIGH',
  station: 'EO-02',
  receivedAt: at('10:42:18'),
  ...when('10:40'),
});

/** Reported elsewhere while the line was down. */
export const AWAY: IncidentView = incident(416, 'Water on the floor of row B', {
  arrivedLate: true,
  ...when('10:34'),
});

export const monitor = (incidents: IncidentView[] = INCIDENTS): Monitor => ({
  sittings: [...SITTINGS, ...PLANNED, ...laterOf(PLANNED)],
  incidents,
});
