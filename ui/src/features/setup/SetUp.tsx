// The set-up of a station: server, pairing, use, messages and sound. Each step has an address of its
// own, and may be left and come back to.
import { useState } from 'react';

import { useRoute } from '@/app/router';
import { StatusBar } from '@/app/StatusBar';
import type { ServerCheck, Status } from '@/generated/protocol';
import { t } from '@/lib/tongue';

import { Ready } from '../signin/Ready';
import { useCheck } from '../signin/ServerField';
import side from '../signin/SignIn.module.css';
import { Known } from './Known';
import { MessagesStep } from './MessagesStep';
import { PairStep } from './PairStep';
import { ServerStep } from './ServerStep';
import { stepOf, type StepName } from './steps';
import { UseStep } from './UseStep';

/** Nobody has worked here, and no server was chosen. */
export function isFirstStart(status: Status): boolean {
  return status.user === null && status.server === null && status.asOf === null;
}

interface Given {
  status: Status;
  server: string;
  check: ServerCheck | undefined;
}

function Current({
  step,
  onServer,
  ...given
}: Given & { step: StepName; onServer: (server: string) => void }) {
  switch (step) {
    case 'server':
      return <ServerStep {...given} onServer={onServer} />;
    case 'pair':
      return <PairStep {...given} />;
    case 'use':
      return <UseStep {...given} />;
    case 'messages':
      return <MessagesStep {...given} />;
  }
}

/** The page. */
export function SetUp({ status }: { status: Status }) {
  const { path, search } = useRoute();
  const step = path[0] === 'setup' ? stepOf(path[1]) : 'server';
  const [server, setServer] = useState(search.get('server') ?? status.server?.url ?? '');
  const check = useCheck(server);
  return (
    <div className={side['window']}>
      <div className={side['page']}>
        <main className={side['main']}>
          <Current key={step} {...{ step, status, server, check }} onServer={setServer} />
        </main>
        <Known {...{ status, server, check }}>
          <h2>{t('signin-this-station')}</h2>
          <p className={side['code']}>
            <bdi className="code">{status.station.code}</bdi> {status.station.label}
          </p>
          <Ready status={status} check={undefined} />
        </Known>
      </div>
      <StatusBar />
    </div>
  );
}
