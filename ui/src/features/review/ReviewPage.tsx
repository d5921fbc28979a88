import { Search } from 'lucide-react';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';

import { ErrorPanel } from '@/app/ErrorPanel';
import { Header } from '@/app/Header';
import { Button } from '@/components/Button';
import type { IncidentView, Outage, ReviewQuery, ReviewResult } from '@/generated/protocol';
import type { HostFailure } from '@/host';
import { useShortcut } from '@/lib/keys';
import { kbdOf } from '@/lib/shortcuts';
import { dayLong, grouped, hm, span } from '@/lib/time';
import { useCall, useStatus } from '@/live/queries';

import { EventDetailPanel } from './EventDetailPanel';
import { EventList } from './EventList';
import { Histogram } from './Histogram';
import { parse } from './query';
import styles from './Review.module.css';

/** The record of this station: everything that was heard, and when; needs no network. */
export function ReviewPage() {
  const zone = useStatus()?.institution?.timezone ?? 'UTC';
  const [line, setLine] = useState('');
  const [spanOf, setSpanOf] = useState<{ from: number; to: number }>();
  const [selected, setSelected] = useState<number>();
  const asked = useDeferredValue(line);
  const query = useMemo<ReviewQuery>(
    () => ({ ...parse(asked), from: spanOf?.from ?? null, to: spanOf?.to ?? null }),
    [asked, spanOf],
  );
  const result = useCall<ReviewResult>('review', { ...query });
  const outages = useCall<Outage[]>('outages');
  const incidents = useCall<IncidentView[]>('incidents');
  const found = result.data;
  const isOld = result.isStale && !result.isFetching;
  useShortcut('review.new', () => void result.refetch(), isOld);
  useShortcut('review.outage.before', () =>
    setSpanOf(beside(outages.data ?? [], spanOf?.from, -1)),
  );
  useShortcut('review.outage.next', () => setSpanOf(beside(outages.data ?? [], spanOf?.from, 1)));
  // Another question has other answers: what was selected may not be among them.
  useEffect(() => setSelected(undefined), [query]);
  const first = found?.histogram[0]?.from;
  return (
    <div className={styles['page']}>
      <Header title="Review" sub={first === undefined ? '' : dayLong(first, zone)}>
        <span className="muted">
          {outages.data?.length ?? 0} {outages.data?.length === 1 ? 'outage' : 'outages'} at this
          station
        </span>
      </Header>
      <div className={styles['query']}>
        <label className={styles['line']}>
          <Search size={14} aria-hidden="true" />
          <span className="visually-hidden">Search the record</span>
          <input
            data-search
            value={line}
            placeholder="Words, or sev:high by:GH-A in:incident late"
            onChange={(event) => setLine(event.target.value)}
          />
          <span className="muted" role="status">
            {found && `${grouped(found.total)} of ${grouped(found.held)} · ${found.ms} ms`}
          </span>
        </label>
        {isOld && (
          <Button kbd={kbdOf('review.new')} onPress={() => void result.refetch()}>
            Show what is new
          </Button>
        )}
        {spanOf && (
          <Button onPress={() => setSpanOf(undefined)}>
            {`${hm(spanOf.from, zone)} – ${hm(spanOf.to, zone)} ×`}
          </Button>
        )}
      </div>
      {found && (
        <Histogram
          result={found}
          outages={outages.data ?? []}
          zone={zone}
          incidents={incidents.data ?? []}
          onSpan={(from, to) => setSpanOf({ from, to })}
        />
      )}
      <div className={styles['body']} data-open={selected !== undefined || undefined}>
        {found ? (
          <EventList
            key={found.handle}
            result={found}
            outages={outages.data ?? []}
            zone={zone}
            selected={selected}
            onSelect={setSelected}
          />
        ) : (
          <Reading failure={result.error} onAgain={() => void result.refetch()} />
        )}
        {selected !== undefined && <EventDetailPanel seq={selected} zone={zone} />}
      </div>
      {outages.data && outages.data.length > 0 && (
        <footer className={styles['outages']}>
          {outages.data.map((outage) => (
            <button key={outage.from} type="button" onClick={() => setSpanOf(spanOfOutage(outage))}>
              {hm(outage.from, zone)} – {outage.to ? hm(outage.to, zone) : 'now'}
              <span className="muted">
                {outage.to && ` ${span(Date.parse(outage.to) - Date.parse(outage.from))}`},{' '}
                {outage.replayed} replayed, {outage.missing} missing, {outage.kept} kept here
              </span>
            </button>
          ))}
        </footer>
      )}
    </div>
  );
}

function Reading({ failure, onAgain }: { failure: HostFailure | null; onAgain: () => void }) {
  if (failure) {
    return <ErrorPanel failure={failure} onAgain={onAgain} />;
  }
  return (
    <p className={styles['empty']} role="status">
      Reading the record.
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
