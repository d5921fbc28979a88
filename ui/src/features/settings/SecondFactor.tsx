// The second factor of the own account: set up, turned off, and other recovery codes.
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';

import { announce } from '@/app/announce';
import { zoneOf } from '@/app/link';
import { Button } from '@/components/Button';
import { CodeField, RecoveryCodes, SetUpFactor } from '@/features/signin/Factor';
import type { SecondFactorSetUp, SecondFactorView } from '@/generated/protocol';
import { call, failureOf, type CallName } from '@/host';
import { dayLong } from '@/lib/time';
import { t } from '@/lib/tongue';
import { useCall, useStatus } from '@/live/queries';

import styles from './Settings.module.css';

/** Asks the console; what was wrong stands under the fields, and how it stands is asked anew. */
function useAsking() {
  const client = useQueryClient();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const ask = async <T,>(name: CallName, args: Record<string, unknown>): Promise<T | undefined> => {
    setBusy(true);
    setProblem(undefined);
    try {
      const answer = await call<T>(name, args);
      await client.invalidateQueries({ queryKey: ['second_factor'] });
      return answer;
    } catch (thrown) {
      setProblem(failureOf(thrown).message);
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return { problem, busy, ask };
}

function PasswordField({
  password,
  problem,
  onChange,
}: {
  password: string;
  problem?: string | undefined;
  onChange: (password: string) => void;
}) {
  const id = useId();
  return (
    <div className={styles['asked']}>
      <label htmlFor={id}>{t('signin-password')}</label>
      <input
        id={id}
        name="password"
        type="password"
        autoComplete="current-password"
        value={password}
        aria-invalid={problem !== undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      {problem !== undefined && <p role="alert">{problem}</p>}
    </div>
  );
}

/** Shows the secret, and takes the first code of it. */
function FirstCode({ setUp, onDone }: { setUp: SecondFactorSetUp; onDone: () => void }) {
  const [code, setCode] = useState('');
  const { problem, busy, ask } = useAsking();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (code !== '' && (await ask('confirm_second_factor', { code })) !== undefined) {
      announce(t('factor-is-on'));
      onDone();
    }
    setCode('');
  };
  return (
    <form className={styles['factor']} onSubmit={(event) => void submit(event)}>
      <SetUpFactor setUp={setUp} />
      <CodeField {...{ code, problem }} about={t('factor-first-code')} onChange={setCode} />
      <Button type="submit" variant="ink" isDisabled={busy}>
        {t('factor-turn-on')}
      </Button>
      <Button variant="bare" onPress={onDone}>
        {t('factor-back')}
      </Button>
    </form>
  );
}

/** The password alone opens the account; it is asked for before that changes. */
function Off() {
  const [password, setPassword] = useState('');
  const [setUp, setSetUp] = useState<SecondFactorSetUp>();
  const { problem, busy, ask } = useAsking();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (password === '') {
      return;
    }
    setSetUp(await ask<SecondFactorSetUp>('set_up_second_factor', { password }));
    setPassword('');
  };
  if (setUp) {
    return <FirstCode setUp={setUp} onDone={() => setSetUp(undefined)} />;
  }
  return (
    <form className={styles['factor']} onSubmit={(event) => void submit(event)}>
      <p>{t('factor-is-off')}</p>
      <PasswordField {...{ password, problem }} onChange={setPassword} />
      <Button name="set-up-factor" type="submit" isDisabled={busy}>
        {t('factor-set-up')}
      </Button>
    </form>
  );
}

/** Both are asked for before something changes. */
function On({ view }: { view: SecondFactorView & { since: string } }) {
  const zone = zoneOf(useStatus());
  const [both, setBoth] = useState({ password: '', code: '' });
  const [codes, setCodes] = useState<string[]>();
  const { problem, busy, ask } = useAsking();
  const change = async (name: 'end_second_factor' | 'new_recovery_codes') => {
    const made = await ask<string[] | null>(name, both);
    setBoth({ password: '', code: '' });
    setCodes(made ?? undefined);
    if (made === null) {
      announce(t('factor-is-off-now'));
    }
  };
  const ready = both.password !== '' && both.code !== '' && !busy;
  return (
    <form className={styles['factor']} onSubmit={(event) => event.preventDefault()}>
      <p>{t('factor-on-since', { day: dayLong(view.since, zone), n: view.codesLeft })}</p>
      {codes && <RecoveryCodes codes={codes} />}
      <p className="muted">{t('factor-both')}</p>
      <PasswordField
        password={both.password}
        onChange={(password) => setBoth({ ...both, password })}
      />
      <CodeField
        code={both.code}
        about={t('factor-code-what')}
        problem={problem}
        onChange={(code) => setBoth({ ...both, code })}
      />
      <Button
        name="new-codes"
        isDisabled={!ready}
        onPress={() => void change('new_recovery_codes')}
      >
        {t('factor-new-codes')}
      </Button>
      <Button
        name="turn-off"
        variant="danger"
        isDisabled={!ready}
        reason={view.wanted ? t('factor-wanted') : null}
        onPress={() => void change('end_second_factor')}
      >
        {t('factor-turn-off')}
      </Button>
    </form>
  );
}

/** The second factor; nothing where the server knows none. */
export function SecondFactor() {
  const found = useCall<SecondFactorView | null>('second_factor');
  if (found.data === null) {
    return null;
  }
  const view = found.data;
  return (
    <section aria-label={t('factor-second')}>
      <h2>{t('factor-second')}</h2>
      {found.error && <p role="alert">{found.error.message}</p>}
      {view &&
        (view.since === null ? (
          <Off key="off" />
        ) : (
          <On key="on" view={{ ...view, since: view.since }} />
        ))}
    </section>
  );
}
