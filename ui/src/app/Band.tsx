// The band speaks only when there is something to say: what is so, and what still works.
import { useEffect, useState } from 'react';

import type { Status } from '@/generated/protocol';
import { call } from '@/host';
import { clock, grouped } from '@/lib/time';
import { useStatus } from '@/live/queries';

import styles from './Band.module.css';
import { isFirstCopy, useRetry, zoneOf } from './link';
import { go } from './router';

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
  return (
    <div className={styles.offline} role="status" data-testid="offline-band">
      <span className={styles.hatch} aria-hidden="true" />
      <strong>Offline since {clock(status.link.since, zoneOf(status))}</strong>
      <span className={styles.words}>
        You see the halls as they were then.{' '}
        {(status.server?.limits ?? null) === null &&
          'What you report is kept here and sent when the server is back.'}
      </span>
      <span className={styles.facts}>
        {waiting > 0 && <span className={styles.fact}>{waiting} waiting to send</span>}
        {retry !== null && (
          <span className={styles.fact} aria-hidden="true">
            Next try in {retry} s
          </span>
        )}
        <button
          type="button"
          className={styles.act}
          onClick={() => void call('try_now').catch(() => {})}
        >
          Try now
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

function CatchingUp({ status }: { status: Status }) {
  const { most, come } = useProgress(status.link.behind);
  const waiting = waitingOf(status);
  return (
    <div className={styles.catching} role="status" data-testid="catching-band">
      <strong>Back online {clock(status.link.since, zoneOf(status))}</strong>
      <span className={styles.words}>Catching up: what happened meanwhile comes in order</span>
      <span className={styles.facts} aria-hidden="true">
        {waiting > 0 && <span className={styles.fact}>{waiting} of yours on their way</span>}
        {most > 0 && (
          <span className={styles.fact}>
            Events {grouped(come)} / {grouped(most)}
          </span>
        )}
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
      <strong>First copy</strong>
      <span className={styles.words}>
        This station takes its copy of the record from the server. You may report already; lists and
        search are complete when this is done.
      </span>
    </div>
  );
}

function SignInAgain({ status }: { status: Status }) {
  return (
    <div className={styles.offline} role="status" data-testid="sign-in-band">
      <strong>Sign in again</strong>
      <span className={styles.words}>
        {status.link.reason ?? 'The server asks who you are.'} Work goes on here and is sent
        afterwards.
      </span>
      <span className={styles.facts}>
        <button type="button" className={styles.act} onClick={() => go('#/sign-in')}>
          Sign in
        </button>
      </span>
    </div>
  );
}

/** Secrets that cannot be kept are no reason to stop; but the next start will ask for the password. */
function KeyStore({ status }: { status: Status }) {
  return (
    <div className={styles.warning} role="status" data-testid="keystore-band">
      <strong>The key store does not work</strong>
      <span className={styles.words}>
        {status.keystore.reason ?? 'It did not answer.'} You stay signed in until the console is
        closed; reports are kept as always.
      </span>
      <span className={styles.facts}>
        <button type="button" className={styles.act} onClick={() => go('#/settings/diagnostics')}>
          Diagnostics
        </button>
      </span>
    </div>
  );
}

/** The band above the header, when there is something to say. */
export function Band() {
  const status = useStatus();
  const link = status?.link;
  const lasting = useLasting(link?.state === 'reconnecting', link?.since ?? '');
  if (!status || !link) {
    return null;
  }
  return (
    <>
      {(link.state === 'offline' || lasting) && <Offline status={status} />}
      {link.state === 'catching_up' &&
        (isFirstCopy(status) ? <FirstCopy /> : <CatchingUp status={status} />)}
      {link.state === 'auth_required' && <SignInAgain status={status} />}
      {!status.keystore.ok && !status.warnings.includes(status.keystore.reason ?? '') && (
        <KeyStore status={status} />
      )}
      {status.warnings.map((warning) => (
        <div key={warning} className={styles.warning} role="status">
          {warning}
        </div>
      ))}
    </>
  );
}
