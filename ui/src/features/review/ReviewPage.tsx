import { ErrorPanel } from '@/app/ErrorPanel';
import { Header } from '@/app/Header';
import { RecordLine } from '@/app/RecordLine';
import type { IncidentView } from '@/generated/protocol';
import type { HostFailure } from '@/host';
import { dayLong, hm, span as lengthOf } from '@/lib/time';
import { t } from '@/lib/tongue';
import { useCall, useStatus } from '@/live/queries';

import { EventDetailPanel } from './EventDetailPanel';
import { EventList } from './EventList';
import { Export } from './Export';
import { Histogram } from './Histogram';
import { Moment } from './Moment';
import { QueryLine } from './QueryLine';
import styles from './Review.module.css';
import { spanOfOutage, useReview, type Review } from './useReview';

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

/** From where on this station remembers, once it has let go of something. */
function Begins({ zone }: { zone: string }) {
  const begins = useStatus()?.begins;
  if (!begins) {
    return null;
  }
  const at = { day: dayLong(begins, zone), time: hm(begins, zone) };
  return (
    <p className={styles['begins']} role="note">
      {t('review-memory-begins', at)}
    </p>
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
      <Begins zone={zone} />
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
