// One incident: what it is, what may be done, what happened since.
import { ArrowUpRight } from 'lucide-react';
import { useRef } from 'react';

import { ErrorPanel } from '@/app/ErrorPanel';
import { useMoment } from '@/app/link';
import { Link } from '@/app/router';
import { WatchButton } from '@/app/Watch';
import { Tag } from '@/components/Tag';
import { Evidence } from '@/features/evidence/Evidence';
import type { IncidentDetail, IncidentView, Severity } from '@/generated/protocol';
import { SeverityGlyph, StatusGlyph, SyncGlyph } from '@/glyphs';
import { ago, clock, lag, span } from '@/lib/time';
import { isMirrored, Said, t } from '@/lib/tongue';
import { words } from '@/lib/words';
import { useServerNow } from '@/live/clock';
import { useCall } from '@/live/queries';

import { Actions } from './Actions';
import { CallHall } from './CallHall';
import { Composer } from './Composer';
import { Custody } from './Custody';
import { Proposals } from './Proposals';
import { happenedAt, isUnnoticed } from './groups';
import styles from './IncidentPane.module.css';
import { Timeline } from './Timeline';
import { TypingLine } from './TypingLine';

const TONE: Record<Severity, 'critical' | 'high' | 'medium' | 'low'> = {
  CRITICAL: 'critical',
  HIGH: 'high',
  MEDIUM: 'medium',
  LOW: 'low',
};

/** The incident of this name; nothing until it has come, never another one. */
export function useIncident(ref: string) {
  const { data, error, refetch } = useCall<IncidentDetail>('incident', { ref });
  return { detail: data?.view.ref === ref ? data : undefined, error, refetch };
}

function Due({ view }: { view: IncidentView }) {
  const now = useServerNow();
  if (!isUnnoticed(view) || view.ackDueAt === null) {
    return null;
  }
  const left = Date.parse(view.ackDueAt) - now;
  return (
    <strong className={styles.due}>
      {left > 0
        ? t('incidents-acknowledge-within', { span: span(left) })
        : t('incidents-acknowledgement-overdue', { span: ago(-left) })}
    </strong>
  );
}

/** How late the news was, where it is known when it was seen. */
function Late({ detail: { view, seenAt } }: { detail: IncidentDetail }) {
  const late = seenAt === null ? 0 : Date.parse(seenAt) - happenedAt(view);
  return (
    <Tag tone="late">
      {late > 0 ? t('incidents-replayed', { lag: lag(late) }) : t('incidents-while-you-were-away')}
    </Tag>
  );
}

function Tags({ detail, full }: { detail: IncidentDetail; full: boolean }) {
  const { view } = detail;
  return (
    <>
      <Tag tone={TONE[view.severity]}>
        <SeverityGlyph severity={view.severity} size={12} /> {words.severity[view.severity]}
      </Tag>
      <Tag>
        <StatusGlyph status={view.status} /> {words.incidentStatus[view.status]}
      </Tag>
      {full && <Tag>{words.incidentType(view.type)}</Tag>}
      {view.sync !== 'server' && (
        <Tag>
          <SyncGlyph sync={view.sync} /> {words.sync[view.sync]}
        </Tag>
      )}
      {view.arrivedLate && <Late detail={detail} />}
      {!full && <bdi className={styles.number}>{view.number ?? view.localNumber}</bdi>}
    </>
  );
}

function Where({ detail }: { detail: IncidentDetail }) {
  const { view, candidates } = detail;
  const hall = view.venueName ?? view.venueCode;
  return (
    <p className={styles.where}>
      {hall && (
        <span>
          {hall}
          {view.seat && (
            <>
              {isMirrored() ? '، ' : ', '}
              <Said id="incidents-seat-2" args={{ seat: <b>{view.seat}</b> }} />
            </>
          )}
        </span>
      )}
      {view.courseCode && <bdi className="code">{view.courseCode}</bdi>}
      {candidates.slice(0, 3).map((candidate) => (
        <span key={candidate.id}>
          {candidate.name} <bdi className="code">{candidate.indexNumber}</bdi>
        </span>
      ))}
      {view.assignee ? (
        <span>
          <Said id="incidents-with" args={{ name: <b>{view.assignee.name}</b> }} />
        </span>
      ) : (
        view.reportedBy && (
          <span>
            <Said id="incidents-by-2" args={{ name: <b>{view.reportedBy.name}</b> }} />
          </span>
        )
      )}
      <CallHall view={view} bare />
    </p>
  );
}

