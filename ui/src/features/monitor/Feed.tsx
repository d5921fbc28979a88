import type { IncidentView } from '@/generated/protocol';
import { clock } from '@/lib/time';
import { t } from '@/lib/tongue';

import { isUnnoticed, type Group } from '../incidents/groups';
import { IncidentRow } from '../incidents/IncidentRow';
import { useLateness } from '../incidents/lateness';
import styles from './Feed.module.css';

/** How long something has been is told in steps of this. */
const AGES_MS = 5_000;

interface Props {
  groups: readonly Group[];
  chosen: string | undefined;
  linkTo: (incident: IncidentView) => string;
  now: number;
  zone: string;
  behindSince: number | null;
  /** Marks what came during an outage as looked at. */
  onSeen?: (incidents: readonly IncidentView[]) => void;
}

/** The incidents in their groups; the groups are what `groupsOf` made. */
export function Feed({ groups, chosen, linkTo, now, zone, behindSince, onSeen }: Props) {
  const latenessOf = useLateness();
  const agesNow = Math.floor(now / AGES_MS) * AGES_MS;
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
              late={latenessOf(incident)}
              to={linkTo(incident)}
              selected={incident.ref === chosen}
              now={isUnnoticed(incident) ? now : agesNow}
              zone={zone}
            />
          ))}
        </section>
      ))}
    </div>
  );
}
