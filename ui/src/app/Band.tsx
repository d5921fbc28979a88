// The band speaks only when there is something to say: what is so, and what still works.
import { useEffect, useState } from 'react';

import type { Outage, Role, Status } from '@/generated/protocol';
import { call } from '@/host';
import { clock, dayYear, span } from '@/lib/time';
import { t } from '@/lib/tongue';
import { said } from '@/lib/said';
import { words } from '@/lib/words';
import { useCall, useStatus } from '@/live/queries';

import styles from './Band.module.css';
import { isFirstCopy, isReadOnly, mayNeverChange, useRetry, zoneOf } from './link';
import { go, useRoute } from './router';

/** A blip shorter than this is not worth a band. */
const BLIP_MS = 5000;

/** Whether a state has lasted longer than a blip. */
function useLasting(on: boolean, since: string): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    setLasting(false);
    if (!on) {
      return undefined;
    }
    const timer = setTimeout(() => setLasting(true), BLIP_MS);
    return () => clearTimeout(timer);
  }, [on, since]);
  return on && lasting;
}

function waitingOf(status: Status): number {
  return status.outbox.waiting + status.outbox.sending;
}

function Offline({ status }: { status: Status }) {
  const retry = useRetry(status.link);
  const waiting = waitingOf(status);
  const reports = (status.server?.limits ?? null) === null;
  const inHall = useRoute().path[0] === 'hall';
  return (
    <div className={styles.offline} role="status" data-testid="offline-band">
      <span className={styles.hatch} aria-hidden="true" />
      <strong>{t('app-offline-since', { time: clock(status.link.since, zoneOf(status)) })}</strong>
      <span className={styles.words}>
        {t(reports ? (inHall ? 'app-offline-hall' : 'app-offline-kept') : 'app-offline-as-then')}
      </span>
      <span className={styles.facts}>
        {waiting > 0 && (
          <span className={styles.fact}>{t('app-waiting-to-send', { waiting })}</span>
        )}
        {retry !== null && (
          <span className={styles.fact} aria-hidden="true">
            {t('app-next-try-in-s', { retry })}
          </span>
        )}
        <button
          type="button"
          className={styles.act}
          onClick={() => void call('try_now').catch(() => {})}
        >
          {t('app-try-now')}
        </button>
      </span>
    </div>
  );
}

/** How far catching up has come: what was to come at the most, and what has come of it. */
function useProgress(behind: number | null): { most: number; come: number } {
  const [most, setMost] = useState(behind ?? 0);
  if (behind !== null && behind > most) {
    setMost(behind);
  }
  return { most, come: most - (behind ?? 0) };
}

/** How long this station heard nothing, until the line came back; none when it is not known. */
function useMissed(since: string): number | null {
  const outages = useCall<Outage[]>('outages').data ?? [];
  const lasting = outages.find((one) => one.to === null);
  return lasting ? Date.parse(since) - Date.parse(lasting.from) : null;
}

function CatchingUp({ status }: { status: Status }) {
  const missed = useMissed(status.link.since);
  const { most, come } = useProgress(status.link.behind);
  const waiting = waitingOf(status);
  return (
    <div className={styles.catching} role="status" data-testid="catching-band">
      <strong>{t('app-back-online', { time: clock(status.link.since, zoneOf(status)) })}</strong>
      <span className={styles.words}>
        {missed === null
          ? t('app-catching-up-what-happened-meanwhile')
          : t('app-catching-up-on', { span: span(missed) })}
      </span>
      <span className={styles.facts} aria-hidden="true">
        {waiting > 0 && (
          <span className={styles.fact}>{t('app-of-yours-on-their-way', { waiting })}</span>
        )}
        {most > 0 && <span className={styles.fact}>{t('app-events', { come, most })}</span>}
      </span>
      {most > 0 && (
        <span className={styles.progress} style={{ width: `${(come / most) * 100}%` }} />
      )}
    </div>
  );
}

