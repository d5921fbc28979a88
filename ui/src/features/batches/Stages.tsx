// The batches in columns, one for each stop of their way.
import type { BatchView, Stop } from '@/generated/protocol';
import { t } from '@/lib/tongue';
import { words } from '@/lib/words';

import styles from './Batches.module.css';
import { ConcernWords } from './BatchTable';
import { holderName, stopOf } from './custody';
import type { Listed } from './groups';

const STOPS = Object.keys(words.stop) as Stop[];

/** The columns: what is not printed yet only while there is any. */
export function columns(listed: readonly Listed[]): [string, Listed[]][] {
  const at = (stop?: Stop) => listed.filter(({ batch }) => stopOf(batch) === stop);
  const stops = STOPS.map((stop) => [words.stop[stop], at(stop)] as [string, Listed[]]);
  const before = at();
  return before.length === 0 ? stops : [[t('batches-not-printed'), before], ...stops];
}

/** The same batches, by stage. */
export function Stages({
  listed,
  selected,
}: {
  listed: readonly Listed[];
  selected: BatchView | undefined;
}) {
  return (
    <div className={styles['stages']}>
      {columns(listed).map(([name, members]) => (
        <section key={name} className={styles['stage']} aria-label={name} data-stage>
          <h2>
            {name} <span className="muted">{members.length}</span>
          </h2>
          {members.map(({ batch, concern }) => (
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
              {concern && <ConcernWords {...concern} />}
            </a>
          ))}
        </section>
      ))}
    </div>
  );
}
