// Whether this station can be seen and heard: a real message, and the real alarm.
import { useState, type ReactNode } from 'react';

import { go } from '@/app/router';
import { play, TONES } from '@/app/sound';
import { Button } from '@/components/Button';
import type { Status } from '@/generated/protocol';
import { SeverityGlyph, StatusGlyph } from '@/glyphs';
import { call, failureOf } from '@/host';
import { said } from '@/lib/said';
import { t } from '@/lib/tongue';

import { Step } from './Frame';
import { homeOf } from './kinds';
import styles from './SetUp.module.css';
import { goToSignIn, goToStep } from './steps';

function Trial({
  name,
  ok,
  words,
  children,
}: {
  name: string;
  ok: boolean;
  words: string;
  children: ReactNode;
}) {
  return (
    <div className={styles['trial']}>
      <span aria-hidden="true">
        {ok ? <StatusGlyph status="RESOLVED" /> : <SeverityGlyph severity="MEDIUM" />}
      </span>
      <div>
        <h2>{name}</h2>
        <p role="status">{words}</p>
      </div>
      {children}
    </div>
  );
}

/** What became of the message that was asked for. */
function useMessage(status: Status) {
  const [asked, setAsked] = useState(false);
  const [failed, setFailed] = useState<string>();
  const ask = () => {
    setAsked(true);
    call('notify_test').then(
      () => setFailed(undefined),
      (thrown) => setFailed(failureOf(thrown).message),
    );
  };
  const { ok, reason } = status.notifications;
  const wrong = failed ?? (ok ? null : said(reason));
  return {
    ok: wrong === null,
    asked,
    words: wrong ?? t(asked ? 'setup-shown' : 'setup-show-what'),
    ask,
  };
}

/** Names the server of the station. One that names another keeps it: whoever works here by now has chosen
 * theirs at the sign-in. */
async function keepServer(server: string, isIn: boolean): Promise<void> {
  try {
    await call('describe_station', { server });
  } catch (thrown) {
    if (!isIn) {
      throw thrown;
    }
  }
}

/** The last step. */
export function MessagesStep({ status, server }: { status: Status; server: string }) {
  const [problem, setProblem] = useState<string>();
  const [heard, setHeard] = useState(false);
  const message = useMessage(status);
  const next = async () => {
    try {
      if (server) {
        await keepServer(server, status.user !== null);
      }
      if (status.user) {
        go(homeOf(status.station));
      } else {
        goToSignIn(server);
      }
    } catch (thrown) {
      setProblem(failureOf(thrown).message);
    }
  };
  return (
    <Step
      step="messages"
      problem={problem}
      onBack={() => goToStep('use', server)}
      onNext={() => void next()}
    >
      <Trial name={t('signin-desktop-messages')} ok={message.ok} words={message.words}>
        <Button name="show-message" onPress={message.ask}>
          {t('setup-show')}
        </Button>
      </Trial>
      <Trial name={t('setup-alarm')} ok words={t(heard ? 'setup-heard' : 'setup-hear-what')}>
        <Button
          name="hear-alarm"
          onPress={() => {
            setHeard(true);
            play(TONES.critical);
          }}
        >
          {t('setup-hear')}
        </Button>
      </Trial>
    </Step>
  );
}
