// By what this station is known: its name, and the fingerprint that the office compares.
import { useId, useState } from 'react';

import { Button } from '@/components/Button';
import type { ServerCheck, Status, Works } from '@/generated/protocol';
import { call, failureOf } from '@/host';
import { said } from '@/lib/said';
import { t } from '@/lib/tongue';

import { Step } from './Frame';
import { CODE, NameFields, type Named } from './NameFields';
import styles from './SetUp.module.css';
import { goToSignIn, goToStep } from './steps';

/** The fingerprint, large: it is read out and compared. */
function Fingerprint({ print, kept }: { print: string | null; kept: Works }) {
  const id = useId();
  return (
    <div className={styles['print']}>
      <h2 id={id}>{t('setup-fingerprint')}</h2>
      <p className="code" aria-labelledby={id} dir="ltr" data-testid="fingerprint">
        {print ?? '…'}
      </p>
      {!kept.ok && (
        <p className={styles['problem']}>
          {t('setup-key-not-kept', { reason: said(kept.reason) ?? '' })}
        </p>
      )}
    </div>
  );
}

/** What it takes to be let in by this server. */
function whatItTakes(check: ServerCheck | undefined, isIn: boolean): string {
  if (isIn) {
    return t('setup-is-in');
  }
  switch (check?.stations) {
    case 'any':
      return t('setup-takes-any');
    case 'paired':
      return t('setup-takes-paired');
    default:
      return check?.ok === false ? t('setup-not-reached') : t('setup-takes-unknown');
  }
}

/** The second step. */
export function PairStep({
  status,
  server,
  check,
}: {
  status: Status;
  server: string;
  check: ServerCheck | undefined;
}) {
  const [named, setNamed] = useState<Named>(status.station);
  const [problem, setProblem] = useState<string>();
  const isIn = status.user !== null;
  const goOn = async (on: () => void) => {
    try {
      await call('describe_station', { code: named.code, label: named.label });
      on();
    } catch (thrown) {
      setProblem(failureOf(thrown).message);
    }
  };
  const next = () => (isIn ? goToStep('use', server) : goToSignIn(server, 'use'));
  return (
    <Step
      step="pair"
      problem={problem}
      blocked={!CODE.test(named.code)}
      onBack={() => goToStep('server', server)}
      onNext={() => void goOn(next)}
      beside={
        !isIn && (
          <Button
            name="later"
            variant="bare"
            isDisabled={!CODE.test(named.code)}
            onPress={() => void goOn(() => goToStep('use', server))}
          >
            {t('setup-sign-in-later')}
          </Button>
        )
      }
    >
      <NameFields
        {...{ named, isIn }}
        onChange={(part) => setNamed((before) => ({ ...before, ...part }))}
      />
      <Fingerprint print={check?.fingerprint ?? null} kept={status.keystore} />
      <p className={styles['means']} data-testid="means">
        {whatItTakes(check, isIn)}
      </p>
    </Step>
  );
}
