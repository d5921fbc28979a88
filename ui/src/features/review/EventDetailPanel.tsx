import { Button } from '@/components/Button';
import { Tag } from '@/components/Tag';
import type { EventDetail } from '@/generated/protocol';
import { clockParts, lag } from '@/lib/time';
import { useCall } from '@/live/queries';

import styles from './Review.module.css';

/** One event: its times, its author, and what was said byte for byte. */
export function EventDetailPanel({ seq, zone }: { seq: number; zone: string }) {
  const detail = useCall<EventDetail>('event', { seq });
  const shown = detail.data;
  if (!shown || shown.event.seq !== seq) {
    return <aside className={styles['panel']} aria-busy="true" aria-label="Event" />;
  }
  const { event } = shown;
  const incident = event.payload['clientRef'];
  const times: [string, string][] = [
    ['Happened', event.occurredAt],
    [`Written on ${event.actor.stationCode ?? 'the server'}`, event.recordedAt],
    ['Server took it', event.timestamp],
    ['Seen here', shown.seenAt],
  ];
  return (
    <aside className={styles['panel']} aria-label={`Event ${seq}`}>
      {shown.late && <Tag tone="late">Replayed</Tag>}
      <h2>{shown.text}</h2>
      <p className="muted">
        {[event.actor.name, event.actor.stationCode].filter(Boolean).join(', ') || 'Console'}
      </p>
      <dl className={styles['times']}>
        {times.map(([name, at]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{clockParts(at, zone).join('')}</dd>
          </div>
        ))}
        <div>
          <dt>Clock of the station</dt>
          <dd>{lag(event.clockOffsetMs)}</dd>
        </div>
      </dl>
      <pre className={styles['payload']}>
        {JSON.stringify({ event: event.event, seq: event.seq, ...event.payload }, null, 2)}
      </pre>
      <div className={styles['actions']}>
        {typeof incident === 'string' && (
          <Button onPress={() => window.location.assign(`#/incidents/${incident}`)}>
            Open incident
          </Button>
        )}
        <Button
          variant="bare"
          onPress={() => void navigator.clipboard.writeText(JSON.stringify(event, null, 2))}
        >
          Copy
        </Button>
      </div>
    </aside>
  );
}
