// Where a missing script may lie, the likeliest place first, as the rules work it out.
import type { Batch, IncidentDetail } from '@/generated/protocol';
import { t } from '@/lib/tongue';
import { said } from '@/lib/said';
import { useCall } from '@/live/queries';

import styles from './Custody.module.css';
import { isDone } from './groups';

/** The places to look, while the incident is open. */
export function Proposals({ detail }: { detail: IncidentDetail }) {
  const batches = useCall<Batch[]>('batches').data ?? [];
  if (detail.proposals.length === 0 || isDone(detail.view)) {
    return null;
  }
  return (
    <section className={styles.custody} aria-label={t('incidents-look-here')}>
      <h3>{t('incidents-look-here')}</h3>
      <ol className={styles.places}>
        {detail.proposals.map(({ reason, batchId }) => {
          const code = batches.find((one) => one.id === batchId)?.batchQRCode;
          return (
            <li key={reason}>
              {said(reason)}{' '}
              {code && (
                <a href={`#/batches/${code}`} className="code">
                  {code}
                </a>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
