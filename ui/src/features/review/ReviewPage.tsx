import { Search } from 'lucide-react';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';

import { ErrorPanel } from '@/app/ErrorPanel';
import { Header } from '@/app/Header';
import { RecordLine } from '@/app/RecordLine';
import { zoneOf } from '@/app/link';
import { useRoute } from '@/app/router';
import { Button } from '@/components/Button';
import type {
  IncidentView,
  Monitor,
  Outage,
  ReviewQuery,
  ReviewResult,
} from '@/generated/protocol';
import type { HostFailure } from '@/host';
import { useShortcut } from '@/lib/keys';
import { kbdOf } from '@/lib/shortcuts';
import { dayLong, hm, span as lengthOf } from '@/lib/time';
import { t } from '@/lib/tongue';
import { useCall, useStatus } from '@/live/queries';

import { EventDetailPanel } from './EventDetailPanel';
import { EventList } from './EventList';
import { Export } from './Export';
import { Histogram } from './Histogram';
import { Moment } from './Moment';
import { parse } from './query';
import styles from './Review.module.css';

/** The sittings of each hall, by the code of its venue. */
function useHalls(): ReadonlyMap<string, readonly number[]> {
  const sittings = useCall<Monitor>('monitor').data?.sittings;
  return useMemo(() => {
    const halls = new Map<string, number[]>();
    for (const { id, venue } of sittings ?? []) {
      const code = venue?.code.toUpperCase() ?? '';
      halls.set(code, [...(halls.get(code) ?? []), id]);
    }
    return halls;
  }, [sittings]);
}

/** What is asked of the record, and what it answers. */
function useReview() {
  const { search } = useRoute();
  const [line, setLine] = useState(search.get('q') ?? '');
  const [spanOf, setSpanOf] = useState<{ from: number; to: number }>();
  const [selected, setSelected] = useState<number>();
  const asked = useDeferredValue(line);
  const halls = useHalls();
  const outages = useCall<Outage[]>('outages').data ?? NONE;
  const zone = zoneOf(useStatus());
  const query = useMemo<ReviewQuery>(() => {
    const spans = new Map(outages.map((one) => [hm(one.from, zone), spanOfOutage(one)]));
    const parsed = parse(asked, halls, spans);
    return { ...parsed, ...spanOf };
  }, [asked, halls, spanOf, outages, zone]);
  const result = useCall<ReviewResult>('review', { ...query });
  const isOld = result.isStale && !result.isFetching;
  useShortcut('review.new', () => void result.refetch(), isOld);
  useShortcut('review.outage.before', () => setSpanOf(beside(outages, spanOf?.from, -1)));
  useShortcut('review.outage.next', () => setSpanOf(beside(outages, spanOf?.from, 1)));
  // Another question has other answers: what was selected may not be among them.
  const question = JSON.stringify(query);
  useEffect(() => setSelected(undefined), [question]);
  return { line, setLine, spanOf, setSpanOf, selected, setSelected, query, result, outages, isOld };
}

type Review = ReturnType<typeof useReview>;

const NONE: Outage[] = [];

function QueryLine({ review, zone }: { review: Review; zone: string }) {
  const { line, setLine, result, isOld, spanOf, setSpanOf } = review;
  const found = result.data;
  return (
    <div className={styles['query']}>
      <label className={styles['line']}>
        <Search size={14} aria-hidden="true" />
        <span className="visually-hidden">{t('review-search-the-record')}</span>
        <input
          data-search
          value={line}
          placeholder={t('review-words-or-hall-gh-sev')}
          onChange={(event) => setLine(event.target.value)}
        />
        <span className="muted" role="status">
          {found && t('review-of-ms', { total: found.total, held: found.held, ms: found.ms })}
        </span>
      </label>
      {isOld && (
        <Button kbd={kbdOf('review.new')} onPress={() => void result.refetch()}>
          {t('review-show-what-is-new')}
        </Button>
      )}
      {spanOf && (
        <Button onPress={() => setSpanOf(undefined)}>
          {`${hm(spanOf.from, zone)} – ${hm(spanOf.to, zone)} ×`}
        </Button>
      )}
    </div>
  );
}

function Outages({ review, zone }: { review: Review; zone: string }) {
  const { outages, setSpanOf } = review;
  if (outages.length === 0) {
    return null;
  }
  return (
    <footer className={styles['outages']}>
      {outages.map((outage) => (
        <button key={outage.from} type="button" onClick={() => setSpanOf(spanOfOutage(outage))}>
          {hm(outage.from, zone)} – {outage.to ? hm(outage.to, zone) : t('review-now')}{' '}
          <span className="muted">
            {t('review-replayed-missing-kept-here', {
              span:
                outage.to === null ? '' : lengthOf(Date.parse(outage.to) - Date.parse(outage.from)),
              replayed: outage.replayed,
              missing: outage.missing,
              kept: outage.kept,
            })}
          </span>
        </button>
      ))}
    </footer>
  );
}

/** The record of this station: everything that was heard, and when; needs no network. */
export function ReviewPage() {
  const zone = useStatus()?.institution?.timezone ?? 'UTC';
  const review = useReview();
  const { result, outages, selected, setSelected, setSpanOf } = review;
  const incidents = useCall<IncidentView[]>('incidents').data ?? [];
  const found = result.data;
  const first = found?.histogram[0]?.from;
  const span = (from: number, to: number) => setSpanOf({ from, to });
  return (
    <div className={styles['page']}>
      <Header title={t('review-review')} sub={first === undefined ? '' : dayLong(first, zone)}>
        <RecordLine />
        <span className="muted">{t('review-at-this-station', { n: outages.length })}</span>
        <Export query={review.query} />
      </Header>
      <QueryLine review={review} zone={zone} />
      {found && <Histogram {...{ outages, zone, incidents }} result={found} onSpan={span} />}
      {found && <Moment result={found} zone={zone} onSpan={span} />}
      <div className={styles['body']} data-open={selected !== undefined || undefined}>
        {found ? (
          <EventList
            key={found.handle}
            {...{ outages, zone, selected }}
            result={found}
            search={review.query.text}
            onSelect={setSelected}
          />
        ) : (
          <Reading failure={result.error} onAgain={() => void result.refetch()} />
        )}
        {selected !== undefined && <EventDetailPanel seq={selected} zone={zone} />}
      </div>
      <Outages review={review} zone={zone} />
    </div>
  );
}

function Reading({ failure, onAgain }: { failure: HostFailure | null; onAgain: () => void }) {
  if (failure) {
    return <ErrorPanel failure={failure} onAgain={onAgain} />;
  }
  return (
    <p className={styles['empty']} role="status">
      {t('review-reading-the-record')}
    </p>
  );
}

function spanOfOutage(outage: Outage) {
  const to = outage.to === null ? Number.MAX_SAFE_INTEGER : Date.parse(outage.to);
  return { from: Date.parse(outage.from), to };
}

function beside(outages: readonly Outage[], from: number | undefined, by: 1 | -1) {
  const spans = outages.map(spanOfOutage).sort((a, b) => a.from - b.from);
  const at = spans.findIndex((found) => found.from === from);
  const next = at < 0 ? (by > 0 ? 0 : spans.length - 1) : at + by;
  return spans[next] ?? spans[at];
}
