// The halls of the day on one time axis.
import { useMemo } from 'react';

import { goWith } from '@/app/router';
import type { IncidentView, SittingView } from '@/generated/protocol';
import { hm } from '@/lib/time';

import styles from './HallLanes.module.css';
import { across, axisOf, isOn, stateOf, ticks, type Axis } from './lanes';
import { Track, type TrackProps } from './Track';

interface Props {
  sittings: readonly SittingView[];
  incidents: readonly IncidentView[];
  hall: string | null;
  now: number;
  zone: string;
  behindSince: number | null;
}

function Hours({ axis, now, zone }: { axis: Axis; now: number; zone: string }) {
  const inside = now >= axis.from && now <= axis.to;
  return (
    <div className={styles.hours} aria-hidden="true">
      {ticks(axis).map((at) => (
        <span key={at} style={{ left: `${across(axis, at)}%` }}>
          {hm(at, zone)}
        </span>
      ))}
      {inside && (
        <b className={styles.now} style={{ left: `${across(axis, now)}%` }}>
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
        <span key={at} style={{ left: `${across(axis, at)}%` }} />
      ))}
      {now >= axis.from && now <= axis.to && (
        <span className={styles.line} style={{ left: `${across(axis, now)}%` }} />
      )}
    </div>
  );
}

/** A number, or a dash for what has not begun. */
function figure(sitting: SittingView, n: number): string {
  return isOn(sitting) || sitting.phase === 'CLOSED' ? String(n) : '–';
}

function Lane({ hall, ...track }: TrackProps & { hall: string | null }) {
  const { sitting, now, zone } = track;
  const state = stateOf(sitting, now, zone);
  const here = sitting.invigilators.filter((one) => one.checkedInAt !== null).length;
  const chosen = hall === String(sitting.id);
  return (
    <div
      className={styles.lane}
      role="row"
      data-sitting={sitting.id}
      data-chosen={chosen || undefined}
    >
      <div role="cell" className={styles.hall}>
        <button
          type="button"
          aria-pressed={chosen}
          title={
            chosen ? 'Show the incidents of all halls' : 'Show the incidents of this hall only'
          }
          onClick={() => goWith('hall', chosen ? null : String(sitting.id))}
        >
          <strong>{sitting.venue?.name ?? sitting.room}</strong> <bdi>{sitting.venue?.code}</bdi>
        </button>
      </div>
      <bdi role="cell" className={styles.code}>
        {sitting.courseCode}
      </bdi>
      <span role="cell" className={styles.number}>
        <b>{sitting.present}</b>/{sitting.expected}
      </span>
      <span role="cell" className={styles.number}>
        {figure(sitting, sitting.expected - sitting.present)}
      </span>
      <span role="cell" className={styles.number}>
        {figure(sitting, sitting.out.length)}
      </span>
      <span
        role="cell"
        className={here < sitting.invigilators.length ? styles.short : styles.number}
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

/** The lanes. */
export function HallLanes({ sittings, incidents, hall, now, zone, behindSince }: Props) {
  const axis = useMemo(() => axisOf(sittings, now), [sittings, now]);
  const of = (sitting: SittingView) =>
    incidents.filter((incident) => incident.sittingId === sitting.id);
  return (
    <section className={styles.lanes} role="table" aria-label="Halls" tabIndex={0}>
      <div className={styles.head} role="row">
        <span role="columnheader">Hall</span>
        <span role="columnheader">Paper</span>
        <span role="columnheader" className={styles.number}>
          In
        </span>
        <span role="columnheader" className={styles.number}>
          Abs.
        </span>
        <span role="columnheader" className={styles.number}>
          Out
        </span>
        <span role="columnheader" className={styles.number}>
          Inv.
        </span>
        <div role="columnheader" aria-label="Time" className={styles.cell}>
          <Hours axis={axis} now={now} zone={zone} />
        </div>
        <span role="columnheader" className={styles.state}>
          {behindSince === null ? 'State' : `As of ${hm(behindSince, zone)}`}
        </span>
      </div>
      <div className={styles.body} role="rowgroup">
        <div className={styles.under} role="presentation">
          <Grid axis={axis} now={now} />
        </div>
        {sittings.map((sitting) => (
          <Lane
            key={sitting.id}
            {...{ sitting, axis, now, zone, behindSince, hall }}
            incidents={of(sitting)}
          />
        ))}
      </div>
    </section>
  );
}
