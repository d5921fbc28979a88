import type { IncidentView } from '@/generated/protocol';
import { clock } from '@/lib/time';
import { t } from '@/lib/tongue';

import type { Group } from '../incidents/groups';
import { IncidentRow } from '../incidents/IncidentRow';
import { useLateness } from '../incidents/lateness';
import styles from './Feed.module.css';

const MINUTE = 60_000;

interface Props {
  groups: readonly Group[];
  chosen: string | undefined;
  linkTo: (incident: IncidentView) => string;
  now: number;
  /** The moment that is looked back at. */
  at: number | null;
  zone: string;
  behindSince: number | null;
  /** Marks what came during an outage as looked at. */
  onSeen?: (incidents: readonly IncidentView[]) => void;
}

/** The incidents in their groups; the groups are what `groupsOf` made. */
export function Feed({ groups, chosen, linkTo, now, at, zone, behindSince, onSeen }: Props) {
  const { lateOf, sentOf } = useLateness(Math.floor(now / MINUTE) * MINUTE);
  return (
    <div className={styles.feed} role="region" aria-label={t('monitor-incidents')}>
      {groups.length === 0 && (
        <p className={styles.quiet}>{t('monitor-it-is-quiet-what-happens')}</p>
      )}
      {groups.map((group) => (
        <section key={group.name} aria-label={group.title} data-group={group.name}>
          <div className={styles.title}>
            <h2>
              {group.title} <span className={styles.count}>{group.incidents.length}</span>
              {behindSince !== null && group.name !== 'kept' && group.name !== 'away' && (
                <span className={styles.asOf}>
                  {' '}
                  {t('monitor-as-of', { time: clock(behindSince, zone) })}
                </span>
              )}
            </h2>
            {group.name === 'away' && (
              <span className={styles.replayed}>{t('monitor-replayed-in-order')}</span>
            )}
            {group.name === 'away' && onSeen && (
              <button type="button" className={styles.seen} onClick={() => onSeen(group.incidents)}>
                {t('monitor-mark-seen')}
              </button>
            )}
          </div>
          {group.incidents.map((incident) => (
            <IncidentRow
              key={incident.ref}
              incident={incident}
              late={lateOf(incident)}
              sent={sentOf(incident)}
              to={linkTo(incident)}
              selected={incident.ref === chosen}
              now={now}
              at={at}
              zone={zone}
            />
          ))}
        </section>
      ))}
    </div>
  );
}
