// What somebody keeps an eye on: in the sidebar, each with how it stands now.
import { Eye } from 'lucide-react';

import { Button } from '@/components/Button';
import type { BatchView, Monitor } from '@/generated/protocol';
import { SeverityGlyph } from '@/glyphs';
import { useShortcut } from '@/lib/keys';
import { kbdOf, type ShortcutId } from '@/lib/shortcuts';
import { t } from '@/lib/tongue';
import { toggleWatch, useWatching, type Watched } from '@/lib/watching';
import { useCall } from '@/live/queries';

import { useConcern } from '../features/batches/useConcern';
import { isDone } from '../features/incidents/groups';
import { silentSince } from '../features/monitor/lanes';
import styles from './Watch.module.css';

const RANK = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;

function Dot({ state, words }: { state: 'fine' | 'silent' | 'gone'; words: string }) {
  return <span className={styles.dot} data-state={state} role="img" aria-label={words} />;
}

function HallState({ id, monitor }: { id: string; monitor: Monitor | undefined }) {
  const sittings = monitor?.sittings.filter((one) => String(one.venueId) === id) ?? [];
  const ids = new Set(sittings.map((one) => one.id));
  const open = monitor?.incidents.filter(
    (one) => !isDone(one) && one.sittingId !== null && ids.has(one.sittingId),
  );
  const worst = RANK.findLast((severity) => open?.some((one) => one.severity === severity));
  if (worst) {
    return <SeverityGlyph severity={worst} size={12} />;
  }
  if (sittings.length === 0) {
    return <Dot state="gone" words={t('app-not-today')} />;
  }
  return sittings.some((one) => silentSince(one) !== null) ? (
    <Dot state="silent" words={t('app-silent')} />
  ) : (
    <Dot state="fine" words={t('app-nothing-open')} />
  );
}

function BatchState({ batch }: { batch: BatchView | undefined }) {
  const concernOf = useConcern();
  if (!batch) {
    return <Dot state="gone" words={t('app-not-here')} />;
  }
  const concern = concernOf(batch);
  return concern ? (
    <SeverityGlyph severity={concern.severity} size={12} />
  ) : (
    <Dot state="fine" words={t('app-nothing-wrong')} />
  );
}

function placeOf({ kind, id }: Watched, monitor: Monitor | undefined): string {
  if (kind === 'batch') {
    return `#/batches/${id}`;
  }
  const sitting = monitor?.sittings.find((one) => String(one.venueId) === id);
  return sitting ? `#/monitor?hall=${sitting.id}` : '#/monitor';
}

/** The list in the sidebar; nothing while nothing is watched. */
export function Watching() {
  const watching = useWatching();
  const monitor = useCall<Monitor>('monitor').data;
  const batches = useCall<BatchView[]>('batches').data;
  if (watching.length === 0) {
    return null;
  }
  return (
    <nav className={styles.watching} aria-label={t('app-watching')}>
      <h2>{t('app-watching')}</h2>
      {watching.map((one) => (
        <a key={`${one.kind} ${one.id}`} href={placeOf(one, monitor)} title={one.name}>
          {one.kind === 'hall' ? (
            <HallState id={one.id} monitor={monitor} />
          ) : (
            <BatchState batch={batches?.find((batch) => batch.batchQRCode === one.id)} />
          )}
          <span className={one.kind === 'batch' ? 'code' : undefined}>{one.name}</span>
        </a>
      ))}
    </nav>
  );
}

/** Begins or ends to watch something. */
export function WatchButton({ one, shortcut }: { one: Watched; shortcut: ShortcutId }) {
  const watching = useWatching();
  const on = watching.some((other) => other.kind === one.kind && other.id === one.id);
  useShortcut(shortcut, () => toggleWatch(one));
  return (
    <Button
      variant="bare"
      icon={<Eye size={15} aria-hidden="true" />}
      kbd={kbdOf(shortcut)}
      aria-pressed={on}
      onPress={() => toggleWatch(one)}
    >
      {on ? t('app-watching') : t('app-watch')} <span className="visually-hidden">{one.name}</span>
    </Button>
  );
}
