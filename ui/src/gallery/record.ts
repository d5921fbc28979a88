// The record of the morning in the gallery and the tests: events, outages, what was sent.
import type {
  EventDetail,
  LateRows,
  NotificationView,
  Outage,
  OutboxItem,
  ReviewQuery,
  ReviewResult,
  ReviewRow,
} from '@/generated/protocol';

import { at, INCIDENTS, NOW } from './day';

const WHAT = [
  ['script_submission', 'script:collected', 'BT/CHE/23/141 collected, CHE104', 'SB2-01', 'Tawiah'],
  ['exam_checkin', 'student:checked-in', 'BT/FRE/25/014 present, seat C30', 'B210-01', 'Sackey'],
  ['incident', 'incident:reported', 'Wrong paper code on 6 booklets', 'EC3-01', 'Addo'],
  [
    'batch_update',
    'batch:stats_updated',
    'BATCH-CHE104-2026: 229 of 230 scripts in',
    'SB2-01',
    'Tawiah',
  ],
  ['incident', 'incident:updated', 'Severity is now HIGH', 'GH-01', 'Asante'],
] as const;

const LOST = Date.parse(at('10:31:07'));
const BACK = Date.parse(at('10:58:44'));
const BEGIN = Date.parse(at('07:00'));
const HELD = 4000;
const HOUR = 3_600_000;

/** How busy the hall doors are, from 0 to 1: when the sessions begin and when they end. */
function busy(at: number): number {
  const since = (peak: number, width: number) =>
    Math.exp(-(((at - BEGIN) / HOUR - peak) ** 2) / width);
  return 0.12 + since(1.8, 0.08) + 0.5 * since(3.75, 0.03) + 0.9 * since(4.05, 0.02);
}

/** The moments of the events: the busier, the closer together. */
function moments(): number[] {
  const times: number[] = [];
  let now = BEGIN;
  while (times.length < HELD) {
    now += 1600 / busy(now) + ((times.length * 7919) % 1000);
    times.push(Math.round(now));
  }
  return times;
}

const TIMES = moments();

/** The event of a number; so many that only the visible ones may be drawn. */
export function row(index: number): ReviewRow {
  const happened = TIMES[index] ?? BEGIN;
  const late = happened > LOST && happened < BACK;
  const [channel, event, text, station, by] = WHAT[index % WHAT.length] ?? WHAT[0];
  return {
    seq: 1_480_000 + index,
    happenedAt: new Date(happened).toISOString(),
    receivedAt: new Date(happened + 180).toISOString(),
    seenAt: new Date(late ? BACK : happened + 240).toISOString(),
    channel,
    event,
    text,
    station,
    by,
    severity: event === 'incident:reported' ? 'HIGH' : null,
    incident: event === 'incident:reported' ? (INCIDENTS[0]?.ref ?? null) : null,
    late,
  };
}

const ROWS = Array.from({ length: HELD }, (_, index) => row(index));

function matching(query: ReviewQuery): ReviewRow[] {
  const words = query.text.toLowerCase().split(' ').filter(Boolean);
  return ROWS.filter((one) => {
    const when = Date.parse(one.happenedAt);
    return (
      words.every((word) => one.text.toLowerCase().includes(word)) &&
      (query.channels.length === 0 || query.channels.includes(one.channel)) &&
      (query.from === null || when >= query.from) &&
      (query.to === null || when <= query.to) &&
      (!query.lateOnly || one.late)
    );
  });
}

let found: ReviewRow[] = ROWS;
let handle = 0;

/** Where rows follow one another that were seen late. */
export function lateOf(list: readonly ReviewRow[]): LateRows[] {
  const late: LateRows[] = [];
  list.forEach((one, row) => {
    const last = late.at(-1);
    if (one.late && last?.to === row) {
      last.to = row + 1;
    } else if (one.late) {
      late.push({ from: row, to: row + 1 });
    }
  });
  return late;
}

/** Answers a review. */
export function review(query: ReviewQuery): ReviewResult {
  found = matching(query);
  handle += 1;
  const times = found.map((one) => Date.parse(one.happenedAt));
  const [from, to] = [Math.min(...times), Math.max(...times) + 1];
  const barMs = Math.max(60_000, Math.ceil((to - from) / 120 / 60_000) * 60_000);
  const bars = Array.from({ length: Math.ceil((to - from) / barMs) || 0 }, (_, index) => {
    const start = from + index * barMs;
    const inside = found.filter(
      (_one, n) => (times[n] ?? 0) >= start && (times[n] ?? 0) < start + barMs,
    );
    const late = inside.filter((one) => one.late).length;
    return { from: start, n: inside.length - late, late };
  });
  return {
    handle,
    total: found.length,
    held: HELD,
    histogram: bars,
    barMs,
    late: lateOf(found),
    ms: 9,
  };
}

