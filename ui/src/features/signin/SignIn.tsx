// Who works at this station, and what is ready for them.
import { useEffect, useState, type FormEvent } from 'react';

import { go, useRoute } from '@/app/router';
import { StatusBar } from '@/app/StatusBar';
import { zoneOf } from '@/app/link';
import { Button } from '@/components/Button';
import { Product } from '@/components/Product';
import type {
  DemoAccount,
  Guard as Guarded,
  SecondFactorSetUp,
  ServerCheck,
  Status,
} from '@/generated/protocol';
import { call, failureOf, type HostFailure } from '@/host';
import { clock, dayLong } from '@/lib/time';
import { t } from '@/lib/tongue';
import { words } from '@/lib/words';
import { adopt } from '@/live/store';

import { asksForCode, CodeField, SetUpFactor } from './Factor';
import { asksForGuard, Guard } from './Guard';
import { homeOf } from '../setup/kinds';
import { StationFacts } from '../setup/Known';
import { goToStep, stepOf } from '../setup/steps';
import { Ready } from './Ready';
import { ServerField, useCheck } from './ServerField';
import styles from './SignIn.module.css';
import { Who, type Form } from './Who';

/** The accounts of a demo server; none elsewhere. */
function useDemoAccounts(server: string, demo: boolean): DemoAccount[] {
  const [accounts, setAccounts] = useState<DemoAccount[]>([]);
  useEffect(() => {
    let current = true;
    setAccounts([]);
    if (demo) {
      call<DemoAccount[]>('demo_accounts', { server }).then(
        (found) => current && setAccounts(found),
        () => {},
      );
    }
    return () => {
      current = false;
    };
  }, [server, demo]);
  return accounts;
}

