// The first password is known to whoever brought the account in: a new one is asked for at sign-in.
import { useId, useState, type FormEvent } from 'react';

import { announce } from '@/app/announce';
import { StatusBar } from '@/app/StatusBar';
import { Button } from '@/components/Button';
import type { UserView } from '@/generated/protocol';
import { call, failureOf, HostFailure } from '@/host';
import { t } from '@/lib/tongue';

import styles from './SignIn.module.css';

/** As short as the server allows. */
const SHORTEST = 8;

interface Typed {
  current: string;
  new: string;
  again: string;
}

const NOTHING: Typed = { current: '', new: '', again: '' };

/** What is wrong with what was typed; nothing when it can be sent. */
function problemOf(typed: Typed): string | null {
  if (typed.new.length < SHORTEST) {
    return t('signin-password-too-short', { n: SHORTEST });
  }
  if (typed.new === typed.current) {
    return t('signin-password-the-same');
  }
  return typed.new === typed.again ? null : t('signin-password-differs');
}

/** Changes the password; `onDone` when it is another one. */
function useChange(onDone: () => void) {
  const [typed, setTyped] = useState(NOTHING);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const change = (part: Partial<Typed>) => setTyped((known) => ({ ...known, ...part }));
  const send = async () => {
    const wrong = problemOf(typed);
    setProblem(wrong);
    if (wrong !== null) {
      return;
    }
    setBusy(true);
    try {
      await call('change_password', { current: typed.current, new: typed.new });
      setTyped(NOTHING);
      announce(t('signin-password-changed'));
      onDone();
    } catch (thrown) {
      const failure: HostFailure = failureOf(thrown);
      setProblem(failure.message);
    } finally {
      setBusy(false);
    }
  };
  return { typed, problem, busy, change, send };
}

const FIELDS = [
  ['current', 'signin-password-until-now', 'current-password'],
  ['new', 'signin-password-new', 'new-password'],
  ['again', 'signin-password-again', 'new-password'],
] as const;

/** The old password, the new one, and the new one again. */
export function PasswordForm({ onDone, onLater }: { onDone: () => void; onLater?: () => void }) {
  const id = useId();
  const { typed, problem, busy, change, send } = useChange(onDone);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send();
  };
  return (
    <form className={styles['form']} onSubmit={submit} aria-label={t('signin-change-password')}>
      {FIELDS.map(([name, label, complete]) => (
        <div key={name} className={styles['field']}>
          <label htmlFor={`${id}-${name}`}>{t(label)}</label>
          <input
            id={`${id}-${name}`}
            type="password"
            autoComplete={complete}
            value={typed[name]}
            aria-invalid={problem !== null && name !== 'current'}
            onChange={(event) => change({ [name]: event.target.value })}
          />
        </div>
      ))}
      {problem !== null && (
        <p role="alert" className={styles['problem']}>
          {problem}
        </p>
      )}
      <p className="muted">{t('signin-password-what')}</p>
      <Button type="submit" variant="ink" kbd="↵" isDisabled={busy}>
        {t('signin-change-password')}
      </Button>
      {onLater && (
        <Button variant="bare" onPress={onLater}>
          {t('signin-password-later')}
        </Button>
      )}
    </form>
  );
}

/** Asks for a password of one's own before the work begins. */
export function NewPassword({ user, onLater }: { user: UserView; onLater: () => void }) {
  return (
    <div className={styles['window']}>
      <div className={styles['page']}>
        <main className={styles['main']}>
          <div className={styles['form']}>
            <h1>{t('signin-choose-a-password')}</h1>
            <p>{t('signin-first-password', { name: user.name })}</p>
          </div>
          <PasswordForm onDone={() => {}} onLater={onLater} />
        </main>
      </div>
      <StatusBar />
    </div>
  );
}
