// The halls of a day and the time, with every paper where it is written.
import type { Clash, SittingView } from '@/generated/protocol';
import { SeverityGlyph } from '@/glyphs';
import { hm } from '@/lib/time';
import { Said, t } from '@/lib/tongue';
import { said } from '@/lib/said';

import { across, axisOf, isOn, stretch, ticks, type Axis } from '../monitor/lanes';
import { useCarrying } from './dragging';
import { lanesOf, type Day, type Row } from './days';
import { rowsWith, type Ghost } from './ghosts';
import styles from './Timetable.module.css';

interface Props {
  day: Day;
  /** The places that papers of the day have left. */
  ghosts: readonly Ghost[];
  selected: SittingView | undefined;
  now: number;
  zone: string;
  /** What whoever looks may move. */
  movable: ReadonlySet<number>;
  onSelect: (id: number) => void;
  /** A paper was let go over another hall. */
  onDrop: (id: number, venueId: number) => void;
}

type Carrying = ReturnType<typeof useCarrying>;

/** Height of a lane within a hall, in rem. */
const LANE = 3.4375;

/** Nobody writes any more, whatever is still done in the hall. */
const OVER = new Set<SittingView['phase']>(['COLLECTING', 'CLOSED', 'CANCELLED']);

function stateOf(sitting: SittingView, clash: Clash | undefined): string {
  if (clash) {
    return 'clash';
  }
  return OVER.has(sitting.phase) ? 'over' : isOn(sitting) ? 'on' : 'planned';
}

function Paper({
  sitting,
  lane,
  axis,
  ...props
}: Props & { sitting: SittingView; lane: number; axis: Axis; carrying: Carrying }) {
  const { day, selected, zone, onSelect, carrying } = props;
  const carried = carrying.carried?.id === sitting.id ? carrying.carried : undefined;
  const handlers = props.movable.has(sitting.id)
    ? carrying.handlersOf(sitting.id, sitting.venueId)
    : {};
  const moved = props.ghosts.some((ghost) => ghost.sitting.id === sitting.id);
  const clash = day.clashes.find((one) => one.sittings.includes(sitting.id));
  const at = stretch(axis, Date.parse(sitting.startsAt), Date.parse(sitting.effectiveEnd));
  return (
    <button
      type="button"
      className={styles.paper}
      style={{
        ...at,
        top: `${lane * LANE + 0.3125}rem`,
        ...(carried ? { transform: `translateY(${carried.by}px)` } : {}),
      }}
      data-carried={carried ? true : undefined}
      data-state={stateOf(sitting, clash)}
      data-sitting={sitting.id}
      data-moved={moved || undefined}
      aria-pressed={selected?.id === sitting.id}
      onClick={() => onSelect(sitting.id)}
      {...handlers}
    >
      <b className="code">{sitting.courseCode}</b>
      <span>
        {hm(sitting.startsAt, zone)} – {hm(sitting.effectiveEnd, zone)} · {sitting.expected}
      </span>
      <span className="visually-hidden">{t('timetable-candidates')}</span>
      {clash && (
        <>
          <SeverityGlyph severity="CRITICAL" size={12} />
          <span className="visually-hidden">
            {t('timetable-clash', { text: said(clash.text) })}
          </span>
        </>
      )}
    </button>
  );
}

/** The place that a paper has left. */
function Left({ ghost, axis }: { ghost: Ghost; axis: Axis }) {
  const { sitting } = ghost;
  const at = stretch(axis, Date.parse(sitting.startsAt), Date.parse(sitting.effectiveEnd));
  return (
    <span className={styles.ghost} style={{ ...at, top: '0.3125rem' }}>
      <Said
        id="timetable-moved-to"
        args={{
          code: <bdi className="code">{sitting.courseCode}</bdi>,
          hall: sitting.venue?.code ?? sitting.room,
        }}
      />
    </span>
  );
}

function Hall({ row, axis, ...props }: Props & { row: Row; axis: Axis; carrying: Carrying }) {
  const { carried } = props.carrying;
  const lanes = lanesOf(row.sittings);
  const height = (Math.max(0, ...lanes.map(([, lane]) => lane)) + 1) * LANE;
  const left = props.ghosts.filter((ghost) => String(ghost.venueId) === row.key);
  return (
    <li
      className={styles.hall}
      style={{ height: `${height}rem` }}
      data-venue={row.key}
      data-target={(carried && String(carried.over) === row.key) || undefined}
    >
      <span className={styles.hallName}>
        <strong>{row.name}</strong>
        {row.seats > 0 && <small>{t('timetable-seats', { seats: row.seats })}</small>}
      </span>
      <div className={styles.papers}>
        {left.map((ghost) => (
          <Left key={ghost.sitting.id} ghost={ghost} axis={axis} />
        ))}
        {lanes.map(([sitting, lane]) => (
          <Paper key={sitting.id} {...{ sitting, lane, axis }} {...props} />
        ))}
      </div>
    </li>
  );
}

function Hours({ axis, now, zone }: { axis: Axis; now: number; zone: string }) {
  const inside = now >= axis.from && now <= axis.to;
  return (
    <div className={styles.hours} aria-hidden="true">
      {ticks(axis)
        .filter((at) => !inside || Math.abs(across(axis, at) - across(axis, now)) > 5)
        .map((at) => (
          <span key={at} style={{ insetInlineStart: `${across(axis, at)}%` }}>
            {hm(at, zone)}
          </span>
        ))}
      {inside && <b style={{ insetInlineStart: `${across(axis, now)}%` }}>{hm(now, zone)}</b>}
    </div>
  );
}

/** The grid. */
export function DayGrid(props: Props) {
  const { day, now, zone } = props;
  const axis = axisOf(day.sittings, now);
  const inside = now >= axis.from && now <= axis.to;
  const carrying = useCarrying(props.onDrop);
  return (
    <section className={styles.grid} aria-label={t('timetable-halls-and-times')} tabIndex={0}>
      <div className={styles.head}>
        <span>{t('timetable-hall')}</span>
        <Hours {...{ axis, now, zone }} />
      </div>
      <div className={styles.rows}>
        <div className={styles.under} aria-hidden="true">
          {ticks(axis).map((at) => (
            <span key={at} style={{ insetInlineStart: `${across(axis, at)}%` }} />
          ))}
          {inside && (
            <span className={styles.now} style={{ insetInlineStart: `${across(axis, now)}%` }} />
          )}
        </div>
        <ul>
          {rowsWith(day, props.ghosts).map((row) => (
            <Hall key={row.key} {...{ row, axis, carrying }} {...props} />
          ))}
        </ul>
      </div>
    </section>
  );
}
