// The steps of the set-up, and the way between them.
import { go, writeRoute } from '@/app/router';

/** In their order. */
export const STEPS = ['server', 'pair', 'use', 'messages'] as const;

export type StepName = (typeof STEPS)[number];

/** The step of this name; the first one otherwise. */
export function stepOf(name: string | undefined): StepName {
  return STEPS.find((step) => step === name) ?? 'server';
}

const withServer = (server: string) => (server ? new URLSearchParams({ server }) : undefined);

/** Goes to a step; the server that was chosen goes along. */
export function goToStep(step: StepName, server: string): void {
  go(writeRoute(['setup', step], withServer(server)));
}

/** Goes to the sign-in, and afterwards back to the set-up when it is not done yet. */
export function goToSignIn(server: string, backTo?: StepName): void {
  const search = withServer(server) ?? new URLSearchParams();
  if (backTo) {
    search.set('then', backTo);
  }
  go(writeRoute(['sign-in'], search));
}
