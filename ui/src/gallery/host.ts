// A console of glass: it answers from `day.ts` and remembers what it was asked.
import type {
  Command,
  IncidentType,
  IncidentView,
  PersonHere,
  ReportOptions,
  ReviewQuery,
  SecondFactorSetUp,
  Severity,
  SignInView,
  Status,
} from '@/generated/protocol';
import { HostFailure, type Host } from '@/host';
import type { Watched } from '@/lib/watching';

import { busyHost } from './busy';
import { hostOf, type Answer } from './glass';
import { batchDetail, BATCHES, incidentDetail, withBatches } from './custody';
import { beforeAnswers } from './before';
import { AWAY, INCIDENTS, KEPT, at, monitor, NOW, SENT, status } from './day';
import {
  AWAY_SERVER,
  freshStatus,
  REACHED,
  statusAt,
  STRICT,
  offlineStatus,
  readerStatus,
} from './setup';
import { SET_UP } from './factor';
import { STATIONS } from './stations';
import { EVIDENCE } from './files';
import { TIMETABLE } from './plan';
import { DISK, LOG } from './machine';
import { candidatesOf, hallView } from './seats';
import { eventOf, LASTING, NOTIFICATIONS, OUTAGES, OUTBOX, place, review, rows } from './record';

const KINDS: readonly [IncidentType, string, Severity][] = [
  ['ACADEMIC_MISCONDUCT', 'Misconduct', 'HIGH'],
  ['MEDICAL_EMERGENCY', 'Medical', 'CRITICAL'],
  ['MISSING_SCRIPT', 'Missing script', 'CRITICAL'],
  ['DAMAGED_SCRIPT', 'Damaged script', 'MEDIUM'],
  ['LATE_ARRIVAL', 'Late arrival', 'LOW'],
  ['IDENTITY_VERIFICATION', 'Identity', 'MEDIUM'],
  ['TECHNICAL_ISSUE', 'Technical', 'MEDIUM'],
  ['VENUE_ISSUE', 'Venue', 'MEDIUM'],
  ['OTHER', 'Other', 'LOW'],
];

export const OPTIONS: ReportOptions = {
  kinds: KINDS.map(([kind, label, severity]) => ({ kind, label, severity, subtypes: [] })),
  halls: [
    { sittingId: 1, label: 'Great Hall, CSC101', own: true, mayPause: true },
    { sittingId: 2, label: 'Exam Centre 1, ITN203', own: false, mayPause: false },
  ],
};

/** Where the officer is signed in. */
const SIGN_INS: SignInView[] = [
  ['EO-02', '07:58', true],
  ['EO-05', '07:31', false],
].map(([station, begun, current], i) => ({
  id: `01990000-0000-7000-8000-00000000cc0${i}`,
  station: String(station),
  begunAt: at(String(begun)),
  usedAt: at('09:40'),
  current: current === true,
}));

const PEOPLE: PersonHere[] = (
  [
    ['Ama Boateng', 'AB', 'EXAMS_OFFICER', 0, true],
    ['Kwame Asante', 'KA', 'INVIGILATOR', 2, false],
  ] as const
).map(([name, initials, role, waiting, here]) => ({
  id: initials,
  name,
  initials,
  email: `${initials.toLowerCase()}@tughana.edu.gh`,
  role,
  server: 'https://elms.tughana.edu.gh',
  opensWith: ['pin', 'password'],
  triesLeft: 5,
  waiting,
  here,
}));

/** What the record answers of the past, and what it prints. */
function recordAnswers(incidents: IncidentView[]): Record<string, Answer> {
  return {
    tongue: () => null,
    try_now: () => null,
    typing: () => null,
    outages: () => OUTAGES,
    incidents: () => incidents,
    draft_clear: () => null,
    draft_save: () => null,
    draft_load: () => null,
    draft_files: () => [],
    draft_file_add: ({ name }) => ({ id: `file of ${String(name)}`, name, size: 1_204_411 }),
    draft_file_drop: () => null,
    event: ({ seq }) => eventOf(Number(seq)),
    review_rows: ({ from, to }) => rows(Number(from), Number(to)),
    review_place: ({ seq }) => place(Number(seq)),
    review: (query) => review(query as unknown as ReviewQuery),
    notifications: () => NOTIFICATIONS,
    monitor_at: ({ at: moment }) => ({
      at: moment,
      seq: 1_481_204,
      whole: true,
      monitor: monitor(incidents.filter((one) => one.times.occurredAt <= String(moment))),
    }),
    open_window: () => null,
    describe_station: () => null,
    reaches: (chosen) => ({ off: ['timetable'], quietUntil: null, ...chosen }),
    notify_test: () => null,
    disk: () => DISK,
    log_lines: () => LOG,
    export: ({ format }) => ({
      file: `/home/exam/Documents/ELMS/events-51b0aa03.${String(format)}`,
      hash: '51b0aa0377d2',
      bytes: 912_004,
    }),
    paper: () => ({
      file: '/home/exam/Documents/ELMS/Hall-incident-log-Great-Hall-CSC101-9f3c01aa.pdf',
      hash: '9f3c01aa77d2',
      bytes: 38_412,
    }),
  };
}

