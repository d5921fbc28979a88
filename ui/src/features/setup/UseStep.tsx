// What this station will do.
import { useState } from 'react';

import type { Status } from '@/generated/protocol';
import { call, failureOf } from '@/host';

import { changeAppearance, loadAppearance } from '../settings/appearance';
import { Step } from './Frame';
import { Kept } from './Kept';
import { goToStep } from './steps';
import { UseFields, type Use } from './UseFields';

/** Keeps what was chosen: the kind and the hall by the console, the size by this window. */
export async function keepUse({ kind, hall, density }: Use): Promise<void> {
  await call('describe_station', { kind, ...(hall ? { hall } : {}) });
  changeAppearance({ density });
}

/** The third step. */
export function UseStep({ status, server }: { status: Status; server: string }) {
  const { kind, hall } = status.station;
  const [use, setUse] = useState<Use>({ kind, hall, density: loadAppearance().density });
  const [problem, setProblem] = useState<string>();
  const next = async () => {
    try {
      await keepUse(use);
      goToStep('messages', server);
    } catch (thrown) {
      setProblem(failureOf(thrown).message);
    }
  };
  return (
    <Step
      step="use"
      problem={problem}
      onBack={() => goToStep('pair', server)}
      onNext={() => void next()}
    >
      <UseFields
        {...{ status, use }}
        onChange={(part) => setUse((before) => ({ ...before, ...part }))}
      />
      <Kept status={status} />
    </Step>
  );
}
