import { Fragment } from 'react';

import type { IncidentDetail, TimelineEntry } from '@/generated/protocol';
import { SeverityGlyph, SyncGlyph } from '@/glyphs';
import { clock, dayLong, grouped, lag, span } from '@/lib/time';
import { Said, t, tenths } from '@/lib/tongue';
import { told } from '@/lib/said';
import { useStatus } from '@/live/queries';

import styles from './Timeline.module.css';

/** News that took longer than this came late. */
const LATE_MS = 60_000;

function Bullet({
  entry,
  first,
  detail,
}: {
  entry: TimelineEntry;
  first: boolean;
  detail: IncidentDetail;
}) {
  if (entry.sync !== 'server') {
    return <SyncGlyph sync={entry.sync} />;
  }
  return first ? (
    <SeverityGlyph severity={detail.view.severity} />
  ) : (
    <span className={styles.dot} />
  );
}

function Origin({ entry }: { entry: TimelineEntry }) {
  if (entry.seq === null) {
    return (
      <>
        {entry.sync === 'attention'
          ? t('incidents-needs-your-decision')
          : t('incidents-waiting-to-send')}
      </>
    );
  }
  return (
    <>
      {entry.lagMs > LATE_MS && <span className={styles.late}>{lag(entry.lagMs)} </span>}
      {entry.station && <bdi>{entry.station}</bdi>}{' '}
      <bdi className="code">#{grouped(entry.seq)}</bdi>
    </>
  );
}

/** Who did what; words of a report that stand above are not said again. */
function Words({ entry, above }: { entry: TimelineEntry; above: readonly string[] }) {
  const by = entry.by && <b>{entry.by}</b>;
  const isReport = entry.event === 'incident:reported';
  if (by && isReport && above.includes(entry.text)) {
    return <Said id="incidents-reported-this" args={{ name: by }} />;
  }
  const text = isReport ? entry.text : told(entry.text, entry.event);
  return by ? <Said id="incidents-did" args={{ name: by, text }} /> : text;
}

/** `0.7 s`, `17:20`: how long something took. */
function took(ms: number): string {
  return ms < LATE_MS ? t('time-took', { seconds: tenths(ms / 1000) }) : span(ms);
}

/** When the report reached the server and this station, after it was written. */
function Reached({ detail, zone }: { detail: IncidentDetail; zone: string }) {
  const { view, seenAt } = detail;
  const written = Date.parse(view.times.recordedAt) - view.times.clockOffsetMs;
  const after = (at: string) => took(Math.max(0, Date.parse(at) - written));
  return (
    <li className={styles.entry}>
      <time dateTime={view.receivedAt}>{clock(view.receivedAt, zone)}</time>
      <span className={styles.bullet}>
        <SyncGlyph sync="server" />
      </span>
      <span className={`${styles.text} muted`}>
        {seenAt
          ? t('incidents-reached-both', { server: after(view.receivedAt), here: after(seenAt) })
          : t('incidents-reached-server', { server: after(view.receivedAt) })}
      </span>
      <span />
    </li>
  );
}

/** What happened since, oldest first. */
export function Timeline({
  detail,
  zone,
  above,
}: {
  detail: IncidentDetail;
  zone: string;
  /** Words that the reader has seen above. */
  above: readonly string[];
}) {
  const begins = useStatus()?.begins;
  if (begins && detail.timeline.length === 0) {
    return (
      <p className="muted" role="note">
        {t('incidents-not-remembered', { day: dayLong(begins, zone) })}
      </p>
    );
  }
  return (
    <ol className={styles.timeline} aria-label={t('incidents-what-happened')}>
      {detail.timeline.map((entry, index) => (
        <Fragment key={entry.seq ?? `kept-${entry.at}-${entry.text}`}>
          <li className={styles.entry} data-sync={entry.sync}>
            <time dateTime={entry.at}>{clock(entry.at, zone)}</time>
            <span className={styles.bullet}>
              <Bullet entry={entry} first={index === 0} detail={detail} />
            </span>
            <span className={styles.text}>
              <Words entry={entry} above={above} />
            </span>
            <span className={styles.origin}>
              <Origin entry={entry} />
            </span>
          </li>
          {index === 0 && entry.seq !== null && detail.view.number !== null && (
            <Reached detail={detail} zone={zone} />
          )}
        </Fragment>
      ))}
    </ol>
  );
}
