// The batches as a table, what to look at first.
import { Fragment } from 'react';

import { go } from '@/app/router';
import type { BatchView, StopState } from '@/generated/protocol';
import { SeverityGlyph, SyncGlyph } from '@/glyphs';
import { hm } from '@/lib/time';
import { t } from '@/lib/tongue';
import { useServerNow } from '@/live/clock';

import styles from './Batches.module.css';
import { holderName, standing, trouble } from './custody';
import { GROUP_TITLES, type Concern, type Group, type Listed } from './groups';
import { isWriting, lapseOf, sinceWords, wantedWords, whenOf } from './way';

/** Why somebody should look at a batch; otherwise what comes next with it. */
function Next({ listed, zone, now }: { listed: Listed; zone: string; now: number }) {
  const { batch, concern } = listed;
  if (concern) {
    return <ConcernWords {...concern} />;
  }
  return <>{comingWords(batch, zone, now) ?? <Since batch={batch} />}</>;
}

/** Why somebody should look at a batch. */
export function ConcernWords({ severity, words }: Concern) {
  return (
    <span className={styles['wrong']}>
      <SeverityGlyph severity={severity} size={12} /> {words}
    </span>
  );
}

/** What comes next by itself, was offered, or is wanted by a time. */
function comingWords(batch: BatchView, zone: string, now: number): string | undefined {
  if (batch.openTransfer?.state === 'OFFERED') {
    return offered(batch, batch.openTransfer.to.name, zone);
  }
  if (batch.endsAt && isWriting(batch, now)) {
    return t('batches-ends', { time: hm(batch.endsAt, zone) });
  }
  return wantedWords(batch, zone, now);
}

/** How long a batch has waited, or has been on its way: below a minute in seconds. */
function Since({ batch }: { batch: BatchView }) {
  const now = useServerNow();
  return <>{sinceWords(batch, now)}</>;
}

/** To whom a batch was offered, and until when. */
function offered(batch: BatchView, name: string, zone: string): string {
  const lapse = lapseOf(batch);
  return lapse === null
    ? t('batches-offered-to', { name })
    : t('batches-to-by', { name, time: whenOf(lapse, batch, zone) });
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

function Row({
  listed,
  here,
  zone,
  now,
}: {
  listed: Listed;
  here: boolean;
  zone: string;
  now: number;
}) {
  const { batch } = listed;
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
        <Next listed={listed} zone={zone} now={now} />
      </td>
    </tr>
  );
}

/** All batches, by what is to be done with them. */
export function BatchTable({
  groups,
  selected,
  zone,
  now,
}: {
  groups: readonly [Group, Listed[]][];
  selected: BatchView | undefined;
  zone: string;
  now: number;
}) {
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
          {groups.map(([group, members]) => (
            <Fragment key={group}>
              <tr className={styles['group']}>
                <th colSpan={6} scope="rowgroup">
                  {GROUP_TITLES[group]} <span className="muted">{members.length}</span>
                </th>
              </tr>
              {members.map((listed) => (
                <Row
                  key={listed.batch.id}
                  {...{ listed, zone, now }}
                  here={listed.batch.id === selected?.id}
                />
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}
