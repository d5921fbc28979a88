// The seats: one stop for the Tab key, arrows move, and typing `C09` jumps.
import { Check } from 'lucide-react';
import { useEffect, useRef, type CSSProperties } from 'react';

import { SeverityGlyph } from '@/glyphs';
import { isMirrored, t, table } from '@/lib/tongue';

import styles from './Hall.module.css';
import { beside, type Seat, type SeatRow, type SeatState } from './seats';

const WORDS: Record<SeatState, string> = table('hall-seat-state', [
  'writing',
  'expected',
  'absent',
  'out',
  'in',
  'incident',
]);

function nameOf(seat: Seat, now: number): string {
  const out =
    seat.outSince === null
      ? ''
      : t('hall-for-min', { n: Math.floor((now - seat.outSince) / 60_000) });
  const what = seat.incident
    ? t('hall-incident', { title: seat.incident.title })
    : `${WORDS[seat.state]} ${out}`.trim();
  // The place apart, so that the name holds what is written on the button.
  const place = [seat.row, seat.place || ''].join(' ').trim();
  return t('hall-seat-2', { place, name: seat.candidate.name, what });
}

function Face({ seat, now }: { seat: Seat; now: number }) {
  if (seat.incident) {
    return <SeverityGlyph severity={seat.incident.severity} size={12} />;
  }
  if (seat.state === 'in') {
    return <Check size={14} aria-hidden="true" />;
  }
  if (seat.state === 'out' && seat.outSince !== null) {
    return <>{Math.max(0, Math.floor((now - seat.outSince) / 60_000))}</>;
  }
  return <>{seat.place || seat.name}</>;
}

function SeatCell({
  seat,
  here,
  now,
  onChoose,
}: {
  seat: Seat;
  here: boolean;
  now: number;
  onChoose: (name: string) => void;
}) {
  return (
    <div role="gridcell" aria-selected={here} style={{ gridColumn: (seat.place || 1) + 1 }}>
      <button
        type="button"
        className={styles.seat}
        data-seat={seat.name}
        data-state={seat.state}
        tabIndex={here ? 0 : -1}
        aria-label={nameOf(seat, now)}
        onClick={() => onChoose(seat.name)}
      >
        <Face seat={seat} now={now} />
      </button>
    </div>
  );
}

/** What the shades mean. */
export function Legend() {
  return (
    <p className={styles.legend} aria-hidden="true">
      {(Object.keys(WORDS) as SeatState[]).map((state) => (
        <span key={state}>
          <span className={styles.sample} data-state={state} /> {WORDS[state]}
        </span>
      ))}
      <span className={styles.front}>{t('hall-front-of-hall')}</span>
    </p>
  );
}

/** An arrow as it is meant where the rows run the other way. */
function ahead(key: string): string {
  const turned = { ArrowLeft: 'ArrowRight', ArrowRight: 'ArrowLeft' } as const;
  return isMirrored() && key in turned ? turned[key as keyof typeof turned] : key;
}

/** The map. */
export function SeatMap({
  rows,
  selected,
  now,
  onChoose,
}: {
  rows: readonly SeatRow[];
  selected: Seat | undefined;
  now: number;
  onChoose: (name: string) => void;
}) {
  const map = useRef<HTMLDivElement>(null);
  const name = selected?.name;
  useEffect(() => {
    const cell = map.current?.querySelector<HTMLElement>(`[data-seat="${CSS.escape(name ?? '')}"]`);
    cell?.scrollIntoView({ block: 'nearest' });
    if (map.current?.contains(document.activeElement)) {
      cell?.focus();
    }
  }, [name]);
  return (
    <div
      ref={map}
      className={styles.map}
      style={{ '--rows': rows.length } as CSSProperties}
      role="grid"
      aria-label={t('hall-seats')}
      tabIndex={-1}
      onKeyDown={(event) => {
        const next = selected && beside(rows, selected, ahead(event.key));
        if (next) {
          event.preventDefault();
          onChoose(next.name);
        }
      }}
    >
      {rows.map((row) => (
        <div key={row.name} role="row" className={styles.row}>
          <span role="rowheader" className={styles.letter}>
            {row.name}
          </span>
          {row.seats.map((seat) => (
            <SeatCell key={seat.name} {...{ seat, now, onChoose }} here={seat.name === name} />
          ))}
        </div>
      ))}
    </div>
  );
}
