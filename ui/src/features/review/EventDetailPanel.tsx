import { Button } from '@/components/Button';
import { Tag } from '@/components/Tag';
import type { EventDetail } from '@/generated/protocol';
import { SeverityGlyph } from '@/glyphs';
import { clockParts, lag } from '@/lib/time';
import { t } from '@/lib/tongue';
import { told } from '@/lib/said';
import { words } from '@/lib/words';
import { useCall, useStatus } from '@/live/queries';

import { SEVERITIES } from './query';
import styles from './Review.module.css';

const TONE = { CRITICAL: 'critical', HIGH: 'high', MEDIUM: 'medium', LOW: 'low' } as const;

/** How bad an incident was, where the event says so. */
function SeverityTag({ severity }: { severity: unknown }) {
  const known = SEVERITIES.find((one) => one === severity);
  return known ? (
    <Tag tone={TONE[known]}>
      <SeverityGlyph severity={known} size={12} /> {words.severity[known]}
    </Tag>
  ) : null;
}

/** What was said, byte for byte; its names stand out. */
function Payload({ value }: { value: Record<string, unknown> }) {
  const lines = JSON.stringify(value, null, 2).split('\n');
  return (
    <pre className={styles['payload']} dir="ltr">
      {lines.map((line, at) => {
        const [, space = '', name = '', rest = line] = /^(\s*)("[^"]*")(:.*)$/.exec(line) ?? [];
        return (
          // A payload does not change: a line is named by where it stands.
          // oxlint-disable-next-line react/no-array-index-key
          <span key={at}>
            {space}
            <b>{name}</b>
            {rest}
            {'\n'}
          </span>
        );
      })}
    </pre>
  );
}

/** One event: its times, its author, and what was said byte for byte. */
export function EventDetailPanel({ seq, zone }: { seq: number; zone: string }) {
  const detail = useCall<EventDetail>('event', { seq });
  const status = useStatus();
  const shown = detail.data;
  if (!shown || shown.event.seq !== seq) {
    return <aside className={styles['panel']} aria-busy="true" aria-label={t('review-event')} />;
  }
  const { event } = shown;
  const incident = event.payload['clientRef'];
  const times: [string, string][] = [
    [t('review-happened'), event.occurredAt],
    [
      t('review-written-on', { stationCode: event.actor.stationCode ?? t('review-the-server') }),
      event.recordedAt,
    ],
    [t('review-server-took-it'), event.timestamp],
    [t('review-seen-at', { code: status?.station.code ?? '' }), shown.seenAt],
  ];
  return (
    <aside className={styles['panel']} aria-label={t('review-event-2', { seq })}>
      <div className={styles['actions']}>
        {shown.late && <Tag tone="late">{t('review-replayed')}</Tag>}
        <SeverityTag severity={event.payload['severity']} />
      </div>
      <h2>{told(shown.text, event.event)}</h2>
      <p className="muted">
        {[event.actor.name, event.actor.stationCode].filter(Boolean).join(', ') ||
          t('review-console')}
      </p>
      <dl className={styles['times']}>
        {times.map(([name, at], nth) => (
          <div key={name} data-late={(shown.late && nth === times.length - 1) || undefined}>
            <dt>{name}</dt>
            <dd>{clockParts(at, zone).join('')}</dd>
          </div>
        ))}
        <div>
          <dt>{t('review-clock-of-the-station')}</dt>
          <dd>{lag(event.clockOffsetMs)}</dd>
        </div>
      </dl>
      <Payload value={{ event: event.event, seq: event.seq, ...event.payload }} />
      <div className={styles['actions']}>
        {typeof incident === 'string' && (
          <Button onPress={() => window.location.assign(`#/incidents/${incident}`)}>
            {t('review-open-incident')}
          </Button>
        )}
        <Button
          variant="bare"
          onPress={() => void navigator.clipboard.writeText(JSON.stringify(event, null, 2))}
        >
          {t('review-copy')}
        </Button>
      </div>
    </aside>
  );
}
