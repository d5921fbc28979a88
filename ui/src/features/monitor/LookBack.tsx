// The board as it was: a moment of the day is chosen, and the console folds the log up to there.
import { History } from 'lucide-react';
import { useDeferredValue, useEffect, useState } from 'react';

import { goWith } from '@/app/router';
import { Button } from '@/components/Button';
import type { MonitorAt, SittingView } from '@/generated/protocol';
import { useShortcut } from '@/lib/keys';
import { kbdOf } from '@/lib/shortcuts';
import { clock, grouped, hm } from '@/lib/time';
import { Said, t } from '@/lib/tongue';
import { useCall, useStatus } from '@/live/queries';

import styles from './LookBack.module.css';

const MINUTE = 60_000;
/** The axis begins so long before the first paper. */
const BEFORE = 60 * MINUTE;

/** The moment that is looked at; none is now. */
export function momentOf(search: URLSearchParams): number | null {
  const at = Number(search.get('at'));
  return Number.isFinite(at) && at > 0 ? at : null;
}

/** Shows the board as it was at `at`; none is now. */
export function lookAt(at: number | null): void {
  goWith('at', at === null ? null : String(at));
}

/** Begins to look back, at a quarter of an hour ago. */
export function LookBackButton({ now }: { now: number }) {
  const begin = () => lookAt(Math.floor(now / MINUTE) * MINUTE - 15 * MINUTE);
  useShortcut('monitor.back', begin);
  return (
    <Button
      variant="bare"
      kbd={kbdOf('monitor.back')}
      icon={<History size={15} aria-hidden="true" />}
      onPress={begin}
    >
      {t('monitor-look-back')}
    </Button>
  );
}

/** What was at a moment; the one before stays until the next is there. */
export function useMonitorAt(at: number | null): MonitorAt | undefined {
  const args = { at: new Date(at ?? 0).toISOString() };
  return useCall<MonitorAt>('monitor_at', args, { enabled: at !== null }).data;
}

/** The day as a line on which the moment is moved. */
export function LookBack({
  at,
  past,
  sittings,
  now,
  zone,
}: {
  at: number;
  past: MonitorAt | undefined;
  sittings: readonly SittingView[];
  now: number;
  zone: string;
}) {
  const begins = useStatus()?.begins;
  const [moment, setMoment] = useState(at);
  const asked = useDeferredValue(moment);
  useEffect(() => {
    if (asked !== at) {
      lookAt(asked);
    }
    // Only what is moved here is followed.
  }, [asked]); // oxlint-disable-line react/exhaustive-deps
  const first = Math.min(now, ...sittings.map((one) => Date.parse(one.startsAt))) - BEFORE;
  const step = (by: number) => setMoment(Math.min(now, Math.max(first, moment + by)));
  useShortcut('monitor.earlier', () => step(-MINUTE));
  useShortcut('monitor.later', () => step(MINUTE));
  return (
    <section className={styles.back} aria-label={t('monitor-look-back')}>
      <strong role="status">
        <Said id="monitor-as-it-was" args={{ time: <time>{clock(moment, zone)}</time> }} />
      </strong>
      <span className={styles.from}>{hm(first, zone)}</span>
      <input
        type="range"
        aria-label={t('monitor-moment')}
        aria-valuetext={clock(moment, zone)}
        min={first}
        max={now}
        step={MINUTE}
        value={moment}
        onChange={(event) => setMoment(Number(event.target.value))}
      />
      <span>{hm(now, zone)}</span>
      <span className={styles.seq}>
        {past && t('monitor-up-to', { seq: `#${grouped(past.seq)}` })}
        {past && !past.whole && ` ${t(begins ? 'monitor-not-remembered' : 'monitor-not-whole')}`}
      </span>
      <Button variant="ink" kbd="Esc" onPress={() => lookAt(null)}>
        {t('monitor-back-to-now')}
      </Button>
    </section>
  );
}
