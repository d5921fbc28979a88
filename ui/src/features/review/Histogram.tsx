import { useRef, useState, type PointerEvent } from 'react';

import type { IncidentView, Outage, ReviewResult } from '@/generated/protocol';
import { SeverityGlyph } from '@/glyphs';
import { grouped, hm, span } from '@/lib/time';

import { happenedAt } from '../incidents/groups';
import styles from './Review.module.css';

/** Events over time: what was seen at once in grey, what arrived late in violet, outages hatched. */
export function Histogram({
  result,
  outages,
  zone,
  incidents,
  onSpan,
}: {
  result: ReviewResult;
  outages: readonly Outage[];
  zone: string;
  incidents: readonly IncidentView[];
  onSpan: (from: number, to: number) => void;
}) {
  const ref = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<[number, number]>();
  const bars = result.histogram;
  const begin = bars[0]?.from ?? 0;
  const end = (bars.at(-1)?.from ?? 0) + result.barMs;
  const whole = Math.max(end - begin, 1);
  const highest = Math.max(1, ...bars.map((bar) => bar.n + bar.late));
  const place = (at: number) => ((Math.min(Math.max(at, begin), end) - begin) / whole) * 100;
  const timeAt = (event: PointerEvent) => {
    const box = ref.current?.getBoundingClientRect();
    const part = box ? (event.clientX - box.left) / box.width : 0;
    return Math.round(begin + Math.min(Math.max(part, 0), 1) * whole);
  };
  if (bars.length === 0) {
    return null;
  }
  return (
    <div
      ref={ref}
      className={styles['histogram']}
      role="img"
      aria-label={`${grouped(result.total)} events from ${hm(begin, zone)} to ${hm(end, zone)}, ${outages.length} outages`}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrag([timeAt(event), timeAt(event)]);
      }}
      onPointerMove={(event) => drag && setDrag([drag[0], timeAt(event)])}
      onPointerUp={() => {
        const [a, b] = drag ?? [0, 0];
        if (Math.abs(b - a) > result.barMs / 2) {
          onSpan(Math.min(a, b), Math.max(a, b));
        }
        setDrag(undefined);
      }}
    >
      {outages.map((outage) => {
        const from = place(Date.parse(outage.from));
        const to = place(outage.to ? Date.parse(outage.to) : end);
        return (
          <span
            key={outage.from}
            className={`hatch ${styles['outage']}`}
            style={{ insetInlineStart: `${from}%`, width: `${to - from}%` }}
          >
            <OutageWords outage={outage} />
          </span>
        );
      })}
      {bars.map((bar) => (
        <span
          key={bar.from}
          className={styles['bar']}
          style={{
            insetInlineStart: `${place(bar.from)}%`,
            width: `${(result.barMs / whole) * 100}%`,
          }}
        >
          <span style={{ height: `${(bar.late / highest) * 100}%` }} data-late />
          <span style={{ height: `${(bar.n / highest) * 100}%` }} />
        </span>
      ))}
      {incidents
        .filter((incident) => happenedAt(incident) >= begin && happenedAt(incident) <= end)
        .map((incident) => (
          <span
            key={incident.ref}
            className={styles['glyph']}
            style={{ insetInlineStart: `${place(happenedAt(incident))}%` }}
          >
            <SeverityGlyph severity={incident.severity} size={11} />
          </span>
        ))}
      {drag && (
        <span
          className={styles['drag']}
          style={{
            insetInlineStart: `${place(Math.min(...drag))}%`,
            width: `${place(Math.max(...drag)) - place(Math.min(...drag))}%`,
          }}
        />
      )}
      <span className={styles['peak']}>peak {grouped(highest)}</span>
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
      <b>Outage here</b> {span(Date.parse(outage.to) - Date.parse(outage.from))}
      <br />
      <span className={styles['replayed']}>
        {outage.replayed} replayed, {outage.missing} missing
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
