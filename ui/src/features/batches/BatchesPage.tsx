import { LayoutGrid, List } from 'lucide-react';
import { Fragment, useState } from 'react';

import { go, useRoute } from '@/app/router';
import { Button } from '@/components/Button';
import type { BatchView } from '@/generated/protocol';
import { SeverityGlyph, SyncGlyph } from '@/glyphs';
import { useBatchUpdates } from '@/hooks/useRealtimeSubscription';
import { useKey } from '@/lib/keys';
import { hm } from '@/lib/time';
import { words } from '@/lib/words';
import { useCall, useStatus } from '@/live/queries';
import { useQueryClient } from '@tanstack/react-query';

import { BatchPanel } from './BatchPanel';
import styles from './Batches.module.css';
import { GROUP_TITLES, grouped, holderName, placeOf, trouble, WAY } from './custody';

/** The batches of the institution: where each is, who answers for it, what is wrong with it. */
export function BatchesPage() {
  const { path } = useRoute();
  const batches = useCall<BatchView[]>('batches');
  const client = useQueryClient();
  useBatchUpdates({
    events: [
      'batch:created',
      'batch:sealed',
      'batch:assigned',
      'batch:stats_updated',
      'batch:status_changed',
    ],
    onEvent: () => void client.invalidateQueries(['batches']),
  });
  const [asStages, setAsStages] = useState(false);
  const list = batches.data ?? [];
  const selected = list.find((batch) => batch.batchQRCode === path[1]) ?? list[0];
  const ordered = grouped(list).flatMap(([, members]) => members);
  const move = (by: number) => {
    const at = ordered.findIndex((batch) => batch.id === selected?.id);
    const next = ordered[at + by];
    if (next) {
      go(`#/batches/${next.batchQRCode}`);
    }
  };
  useKey('j', () => move(1));
  useKey('k', () => move(-1));
  useKey('ArrowDown', () => move(1));
  useKey('ArrowUp', () => move(-1));
  return (
    <div className={styles['page']}>
      <header className={styles['header']}>
        <h1>
          Batches <span className="muted">{list.length} today</span>
        </h1>
        <div role="group" aria-label="View" className={styles['views']}>
          <Button
            variant={asStages ? 'bare' : 'plain'}
            icon={<List size={14} />}
            aria-pressed={!asStages}
            onPress={() => setAsStages(false)}
          >
            List
          </Button>
          <Button
            variant={asStages ? 'plain' : 'bare'}
            icon={<LayoutGrid size={14} />}
            aria-pressed={asStages}
            onPress={() => setAsStages(true)}
          >
            Stages
          </Button>
        </div>
      </header>
      <div className={styles['body']}>
        {batches.isSuccess && list.length === 0 ? (
          <p className={styles['empty']}>
            No batches yet. They are made when the timetable is published.
          </p>
        ) : asStages ? (
          <Stages batches={list} selected={selected} />
        ) : (
          <BatchTable batches={list} selected={selected} />
        )}
        {selected && <BatchPanel id={selected.id} />}
      </div>
    </div>
  );
}

function BatchTable({
  batches,
  selected,
}: {
  batches: readonly BatchView[];
  selected: BatchView | undefined;
}) {
  const zone = useStatus()?.institution?.timezone ?? 'UTC';
  return (
    <div className={styles['scroll']}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th>Batch</th>
            <th>Paper</th>
            <th>Custody</th>
            <th className={styles['number']}>Scripts</th>
            <th>Held by</th>
            <th>Next</th>
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
                <tr
                  key={batch.id}
                  data-batch={batch.batchQRCode}
                  data-sync={batch.sync}
                  aria-selected={batch.id === selected?.id}
                  className={styles['row']}
                  onClick={() => go(`#/batches/${batch.batchQRCode}`)}
                >
                  <td>
                    <a href={`#/batches/${batch.batchQRCode}`} className={`code ${styles['link']}`}>
                      {batch.batchQRCode}
                    </a>
                    {batch.sync !== 'server' && <SyncGlyph sync={batch.sync} />}
                  </td>
                  <td className={styles['paper']}>{batch.courseName}</td>
                  <td>
                    <CustodyTrack batch={batch} />
                  </td>
                  <td className={styles['number']}>
                    {batch.scriptsCollected}
                    <span className="muted">/{batch.present || batch.totalRegistered}</span>
                  </td>
                  <td className={styles['paper']}>{holderName(batch)}</td>
                  <td>
                    <Next batch={batch} zone={zone} />
                  </td>
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

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
    return <>offered to {batch.openTransfer.to.name}</>;
  }
  if (batch.endsAt && (batch.status === 'PENDING' || batch.status === 'IN_COLLECTION')) {
    return <>ends {hm(batch.endsAt, zone)}</>;
  }
  return null;
}

/** Eight cells: passed ones filled, the present one dark, what is to come light. */
export function CustodyTrack({ batch }: { batch: BatchView }) {
  const at = placeOf(batch.status);
  const wrong = trouble(batch) !== undefined;
  return (
    <span className={styles['track']}>
      <span aria-hidden="true" className={styles['cells']}>
        {WAY.map((status, place) => (
          <span
            key={status}
            className={styles['cell']}
            data-state={
              place < at ? 'passed' : place === at ? (wrong ? 'wrong' : 'here') : 'to-come'
            }
          />
        ))}
      </span>
      {words.batchStatus[batch.status]}
    </span>
  );
}

function Stages({
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