/** The own account: no second factor yet. */
const ACCOUNT: Record<string, Answer> = {
  change_password: () => null,
  sign_ins: () => SIGN_INS,
  end_sign_ins: () => null,
  second_factor: () => ({ since: null, wanted: false, codesLeft: 0 }),
  set_up_second_factor: () => SET_UP,
  confirm_second_factor: () => null,
  end_second_factor: () => null,
  new_recovery_codes: () => SET_UP.recoveryCodes,
};

/** What was reported in this window stands first among the incidents, as the console has it. */
function reporting(incidents: IncidentView[]): Answer {
  return ({ command }) => {
    const { command: name, input } = command as Command;
    if (name === 'reportIncident') {
      const { ref, description, severity } = input;
      incidents.unshift({ ...KEPT, ref, severity, title: description, description });
    }
    return {
      commandId: '01990000-0000-7000-8000-00000000aaaa',
      localNumber: 'GH-A/017',
      rejection: null,
    };
  };
}

/** The answers of a morning. */
export function answersOf(told: Status, day: IncidentView[]): Record<string, Answer> {
  const incidents = [...day];
  return {
    status: () => told,
    monitor: () => withBatches(monitor(incidents)),
    ...recordAnswers(incidents),
    ...EVIDENCE,
    incident: ({ ref }) => incidentDetail(incidents.find((one) => one.ref === ref) ?? KEPT),
    report_options: () => OPTIONS,
    candidates: ({ text }) => candidatesOf(String(text)),
    people: () => [
      { id: 7, name: 'David Mensah', role: 'DEAN', facultyId: null, departmentId: null },
    ],
    timetable: () => TIMETABLE,
    hall: () => hallView(),
    batches: () => BATCHES,
    batch: ({ id }) => batchDetail(Number(id)),
    outbox: () => OUTBOX,
    outbox_withdraw: () => null,
    outbox_resend: () => ({
      commandId: '01990000-0000-7000-8000-00000000bbbb',
      localNumber: null,
      rejection: null,
    }),
    check_case: () => ({ held: 4, proved: 4, record: told.record }),
    submit: reporting(incidents),
    check_server: () => REACHED,
    demo_accounts: () => [
      {
        email: 'a.boateng@tughana.edu.gh',
        name: 'Ama Boateng',
        role: 'EXAMS_OFFICER',
        place: 'Exam office',
        password: 'demo',
      },
      {
        email: 'k.asante@tughana.edu.gh',
        name: 'Kwame Asante',
        role: 'INVIGILATOR',
        place: 'Great Hall',
        password: 'demo',
      },
    ],
    sign_in: () => {
      throw new HostFailure('refused', 'The e-mail address or the password is wrong.');
    },
    ...ACCOUNT,
    stations: () => STATIONS,
    set_station: () => null,
    work_offline: () => told,
    people_here: () => PEOPLE,
    lock: () => ({ ...told, locked: true }),
    unlock: () => told,
    set_pin: () => told,
    sign_out: () => told,
  };
}

/** A console that cannot be opened. */
function closedHost(): Host {
  return hostOf({
    status: () => {
      throw new HostFailure(
        'closed',
        'The station’s files are in use by another program. Close it and try again.',
      );
    },
  });
}

/** A copy that cannot be read, and a key store that is locked. */
function brokenHost(): Host {
  const reason = 'The key store did not answer within 5 s; perhaps it is locked.';
  const unread = () => {
    throw new HostFailure('cache', 'The station’s file is damaged.');
  };
  const told = status({ keystore: { ok: false, reason } });
  return hostOf({ ...answersOf(told, []), monitor: unread, incidents: unread });
}

/** A hall that writes to its case all the time: said again before it is forgotten. */
function typingHost(): Host {
  const told = status();
  const host = hostOf(answersOf(told, INCIDENTS));
  const clientRef = INCIDENTS[0]?.ref ?? '';
  const typing = [{ clientRef, userId: 9, userName: 'Kwame Asante', stationCode: 'GH-01' }];
  setInterval(() => host.tell({ status: told, typing, changed: [], events: [] }), 500);
  return host;
}

