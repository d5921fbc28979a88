import { useQueries } from '@tanstack/react-query';

import { Tag } from '@/components/Tag';
import type { Outage, ReviewResult, ReviewRow } from '@/generated/protocol';
import { SeverityGlyph } from '@/glyphs';
import { call } from '@/host';
import { useShortcut } from '@/lib/keys';
import { clock, clockParts, lag } from '@/lib/time';
import { Said, t } from '@/lib/tongue';
import { told } from '@/lib/said';

import { isHit, marked } from './query';
import styles from './Review.module.css';
import { useHuge } from './useHuge';

/** Height of a row, in px; as in the stylesheet. */
const ROW = 28;
/** Rows that are asked for at a time. */
const PAGE = 200;

/** The rows that are to be seen, read page by page. */
function useRows(result: ReviewResult) {
  const huge = useHuge(result.total, ROW);
  const pages = pagesOf(huge.first, huge.last);
  const loaded = useQueries({
    queries: pages.map((page) => ({
      queryKey: ['review_rows', result.handle, page],
      queryFn: () => rowsOf(result, page),
      staleTime: Number.POSITIVE_INFINITY,
    })),
  });
  const rowAt = (index: number): ReviewRow | undefined => {
    const page = Math.floor(index / PAGE);
    return loaded[pages.indexOf(page)]?.data?.[index - page * PAGE];
  };
  const visible = Array.from({ length: huge.last - huge.first }, (_, n) => huge.first + n);
  return { huge, rowAt, visible };
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

const TITLES = [
  'review-happened',
  'review-seen-here',
  'review-event',
  'review-what',
  'review-station-by',
  'review-number',
];

/** The events that match, of which only the visible ones are read. */
export function EventList({ result, outages, zone, selected, search, onSelect }: Props) {
  const { huge, rowAt, visible } = useRows(result);
  const at = visible.find((index) => rowAt(index)?.seq === selected);
  const move = (by: number) => {
    const next = at === undefined ? huge.first : at + by;
    const row = rowAt(next);
    if (row) {
      onSelect(row.seq);
      huge.show(next);
    }
  };
  useShortcut('list.down', () => move(1));
  useShortcut('list.up', () => move(-1));
  if (result.total === 0) {
    return <p className={styles['empty']}>{t('review-nothing-in-the-record-matches')}</p>;
  }
  return (
    <div
      className={styles['list']}
      role="grid"
      aria-label={t('review-events')}
      aria-rowcount={result.total}
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
          {visible.map((index) => (
            <EventRow
              key={index}
              {...{ index, outages, zone, selected, search, onSelect }}
              row={rowAt(index)}
              before={rowAt(index - 1)}
              top={huge.top(index)}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

function EventRow({
  index,
  row,
  before,
  top,
  selected,
  onSelect,
  ...shown
}: Omit<Props, 'result'> & {
  index: number;
  row: ReviewRow | undefined;
  before: ReviewRow | undefined;
  top: number;
}) {
  return (
    <div
      className={styles['event']}
      role="row"
      aria-rowindex={index + 1}
      aria-selected={row !== undefined && row.seq === selected}
      data-late={row?.late ?? false}
      data-gap={(row && before?.late === !row.late) || undefined}
      data-seq={row?.seq}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => row && onSelect(row.seq)}
    >
      {row && <Cells {...shown} row={row} before={before} />}
    </div>
  );
}

/** What is said where the line was lost, and where it came back. */
function Gap({
  row,
  before,
  zone,
  outages,
}: {
  row: ReviewRow;
  before: ReviewRow | undefined;
  zone: string;
  outages: readonly Outage[];
}) {
  if (before === undefined || before.late === row.late) {
    return null;
  }
  const seen = Date.parse(row.late ? row.seenAt : before.seenAt);
  const outage = outages.find(
    (one) => one.to !== null && Math.abs(Date.parse(one.to) - seen) < 60_000,
  );
  const lost = outage
    ? t('review-line-lost-at', { time: clock(outage.from, zone) })
    : t('review-line-lost');
  const back = outage?.to
    ? t('review-line-back-at', { time: clock(outage.to, zone), replayed: outage.replayed })
    : t('review-line-back');
  return (
    <span className={styles['gap']}>
      <Tag tone={row.late ? 'late' : 'plain'}>{row.late ? lost : back}</Tag>
    </span>
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

function Cells({
  row,
  before,
  zone,
  outages,
  search,
}: {
  search: string;
  row: ReviewRow;
  before: ReviewRow | undefined;
  zone: string;
  outages: readonly Outage[];
}) {
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
      <span role="gridcell" className="code">
        {row.event}
      </span>
      <span role="gridcell" className={styles['what']}>
        <Gap row={row} before={before} zone={zone} outages={outages} />
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

function rowsOf(result: ReviewResult, page: number): Promise<ReviewRow[]> {
  const from = page * PAGE;
  const to = Math.min(from + PAGE, result.total);
  return call<ReviewRow[]>('review_rows', { handle: result.handle, from, to });
}
