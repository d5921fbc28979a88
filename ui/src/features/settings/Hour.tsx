// The last hour of the link: events a minute, the round trip, and where nothing was heard.
import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';

import type { Outage, ReviewResult } from '@/generated/protocol';
import { call } from '@/host';
import { hm, span } from '@/lib/time';
import { t } from '@/lib/tongue';
import { onTrips, trips } from '@/live/trips';
import { serverNow } from '@/live/store';

import { EVERYTHING } from '../review/query';
import styles from './Hour.module.css';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** The chart's own measure; it is stretched to its place. */
const [WIDTH, HEIGHT] = [1000, 100];

/** Points of a line over the hour that ends at `now`. */
export function lineOf(
  points: readonly { at: number; n: number }[],
  most: number,
  now: number,
): string {
  return points
    .map(({ at, n }) => {
      const x = ((at - now + HOUR) / HOUR) * WIDTH;
      return `${x.toFixed(1)},${(HEIGHT - (n / Math.max(1, most)) * HEIGHT * 0.92).toFixed(1)}`;
    })
    .join(' ');
}

/** What was heard in each minute of the hour; minutes without an event count too. */
export function minutesOf(result: Pick<ReviewResult, 'histogram'>, now: number) {
  const minutes = Array.from({ length: 60 }, (_, n) => ({ at: now - HOUR + n * MINUTE, n: 0 }));
  for (const bar of result.histogram) {
    const minute = minutes[Math.floor((bar.from - now + HOUR) / MINUTE)];
    if (minute) {
      minute.n += bar.n + bar.late;
    }
  }
  return minutes;
}

/** Parts of the hour in which there was no link. */
export function gapsOf(outages: readonly Outage[], now: number): [number, number][] {
  return outages
    .map((one): [number, number] => [
      Math.max(now - HOUR, Date.parse(one.from)),
      one.to === null ? now : Math.min(now, Date.parse(one.to)),
    ])
    .filter(([from, to]) => from < to);
}

function useHour() {
  const { data } = useQuery({
    queryKey: ['hour'],
    queryFn: async () => {
      const now = serverNow();
      const query = { ...EVERYTHING, from: now - HOUR, to: now };
      return { now, found: await call<ReviewResult>('review', query) };
    },
    refetchInterval: MINUTE,
    staleTime: MINUTE,
  });
  return data;
}

function Legend({ kind, words }: { kind: string; words: string }) {
  return (
    <li>
      <span className={styles[kind]} aria-hidden="true" /> {words}
    </li>
  );
}

/** The chart, and in words what it shows. */
export function Hour({ outages, zone }: { outages: readonly Outage[]; zone: string }) {
  const hour = useHour();
  const measured = useSyncExternalStore(onTrips, trips);
  if (!hour) {
    return null;
  }
  const { now, found } = hour;
  const minutes = minutesOf(found, now);
  const peak = Math.max(...minutes.map(({ n }) => n));
  const gaps = gapsOf(outages, now);
  const lost = gaps.reduce((sum, [from, to]) => sum + to - from, 0);
  const round = measured.map(({ ms }) => ms).toSorted((one, other) => one - other);
  const median = round[Math.floor(round.length / 2)];
  const words = [
    t('settings-hour-events', { n: found.total, peak }),
    median === undefined ? t('settings-not-measured-yet') : t('settings-hour-trip', { median }),
    lost === 0 ? t('settings-hour-no-gap') : t('settings-hour-gap', { length: span(lost) }),
  ];
  return (
    <section aria-label={t('settings-last-hour')} className={styles.hour}>
      <h2>
        {t('settings-last-hour')} <span className="muted">{t('settings-hour-what')}</span>
      </h2>
      <div role="img" aria-label={words.join('; ')} className={styles.chart}>
        {gaps.map(([from, to]) => (
          <span
            key={from}
            className="hatch"
            style={{
              insetInlineStart: `${((from - now + HOUR) / HOUR) * 100}%`,
              width: `${((to - from) / HOUR) * 100}%`,
            }}
          />
        ))}
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          <polyline className={styles.events} points={lineOf(minutes, peak, now)} />
          <polyline
            className={styles.trip}
            points={lineOf(
              measured.map(({ at, ms }) => ({ at, n: ms })),
              Math.max(200, ...round),
              now,
            )}
          />
        </svg>
      </div>
      <p className={styles.axis} aria-hidden="true">
        <span>{hm(now - HOUR, zone)}</span>
        <span>{hm(now, zone)}</span>
      </p>
      <ul className={styles.legend}>
        {['ofEvents', 'ofTrip', 'ofGap'].map((kind, n) => (
          <Legend key={kind} kind={kind} words={words[n] ?? ''} />
        ))}
      </ul>
    </section>
  );
}
