import type { IncidentDetail, TimelineEntry } from '@/generated/protocol';
import { SeverityGlyph, SyncGlyph } from '@/glyphs';
import { clock, grouped, lag } from '@/lib/time';
import { Said, t } from '@/lib/tongue';
import { told } from '@/lib/said';

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

/** Who did what. The words of the report itself stand above the history. */
function Words({ entry }: { entry: TimelineEntry }) {
  const by = entry.by && <b>{entry.by}</b>;
  if (by && entry.event === 'incident:reported') {
    return <Said id="incidents-reported-this" args={{ name: by }} />;
  }
  const text = told(entry.text, entry.event);
  return by ? <Said id="incidents-did" args={{ name: by, text }} /> : text;
}

/** What happened since, oldest first. */
export function Timeline({ detail, zone }: { detail: IncidentDetail; zone: string }) {
  return (
    <ol className={styles.timeline} aria-label={t('incidents-what-happened')}>
      {detail.timeline.map((entry, index) => (
        <li
          key={entry.seq ?? `kept-${entry.at}-${entry.text}`}
          className={styles.entry}
          data-sync={entry.sync}
        >
          <time dateTime={entry.at}>{clock(entry.at, zone)}</time>
          <span className={styles.bullet}>
            <Bullet entry={entry} first={index === 0} detail={detail} />
          </span>
          <span className={styles.text}>
            <Words entry={entry} />
          </span>
          <span className={styles.origin}>
            <Origin entry={entry} />
          </span>
        </li>
      ))}
    </ol>
  );
}
