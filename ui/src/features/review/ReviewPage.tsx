import { ErrorPanel } from '@/app/ErrorPanel';
import { Header } from '@/app/Header';
import { mayNeverChange, zoneOf } from '@/app/link';
import { RecordLine } from '@/app/RecordLine';
import type { IncidentView, ReviewResult } from '@/generated/protocol';
import type { HostFailure } from '@/host';
import { dayLong, hm } from '@/lib/time';
import { t } from '@/lib/tongue';
import { useCall, useStatus } from '@/live/queries';

import { EventDetailPanel } from './EventDetailPanel';
import { EventList } from './EventList';
import { Export } from './Export';
import { Histogram } from './Histogram';
import { Moment } from './Moment';
import { Outages } from './Outages';
import { QueryLine } from './QueryLine';
import styles from './Review.module.css';
import { useReview } from './useReview';

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

/** `Tuesday 25 November 2025, 07:00 – 13:00`: what the chart shows. */
function periodOf({ histogram, barMs }: ReviewResult, zone: string): string {
  const [first, last] = [histogram[0], histogram.at(-1)];
  return first && last
    ? `${dayLong(first.from, zone)}, ${hm(first.from, zone)} – ${hm(last.from + barMs, zone)}`
    : '';
}

/** The record of this station: everything that was heard, and when; needs no network. */
export function ReviewPage() {
  const status = useStatus();
  const zone = zoneOf(status);
  const review = useReview();
  const { result, outages, selected, setSelected, setSpanOf } = review;
  const incidents = useCall<IncidentView[]>('incidents').data ?? [];
  const found = result.data;
  const span = (from: number, to: number) => setSpanOf({ from, to });
  return (
    <div className={styles['page']}>
      <Header title={t('review-review')} sub={found && periodOf(found, zone)}>
        <RecordLine />
        <Outages review={review} zone={zone} />
        {!mayNeverChange(status) && <Export query={review.query} />}
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
