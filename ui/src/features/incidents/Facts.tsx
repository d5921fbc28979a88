import type { ReactNode } from 'react';

import { useMoment } from '@/app/link';
import type { IncidentDetail } from '@/generated/protocol';
import { SeverityGlyph, StatusGlyph } from '@/glyphs';
import { clock, clockParts } from '@/lib/time';
import { words } from '@/lib/words';

import styles from './Facts.module.css';
import { happenedAt } from './groups';
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

function State({ detail: { view } }: { detail: IncidentDetail }) {
  return (
    <dl>
      <Fact name="Status">
        <StatusGlyph status={view.status} /> {words.incidentStatus[view.status]}
      </Fact>
      <Fact name="Severity">
        <SeverityGlyph severity={view.severity} /> {words.severity[view.severity]}
      </Fact>
      <Fact name="Kind">
        {words.incidentType(view.type)}
        {view.subtype && `, ${view.subtype}`}
      </Fact>
      <Fact name="Assigned to">{view.assignee?.name ?? 'Nobody yet'}</Fact>
      <Fact name="Acknowledged">
        {view.acknowledgedBy?.name ?? (view.acknowledgedAt ? 'Yes' : 'Not yet')}
      </Fact>
    </dl>
  );
}

function Where({ detail: { view, candidates, batch } }: { detail: IncidentDetail }) {
  return (
    <dl>
      <Fact name="Hall">{view.venueName ?? view.venueCode}</Fact>
      {view.seat && (
        <Fact name="Seat">
          <Code>{view.seat}</Code>
        </Fact>
      )}
      {view.courseCode && (
        <Fact name="Paper">
          <Code>{view.courseCode}</Code>
        </Fact>
      )}
      {candidates.map((candidate) => (
        <Fact key={candidate.id} name="Candidate">
          <span>
            {candidate.name} <Code>{candidate.indexNumber}</Code>
          </span>
        </Fact>
      ))}
      {batch && (
        <Fact name="Batch">
          <a href={`#/batches/${batch.batchQRCode}`}>
            <Code>{batch.batchQRCode}</Code>
          </a>
        </Fact>
      )}
    </dl>
  );
}

function Times({ detail: { view, seenAt } }: { detail: IncidentDetail }) {
  const { zone } = useMoment();
  const [received, ms] = clockParts(view.receivedAt, zone);
  return (
    <dl>
      <Fact name="Happened">{clock(happenedAt(view), zone)}</Fact>
      <Fact name="Written">
        {clock(view.times.recordedAt, zone)} <Code>{view.station}</Code>
      </Fact>
      <Fact name="Server">{view.number === null ? 'not yet' : received + ms}</Fact>
      <Fact name="Seen here">{seenAt && clock(seenAt, zone)}</Fact>
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
    <aside className={styles.facts} aria-label="Facts">
      <State detail={detail} />
      <h3>Where</h3>
      <Where detail={detail} />
      <h3>Times</h3>
      <Times detail={detail} />
      <h3>Record</h3>
      <dl>
        <Fact name="Events">{view.nEvents}</Fact>
        <Fact name="Number here">{view.localNumber && <Code>{view.localNumber}</Code>}</Fact>
        <Fact name="Reported by">{view.reportedBy?.name}</Fact>
        {view.referred && <Fact name="Committee">{view.referred.fileNumber ?? 'Referred'}</Fact>}
        {view.mergedFrom.length > 0 && <Fact name="Merged in">{view.mergedFrom.length} cases</Fact>}
        <Fact name="Witnesses">{view.witnesses.map((person) => person.name).join(', ')}</Fact>
        <Fact name="Evidence">{view.evidence.join(', ')}</Fact>
      </dl>
    </aside>
  );
}
