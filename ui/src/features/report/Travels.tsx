// How a report travels, and what is open in the hall already.
import { Check, Clock } from 'lucide-react';

import { Avatar } from '@/components/Avatar';
import type { IncidentView, Monitor, Severity } from '@/generated/protocol';
import { SeverityGlyph } from '@/glyphs';
import { clock } from '@/lib/time';
import { t } from '@/lib/tongue';
import { useCall, useStatus } from '@/live/queries';

import { isDone, placeOf } from '../incidents/groups';
import styles from './Report.module.css';

function Way() {
  const status = useStatus();
  if (!status) {
    return null;
  }
  const { link } = status;
  const limits = status.server?.limits ?? null;
  if (limits !== null) {
    return (
      <>
        <p className={styles.way}>
          <Clock size={14} aria-hidden="true" /> <b>{t('report-kept-on-this-station')}</b>
        </p>
        <p>{limits}</p>
      </>
    );
  }
  if (link.state === 'live') {
    return (
      <>
        <p className={styles.way}>
          <Check size={14} aria-hidden="true" /> <b>{t('report-sent-at-once')}</b>
          {link.roundTripMs !== null && (
            <span className="muted">
              {t('report-ms', { roundTripMs: Math.round(link.roundTripMs) })}
            </span>
          )}
        </p>
        <p>{t('report-if-the-line-drops-it')}</p>
      </>
    );
  }
  const waiting = status.outbox.waiting + status.outbox.sending;
  return (
    <>
      <p className={styles.way}>
        <Clock size={14} aria-hidden="true" /> <b>{t('report-kept-on-this-station')}</b>
      </p>
      <p>
        {t(waiting > 0 ? 'report-no-line-after' : 'report-no-line-since-it-is', {
          time: clock(link.since, status.institution?.timezone),
          waiting,
        })}
      </p>
    </>
  );
}

/** Who sees the report, and from which severity on somebody is called by a message. */
function Who({ sittingId, severity }: { sittingId: number | null; severity: Severity }) {
  const sittings = useCall<Monitor>('monitor').data?.sittings ?? [];
  const sitting = sittings.find((one) => one.id === sittingId);
  const chief = sitting?.invigilators.find((one) => one.role === 'CHIEF_INVIGILATOR');
  const calls = severity === 'HIGH' || severity === 'CRITICAL';
  return (
    <>
      <h3>{t('report-who-will-know')}</h3>
      <p className={styles.way}>
        <Avatar initials={t('report-office-initials')} /> <b>{t('report-exam-office')}</b>
      </p>
      {chief && (
        <p className={styles.way}>
          <Avatar name={chief.name} /> <b>{chief.name}</b>{' '}
          <span className="muted">{t('report-chief')}</span>
        </p>
      )}
      <p>{t(calls ? 'report-message-at-once' : 'report-message-from-high')}</p>
    </>
  );
}

/** The side of the report. */
export function Travels({
  sittingId,
  studentId,
  severity,
}: {
  sittingId: number | null;
  studentId: number | null;
  severity: Severity;
}) {
  const incidents = useCall<IncidentView[]>('incidents').data ?? [];
  const here = incidents.filter((one) => one.sittingId === sittingId && !isDone(one)).slice(0, 4);
  const same = incidents
    .filter((one) => studentId !== null && one.candidates.includes(studentId))
    .slice(0, 3);
  return (
    <div className={styles.side}>
      <Who sittingId={sittingId} severity={severity} />
      <h3>{t('report-how-it-travels')}</h3>
      <Way />
      <h3>{t('report-open-in-this-hall')}</h3>
      <Cases incidents={here} />
      {studentId !== null && (
        <>
          <h3>{t('report-same-candidate')}</h3>
          <Cases incidents={same} />
        </>
      )}
    </div>
  );
}

function Cases({ incidents }: { incidents: readonly IncidentView[] }) {
  if (incidents.length === 0) {
    return <p>{t('report-nothing-reported')}</p>;
  }
  return (
    <ul>
      {incidents.map((one) => (
        <li key={one.ref} className={styles.way}>
          <SeverityGlyph severity={one.severity} size={12} />
          <span>
            {one.title} <bdi className="code">{placeOf(one)}</bdi>
          </span>
        </li>
      ))}
    </ul>
  );
}
