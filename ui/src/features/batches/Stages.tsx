// The batches in columns, one for each place of their way.
import type { BatchView } from '@/generated/protocol';
import { words } from '@/lib/words';

import styles from './Batches.module.css';
import { holderName, WAY } from './custody';

/** The same batches, by stage. */
export function Stages({
  batches,
  selected,
}: {
  batches: readonly BatchView[];
  selected: BatchView | undefined;
}) {
  return (
    <div className={styles['stages']}>
      {WAY.map((status) => {
        const members = batches.filter((batch) => batch.status === status);
        return (
          <section key={status} className={styles['stage']} aria-label={words.batchStatus[status]}>
            <h2>
              {words.batchStatus[status]} <span className="muted">{members.length}</span>
            </h2>
            {members.map((batch) => (
              <a
                key={batch.id}
                href={`#/batches/${batch.batchQRCode}`}
                className={styles['card']}
                aria-current={batch.id === selected?.id}
              >
                <span className="code">{batch.batchQRCode}</span>
                <span>
                  {batch.scriptsCollected}
                  <span className="muted">/{batch.present || batch.totalRegistered}</span>{' '}
                  {holderName(batch)}
                </span>
              </a>
            ))}
          </section>
        );
      })}
    </div>
  );
}