/** What the gallery's officer keeps an eye on. */
const WATCHED: Watched[] = [
  { kind: 'hall', id: '1', name: 'Great Hall' },
  { kind: 'batch', id: 'BATCH-CHE104-2026', name: 'BATCH-CHE104-2026' },
  { kind: 'hall', id: '6', name: 'Computer Lab 3' },
  { kind: 'hall', id: '7', name: 'Room A-104' },
];

/** An officer whose password came with an import. */
function withFirstPassword(): Status {
  const told = status();
  return { ...told, user: told.user && { ...told.user, mustChangePassword: true } };
}

const signedOut = () => status({ user: null, institution: null }, { state: 'signed_out' });

/** A server that asks for a code, or has a second factor set up first. */
function guardedHost(code: string, setUp?: SecondFactorSetUp): Host {
  return hostOf({
    ...answersOf(signedOut(), []),
    sign_in: () => {
      throw new HostFailure(code, 'Type the code that your authenticator app shows.', setUp);
    },
  });
}

/** An officer with a second factor. */
const WITH_FACTOR = { since: at('07:58'), wanted: true, codesLeft: 9 };

/** A station that is set up, or is of another kind than the office. */
function stationHost(conn: string | null): Host {
  switch (conn) {
    case 'new':
      return hostOf(answersOf(freshStatus(), []));
    case 'new-strict':
      return hostOf({ ...answersOf(freshStatus(), []), check_server: () => STRICT });
    case 'new-away':
      return hostOf({ ...answersOf(freshStatus(), []), check_server: () => AWAY_SERVER });
    case 'before':
      return hostOf({ ...answersOf(status(), INCIDENTS), ...beforeAnswers(status()) });
    case 'desk':
      return hostOf(answersOf(statusAt('review'), INCIDENTS));
    case 'in-hall':
      return hostOf(answersOf(statusAt('hall', { id: 1, name: 'Great Hall' }), INCIDENTS));
    default:
      return hostOf(answersOf(status(), INCIDENTS));
  }
}

/** The host behind `?gallery`:
 * `conn=busy|offline|catching|missed|first|first-password|filling|reader|quiet|new|new-strict|new-away|before|desk|in-hall|out|code|second-factor|with-factor|typing|closed|broken`. */
export function galleryHost(search: URLSearchParams): Host {
  localStorage.setItem('watching', JSON.stringify(WATCHED));
  switch (search.get('conn')) {
    case 'busy':
      return busyHost(answersOf(status(), INCIDENTS), Number(search.get('every') ?? 100));
    case 'offline':
      return hostOf(answersOf(offlineStatus(), [KEPT, ...INCIDENTS]));
    case 'catching':
      return hostOf({
        ...answersOf(
          status({}, { state: 'catching_up', behind: 121, since: new Date(NOW).toISOString() }),
          [SENT, AWAY, ...INCIDENTS],
        ),
        outages: () => LASTING,
      });
    case 'missed':
      return hostOf({
        ...answersOf(status(), [AWAY, ...INCIDENTS]),
        outages: () =>
          LASTING.map((one) => ({ ...one, to: at('10:40:30'), replayed: 96, kept: 1 })),
      });
    case 'first':
      return hostOf({
        ...answersOf(
          status({ asOf: null, lastSeq: 0 }, { state: 'catching_up', behind: null }),
          [],
        ),
        monitor: () => ({ sittings: [], incidents: [] }),
        batches: () => [],
      });
    case 'first-password':
      return hostOf(answersOf(withFirstPassword(), INCIDENTS));
    case 'filling':
      return hostOf(
        answersOf(status({ older: 580_793, reachesBack: '2026-10-14T09:12:00Z' }), INCIDENTS),
      );
    case 'reader':
      return hostOf(answersOf(readerStatus(), INCIDENTS));
    case 'quiet':
      return hostOf(answersOf(status(), []));
    case 'typing':
      return typingHost();
    case 'closed':
      return closedHost();
    case 'broken':
      return brokenHost();
    case 'out':
      return hostOf(answersOf(signedOut(), []));
    case 'code':
      return guardedHost('code_needed');
    case 'second-factor':
      return guardedHost('second_factor_needed', SET_UP);
    case 'with-factor':
      return hostOf({ ...answersOf(status(), INCIDENTS), second_factor: () => WITH_FACTOR });
    default:
      return stationHost(search.get('conn'));
  }
}
