import { memo } from 'react';

import { Link } from '@/app/router';
import { Avatar } from '@/components/Avatar';
import type { IncidentView } from '@/generated/protocol';
import { SeverityGlyph, StatusGlyph, SyncGlyph } from '@/glyphs';
import { ago, clock, hm, lag, span } from '@/lib/time';
import { t } from '@/lib/tongue';
import { useServerNow } from '@/live/clock';

import { happenedAt, isDone, isUnnoticed, placeOf, shortNumber } from './groups';
import styles from './IncidentRow.module.css';

/** How long somebody still has to take notice, second by second. */
function Due({ due, at }: { due: string; at: number | null }) {
  const clockNow = useServerNow();
  const left = Date.parse(due) - (at ?? clockNow);
  return <span className={styles.due}>{left > 0 ? span(left) : t('incidents-overdue')}</span>;
}

function Age({ incident, now, zone }: { incident: IncidentView; now: number; zone: string }) {
  const at = happenedAt(incident);
  const text = incident.number === null ? hm(at, zone) : ago(now - at);
  return <span className={styles.age}>{text}</span>;
}

interface Props {
  incident: IncidentView;
  /** How late it came, in milliseconds, where an outage is why. */
  late: number | null;
  /** When it was sent, where it had to wait here for the line. */
  sent?: string | null;
  to: string;
  selected: boolean;
  now: number;
  /** The moment that is looked back at. */
  at: number | null;
  zone: string;
}

/** One line of the feed. */
export const IncidentRow = memo(function IncidentRow(props: Props) {
  const { incident, late, sent = null, to, selected, now, at, zone } = props;
  const unsent = incident.sync !== 'server';
  return (
    <Link
      to={to}
      className={styles.row}
      aria-current={selected ? 'true' : undefined}
      data-incident={incident.ref}
      data-sync={incident.sync}
      data-late={incident.arrivedLate || sent !== null || undefined}
      data-done={isDone(incident) || undefined}
    >
      <SeverityGlyph severity={incident.severity} />
      {unsent || sent !== null ? (
        <SyncGlyph sync={incident.sync} />
      ) : (
        <StatusGlyph status={incident.status} />
      )}
      <span className={styles.number}>{shortNumber(incident)}</span>
      <span className={styles.title}>{incident.title}</span>
      {sent !== null && (
        <span className={styles.late}>{t('incidents-sent-at', { time: clock(sent, zone) })}</span>
      )}
      {late !== null && (
        <span className={styles.late}>
          <span className="visually-hidden">{t('incidents-came-late')} </span>
          {lag(late)}
        </span>
      )}
      {isUnnoticed(incident) && incident.ackDueAt !== null && (
        <Due due={incident.ackDueAt} at={at} />
      )}
      <bdi className={styles.place}>{placeOf(incident)}</bdi>
      {incident.number !== null && <Avatar name={incident.assignee?.name} />}
      <Age incident={incident} now={now} zone={zone} />
    </Link>
  );
});
