import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';

import type { Outage, ReviewResult, ReviewRow } from '@/generated/protocol';
import { SeverityGlyph } from '@/glyphs';
import { call } from '@/host';
import { useShortcut } from '@/lib/keys';
import { clockParts, lag } from '@/lib/time';
import { Said, t } from '@/lib/tongue';
import { told } from '@/lib/said';

import { GapRow } from './GapRow';
import { linesOf } from './gaps';
import { isHit, marked } from './query';
import styles from './Review.module.css';
import { useHuge } from './useHuge';

/** Height of an event, and of what is said between two, in px; as in the stylesheet. */
const ROW = 28;
const GAP = 36;
/** Rows that are asked for at a time. */
const PAGE = 200;

/** The lines that are to be seen, and their rows, read page by page. */
function useLines(result: ReviewResult) {
  const lines = useMemo(() => linesOf(result.total, result.late), [result]);
  const heights = useMemo(() => lines.heights(ROW, GAP), [lines]);
  const huge = useHuge(heights);
  const visible = Array.from({ length: huge.last - huge.first }, (_, n) => {
    const index = huge.first + n;
    return { index, line: lines.lineAt(index) };
  });
  // What is said of a gap is known from an event beside it.
  const rows = visible.map(({ line }) => ('gap' in line ? line.gap.witness : line.row));
  const pages = rows.length === 0 ? [] : pagesOf(Math.min(...rows), Math.max(...rows) + 1);
  const loaded = useQueries({ queries: pages.map((page) => pageOf(result, page)) });
  const rowAt = (index: number): ReviewRow | undefined => {
    const page = Math.floor(index / PAGE);
    return loaded[pages.indexOf(page)]?.data?.[index - page * PAGE];
  };
  const shown = visible.flatMap(({ line }) => ('gap' in line ? [] : [line.row]));
  const client = useQueryClient();
  /** Also of a row that is not in sight. */
  const readRow = async (index: number): Promise<ReviewRow | undefined> => {
    const page = Math.floor(index / PAGE);
    return (await client.fetchQuery(pageOf(result, page)))[index - page * PAGE];
  };
  return { lines, huge, rowAt, readRow, visible, shown };
}

interface Props {
  result: ReviewResult;
  outages: readonly Outage[];
  zone: string;
  selected: number | undefined;
  /** The words that were searched for. */
  search: string;
  onSelect: (seq: number) => void;
}

type Select = Props['onSelect'];
type Seen = ReturnType<typeof useLines>;

const TITLES = [
  'review-happened',
  'review-seen-here',
  'review-event',
  'review-what',
  'review-station-by',
  'review-number',
];