/** Answers for rows of the last review. */
export function rows(from: number, to: number): ReviewRow[] {
  return found.slice(from, to);
}

/** Answers at which row of the last review an event stands. */
export function place(seq: number): number | null {
  const row = found.findIndex((one) => one.seq === seq);
  return row < 0 ? null : row;
}

/** The newest first, as the console tells them. */
export const OUTAGES: Outage[] = [
  { from: at('10:31:07'), to: at('10:58:44'), replayed: 412, missing: 0, kept: 3 },
  { from: at('07:20:10'), to: at('07:23:04'), replayed: 9, missing: 0, kept: 0 },
];

/** The line is back, and what happened meanwhile still comes. */
export const LASTING: Outage[] = [
  { from: at('10:31:07'), to: null, replayed: 0, missing: 0, kept: 0 },
];

/** Answers for one event. */
export function eventOf(seq: number): EventDetail {
  const one = ROWS.find((found) => found.seq === seq) ?? row(0);
  return {
    event: {
      channel: one.channel,
      event: one.event,
      payload: { clientRef: one.incident, severity: one.severity, text: one.text },
      timestamp: one.receivedAt,
      seq,
      eventId: '01990000-0000-7000-8000-0000000000ff',
      schema: 1,
      institutionId: 1,
      rooms: ['institution:1'],
      actor: { userId: 9, name: one.by, stationCode: one.station },
      causeRef: null,
      occurredAt: one.happenedAt,
      recordedAt: one.happenedAt,
      clockOffsetMs: 400,
    },
    text: one.text,
    seenAt: one.seenAt,
    late: one.late,
  };
}

function sent(stationSeq: number, text: string, change: Partial<OutboxItem>): OutboxItem {
  return {
    commandId: `01990000-0000-7000-8000-${String(stationSeq).padStart(12, '0')}`,
    state: 'done',
    command: { command: 'acknowledgeIncident', input: { incident: INCIDENTS[0]?.ref ?? '' } },
    text,
    recordedAt: new Date(NOW - (20 - stationSeq) * 60_000).toISOString(),
    tries: 1,
    rejection: null,
    incident: INCIDENTS[0]?.ref ?? null,
    stationSeq,
    waitsFor: null,
    ...change,
  };
}

export const OUTBOX: OutboxItem[] = [
  sent(16, 'Acknowledged INC-26-0415', {}),
  sent(17, 'Resolve INC-26-0410', {
    state: 'attention',
    rejection: {
      code: 'ILLEGAL_TRANSITION',
      message: 'It was resolved by Selorm Hayford at 10:35.',
    },
  }),
  sent(15, 'Seal batch: 20418', {
    state: 'attention',
    command: {
      command: 'sealBatch',
      input: { batchId: 1, count: 70, sealNumber: '20418' },
    },
    incident: null,
    rejection: {
      code: 'DISCREPANCY',
      message: 'Mrs Selina Agbeko counted 69, the seal says 70: count again.',
      standing: {
        what: '69 scripts counted',
        by: 'Mrs Selina Agbeko',
        at: at('10:31:07'),
        station: 'GH-B',
      },
    },
  }),
  sent(18, 'Reported EO-02/018', { state: 'sending' }),
  sent(19, 'Reported EO-02/019', { state: 'waiting' }),
  sent(20, 'Sign statement: I saw the phone from the door.', {
    state: 'waiting',
    waitsFor: 'GH-A/017',
    incident: null,
  }),
];

function told(
  id: number,
  title: string,
  message: string,
  change: Partial<NotificationView>,
): NotificationView {
  return {
    read: false,
    id,
    userIds: [5],
    type: 'incident',
    title,
    message,
    priority: 'high',
    incident: INCIDENTS[0]?.ref ?? null,
    createdAt: at('10:41:27'),
    readBy: [],
    ...change,
  };
}

export const NOTIFICATIONS: NotificationView[] = [
  told(3, 'Critical in Great Hall, F14', 'Candidate collapsed, ambulance called', {
    priority: 'critical',
  }),
  told(2, 'Script count differs', 'Science Block SB-2, 229 of 230', {}),
  told(1, 'Timetable published', 'Revision 7, 8 sittings today', {
    read: true,
    priority: 'info',
    incident: null,
    createdAt: at('08:02'),
  }),
];
