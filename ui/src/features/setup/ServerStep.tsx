// The language of this station, and the server that it works with.
import { useEffect, useRef } from 'react';

import { go } from '@/app/router';
import { Button } from '@/components/Button';
import { Tongues } from '@/components/Tongues';
import type { ServerCheck } from '@/generated/protocol';
import { t } from '@/lib/tongue';

import { ServerField } from '../signin/ServerField';
import { Step } from './Frame';
import styles from './SetUp.module.css';
import { goToStep } from './steps';

/** The first step. */
export function ServerStep({
  server,
  check,
  onServer,
}: {
  server: string;
  check: ServerCheck | undefined;
  onServer: (server: string) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector('input')?.focus(), []);
  return (
    <Step
      step="server"
      blocked={check?.ok !== true}
      onNext={() => goToStep('pair', server)}
      beside={
        <Button name="skip" variant="bare" onPress={() => go('#/sign-in')}>
          {t('setup-skip')}
        </Button>
      }
    >
      <Tongues className={styles['tongues']} />
      <div ref={box}>
        <ServerField server={server} check={check} onChange={onServer} />
      </div>
    </Step>
  );
}