/** The row of the chosen event; none when it is not among what was found, or nobody knows yet. */
function usePlace({ handle }: ReviewResult, selected: number | undefined): number | undefined {
  const place = useQuery({
    queryKey: ['review_place', handle, selected],
    queryFn: () => call<number | null>('review_place', { handle, seq: selected }),
    enabled: selected !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return place.data ?? undefined;
}

/** Brings the chosen event into sight, also when an address or another screen has chosen it. */
function useInSight({ lines, huge }: Seen, place: number | undefined) {
  useEffect(() => {
    if (place !== undefined) {
      huge.show(lines.indexOf(place));
    }
    // What is shown follows the choice; scrolling away from it is allowed.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [place]);
}

/** `J`, `K` and the arrows choose the event after, and before; from nothing, the first that is seen. */
function useMoving(
  { lines, huge, rowAt, readRow, shown }: Seen,
  selected: number | undefined,
  onSelect: Select,
  place: number | undefined,
) {
  const at = shown.find((row) => rowAt(row)?.seq === selected) ?? place;
  const move = async (by: number) => {
    const next = at === undefined ? shown[0] : at + by;
    const row = next === undefined || next < 0 ? undefined : (rowAt(next) ?? (await readRow(next)));
    if (row && next !== undefined) {
      onSelect(row.seq);
      huge.show(lines.indexOf(next));
    }
  };
  useShortcut('list.down', () => void move(1).catch(() => {}));
  useShortcut('list.up', () => void move(-1).catch(() => {}));
  return at;
}

/** The events that match, of which only the visible ones are read. */
export function EventList({ result, outages, zone, selected, search, onSelect }: Props) {
  const seen = useLines(result);
  const { lines, huge, rowAt, visible } = seen;
  const place = usePlace(result, selected);
  useInSight(seen, place);
  const at = useMoving(seen, selected, onSelect, place);
  if (result.total === 0) {
    return <p className={styles['empty']}>{t('review-nothing-in-the-record-matches')}</p>;
  }
  return (
    <div
      className={styles['list']}
      role="grid"
      aria-label={t('review-events')}
      aria-rowcount={lines.count}
    >
      <div className={styles['columns']} role="row">
        {TITLES.map((title) => (
          <span key={title} role="columnheader">
            {t(title)}
          </span>
        ))}
      </div>
      <div ref={huge.ref} className={styles['rows']} tabIndex={0} role="rowgroup">
        <div style={{ height: huge.height }} role="presentation">
          {visible.map(({ index, line }) =>
            'gap' in line ? (
              <GapRow
                key={index}
                {...{ index, outages, zone }}
                gap={line.gap}
                witness={rowAt(line.gap.witness)}
                top={huge.top(index)}
              />
            ) : (
              <EventRow
                key={index}
                {...{ index, zone, selected, search, onSelect }}
                row={rowAt(line.row)}
                top={huge.top(index)}
              />
            ),
          )}
        </div>
      </div>
      <Marks result={result} at={at} />
    </div>
  );
}

/** Beside the scroll bar: where the list was seen late, and where the chosen event stands. */
function Marks({ result: { total, late }, at }: { result: ReviewResult; at: number | undefined }) {
  const share = (row: number) => `${(row / total) * 100}%`;
  return (
    <div className={styles['marks']} aria-hidden="true">
      {late.map(({ from, to }) => (
        <span key={from} style={{ insetBlockStart: share(from), height: share(to - from) }} />
      ))}
      {at !== undefined && <b style={{ insetBlockStart: share(at) }} />}
    </div>
  );
}

function EventRow({
  index,
  row,
  top,
  selected,
  onSelect,
  ...shown
}: Pick<Props, 'zone' | 'selected' | 'search' | 'onSelect'> & {
  index: number;
  row: ReviewRow | undefined;
  top: number;
}) {
  return (
    <div
      className={styles['event']}
      role="row"
      aria-rowindex={index + 1}
      aria-selected={row !== undefined && row.seq === selected}
      data-late={row?.late ?? false}
      data-seq={row?.seq}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => row && onSelect(row.seq)}
    >
      {row && <Cells {...shown} row={row} />}
    </div>
  );
}

/** What an event says. A hit that the translation hides is shown in the record's own words. */
function What({ row, search }: { row: ReviewRow; search: string }) {
  const shown = told(row.text, row.event);
  const hides = shown !== row.text && !isHit(shown, search) && isHit(row.text, search);
  return (
    <>
      <Marked text={shown} search={search} />
      {hides && (
        <span className="muted" lang="en" dir="ltr">
          {' '}
          <Said
            id="review-recorded-as"
            args={{ text: <Marked text={row.text} search={search} /> }}
          />
        </span>
      )}
    </>
  );
}

function Marked({ text, search }: { text: string; search: string }) {
  return marked(text, search).map((stretch) =>
    stretch.hit ? (
      <mark key={stretch.at} className={styles['hit']}>
        {stretch.text}
      </mark>
    ) : (
      stretch.text
    ),
  );
}

function Cells({ row, zone, search }: { search: string; row: ReviewRow; zone: string }) {
  const [time, ms] = clockParts(row.happenedAt, zone);
  const late = Date.parse(row.seenAt) - Date.parse(row.happenedAt);
  return (
    <>
      <span role="gridcell">
        {time}
        <span className="muted">{ms}</span>
      </span>
      <span role="gridcell" className={styles['lag']}>
        {lag(late)}
      </span>
      <span role="gridcell" className={`code ${styles['what']}`} title={row.event}>
        {row.event}
      </span>
      <span role="gridcell" className={styles['what']}>
        {row.severity && <SeverityGlyph severity={row.severity} size={12} />}{' '}
        <What row={row} search={search} />
      </span>
      <span role="gridcell" className={styles['what']}>
        {[row.station, row.by].filter(Boolean).join(' ') || t('review-console')}
      </span>
      <span role="gridcell" className={`code ${styles['seq']}`}>
        {row.seq}
      </span>
    </>
  );
}

function pagesOf(first: number, last: number): number[] {
  const from = Math.floor(first / PAGE);
  const to = Math.floor(Math.max(last - 1, first) / PAGE);
  return Array.from({ length: to - from + 1 }, (_, n) => from + n);
}

function pageOf(result: ReviewResult, page: number) {
  return {
    queryKey: ['review_rows', result.handle, page],
    queryFn: () => rowsOf(result, page),
    staleTime: Number.POSITIVE_INFINITY,
  };
}

function rowsOf(result: ReviewResult, page: number): Promise<ReviewRow[]> {
  const from = page * PAGE;
  const to = Math.min(from + PAGE, result.total);
  return call<ReviewRow[]>('review_rows', { handle: result.handle, from, to });
}
