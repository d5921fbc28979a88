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

/** How far a trial is: the tick is the person's, who alone knows what was seen or heard. */
type Standing = 'open' | 'tried' | 'felt' | 'failed';

function StandingGlyph({ standing }: { standing: Standing }) {
  switch (standing) {
    case 'open':
      return <StatusGlyph status="REPORTED" />;
    case 'tried':
      return <StatusGlyph status="UNDER_INVESTIGATION" />;
    case 'felt':
      return <StatusGlyph status="RESOLVED" />;
    case 'failed':
      return <SeverityGlyph severity="MEDIUM" />;
  }
}

/** One of the two: what it is, the button that tries it, and then whether it has reached the person. */
function Trial({
  name,
  failed = false,
  tried,
  words,
  felt,
  children,
}: {
  name: string;
  failed?: boolean;
  tried: boolean;
  words: string;
  /** What the person says when it was seen or heard. */
  felt: string;
  children: ReactNode;
}) {
  const [isFelt, setFelt] = useState(false);
  const asks = tried && !failed;
  const standing = failed ? 'failed' : tried ? (isFelt ? 'felt' : 'tried') : 'open';
  return (
    <div className={styles['trial']} data-standing={standing}>
      <span aria-hidden="true">
        <StandingGlyph standing={standing} />
      </span>
      <div>
        <h2>{name}</h2>
        <p role="status">{words}</p>
        {asks && (
          <label>
            <input
              type="checkbox"
              checked={isFelt}
              onChange={(event) => setFelt(event.target.checked)}
            />
            {felt}
          </label>
        )}
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
    failed: wrong !== null,
    tried: asked,
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
  const [played, setPlayed] = useState(false);
  const { ask, ...message } = useMessage(status);
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
      <Trial name={t('signin-desktop-messages')} {...message} felt={t('setup-i-saw')}>
        <Button name="show-message" onPress={ask}>
          {t('setup-show')}
        </Button>
      </Trial>
      <Trial
        name={t('setup-alarm')}
        tried={played}
        words={t(played ? 'setup-played' : 'setup-hear-what')}
        felt={t('setup-i-heard')}
      >
        <Button
          name="hear-alarm"
          onPress={() => {
            setPlayed(true);
            play(TONES.critical);
          }}
        >
          {t('setup-hear')}
        </Button>
      </Trial>
    </Step>
  );
}