/** The hall of the incident, to keep an eye on. */
function Watch({ view }: { view: IncidentView }) {
  if (view.venueId === null || !view.venueName) {
    return null;
  }
  const hall = { kind: 'hall', id: String(view.venueId), name: view.venueName } as const;
  return <WatchButton one={hall} shortcut="incident.watch" />;
}

function Head({ detail, full }: { detail: IncidentDetail; full: boolean }) {
  const { view } = detail;
  const { zone, behindSince } = useMoment();
  return (
    <div className={styles.tags}>
      <Tags detail={detail} full={full} />
      <span className={styles.side}>
        {behindSince !== null && (
          <span className="muted">{t('incidents-as-of', { time: clock(behindSince, zone) })}</span>
        )}
        {!full && <Due view={view} />}
        <Watch view={view} />
        {!full && (
          <Link
            to={`#/incidents/${view.ref}`}
            aria-label={t('incidents-open-incident')}
            title={t('incidents-open-incident')}
          >
            <ArrowUpRight size={15} aria-hidden="true" />
          </Link>
        )}
      </span>
    </div>
  );
}

/** Whether the words of a case are others than those that its history begins with. */
function isAmended({ view, timeline }: IncidentDetail): boolean {
  const known = [view.title, timeline[0]?.event === 'incident:reported' ? timeline[0].text : ''];
  return !known.includes(view.description);
}

/** The pane; `full` is the page of its own, with the words large. */
export function IncidentPane({
  incident,
  full = false,
  slot,
}: {
  incident: string;
  full?: boolean;
  /** Where what comes next is put, when not beneath the title. */
  slot?: HTMLElement | null | undefined;
}) {
  const { detail, error, refetch } = useIncident(incident);
  const { zone } = useMoment();
  const field = useRef<HTMLTextAreaElement>(null);
  if (!detail) {
    return error ? <ErrorPanel failure={error} onAgain={() => void refetch()} /> : <Skeleton />;
  }
  const { view } = detail;
  return (
    <section className={styles.pane} aria-label={view.title} data-full={full || undefined}>
      <div className={styles.head}>
        <Head detail={detail} full={full} />
        <h2 className={styles.title}>{view.title}</h2>
        {!full && <Where detail={detail} />}
        {full && <p className={styles.words}>{view.description}</p>}
        <Actions detail={detail} onNote={() => field.current?.focus()} slot={slot} />
      </div>
      <div className={styles.since} role="region" aria-label={t('incidents-history')} tabIndex={0}>
        {!full && isAmended(detail) && <p className={styles.said}>{view.description}</p>}
        {view.resolution && (
          <p className={styles.said}>
            <b>{view.outcome ? words.outcome[view.outcome] : t('incidents-resolved')}.</b>{' '}
            {view.resolution}
          </p>
        )}
        {full && <Custody detail={detail} zone={zone} />}
        {full && <Proposals detail={detail} />}
        <Evidence detail={detail} zone={zone} full={full} />
        {full && <h3 className={styles.sub}>{t('incidents-what-happened-since')}</h3>}
        <Timeline
          detail={detail}
          zone={zone}
          above={full ? [view.title, view.description] : [view.title]}
        />
        <TypingLine incident={view.ref} />
      </div>
      <Composer detail={detail} field={field} />
    </section>
  );
}

function Skeleton() {
  return (
    <div className={styles.skeleton} aria-busy="true">
      <span />
      <span />
      <span />
    </div>
  );
}
