// The first start of a station: its language, its server, its name, and whether it can be heard.
import { useId, useState, type FormEvent, type ReactNode } from 'react';

import { play, TONES } from '@/app/sound';
import { StatusBar } from '@/app/StatusBar';
import { go } from '@/app/router';
import { Button } from '@/components/Button';
import type { ServerCheck, Status } from '@/generated/protocol';
import { Mark, StatusGlyph, SeverityGlyph } from '@/glyphs';
import { call, failureOf } from '@/host';
import { said } from '@/lib/said';
import { chooseTongue, t, TONGUES, useTongue } from '@/lib/tongue';

import { Ready } from './Ready';
import { ServerField, useCheck } from './ServerField';
import styles from './SignIn.module.css';

/** Nobody has worked here, and no server was chosen. */
export function isFirstStart(status: Status): boolean {
  return status.user === null && status.server === null && status.asOf === null;
}

/** What a station's code may be: the console insists on it. */
const CODE = /^[A-Z0-9][A-Z0-9-]{0,11}$/;

function Step({ n, title, children }: { n: number; title: string; children: ReactNode }) {
  return (
    <fieldset className={styles['step']}>
      <legend>
        <span aria-hidden="true">{n}</span> {title}
      </legend>
      {children}
    </fieldset>
  );
}

function Language() {
  const chosen = useTongue();
  return (
    <div className={styles['tongues']}>
      {(Object.keys(TONGUES) as (keyof typeof TONGUES)[]).map((tongue) => (
        <label key={tongue} lang={tongue}>
          <input
            type="radio"
            name="tongue"
            checked={chosen === tongue}
            onChange={() => chooseTongue(tongue)}
          />
          <bdi>{TONGUES[tongue]}</bdi>
        </label>
      ))}
    </div>
  );
}

function Heard({ status }: { status: Status }) {
  const { ok, reason } = status.notifications;
  return (
    <div className={styles['heard']}>
      <p>
        {ok ? <StatusGlyph status="RESOLVED" /> : <SeverityGlyph severity="MEDIUM" />}{' '}
        {t('signin-desktop-messages')}: {said(reason) ?? t('signin-arrive')}
      </p>
      <Button onPress={() => play(TONES.critical)}>{t('setup-hear')}</Button>
    </div>
  );
}

interface Named {
  code: string;
  label: string;
}

function Name({ named, onChange }: { named: Named; onChange: (part: Partial<Named>) => void }) {
  const id = useId();
  const wrong = !CODE.test(named.code);
  return (
    <div className={styles['named']}>
      <div className={styles['field']}>
        <label htmlFor={`${id}-code`}>{t('setup-code')}</label>
        <input
          id={`${id}-code`}
          className="code"
          value={named.code}
          maxLength={12}
          aria-invalid={wrong}
          aria-describedby={`${id}-what`}
          onChange={(event) => onChange({ code: event.target.value.toUpperCase() })}
        />
      </div>
      <div className={styles['field']}>
        <label htmlFor={`${id}-label`}>{t('setup-label')}</label>
        <input
          id={`${id}-label`}
          value={named.label}
          maxLength={60}
          onChange={(event) => onChange({ label: event.target.value })}
        />
      </div>
      <p id={`${id}-what`} className="muted">
        {t('setup-code-what')}
      </p>
    </div>
  );
}

function Title() {
  return (
    <>
      <p className={styles['product']}>
        <Mark size={28} /> {t('signin-elms-console')}
      </p>
      <h1>{t('setup-title')}</h1>
    </>
  );
}

/** What is known of the station so far: its name as it is written, the server, the machine. */
function Known({
  status,
  named,
  check,
}: {
  status: Status;
  named: Named;
  check: ServerCheck | undefined;
}) {
  return (
    <aside className={styles['station']} aria-label={t('signin-this-station')}>
      <h2>{t('signin-this-station')}</h2>
      <p className={styles['code']}>
        <bdi className="code">{named.code}</bdi> {named.label}
      </p>
      <Ready status={status} check={check} />
      <p className="muted">{t('setup-first-copy')}</p>
    </aside>
  );
}

/** The page. */
export function SetUp({ status }: { status: Status }) {
  const [server, setServer] = useState('');
  const [named, setNamed] = useState<Named>(status.station);
  const [problem, setProblem] = useState<string>();
  const check = useCheck(server);
  const begin = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await call('describe_station', { code: named.code, label: named.label, server });
      go(`#/sign-in?server=${encodeURIComponent(server)}`);
    } catch (thrown) {
      setProblem(failureOf(thrown).message);
    }
  };
  return (
    <div className={styles['window']}>
      <div className={styles['page']}>
        <main className={styles['main']}>
          <form
            className={styles['form']}
            aria-label={t('setup-title')}
            onSubmit={(event) => void begin(event)}
          >
            <Title />
            <Step n={1} title={t('settings-language')}>
              <Language />
            </Step>
            <Step n={2} title={t('signin-server')}>
              <ServerField server={server} check={check} onChange={setServer} />
            </Step>
            <Step n={3} title={t('signin-this-station')}>
              <Name
                named={named}
                onChange={(part) => setNamed((known) => ({ ...known, ...part }))}
              />
            </Step>
            <Step n={4} title={t('setup-messages')}>
              <Heard status={status} />
            </Step>
            {problem && <p role="alert">{problem}</p>}
            <Button
              type="submit"
              variant="ink"
              kbd="↵"
              isDisabled={check?.ok !== true || !CODE.test(named.code)}
            >
              {t('setup-continue')}
            </Button>
            <Button variant="bare" onPress={() => go('#/sign-in')}>
              {t('setup-skip')}
            </Button>
          </form>
        </main>
        <Known status={status} named={named} check={check} />
      </div>
      <StatusBar />
    </div>
  );
}
