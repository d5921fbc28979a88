import { useState, type PointerEvent } from 'react';

import type { IncidentView, Outage, ReviewResult } from '@/generated/protocol';
import { SeverityGlyph } from '@/glyphs';
import { hm, span, stretch } from '@/lib/time';
import { isMirrored, t } from '@/lib/tongue';

import { happenedAt } from '../incidents/groups';
import styles from './Review.module.css';

/** The period that is drawn: where an instant lies, and which one lies at a share of the width. */
interface Scale {
  begin: number;
  end: number;
  /** Percent from the start. */
  place: (at: number) => number;
}

function scaleOf({ histogram, barMs }: ReviewResult): Scale {
  const begin = histogram[0]?.from ?? 0;
  const end = (histogram.at(-1)?.from ?? 0) + barMs;
  const whole = Math.max(end - begin, 1);
  const place = (at: number) => ((Math.min(Math.max(at, begin), end) - begin) / whole) * 100;
  return { begin, end, place };
}

/** A stretch of the period that is drawn with the pointer. */
function useDrag({ begin, end }: Scale, atLeast: number, onSpan: Props['onSpan']) {
  const [drag, setDrag] = useState<[number, number]>();
  const timeAt = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const passed = isMirrored() ? box.right - event.clientX : event.clientX - box.left;
    const part = box.width > 0 ? passed / box.width : 0;
    return Math.round(begin + Math.min(Math.max(part, 0), 1) * (end - begin));
  };
  const handlers = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      setDrag([timeAt(event), timeAt(event)]);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => drag && setDrag([drag[0], timeAt(event)]),
    onPointerUp: () => {
      const [a, b] = drag ?? [0, 0];
      if (Math.abs(b - a) > atLeast) {
        onSpan(Math.min(a, b), Math.max(a, b));
      }
      setDrag(undefined);
    },
  };
  return { drag, handlers };
}

function Bars({ result, scale: { begin, end, place } }: { result: ReviewResult; scale: Scale }) {
  const { histogram, barMs } = result;
  const highest = Math.max(1, ...histogram.map((bar) => bar.n + bar.late));
  const width = `${(barMs / Math.max(end - begin, 1)) * 100}%`;
  return (
    <>
      {histogram.map((bar) => (
        <span
          key={bar.from}
          className={styles['bar']}
          style={{ insetInlineStart: `${place(bar.from)}%`, width }}
        >
          <span style={{ height: `${(bar.late / highest) * 100}%` }} data-late />
          <span style={{ height: `${(bar.n / highest) * 100}%` }} />
        </span>
      ))}
      <span className={styles['peak']}>
        {t('review-per-bar', { length: stretch(barMs), highest })}
      </span>
    </>
  );
}

function Hatches({
  outages,
  scale: { begin, end, place },
}: {
  outages: readonly Outage[];
  scale: Scale;
}) {
  return outages.map((outage) => {
    const [first, last] = [Date.parse(outage.from), outage.to ? Date.parse(outage.to) : end];
    if (last < begin || first > end) {
      return null;
    }
    const [from, to] = [place(first), place(last)];
    return (
      <span
        key={outage.from}
        className={`hatch ${styles['outage']}`}
        style={{ insetInlineStart: `${from}%`, width: `${to - from}%` }}
      >
        <OutageWords outage={outage} />
      </span>
    );
  });
}

function Cases({
  incidents,
  scale: { begin, end, place },
}: {
  incidents: readonly IncidentView[];
  scale: Scale;
}) {
  return incidents
    .filter((incident) => happenedAt(incident) >= begin && happenedAt(incident) <= end)
    .map((incident) => (
      <span
        key={incident.ref}
        className={styles['glyph']}
        style={{ insetInlineStart: `${place(happenedAt(incident))}%` }}
      >
        <SeverityGlyph severity={incident.severity} size={11} />
      </span>
    ));
}

interface Props {
  result: ReviewResult;
  outages: readonly Outage[];
  zone: string;
  incidents: readonly IncidentView[];
  onSpan: (from: number, to: number) => void;
}

/** Events over time: what was seen at once in grey, what arrived late in violet, outages hatched. */
export function Histogram({ result, outages, zone, incidents, onSpan }: Props) {
  const scale = scaleOf(result);
  const { begin, end, place } = scale;
  const { drag, handlers } = useDrag(scale, result.barMs / 2, onSpan);
  if (result.histogram.length === 0) {
    return null;
  }
  return (
    <div
      className={styles['histogram']}
      role="img"
      aria-label={t('review-events-from-to-outages', {
        total: result.total,
        time: hm(begin, zone),
        time2: hm(end, zone),
        n: outages.length,
      })}
      {...handlers}
    >
      <Hatches outages={outages} scale={scale} />
      <Bars result={result} scale={scale} />
      <Cases incidents={incidents} scale={scale} />
      {drag && (
        <span
          className={styles['drag']}
          style={{
            insetInlineStart: `${place(Math.min(...drag))}%`,
            width: `${place(Math.max(...drag)) - place(Math.min(...drag))}%`,
          }}
        />
      )}
      {inside(hours(begin, end), place).map((at) => (
        <span key={at} className={styles['hour']} style={{ insetInlineStart: `${place(at)}%` }}>
          {hm(at, zone)}
        </span>
      ))}
    </div>
  );
}

/** How long this station heard nothing, and what came afterwards. */
function OutageWords({ outage }: { outage: Outage }) {
  if (outage.to === null) {
    return null;
  }
  return (
    <span className={styles['outageWords']}>
      <b>{t('review-outage-here')}</b> {span(Date.parse(outage.to) - Date.parse(outage.from))}
      <br />
      <span className={styles['replayed']}>
        {t('review-replayed-missing', { replayed: outage.replayed, missing: outage.missing })}
      </span>
    </span>
  );
}

/** A label that would hang over the edge is left out. */
function inside(times: readonly number[], place: (at: number) => number): number[] {
  return times.filter((at) => place(at) > 2 && place(at) < 98);
}

/** Round times on the axis, at most eight. */
export function hours(begin: number, end: number): number[] {
  const steps = [1, 5, 15, 30, 60, 120, 240, 720, 1440].map((minutes) => minutes * 60_000);
  const step = steps.find((found) => (end - begin) / found <= 8) ?? 1440 * 60_000;
  const first = Math.ceil(begin / step) * step;
  const n = Math.max(0, Math.floor((end - first) / step) + 1);
  return Array.from({ length: Math.min(n, 12) }, (_, index) => first + index * step);
}