function Demo({
  accounts,
  onChoose,
}: {
  accounts: readonly DemoAccount[];
  onChoose: (account: DemoAccount) => void;
}) {
  if (accounts.length === 0) {
    return null;
  }
  return (
    <section className={styles['demo']} aria-label={t('signin-demo-accounts')}>
      <h2>{t('signin-this-server-plays-a-demo')}</h2>
      <ul>
        {accounts.map((account) => (
          <li key={account.email}>
            <button type="button" data-email={account.email} onClick={() => onChoose(account)}>
              <strong>{account.name}</strong>
              <span>{words.role[account.role]}</span>
              <span className="muted">{account.place}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The other ways in: the copy of this station without a server, its people, a staff card. */
function OtherWays({
  status,
  first,
  isCard,
  onCard,
  onOffline,
}: {
  status: Status;
  first: boolean;
  isCard: boolean;
  onCard: (isCard: boolean) => void;
  onOffline: () => void;
}) {
  const asOf = status.asOf
    ? t('signin-opens-the-copy-of', { time: clock(status.asOf, zoneOf(status)) })
    : t('signin-opens-the-last-copy-of');
  return (
    <>
      <div className={styles['ways']}>
        <Button name="work-offline" variant={first ? 'ink' : 'bare'} onPress={onOffline}>
          {t('signin-work-offline')}
        </Button>
        <Button name="people" variant="bare" onPress={() => go('#/people')}>
          {t('lock-people')}
        </Button>
        <Button name="card" variant="bare" onPress={() => onCard(!isCard)}>
          {t(isCard ? 'signin-use-e-mail' : 'signin-use-card')}
        </Button>
      </div>
      <p className={`muted ${styles['offline']}`}>{asOf}</p>
    </>
  );
}

/** What is needed besides the password: a code, and an app that makes codes where there is none yet. */
interface Second {
  setUp: SecondFactorSetUp | undefined;
  /** Whether it is the operator's code that comes first. */
  isFirst: boolean;
}

/** What is no failure, but the next question. */
const ASKING = ['code_needed', 'set_up_code_needed', 'second_factor_needed'];

/** What kind of code is asked for, in words. */
function aboutCode({ setUp, isFirst }: Second): string {
  if (setUp) {
    return t('factor-first-code');
  }
  return t(isFirst ? 'factor-set-up-code' : 'factor-code-what');
}

/** Asks for the code, and shows what makes codes to whoever has nothing yet. */
function SecondStep({
  second,
  form,
  failure,
  onChange,
  onBack,
}: {
  second: Second;
  form: Form;
  failure: HostFailure | undefined;
  onChange: (part: Partial<Form>) => void;
  onBack: () => void;
}) {
  const isAsking = ASKING.includes(failure?.code ?? '');
  return (
    <section className={styles['guard']} data-testid="second" aria-label={t('factor-second')}>
      <p>
        {second.setUp ? t('factor-set-up-first') : t('factor-signing-in-as', { email: form.email })}
      </p>
      {second.setUp && <SetUpFactor setUp={second.setUp} />}
      <CodeField
        code={form.code}
        focused={!second.setUp}
        about={aboutCode(second)}
        problem={isAsking ? undefined : failure?.message}
        onChange={(code) => onChange({ code })}
      />
      <Button name="back" variant="bare" onPress={onBack}>
        {t('factor-back')}
      </Button>
    </section>
  );
}

/** Asks the console to let the person in, with or without the server; remembers which it was. */
function useComingIn() {
  const { path, search } = useRoute();
  const [failure, setFailure] = useState<HostFailure>();
  const [way, setWay] = useState<'sign_in' | 'work_offline'>('sign_in');
  const [busy, setBusy] = useState(false);
  const [second, setSecond] = useState<Second>();
  const back = () => {
    setSecond(undefined);
    setFailure(undefined);
  };
  const comeIn = async (how: 'sign_in' | 'work_offline', args: Record<string, unknown>) => {
    setBusy(true);
    setWay(how);
    setFailure(undefined);
    try {
      const status = await call<Status>(how, args);
      adopt(status);
      const then = search.get('then');
      if (then) {
        goToStep(stepOf(then), search.get('server') ?? '');
      } else if (how === 'work_offline' || path[0] === 'sign-in') {
        go(homeOf(status.station));
      }
    } catch (thrown) {
      const failed = failureOf(thrown);
      setFailure(failed);
      if (asksForCode(failed)) {
        setSecond((known) => ({
          setUp: failed.setUp ?? known?.setUp,
          isFirst: failed.code === 'set_up_code_needed' || known?.isFirst === true,
        }));
      }
    } finally {
      setBusy(false);
    }
  };
  return { failure, busy, way, second, back, comeIn };
}

/** Signs in with all that is known by now: a guard that was chosen stays chosen. */
function useSignIn(form: Form, onChange: (part: Partial<Form>) => void) {
  const coming = useComingIn();
  const { second, comeIn } = coming;
  const [guard, setGuard] = useState<Guarded>();
  const signIn = (chosen = guard) => {
    const { code, card: _, ...asked } = form;
    setGuard(chosen);
    // A code is good once, whatever becomes of this try.
    onChange({ code: '' });
    void comeIn('sign_in', {
      ...asked,
      ...(second && code ? { code } : {}),
      ...(chosen ? { guard: chosen } : {}),
    });
  };
  return { ...coming, signIn };
}

/** What is asked for now: the password, or after it the code. */
function Asked({
  check,
  second,
  onBack,
  ...who
}: {
  check: ServerCheck | undefined;
  second: Second | undefined;
  form: Form;
  failure: HostFailure | undefined;
  onChange: (part: Partial<Form>) => void;
  onBack: () => void;
}) {
  if (second) {
    return <SecondStep {...who} {...{ second, onBack }} />;
  }
  const { form, onChange } = who;
  return (
    <>
      <ServerField server={form.server} check={check} onChange={(server) => onChange({ server })} />
      <Who {...who} />
    </>
  );
}

function Title({ status }: { status: Status }) {
  return (
    <>
      <Product />
      <h1>{t('signin-sign-in-to-this-station')}</h1>
      <p className={styles['about']}>{status.institution?.name ?? status.station.label}</p>
    </>
  );
}

function Keep({ form, onChange }: { form: Form; onChange: (part: Partial<Form>) => void }) {
  return (
    <label className={styles['keep']}>
      <input
        type="checkbox"
        checked={form.keep}
        onChange={(event) => onChange({ keep: event.target.checked })}
      />
      {t('signin-keep-me-signed-in-on')}
    </label>
  );
}

function SignInForm({
  status,
  check,
  form,
  onChange,
}: {
  status: Status;
  check: ServerCheck | undefined;
  form: Form;
  onChange: (part: Partial<Form>) => void;
}) {
  const { failure, busy, way, second, back, comeIn, signIn } = useSignIn(form, onChange);
  const guarded = asksForGuard(failure);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn();
  };
  const open = (passphrase: string) =>
    way === 'sign_in' ? signIn({ passphrase }) : void comeIn('work_offline', { passphrase });
  return (
    <form className={styles['form']} onSubmit={submit} aria-label={t('signin-sign-in')}>
      <Title status={status} />
      <Asked
        {...{ check, second, form, onChange }}
        failure={guarded ? undefined : failure}
        onBack={back}
      />
      <Keep form={form} onChange={onChange} />
      {failure && guarded && (
        <Guard
          failure={failure}
          busy={busy}
          onPassphrase={open}
          onSession={() => signIn('session')}
        />
      )}
      <Button
        type="submit"
        variant={guarded || (check && !check.ok) ? 'plain' : 'ink'}
        kbd="↵"
        isDisabled={busy}
      >
        {busy ? t('signin-signing-in') : t('signin-sign-in')}
      </Button>
      <OtherWays
        status={status}
        first={check?.ok === false && !guarded}
        isCard={form.card}
        onCard={(card) => onChange({ card, email: '' })}
        onOffline={() => void comeIn('work_offline', {})}
      />
    </form>
  );
}

/** The sign-in. */
export function SignIn({ status }: { status: Status }) {
  const { search } = useRoute();
  const [form, setForm] = useState<Form>({
    server: search.get('server') ?? status.server?.url ?? '',
    email: status.user?.email ?? '',
    card: false,
    password: '',
    code: '',
    keep: true,
  });
  const check = useCheck(form.server);
  const accounts = useDemoAccounts(form.server, check?.demo ?? false);
  const change = (part: Partial<Form>) => setForm((known) => ({ ...known, ...part }));
  return (
    <div className={styles['window']}>
      <div className={styles['page']}>
        <main className={styles['main']}>
          <SignInForm status={status} check={check} form={form} onChange={change} />
          <Demo
            accounts={accounts}
            onChoose={({ email, password }) => change({ email, password, card: false })}
          />
        </main>
        <aside className={styles['station']} aria-label={t('signin-this-station')}>
          <h2>{t('signin-this-station')}</h2>
          <p className={styles['code']}>
            <bdi className="code">{status.station.code}</bdi> {status.station.label}
          </p>
          <StationFacts status={status} />
          <Ready status={status} check={check} />
          <p className={styles['today']}>{dayLong(status.clock.serverNow, zoneOf(status))}</p>
        </aside>
      </div>
      <StatusBar />
    </div>
  );
}