/** The first time here: nothing is held yet. */
function FirstCopy() {
  return (
    <div className={styles.catching} role="status" data-testid="first-copy-band">
      <strong>{t('app-first-copy')}</strong>
      <span className={styles.words}>{t('app-this-station-takes-its-copy')}</span>
    </div>
  );
}

/** The records are here; what led to them still comes, the newest first. */
function History({ status }: { status: Status }) {
  const most = status.lastSeq;
  const come = Math.max(0, most - status.older);
  return (
    <div className={styles.catching} role="status" data-testid="history-band">
      <strong>{t('app-first-copy')}</strong>
      <span className={styles.words}>{t('app-newest-first')}</span>
      <span className={styles.facts} aria-hidden="true">
        {status.reachesBack && (
          <span className={styles.fact}>
            {t('app-back-to', { day: dayYear(status.reachesBack, zoneOf(status)) })}
          </span>
        )}
        <span className={styles.fact}>{t('app-events', { come, most })}</span>
      </span>
      <span className={styles.progress} style={{ width: `${(come / most) * 100}%` }} />
    </div>
  );
}

function SignInAgain({ status }: { status: Status }) {
  return (
    <div className={styles.offline} role="status" data-testid="sign-in-band">
      <strong>{t('app-sign-in-again')}</strong>
      <span className={styles.words}>
        {t('app-work-goes-on-here-and', {
          reason: said(status.link.reason) ?? t('app-the-server-asks-who-you'),
        })}
      </span>
      <span className={styles.facts}>
        <button type="button" className={styles.act} onClick={() => go('#/sign-in')}>
          {t('app-sign-in')}
        </button>
      </span>
    </div>
  );
}

/** Secrets that cannot be kept are no reason to stop; but the next start will ask for the password. */
function KeyStore({ status }: { status: Status }) {
  return (
    <div className={styles.warning} role="status" data-testid="keystore-band">
      <strong>{t('app-the-key-store-does-not')}</strong>
      <span className={styles.words}>
        {t('app-you-stay-signed-in-until', {
          reason: said(status.keystore.reason) ?? t('app-it-did-not-answer'),
        })}
      </span>
      <span className={styles.facts}>
        <button type="button" className={styles.act} onClick={() => go('#/settings/diagnostics')}>
          {t('app-diagnostics')}
        </button>
      </span>
    </div>
  );
}

/** Whoever only looks is told so at once, and looks for no buttons. */
function ReadOnly({ role, isDesk }: { role: Role; isDesk: boolean }) {
  return (
    <div className={styles.plain} role="status" data-testid="read-only-band">
      <strong>{t('app-read-only')}</strong>
      <span className={styles.words}>
        {isDesk ? t('app-review-desk') : t('app-read-only-as', { role: words.role[role] })}
      </span>
    </div>
  );
}

/** The band above the header, when there is something to say. */
export function Band() {
  const status = useStatus();
  const link = status?.link;
  const lasting = useLasting(link?.state === 'reconnecting', link?.since ?? '');
  const filling = useLasting(link?.state === 'live' && (status?.older ?? 0) > 0, link?.since ?? '');
  if (!status || !link) {
    return null;
  }
  return (
    <>
      {status.user && isReadOnly(status) && (
        <ReadOnly role={status.user.role} isDesk={!mayNeverChange(status)} />
      )}
      {(link.state === 'offline' || lasting) && <Offline status={status} />}
      {link.state === 'catching_up' &&
        (isFirstCopy(status) ? <FirstCopy /> : <CatchingUp status={status} />)}
      {filling && <History status={status} />}
      {link.state === 'auth_required' && <SignInAgain status={status} />}
      {!status.keystore.ok && !status.warnings.includes(status.keystore.reason ?? '') && (
        <KeyStore status={status} />
      )}
      {status.warnings.map((warning) => (
        <div key={warning} className={styles.warning} role="status">
          {said(warning)}
        </div>
      ))}
    </>
  );
}
