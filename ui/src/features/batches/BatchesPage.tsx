import { useQueryClient } from '@tanstack/react-query';
import { LayoutGrid, List } from 'lucide-react';
import { useState } from 'react';

import { ErrorPanel } from '@/app/ErrorPanel';
import { go, useRoute } from '@/app/router';
import { Button } from '@/components/Button';
import type { BatchView } from '@/generated/protocol';
import { useBatchUpdates } from '@/hooks/useRealtimeSubscription';
import { useShortcut } from '@/lib/keys';
import { t } from '@/lib/tongue';
import { useCall } from '@/live/queries';

import { BatchPanel } from './BatchPanel';
import styles from './Batches.module.css';
import { BatchTable } from './BatchTable';
import { grouped } from './custody';
import { Stages } from './Stages';

function Head({
  count,
  asStages,
  onStages,
}: {
  count: number;
  asStages: boolean;
  onStages: (asStages: boolean) => void;
}) {
  return (
    <header className={styles['header']}>
      <h1>
        {t('batches-batches')} <span className="muted">{t('batches-today', { count })}</span>
      </h1>
      <div role="group" aria-label={t('batches-view')} className={styles['views']}>
        <Button
          variant={asStages ? 'bare' : 'plain'}
          icon={<List size={14} />}
          aria-pressed={!asStages}
          onPress={() => onStages(false)}
        >
          {t('batches-list')}
        </Button>
        <Button
          variant={asStages ? 'plain' : 'bare'}
          icon={<LayoutGrid size={14} />}
          aria-pressed={asStages}
          onPress={() => onStages(true)}
        >
          {t('batches-stages')}
        </Button>
      </div>
    </header>
  );
}

/** The batches, kept true by their events. */
function useBatches() {
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
  return useCall<BatchView[]>('batches');
}

/** `J`, `K` and the arrows move in the order in which the batches stand. */
function useMoving(list: readonly BatchView[], selected: BatchView | undefined): void {
  const ordered = grouped(list).flatMap(([, members]) => members);
  const move = (by: number) => {
    const next = ordered[ordered.findIndex((batch) => batch.id === selected?.id) + by];
    if (next) {
      go(`#/batches/${next.batchQRCode}`);
    }
  };
  useShortcut('list.down', () => move(1));
  useShortcut('list.up', () => move(-1));
}

/** The batches of the institution: where each is, who answers for it, what is wrong with it. */
export function BatchesPage() {
  const { path } = useRoute();
  const batches = useBatches();
  const [asStages, setAsStages] = useState(false);
  const list = batches.data ?? [];
  const selected = list.find((batch) => batch.batchQRCode === path[1]) ?? list[0];
  useMoving(list, selected);
  const Shown = asStages ? Stages : BatchTable;
  return (
    <div className={styles['page']}>
      <Head count={list.length} asStages={asStages} onStages={setAsStages} />
      <div className={styles['body']}>
        {batches.error && !batches.data && (
          <ErrorPanel failure={batches.error} onAgain={() => void batches.refetch()} />
        )}
        {batches.isSuccess && list.length === 0 && (
          <p className={styles['empty']}>{t('batches-no-batches-yet-they-are')}</p>
        )}
        {list.length > 0 && <Shown batches={list} selected={selected} />}
        {selected && <BatchPanel id={selected.id} />}
      </div>
    </div>
  );
}
