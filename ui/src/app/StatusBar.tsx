import type { Status } from '@/generated/protocol';
import { clock, grouped, lag, zoneName } from '@/lib/time';
import { useServerNow } from '@/live/clock';
import { useStatus } from '@/live/queries';

import { isBehind, useRetry, zoneOf } from './link';
import styles from './StatusBar.module.css';

/** A clock that is further off than this is said in bold. */
const CLOCK_OFF_MS = 2000;

function retryWords(retry: number | null): string {
  return retry === null ? '' : `, waiting ${retry} s`;
}

function linkWords({ link }: Status, retry: number | null): [string, string] {
  switch (link.state) {
    case 'live':
      return ['Live', link.roundTripMs === null ? '' : `${Math.round(link.roundTripMs)} ms`];
    case 'reconnecting':
      return ['Reconnecting', ''];
    case 'offline':
      return ['Offline', link.attempt > 0 ? `try ${link.attempt}${retryWords(retry)}` : ''];
    case 'catching_up':
      return ['Catching up', link.behind ? `${grouped(link.behind)} to come` : ''];
    case 'auth_required':
      return ['Sign in again', ''];
    case 'signed_out':
      return ['Signed out', ''];
  }
}

/** `612 MB` */
function size(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} KB` : `${grouped(bytes / 1_000_000)} MB`;
}

function hostOf(url: string): string {
  return url.replace(/^https?:\/\//, '').replace(/\/$/, '');
}

function LinkPart({ status }: { status: Status }) {
  const [state, more] = linkWords(status, useRetry(status.link));
  return (
    <span className={styles.link} data-testid="link-state" data-state={status.link.state}>
      <span className={styles.dot} aria-hidden="true" />
      <strong>{state}</strong>
      {more && <span>{more}</span>}
    </span>
  );
}

function Now({ zone }: { zone: string }) {
  const now = useServerNow();
  return (
    <span>
      <b>{clock(now, zone)}</b> {zoneName(now, zone)}
    </span>
  );
}

function ClockPart({ status }: { status: Status }) {
  const { measured, offsetMs } = status.clock;
  const far = measured && Math.abs(offsetMs) > CLOCK_OFF_MS;
  return (
    <span className={far ? styles.far : undefined}>
      Clock <b>{measured ? lag(offsetMs) : 'not measured'}</b>
    </span>
  );
}

/** The line at the bottom: the link, what is held, what waits, and the time. */
export function StatusBar() {
  const status = useStatus();
  if (!status) {
    return <footer className={styles.bar} />;
  }
  const zone = zoneOf(status);
  const { waiting, sending, attention } = status.outbox;
  const asOf = isBehind(status) && status.asOf ? ` as of ${clock(status.asOf, zone)}` : '';
  return (
    <footer className={styles.bar} aria-label="Status">
      <LinkPart status={status} />
      {status.server && (
        <span>
          Server <bdi className="code">{hostOf(status.server.url)}</bdi>
        </span>
      )}
      {status.lastSeq > 0 && (
        <span>
          Event <b className="code">#{grouped(status.lastSeq)}</b>
          {asOf}
        </span>
      )}
      {status.older > 0 && (
        <span>
          History <b>{grouped(status.older)}</b> to come
        </span>
      )}
      <span className={waiting + sending > 0 ? styles.strong : undefined} data-testid="to-send">
        To send <b>{waiting + sending}</b>
      </span>
      {attention > 0 && <a href="#/outbox">{attention} need your decision</a>}
      <span className={styles.rest} />
      <span>
        Cache <b>{size(status.cacheBytes)}</b>
      </span>
      <ClockPart status={status} />
      <Now zone={zone} />
    </footer>
  );
}
