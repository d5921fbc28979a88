// The batches as a table, what to look at first.
import { Fragment } from 'react';

import { zoneOf } from '@/app/link';
import { go } from '@/app/router';
import type { BatchView, StopState } from '@/generated/protocol';
import { SeverityGlyph, SyncGlyph } from '@/glyphs';
import { ago, hm } from '@/lib/time';
import { t } from '@/lib/tongue';
import { useServerNow } from '@/live/clock';
import { useStatus } from '@/live/queries';

import styles from './Batches.module.css';
import { GROUP_TITLES, grouped, holderName, standing, trouble } from './custody';
import { lapseOf, wantedOf, whenOf } from './way';

/** What a row says of the time is true to the minute: it is drawn no more often. */
const MINUTE_MS = 60_000;

function Next({ batch, zone }: { batch: BatchView; zone: string }) {
  const wrong = trouble(batch);
  if (wrong !== undefined) {
    return (
      <span className={styles['wrong']}>
        <SeverityGlyph severity="HIGH" size={12} /> {wrong}
      </span>
    );
  }
  if (batch.openTransfer?.state === 'OFFERED') {
    return <>{offered(batch, batch.openTransfer.to.name, zone)}</>;
  }
  return <Coming batch={batch} zone={zone} />;
}

/** What comes next by itself, or is wanted by a time; what is late is marked. */
function Coming({ batch, zone }: { batch: BatchView; zone: string }) {
  const now = useServerNow(MINUTE_MS);
  const isWriting = batch.endsAt !== null && now < Date.parse(batch.endsAt);
  if (batch.endsAt && (batch.status === 'PENDING' || isWriting)) {
    return <>{t('batches-ends', { time: hm(batch.endsAt, zone) })}</>;
  }
  const wanted = wantedOf(batch, zone, now);
  if (!wanted) {
    return <Since batch={batch} />;
  }
  return wanted.isLate ? (
    <span className={styles['wrong']}>
      <SeverityGlyph severity="MEDIUM" size={12} />{' '}
      {batch.status === 'SEALED' ? <Since batch={batch} /> : wanted.words}
    </span>
  ) : (
    <>{wanted.words}</>
  );
}

/** To whom a batch was offered, and until when. */
function offered(batch: BatchView, name: string, zone: string): string {
  const lapse = lapseOf(batch);
  return lapse === null
    ? t('batches-offered-to', { name })
    : t('batches-to-by', { name, time: whenOf(lapse, batch, zone) });
}

/** How long a batch has waited to be taken along, or has been on its way. */
function Since({ batch }: { batch: BatchView }) {
  const now = useServerNow();
  const reached = batch.steps.findLast((step) => step.status === batch.status);
  if (!reached || (batch.status !== 'SEALED' && batch.status !== 'IN_TRANSIT')) {
    return null;
  }
  const id = batch.status === 'SEALED' ? 'batches-waits-for' : 'batches-on-its-way-for';
  return <>{t(id, { span: ago(now - Date.parse(reached.at)) })}</>;
}

const CELL: Record<StopState, string> = {
  PASSED: 'passed',
  UNNOTED: 'unnoted',
  HERE: 'here',
  TO_COME: 'to-come',
};

/**
 * Eight cells, one for each stop: passed ones filled, hollow where nobody wrote it down, the present
 * one dark, what is to come light.
 */
export function CustodyTrack({ batch }: { batch: BatchView }) {
  const wrong = trouble(batch) !== undefined;
  return (
    <span className={styles['track']}>
      <span aria-hidden="true" className={styles['cells']}>
        {batch.way.map(({ stop, state }) => (
          <span
            key={stop}
            className={styles['cell']}
            data-state={wrong && state === 'HERE' ? 'wrong' : CELL[state]}
          />
        ))}
      </span>
      {standing(batch)}
    </span>
  );
}

function Row({ batch, here, zone }: { batch: BatchView; here: boolean; zone: string }) {
  return (
    <tr
      data-batch={batch.batchQRCode}
      data-sync={batch.sync}
      aria-selected={here}
      className={styles['row']}
      onClick={() => go(`#/batches/${batch.batchQRCode}`)}
    >
      <td>
        <a href={`#/batches/${batch.batchQRCode}`} className={`code ${styles['link']}`}>
          {batch.batchQRCode}
        </a>
        {batch.sync !== 'server' && <SyncGlyph sync={batch.sync} />}
      </td>
      <td className={`${styles['paper']} ${styles['roomy']}`}>{batch.courseName}</td>
      <td>
        <CustodyTrack batch={batch} />
      </td>
      <td className={styles['number']}>
        {batch.scriptsCollected}
        <span className="muted">/{batch.present || batch.totalRegistered}</span>
      </td>
      <td className={`${styles['paper']} ${styles['roomy']}`}>{holderName(batch)}</td>
      <td>
        <Next batch={batch} zone={zone} />
      </td>
    </tr>
  );
}

/** All batches, by what is to be done with them. */
export function BatchTable({
  batches,
  selected,
}: {
  batches: readonly BatchView[];
  selected: BatchView | undefined;
}) {
  const zone = zoneOf(useStatus());
  return (
    <div className={styles['scroll']}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th>{t('batches-batch')}</th>
            <th className={styles['roomy']}>{t('batches-paper')}</th>
            <th>{t('batches-custody')}</th>
            <th className={styles['number']}>{t('batches-scripts')}</th>
            <th className={styles['roomy']}>{t('batches-held-by-2')}</th>
            <th>{t('batches-next')}</th>
          </tr>
        </thead>
        <tbody>
          {grouped(batches).map(([group, members]) => (
            <Fragment key={group}>
              <tr className={styles['group']}>
                <th colSpan={6} scope="rowgroup">
                  {GROUP_TITLES[group]} <span className="muted">{members.length}</span>
                </th>
              </tr>
              {members.map((batch) => (
                <Row key={batch.id} batch={batch} here={batch.id === selected?.id} zone={zone} />
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}
