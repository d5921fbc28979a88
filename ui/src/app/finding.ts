// What the palette finds on this station. Pure: the same lists give the same answers.
import type { BatchView, Candidate, IncidentView, SittingView } from '@/generated/protocol';
import { t } from '@/lib/tongue';

import type { Deed } from './commands';

/** So many of a kind are shown. */
const MOST = 5;

/** A paper that begins sooner than this may have something to report already. */
const SOON_MS = 12 * 3_600_000;

/** Something found, and what happens when it is chosen. */
export type Find =
  | { kind: 'batch'; key: string; batch: BatchView }
  | { kind: 'incident'; key: string; incident: IncidentView }
  | { kind: 'candidate'; key: string; candidate: Candidate; sitting: SittingView | undefined }
  | { kind: 'place'; key: string; sitting: SittingView }
  | { kind: 'paper'; key: string; sitting: SittingView }
  | { kind: 'report'; key: string; sitting: SittingView }
  | { kind: 'deed'; key: string; deed: Deed };

/** What stands under one heading. */
export interface FindGroup {
  title: string;
  finds: Find[];
}

/** What is searched. */
export interface Held {
  incidents: readonly IncidentView[];
  batches: readonly BatchView[];
  candidates: readonly Candidate[];
  sittings: readonly SittingView[];
  deeds: readonly Deed[];
  /** Now: of the sittings of a hall, one is under way or comes next. */
  now: number;
}

/** Whether every word of `asked` begins some word of `texts`, or is within a code. */
function fits(asked: readonly string[], ...texts: (string | null | undefined)[]): boolean {
  const text = texts.filter(Boolean).join(' ').toLowerCase();
  return asked.every((word) => text.includes(word));
}

function deedsOf(held: Held, asked: readonly string[]): Find[] {
  return held.deeds
    .filter((deed) => fits(asked, deed.words))
    .map((deed) => ({ kind: 'deed', key: `deed ${deed.id}`, deed }));
}

/** By their key, each group in the order in which it was found. */
function together<T>(all: readonly T[], key: (one: T) => string | number): T[][] {
  const groups = new Map<string | number, T[]>();
  for (const one of all) {
    groups.set(key(one), [...(groups.get(key(one)) ?? []), one]);
  }
  return [...groups.values()];
}

/** The sitting that is under way or comes next; the last one when all are over. */
function nearest(sittings: readonly SittingView[], now: number): SittingView | undefined {
  const sorted = sittings.toSorted((a, b) => a.startsAt.localeCompare(b.startsAt));
  return sorted.find((one) => Date.parse(one.lastEnd) > now) ?? sorted.at(-1);
}

/** A hall has many sittings and is one place. */
function placesOf(held: Held, asked: readonly string[]): Find[] {
  const halls = together(held.sittings, (one) => one.venueId);
  return halls.flatMap((sittings): Find[] => {
    const found = sittings.filter((one) =>
      fits(asked, one.venue?.name, one.venue?.code, one.courseCode, one.courseName),
    );
    const sitting = nearest(found, held.now);
    return sitting ? [{ kind: 'place', key: `place ${sitting.venueId}`, sitting }] : [];
  });
}

/** A paper is written in several halls at once, and stands in the timetable once. */
function papersOf(held: Held, asked: readonly string[]): Find[] {
  const found = held.sittings.filter((one) => fits(asked, one.courseCode, one.courseName));
  const papers = together(found, (one) => `${one.courseCode} ${one.startsAt}`);
  return papers
    .flatMap(([sitting]) => sitting ?? [])
    .map((sitting) => ({ kind: 'paper', key: `paper ${sitting.id}`, sitting }));
}

/** Where one hall is meant, what happened there can be reported at once, by whoever may report. */
function reportsOf(held: Held, asked: readonly string[]): Find[] {
  const [place, other] = placesOf(held, asked);
  const may = held.deeds.some(({ id }) => id === 'report');
  if (!may || other || place?.kind !== 'place') {
    return [];
  }
  const { sitting } = place;
  const isNear = Math.abs(Date.parse(sitting.startsAt) - held.now) < SOON_MS;
  return isNear ? [{ kind: 'report', key: `report ${sitting.id}`, sitting }] : [];
}

function recordsOf(held: Held, asked: readonly string[]): FindGroup[] {
  const incidents = held.incidents.filter((one) =>
    fits(
      asked,
      one.number,
      one.localNumber,
      one.title,
      one.venueName,
      one.venueCode,
      one.courseCode,
      one.seat,
    ),
  );
  const batches = held.batches.filter((one) =>
    fits(asked, one.batchQRCode, one.courseName, one.venueName, one.holder.name),
  );
  const sittingOf = (id: number) => held.sittings.find((one) => one.id === id);
  return [
    {
      title: t('app-batches'),
      finds: batches.map((batch) => ({ kind: 'batch', key: `batch ${batch.id}`, batch })),
    },
    {
      title: t('app-incidents'),
      finds: incidents.map((incident) => ({
        kind: 'incident',
        key: `incident ${incident.ref}`,
        incident,
      })),
    },
    {
      title: t('app-candidates'),
      finds: held.candidates.map((candidate) => ({
        kind: 'candidate',
        key: `candidate ${candidate.id}`,
        candidate,
        sitting: sittingOf(candidate.sittingId),
      })),
    },
    { title: t('app-halls'), finds: placesOf(held, asked) },
    { title: t('app-papers'), finds: papersOf(held, asked) },
  ];
}

/** What fits `line`; after `>` only what can be done. Without words, what can be done. */
export function find(held: Held, line: string): FindGroup[] {
  const only = line.startsWith('>');
  const asked = line.replace(/^>/, '').toLowerCase().split(/\s+/).filter(Boolean);
  const deeds = deedsOf(held, asked);
  const doing = {
    title: t('app-go-to-and-do'),
    finds:
      only || asked.length === 0 ? deeds : [...reportsOf(held, asked), ...deeds].slice(0, MOST),
  };
  const records = only || asked.length === 0 ? [] : recordsOf(held, asked);
  return [
    ...records.map(({ title, finds }) => ({ title, finds: finds.slice(0, MOST) })),
    doing,
  ].filter(({ finds }) => finds.length > 0);
}
