import { useQueryClient } from '@tanstack/react-query';
import { Filter, LayoutGrid, List, ScanLine } from 'lucide-react';
import { useRef, useState, type FormEvent, type ReactNode } from 'react';

import { ErrorPanel } from '@/app/ErrorPanel';
import { zoneOf } from '@/app/link';
import { go, useRoute } from '@/app/router';
import { openCode } from '@/app/Scanned';
import { Button } from '@/components/Button';
import { Kbd } from '@/components/Kbd';
import type { BatchView } from '@/generated/protocol';
import { useBatchUpdates } from '@/hooks/useRealtimeSubscription';
import { useShortcut } from '@/lib/keys';
import { kbdOf } from '@/lib/shortcuts';
import { t } from '@/lib/tongue';
import { useServerNow } from '@/live/clock';
import { useCall, useStatus } from '@/live/queries';

import { BatchPanel } from './BatchPanel';
import styles from './Batches.module.css';
import { BatchTable } from './BatchTable';
import { grouped, MINUTE_MS, type Listed } from './groups';
import { columns, Stages } from './Stages';

/** A code typed or scanned opens its batch; words leave only what fits. */
function Fields({ words, onWords }: { words: string; onWords: (words: string) => void }) {
  const [code, setCode] = useState('');
  const filter = useRef<HTMLInputElement>(null);
  const scan = useRef<HTMLInputElement>(null);
  useShortcut('batch.filter', () => filter.current?.focus());
  useShortcut('batch.scan', () => scan.current?.focus());
  const open = async (event: FormEvent) => {
    event.preventDefault();
    if (code.trim() !== '' && (await openCode(code))) {
      setCode('');
    }
  };
  return (
    <form className={styles['fields']} onSubmit={(event) => void open(event)}>
      <label>
        <Filter size={14} aria-hidden="true" />
        <input
          ref={filter}
          data-search
          value={words}
          aria-label={t('batches-filter')}
          placeholder={t('batches-filter')}
          onChange={(event) => onWords(event.target.value)}
        />
        <Kbd>{kbdOf('batch.filter')}</Kbd>
      </label>
      <label>
        <ScanLine size={14} aria-hidden="true" />
        <input
          ref={scan}
          value={code}
          aria-label={t('batches-scan')}
          placeholder={t('batches-scan')}
          onChange={(event) => setCode(event.target.value)}
        />
        <Kbd>{kbdOf('batch.scan')}</Kbd>
      </label>
    </form>
  );
}

/** Whether every word is somewhere in what is shown of a batch. */
function fits(batch: BatchView, words: string): boolean {
  const { batchQRCode, courseName, venueName, holder } = batch;
  const text = [batchQRCode, courseName, venueName, holder.name].join(' ').toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function Head({
  count,
  children,
  asStages,
  onStages,
}: {
  count: number;
  asStages: boolean;
  onStages: (asStages: boolean) => void;
  children: ReactNode;
}) {
  return (
    <header className={styles['header']}>
      <h1>
        {t('batches-batches')} <span className="muted">{t('batches-today', { count })}</span>
      </h1>
      {children}
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
      'batch:printed',
    ],
    onEvent: () => void client.invalidateQueries(['batches']),
  });
  return useCall<BatchView[]>('batches');
}

/** What stands in groups, one after the other. */
const inOrder = (groups: readonly [string, Listed[]][]) => groups.flatMap(([, members]) => members);

/** `J`, `K` and the arrows move in the order in which the batches stand. */
function useMoving(ordered: readonly Listed[], selected: BatchView | undefined): void {
  const move = (by: number) => {
    const next = ordered[ordered.findIndex(({ batch }) => batch.id === selected?.id) + by];
    if (next) {
      go(`#/batches/${next.batch.batchQRCode}`);
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
  const [words, setWords] = useState('');
  const all = batches.data ?? [];
  const list = all.filter((batch) => fits(batch, words));
  const zone = zoneOf(useStatus());
  const now = useServerNow(MINUTE_MS);
  const groups = grouped(list, zone, now);
  const listed = inOrder(groups);
  const selected = list.find((batch) => batch.batchQRCode === path[1]) ?? listed[0]?.batch;
  useMoving(asStages ? inOrder(columns(listed)) : listed, selected);
  return (
    <div className={styles['page']}>
      <Head count={list.length} asStages={asStages} onStages={setAsStages}>
        <Fields words={words} onWords={setWords} />
      </Head>
      <div className={styles['body']}>
        {batches.error && !batches.data && (
          <ErrorPanel failure={batches.error} onAgain={() => void batches.refetch()} />
        )}
        {batches.isSuccess && list.length === 0 && (
          <p className={styles['empty']}>
            {t(all.length === 0 ? 'batches-no-batches-yet-they-are' : 'batches-none-fits')}
          </p>
        )}
        {list.length > 0 &&
          (asStages ? (
            <Stages {...{ listed, selected }} />
          ) : (
            <BatchTable {...{ groups, selected, zone, now }} />
          ))}
        {selected && <BatchPanel id={selected.id} />}
      </div>
    </div>
  );
}
