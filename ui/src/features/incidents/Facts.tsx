import type { ReactNode } from 'react';

import { useMoment } from '@/app/link';
import { CaseRecord } from '@/app/RecordLine';
import type { IncidentDetail, IncidentView } from '@/generated/protocol';
import { SeverityGlyph, StatusGlyph } from '@/glyphs';
import { clock, clockParts, span } from '@/lib/time';
import { t } from '@/lib/tongue';
import { words } from '@/lib/words';
import { useServerNow } from '@/live/clock';

import styles from './Facts.module.css';
import { happenedAt, isUnnoticed } from './groups';
import { useIncident } from './IncidentPane';

function Fact({ name, children }: { name: string; children: ReactNode }) {
  if (children === null || children === undefined || children === '') {
    return null;
  }
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Code({ children }: { children: string | null | undefined }) {
  return children ? <bdi className="code">{children}</bdi> : null;
}

/** Who took notice; until then, how long somebody still has. */
function Acknowledged({ view }: { view: IncidentView }) {
  const now = useServerNow();
  if (!isUnnoticed(view) || view.ackDueAt === null) {
    const told = view.acknowledgedAt ? t('incidents-yes') : t('incidents-not-yet-2');
    return <Fact name={t('incidents-acknowledged')}>{view.acknowledgedBy?.name ?? told}</Fact>;
  }
  const left = Date.parse(view.ackDueAt) - now;
  return (
    <Fact name={t('incidents-acknowledge-by')}>
      <strong className={styles.due}>
        {left > 0 ? t('incidents-within', { span: span(left) }) : t('incidents-overdue')}
      </strong>
    </Fact>
  );
}

function State({ detail: { view } }: { detail: IncidentDetail }) {
  return (
    <dl>
      <Fact name={t('incidents-status')}>
        <StatusGlyph status={view.status} /> {words.incidentStatus[view.status]}
      </Fact>
      <Fact name={t('incidents-severity')}>
        <SeverityGlyph severity={view.severity} /> {words.severity[view.severity]}
      </Fact>
      <Fact name={t('incidents-kind')}>
        {words.incidentType(view.type)}
        {view.subtype && `, ${view.subtype}`}
      </Fact>
      <Fact name={t('incidents-assigned-to')}>
        {view.assignee?.name ?? t('incidents-nobody-yet')}
      </Fact>
      <Acknowledged view={view} />
    </dl>
  );
}

function Where({ detail: { view, candidates, batch } }: { detail: IncidentDetail }) {
  return (
    <dl>
      <Fact name={t('incidents-hall')}>{view.venueName ?? view.venueCode}</Fact>
      {view.seat && (
        <Fact name={t('incidents-seat')}>
          <Code>{view.seat}</Code>
        </Fact>
      )}
      {view.courseCode && (
        <Fact name={t('incidents-paper')}>
          <Code>{view.courseCode}</Code>
        </Fact>
      )}
      {candidates.map((candidate) => (
        <Fact key={candidate.id} name={t('incidents-candidate')}>
          <span>
            {candidate.name} <Code>{candidate.indexNumber}</Code>
          </span>
        </Fact>
      ))}
      {batch && (
        <Fact name={t('incidents-batch')}>
          <a href={`#/batches/${batch.batchQRCode}`}>
            <Code>{batch.batchQRCode}</Code>
          </a>
        </Fact>
      )}
    </dl>
  );
}

/** When it happened, as exactly as it is known. */
function happenedWords(view: IncidentDetail['view'], zone: string): string {
  const time = clock(happenedAt(view), zone);
  if (view.precision?.is === 'RANGE') {
    const until = clock(view.precision.until, zone);
    return t('incidents-between', { from: time, until });
  }
  return view.precision ? t('incidents-about', { time }) : time;
}

function Times({ detail: { view, seenAt } }: { detail: IncidentDetail }) {
  const { zone } = useMoment();
  const [received, ms] = clockParts(view.receivedAt, zone);
  return (
    <dl>
      <Fact name={t('incidents-happened')}>{happenedWords(view, zone)}</Fact>
      <Fact name={t('incidents-written')}>
        {clock(view.times.recordedAt, zone)} <Code>{view.station}</Code>
      </Fact>
      <Fact name={t('incidents-server')}>
        {view.number === null ? t('incidents-not-yet') : received + ms}
      </Fact>
      <Fact name={t('incidents-seen-here')}>{seenAt && clock(seenAt, zone)}</Fact>
    </dl>
  );
}

/** What is known about an incident, in pairs. */
export function Facts({ incident }: { incident: string }) {
  const { detail } = useIncident(incident);
  if (!detail) {
    return <aside className={styles.facts} />;
  }
  const { view } = detail;
  return (
    <aside className={styles.facts} aria-label={t('incidents-facts')}>
      <State detail={detail} />
      <h3>{t('incidents-where')}</h3>
      <Where detail={detail} />
      <h3>{t('incidents-times')}</h3>
      <Times detail={detail} />
      <h3>{t('incidents-record')}</h3>
      <dl>
        <Fact name={t('incidents-events')}>{view.nEvents}</Fact>
        <Fact name={t('incidents-record-check')}>
          <CaseRecord incident={view.ref} nEvents={view.nEvents} />
        </Fact>
        <Fact name={t('incidents-number-here')}>
          {view.localNumber && <Code>{view.localNumber}</Code>}
        </Fact>
        <Fact name={t('incidents-reported-by')}>{view.reportedBy?.name}</Fact>
        {view.referred && (
          <Fact name={t('incidents-committee')}>
            {view.referred.fileNumber ?? t('incidents-referred')}
          </Fact>
        )}
        {view.mergedFrom.length > 0 && (
          <Fact name={t('incidents-merged-in')}>
            {t('incidents-cases', { n: view.mergedFrom.length })}
          </Fact>
        )}
        <Fact name={t('incidents-witnesses')}>
          {view.witnesses.map((person) => person.name).join(', ')}
        </Fact>
        <Fact name={t('incidents-evidence')}>{view.evidence.join(', ')}</Fact>
      </dl>
    </aside>
  );
}
