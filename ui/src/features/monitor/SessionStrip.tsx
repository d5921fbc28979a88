import type { ReactNode } from 'react';

import type { IncidentView, SittingView } from '@/generated/protocol';
import { SeverityGlyph } from '@/glyphs';
import { grouped, hm, span } from '@/lib/time';
import { t } from '@/lib/tongue';
import { useServerNow } from '@/live/clock';

import { isDone } from '../incidents/groups';
import { isOn, sessionName } from './lanes';
import styles from './SessionStrip.module.css';

/** A figure with its name, and since when it stands still. */
function Figure({
  name,
  asOf,
  children,
}: {
  name: string;
  asOf: string | null;
  children: ReactNode;
}) {
  return (
    <div className={styles.figure}>
      <dt>
        {name} {asOf && <span className={styles.asOf}>{asOf}</span>}
      </dt>
      <dd data-old={asOf ? true : undefined}>{children}</dd>
    </div>
  );
}

function sum(sittings: readonly SittingView[], of: (sitting: SittingView) => number): number {
  return sittings.reduce((total, sitting) => total + of(sitting), 0);
}

/** The planned time that most candidates of the session have. */
function plannedTime(session: readonly SittingView[]): [number, number] {
  const [biggest] = session.toSorted((one, other) => other.expected - one.expected);
  return biggest ? [Date.parse(biggest.startsAt), Date.parse(biggest.effectiveEnd)] : [0, 0];
}

function Time({ from, to, now, zone }: { from: number; to: number; now: number; zone: string }) {
  const done = Math.min(1, Math.max(0, (now - from) / Math.max(1, to - from)));
  return (
    <div className={styles.session}>
      <h2>{sessionName(from, zone)}</h2>
      <span className={styles.hours}>
        {hm(from, zone)} – {hm(to, zone)}
      </span>
      <div className={styles.bar} aria-hidden="true">
        <span style={{ width: `${done * 100}%` }} />
      </div>
    </div>
  );
}

/** What is left, second by second; at a moment that is looked back at it stands still. */
function TimeLeft({ from, to, at }: { from: number; to: number; at: number | null }) {
  const clockNow = useServerNow();
  const now = at ?? clockNow;
  if (now < from) {
    return (
      <Figure name={t('monitor-begins-in')} asOf={null}>
        {span(from - now)}
      </Figure>
    );
  }
  return (
    <Figure name={t('monitor-time-left')} asOf={null}>
      {now < to ? span(to - now) : '0:00'}
    </Figure>
  );
}

function Reporting({ session, behind }: { session: readonly SittingView[]; behind: boolean }) {
  const halls = new Map(session.map((sitting) => [sitting.venueId, sitting]));
  const speaking = [...halls.values()].filter((hall) =>
    hall.stations.some((one) => one.online),
  ).length;
  return (
    <Figure name={t('monitor-halls-reporting')} asOf={null}>
      {behind ? '–' : speaking} <small>{t('monitor-of-2', { size: halls.size })}</small>
    </Figure>
  );
}

interface Props {
  session: readonly SittingView[];
  incidents: readonly IncidentView[];
  now: number;
  /** The moment that is looked back at. */
  at: number | null;
  zone: string;
  behindSince: number | null;
}

/** The session that is on, in seven figures. */
export function SessionStrip({ session, incidents, now, at, zone, behindSince }: Props) {
  const [from, to] = plannedTime(session);
  const asOf = behindSince === null ? null : hm(behindSince, zone);
  const started = session.filter((sitting) => isOn(sitting) || sitting.phase === 'CLOSED');
  const present = sum(session, (sitting) => sitting.present);
  const open = incidents.filter((incident) => !isDone(incident));
  const critical = open.filter((incident) => incident.severity === 'CRITICAL').length;
  return (
    <section className={styles.strip} aria-label={t('monitor-session')}>
      <Time from={from} to={to} now={now} zone={zone} />
      <dl className={styles.figures}>
        <TimeLeft from={from} to={to} at={at} />
        <Reporting session={session} behind={behindSince !== null} />
        <Figure name={t('monitor-checked-in')} asOf={asOf}>
          {grouped(present)}{' '}
          <small>
            {t('monitor-of-3', { session: sum(session, (sitting) => sitting.expected) })}
          </small>
        </Figure>
        <Figure name={t('monitor-absent')} asOf={asOf}>
          {grouped(sum(started, (sitting) => sitting.expected - sitting.present))}
        </Figure>
        <Figure name={t('monitor-out-of-hall')} asOf={asOf}>
          {sum(session, (sitting) => sitting.out.length)}
        </Figure>
        <Figure name={t('monitor-scripts-in')} asOf={asOf}>
          {grouped(sum(session, (sitting) => sitting.batch?.scriptsCollected ?? 0))}{' '}
          <small>{t('monitor-of-4', { present })}</small>
        </Figure>
        <Figure name={t('monitor-open-incidents')} asOf={asOf}>
          {open.length}
          {critical > 0 && (
            <span className={styles.critical}>
              <SeverityGlyph severity="CRITICAL" size={12} /> {t('monitor-critical', { critical })}
            </span>
          )}
        </Figure>
      </dl>
    </section>
  );
}
