// After an outage: how long it was, and what came meanwhile, by what it is about. Until it is seen.
import { useState } from 'react';

import { go } from '@/app/router';
import { Button } from '@/components/Button';
import type { Outage, ReviewResult } from '@/generated/protocol';
import { hm, span } from '@/lib/time';
import { t } from '@/lib/tongue';
import { useCall } from '@/live/queries';

import { EVERYTHING } from '../review/query';
import styles from './Missed.module.css';

const SEEN = 'outage-seen';
/** What was missed longer ago is no news. */
const NEWS_MS = 60 * 60_000;

/** The parts of the record, each with the channels that speak of it. */
const PARTS: readonly [string, readonly string[]][] = [
  ['monitor-missed-incidents', ['incident']],
  ['monitor-missed-batches', ['batch_update', 'script_submission', 'custody']],
  ['monitor-missed-halls', ['exam_logistics', 'exam_checkin', 'station']],
  ['monitor-missed-timetable', ['exam_timetable']],
];

function Part({
  outage,
  id,
  channels,
}: {
  outage: Outage;
  id: string;
  channels: readonly string[];
}) {
  const query = {
    ...EVERYTHING,
    channels: [...channels],
    from: Date.parse(outage.from),
    to: outage.to === null ? null : Date.parse(outage.to),
    lateOnly: true,
  };
  const { data } = useCall<ReviewResult>('review', query);
  return data && data.total > 0 ? <span>{t(id, { n: data.total })}</span> : null;
}

/** The last outage that ended lately and was not marked as seen; the console tells the newest first. */
function lastOf(outages: readonly Outage[], now: number, seen: string | null): Outage | undefined {
  const last = outages.find((one) => one.to !== null && one.replayed > 0);
  const since = last?.to == null ? Number.NaN : now - Date.parse(last.to);
  // A clock that was corrected meanwhile may see it end a moment from now.
  const isNews = since > -60_000 && since < NEWS_MS;
  return isNews && last?.from !== seen ? last : undefined;
}

/** The strip; absent when there is nothing to tell. */
export function Missed({ now, zone }: { now: number; zone: string }) {
  const outages = useCall<Outage[]>('outages').data ?? [];
  const [seen, setSeen] = useState(() => localStorage.getItem(SEEN));
  const outage = lastOf(outages, now, seen);
  if (!outage?.to) {
    return null;
  }
  const times = { from: hm(outage.from, zone), to: hm(outage.to, zone) };
  const length = span(Date.parse(outage.to) - Date.parse(outage.from));
  return (
    <section className={styles.missed} aria-label={t('monitor-missed')}>
      <strong>{t('monitor-missed')}</strong>
      <span>{t('monitor-missed-line', { ...times, span: length, n: outage.replayed })}</span>
      {PARTS.map(([id, channels]) => (
        <Part key={id} {...{ outage, id, channels }} />
      ))}
      <span className={styles.rest} />
      <Button variant="bare" onPress={() => go(`#/review?q=outage:${times.from}`)}>
        {t('monitor-missed-show')}
      </Button>
      <Button
        onPress={() => {
          localStorage.setItem(SEEN, outage.from);
          setSeen(outage.from);
        }}
      >
        {t('monitor-missed-seen')}
      </Button>
    </section>
  );
}
