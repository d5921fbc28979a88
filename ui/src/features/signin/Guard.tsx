// What guards the files of a station whose key store cannot: a choice, never made in silence.
import { useId, useState, type KeyboardEvent } from 'react';

import { Button } from '@/components/Button';
import type { HostFailure } from '@/host';
import { t } from '@/lib/tongue';

import styles from './SignIn.module.css';

/** The fewest characters of a passphrase; the console insists on them. */
const SHORTEST = 12;

/** The failures that a passphrase or a choice helps against. */
export function asksForGuard(failure: HostFailure | undefined): boolean {
  return (
    failure !== undefined &&
    ['no_keystore', 'short_passphrase', 'passphrase_wanted', 'wrong_passphrase'].includes(
      failure.code,
    )
  );
}

/** Whether the person chooses for the first time, or opens what they have locked. */
const isNew = (failure: HostFailure): boolean =>
  failure.code === 'no_keystore' || failure.code === 'short_passphrase';

/** The passphrase; Enter sends it, and not the form around it. */
function Words({
  id,
  fresh,
  words,
  onWords,
  onEnter,
}: {
  id: string;
  fresh: boolean;
  words: string;
  onWords: (words: string) => void;
  onEnter: () => void;
}) {
  const enter = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      onEnter();
    }
  };
  return (
    <div className={styles['field']}>
      <label htmlFor={`${id}-words`}>{t('signin-passphrase')}</label>
      <input
        id={`${id}-words`}
        name="passphrase"
        type="password"
        autoComplete={fresh ? 'new-password' : 'current-password'}
        autoFocus
        value={words}
        aria-describedby={`${id}-about`}
        onChange={(event) => onWords(event.target.value)}
        onKeyDown={enter}
      />
      <p id={`${id}-about`} className="muted">
        {fresh ? t('signin-passphrase-new', { n: SHORTEST }) : t('signin-passphrase-known')}
      </p>
    </div>
  );
}

/** Asks for a passphrase, or whether to keep nothing beyond this session. */
export function Guard({
  failure,
  busy,
  onPassphrase,
  onSession,
}: {
  failure: HostFailure;
  busy: boolean;
  onPassphrase: (words: string) => void;
  onSession: () => void;
}) {
  const id = useId();
  const [words, setWords] = useState('');
  const fresh = isNew(failure);
  const ready = words.length >= (fresh ? SHORTEST : 1);
  return (
    <section className={styles['guard']} data-testid="guard" aria-labelledby={`${id}-what`}>
      <h2 id={`${id}-what`}>{fresh ? t('signin-what-guards') : t('signin-open-what-is-kept')}</h2>
      <p role="alert">{failure.message}</p>
      <Words
        {...{ id, fresh, words }}
        onWords={setWords}
        onEnter={() => ready && onPassphrase(words)}
      />
      <Button
        name="with-passphrase"
        variant="ink"
        isDisabled={busy || !ready}
        onPress={() => onPassphrase(words)}
      >
        {fresh ? t('signin-guard-it') : t('signin-open')}
      </Button>
      {fresh && (
        <>
          <Button name="for-session" isDisabled={busy} onPress={onSession}>
            {t('signin-for-session')}
          </Button>
          <p className="muted">{t('signin-for-session-means')}</p>
        </>
      )}
    </section>
  );
}
