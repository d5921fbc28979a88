import type { Status } from '@/generated/protocol';
import { clock, grouped, lag, zoneName } from '@/lib/time';
import { Said, t } from '@/lib/tongue';
import { useServerNow } from '@/live/clock';
import { useStatus } from '@/live/queries';

import { isBehind, useRetry, zoneOf } from './link';
import styles from './StatusBar.module.css';

/** A clock that is further off than this is said in bold. */
const CLOCK_OFF_MS = 2000;

function retryWords(retry: number | null): string {
  return retry === null ? '' : t('app-waiting-s', { retry });
}

function linkWords({ link }: Status, retry: number | null): [string, string] {
  switch (link.state) {
    case 'live':
      return [
        t('app-live'),
        link.roundTripMs === null ? '' : t('app-ms', { roundTripMs: Math.round(link.roundTripMs) }),
      ];
    case 'reconnecting':
      return [t('app-reconnecting'), ''];
    case 'offline':
      return [
        t('app-offline'),
        link.attempt > 0 ? t('app-try', { attempt: link.attempt, retry: retryWords(retry) }) : '',
      ];
    case 'catching_up':
      return [t('app-catching-up'), link.behind ? t('app-to-come', { behind: link.behind }) : ''];
    case 'auth_required':
      return [t('app-sign-in-again'), ''];
    case 'signed_out':
      return [t('app-signed-out'), ''];
  }
}

/** `612 MB` */
export function bytesWords(bytes: number): string {
  return bytes < 1_000_000
    ? t('app-kb', { bytes: Math.round(bytes / 1000) })
    : t('app-mb', { bytes: bytes / 1_000_000 });
}

/** The address as people say it: without the way and without the key. */
export function hostOf(url: string): string {
  return url.replace(/^https?:\/\//, '').replace(/\/?(#.*)?$/, '');
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
      <Said
        id="app-clock"
        args={{ lag: <b>{measured ? lag(offsetMs) : t('app-not-measured')}</b> }}
      />
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
  const asOf =
    isBehind(status) && status.asOf ? t('app-as-of', { time: clock(status.asOf, zone) }) : '';
  return (
    <footer className={styles.bar} aria-label={t('app-status')}>
      <LinkPart status={status} />
      {status.server && (
        <span>
          <Said
            id="app-server"
            args={{ host: <bdi className="code">{hostOf(status.server.url)}</bdi> }}
          />
        </span>
      )}
      {status.lastSeq > 0 && (
        <span>
          <Said
            id="app-event"
            args={{ lastSeq: <b className="code">#{grouped(status.lastSeq)}</b>, asOf }}
          />
        </span>
      )}
      {status.older > 0 && (
        <span>
          <Said id="app-history-to-come" args={{ older: <b>{grouped(status.older)}</b> }} />
        </span>
      )}
      <span className={waiting + sending > 0 ? styles.strong : undefined} data-testid="to-send">
        <Said id="app-to-send" args={{ waiting: <b>{waiting + sending}</b> }} />
      </span>
      {attention > 0 && <a href="#/outbox">{t('app-need-your-decision', { attention })}</a>}
      <span className={styles.rest} />
      <span>
        <Said id="app-cache" args={{ size: <b>{bytesWords(status.cacheBytes)}</b> }} />
      </span>
      <ClockPart status={status} />
      <Now zone={zone} />
    </footer>
  );
}
