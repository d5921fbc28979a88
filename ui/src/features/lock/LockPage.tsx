// The curtain: who works at this station, and one field to say who you are. Nothing else is shown.
import { useEffect, useId, useState, type FormEvent } from 'react';

import { go } from '@/app/router';
import { StatusBar } from '@/app/StatusBar';
import { Avatar } from '@/components/Avatar';
import { Button } from '@/components/Button';
import { Product } from '@/components/Product';
import type { OpensWith, PersonHere, StationView, Status } from '@/generated/protocol';
import { call, failureOf } from '@/host';
import { t } from '@/lib/tongue';
import { words } from '@/lib/words';
import { adopt } from '@/live/store';

import { homeOf } from '../setup/kinds';

import styles from './LockPage.module.css';

/** Everybody who has worked at this station; `undefined` while the console looks. */
function usePeople(): PersonHere[] | undefined {
  const [people, setPeople] = useState<PersonHere[]>();
  useEffect(() => {
    let current = true;
    call<PersonHere[]>('people_here').then(
      (found) => current && setPeople(found),
      () => current && setPeople([]),
    );
    return () => {
      current = false;
    };
  }, []);
  return people;
}

/** The words that are asked for, by what opens somebody's work. */
function askFor(ways: readonly OpensWith[]): string {
  if (ways.includes('passphrase')) {
    return t('signin-passphrase');
  }
  return ways.includes('pin') ? t('lock-pin-or-password') : t('signin-password');
}

function People({
  people,
  chosen,
  onChoose,
}: {
  people: readonly PersonHere[];
  chosen: string | undefined;
  onChoose: (id: string) => void;
}) {
  return (
    <ul className={styles['people']} aria-label={t('lock-people')}>
      {people.map((person) => (
        <li key={person.id}>
          <button
            type="button"
            data-person={person.email}
            aria-pressed={person.id === chosen}
            onClick={() => onChoose(person.id)}
          >
            <Avatar initials={person.initials} />
            <span>
              <strong>{person.name}</strong>
              <span className="muted">{words.role[person.role]}</span>
            </span>
            {person.waiting > 0 && (
              <span className={styles['waiting']}>
                {t('lock-waiting', { waiting: person.waiting })}
              </span>
            )}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Says who somebody is; what was wrong stands under the field. */
function useUnlock() {
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const unlock = async (person: string, secret: string): Promise<StationView | undefined> => {
    setBusy(true);
    setProblem(undefined);
    try {
      const status = await call<Status>('unlock', { person, secret });
      adopt(status);
      return status.station;
    } catch (thrown) {
      setProblem(failureOf(thrown).message);
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return { problem, busy, unlock };
}

function Secret({ person }: { person: PersonHere }) {
  const id = useId();
  const [secret, setSecret] = useState('');
  const { problem, busy, unlock } = useUnlock();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const station = await unlock(person.id, secret);
    if (station) {
      go(homeOf(station));
    } else {
      setSecret('');
    }
  };
  return (
    <form
      className={styles['secret']}
      onSubmit={(event) => void submit(event)}
      aria-label={person.name}
    >
      <label htmlFor={id}>{askFor(person.opensWith)}</label>
      <input
        id={id}
        name="secret"
        type="password"
        inputMode={person.opensWith.includes('pin') ? 'numeric' : 'text'}
        autoComplete="off"
        autoFocus
        value={secret}
        aria-invalid={problem !== undefined}
        onChange={(event) => setSecret(event.target.value)}
      />
      {problem && <p role="alert">{problem}</p>}
      <Button type="submit" variant="ink" kbd="↵" isDisabled={busy || !secret}>
        {busy ? t('lock-opening') : t('lock-open', { name: person.name })}
      </Button>
    </form>
  );
}

/** The locked station, and the change from one person to the next. */
export function LockPage({ status }: { status: Status }) {
  const people = usePeople();
  const [picked, setPicked] = useState<string>();
  const chosen =
    people?.find((person) => person.id === picked) ??
    people?.find((person) => person.here) ??
    people?.[0];
  return (
    <div className={styles['window']}>
      <main className={styles['page']} data-testid="lock">
        <Product />
        <h1>{status.locked ? t('lock-locked') : t('lock-who')}</h1>
        <p className="muted">
          <bdi className="code">{status.station.code}</bdi> {status.station.label}
        </p>
        {people && (
          <>
            <People people={people} chosen={chosen?.id} onChoose={setPicked} />
            {chosen && chosen.opensWith.length > 0 && <Secret key={chosen.id} person={chosen} />}
            {chosen?.opensWith.length === 0 && <p role="alert">{t('lock-only-the-server')}</p>}
          </>
        )}
        <Button name="sign-in" variant="bare" onPress={() => go('#/sign-in')}>
          {t('lock-somebody-else')}
        </Button>
        {status.locked && <p className={styles['still']}>{t('lock-still-at-work')}</p>}
      </main>
      <StatusBar />
    </div>
  );
}
