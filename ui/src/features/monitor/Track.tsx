// One hall on the time axis: who came, the paper, what was added, what is missing.
import type { ReactNode } from 'react';

import { goWith } from '@/app/router';
import type { IncidentView, SittingView } from '@/generated/protocol';
import { SeverityGlyph } from '@/glyphs';
import { hm } from '@/lib/time';
import { signed, t } from '@/lib/tongue';

import { happenedAt } from '../incidents/groups';
import {
  across,
  barsPath,
  endOf,
  endWithExtra,
  isOn,
  startOf,
  stateOf,
  stretch,
  type Axis,
} from './lanes';
import styles from './Track.module.css';

export interface TrackProps {
  sitting: SittingView;
  incidents: readonly IncidentView[];
  axis: Axis;
  now: number;
  zone: string;
  /** Since when this console is behind. */
  behindSince: number | null;
}

function Part({
  at,
  kind,
  children,
}: {
  at: { insetInlineStart: string; width: string } | null;
  kind: string | undefined;
  children?: ReactNode;
}) {
  return (
    at && (
      <span className={kind} style={at}>
        {children}
      </span>
    )
  );
}

/** The paper as planned, before it begins. */
function Planned({ sitting, axis }: TrackProps) {
  const here = sitting.invigilators.filter((one) => one.checkedInAt !== null).length;
  return (
    <Part
      at={stretch(axis, Date.parse(sitting.startsAt), Date.parse(sitting.effectiveEnd))}
      kind={styles.planned}
    >
      {sitting.invigilators.length > 0 &&
        t('monitor-of-invigilators', { here, n: sitting.invigilators.length })}
    </Part>
  );
}

/** The paper since it began. */
function Written({ sitting, axis, now, behindSince }: TrackProps) {
  const [start, end] = [startOf(sitting), endOf(sitting)];
  const known = Math.min(now, end, behindSince ?? now);
  return (
    <>
      <Part at={stretch(axis, Date.parse(sitting.startsAt), start)} kind={styles.late} />
      <Part at={stretch(axis, start, end)} kind={styles.paper} />
      <Part at={stretch(axis, start, known)} kind={styles.elapsed} />
      {sitting.phase === 'COLLECTING' && (
        <Part at={stretch(axis, end, behindSince ?? now)} kind={styles.collecting} />
      )}
    </>
  );
}

function Extra({ sitting, axis }: TrackProps) {
  const [end, extra] = [Date.parse(sitting.effectiveEnd), endWithExtra(sitting)];
  if (sitting.stoppedAt !== null || extra <= end) {
    return null;
  }
  return (
    <Part at={stretch(axis, end, extra)} kind={styles.extra}>
      {t('monitor-min', { extra: signed('+', String(Math.round((extra - end) / 60_000))) })}
    </Part>
  );
}

/** Where nothing is known: the hall's stations were silent, or this console was. */
function Silences({ sitting, axis, now, behindSince }: TrackProps) {
  const outages = sitting.stations.flatMap((station) => station.outages);
  return (
    <>
      {outages.map((outage) => (
        <Part
          key={outage.from}
          at={stretch(
            axis,
            Date.parse(outage.from),
            outage.to === null ? now : Date.parse(outage.to),
          )}
          kind={styles.silence}
        />
      ))}
      {behindSince !== null && <Part at={stretch(axis, behindSince, now)} kind={styles.silence} />}
    </>
  );
}

function Bars({ sitting, axis }: TrackProps) {
  return (
    <svg
      className={styles.bars}
      viewBox="0 0 1000 100"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path className={styles.came} d={barsPath(sitting.checkIns, axis)} />
      {sitting.batch && (
        <path className={styles.handed} d={barsPath(sitting.batch.collected, axis)} />
      )}
    </svg>
  );
}

function sentence({ sitting, incidents, now, zone }: TrackProps): string {
  const times = t('monitor-to', {
    time: hm(startOf(sitting), zone),
    time2: hm(endOf(sitting), zone),
  });
  const count = t('monitor-incidents-2', { n: incidents.length });
  return t('monitor-of-checked-in', {
    courseCode: sitting.courseCode,
    times,
    present: sitting.present,
    expected: sitting.expected,
    count,
    state: stateOf(sitting, now, zone).text,
  });
}

/** The marks of a hall. */
export function Track(props: TrackProps) {
  const { sitting, incidents, axis } = props;
  const begun = isOn(sitting) ? sitting.phase !== 'ADMITTING' : sitting.startedAt !== null;
  return (
    <div className={styles.track}>
      <div role="img" aria-label={sentence(props)}>
        {begun ? <Written {...props} /> : <Planned {...props} />}
        <Extra {...props} />
        <Bars {...props} />
        <Silences {...props} />
      </div>
      {incidents.map((incident) => (
        <button
          key={incident.ref}
          type="button"
          tabIndex={-1}
          className={styles.incident}
          style={{ insetInlineStart: `${across(axis, happenedAt(incident))}%` }}
          title={incident.title}
          aria-label={incident.title}
          onClick={() => goWith('incident', incident.ref)}
        >
          <SeverityGlyph severity={incident.severity} size={12} />
        </button>
      ))}
    </div>
  );
}
