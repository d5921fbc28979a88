// The halls of the day on one time axis.
import { memo, useMemo, useState, type ReactNode } from 'react';

import { goWith } from '@/app/router';
import type { IncidentView, SittingView } from '@/generated/protocol';
import { NARROW, useMedia } from '@/lib/media';
import { hm } from '@/lib/time';
import { t } from '@/lib/tongue';

import styles from './HallLanes.module.css';
import { across, axisOf, isOn, neediest, stateOf, ticks, type Axis } from './lanes';
import { Track, type TrackProps } from './Track';
import { arranged, useView } from './view';

interface Props {
  sittings: readonly SittingView[];
  incidents: readonly IncidentView[];
  hall: string | null;
  now: number;
  zone: string;
  behindSince: number | null;
  /** The sitting of the incident that is shown beside the feed. */
  about: number | null;
}

/** An hour closer to now than this, in percent, would lie under it. */
const BESIDE = 6;

function Hours({ axis, now, zone }: { axis: Axis; now: number; zone: string }) {
  const inside = now >= axis.from && now <= axis.to;
  return (
    <div className={styles.hours} aria-hidden="true">
      {ticks(axis)
        .filter((at) => !inside || Math.abs(across(axis, at) - across(axis, now)) > BESIDE)
        .map((at) => (
          <span key={at} style={{ insetInlineStart: `${across(axis, at)}%` }}>
            {hm(at, zone)}
          </span>
        ))}
      {inside && (
        <b className={styles.now} style={{ insetInlineStart: `${across(axis, now)}%` }}>
          {hm(now, zone)}
        </b>
      )}
    </div>
  );
}

function Grid({ axis, now }: { axis: Axis; now: number }) {
  return (
    <div className={styles.grid} aria-hidden="true">
      {ticks(axis).map((at) => (
        <span key={at} style={{ insetInlineStart: `${across(axis, at)}%` }} />
      ))}
      {now >= axis.from && now <= axis.to && (
        <span className={styles.line} style={{ insetInlineStart: `${across(axis, now)}%` }} />
      )}
    </div>
  );
}

/** A number, or a dash for what has not begun. */
function figure(sitting: SittingView, n: number): string {
  return isOn(sitting) || sitting.phase === 'CLOSED' ? String(n) : '–';
}

function Lane({ hall, shown, ...track }: TrackProps & { hall: string | null; shown: boolean }) {
  const { sitting, now, zone } = track;
  const state = stateOf(sitting, now, zone);
  const here = sitting.invigilators.filter((one) => one.checkedInAt !== null).length;
  const chosen = hall === String(sitting.id);
  return (
    <div
      className={styles.lane}
      role="row"
      data-sitting={sitting.id}
      data-chosen={chosen || shown || undefined}
    >
      <div role="cell" className={styles.hall}>
        <button
          type="button"
          aria-pressed={chosen}
          title={
            chosen
              ? t('monitor-show-the-incidents-of-all')
              : t('monitor-show-the-incidents-of-this')
          }
          onClick={() => goWith('hall', chosen ? null : String(sitting.id))}
        >
          <strong>{sitting.venue?.name ?? sitting.room}</strong> <bdi>{sitting.venue?.code}</bdi>
        </button>
      </div>
      <bdi role="cell" className={`${styles.code} ${styles.roomy}`}>
        {sitting.courseCode}
      </bdi>
      <span role="cell" className={styles.number}>
        <b>{sitting.present}</b>/{sitting.expected}
      </span>
      <span role="cell" className={styles.number}>
        {figure(sitting, sitting.expected - sitting.present)}
      </span>
      <span role="cell" className={`${styles.number} ${styles.roomy}`}>
        {figure(sitting, sitting.out.length)}
      </span>
      <span
        role="cell"
        className={`${here < sitting.invigilators.length ? styles.short : styles.number} ${styles.roomy}`}
      >
        {here}/{sitting.invigilators.length}
      </span>
      <div role="cell" className={styles.cell}>
        <Track {...track} />
      </div>
      <span role="cell" className={state.strong ? styles.strong : styles.state}>
        {state.text}
      </span>
    </div>
  );
}

/** How many lanes a small window shows of its own accord. */
const FEW = 6;

function Head({
  axis,
  now,
  zone,
  behindSince,
  children,
}: Pick<Props, 'now' | 'zone' | 'behindSince'> & { axis: Axis; children: ReactNode }) {
  const figures = [t('monitor-in'), t('monitor-abs'), t('monitor-out'), t('monitor-inv')];
  return (
    <div className={styles.head} role="row">
      <span role="columnheader">
        {t('monitor-hall')} {children}
      </span>
      <span role="columnheader" className={styles.roomy}>
        {t('monitor-paper')}
      </span>
      {figures.map((name, at) => (
        <span
          key={name}
          role="columnheader"
          className={`${styles.number} ${at > 1 ? styles.roomy : ''}`}
        >
          {name}
        </span>
      ))}
      <div role="columnheader" aria-label={t('monitor-time')} className={styles.cell}>
        <Hours axis={axis} now={now} zone={zone} />
      </div>
      <span role="columnheader" className={styles.state}>
        {behindSince === null
          ? t('monitor-state')
          : t('monitor-as-of-2', { time: hm(behindSince, zone) })}
      </span>
    </div>
  );
}

/** The lanes; in a small window the halls that need somebody most, until all are asked for. Drawn only
 * when something of them has changed: they are most of the screen. */
export const HallLanes = memo(function HallLanes({
  sittings,
  incidents,
  hall,
  now,
  zone,
  behindSince,
  about,
}: Props) {
  const narrow = useMedia(NARROW);
  const [all, setAll] = useState(false);
  const axis = useMemo(() => axisOf(sittings, now), [sittings, now]);
  const lanes = arranged(sittings, incidents, useView(), { now, zone });
  const few = narrow && !all && lanes.length > FEW;
  const shown = few ? neediest(lanes, incidents, now, zone, FEW) : lanes;
  const of = (sitting: SittingView) =>
    incidents.filter((incident) => incident.sittingId === sitting.id);
  return (
    <section className={styles.lanes} role="table" aria-label={t('monitor-halls')} tabIndex={0}>
      <Head {...{ axis, now, zone, behindSince }}>
        {narrow && lanes.length > FEW && (
          <button type="button" className={styles.all} onClick={() => setAll(!all)}>
            {few
              ? t('monitor-of', { FEW, n: lanes.length })
              : t('monitor-all', { n: lanes.length })}
          </button>
        )}
      </Head>
      <div className={styles.body} role="rowgroup">
        <div className={styles.under} role="presentation">
          <Grid axis={axis} now={now} />
        </div>
        {shown.map((sitting) => (
          <Lane
            key={sitting.id}
            {...{ sitting, axis, now, zone, behindSince, hall }}
            shown={about === sitting.id}
            incidents={of(sitting)}
          />
        ))}
      </div>
    </section>
  );
});
