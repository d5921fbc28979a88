// A console of glass: answers by name, remembers what it was asked, and tells what it is given.
import type { Batched } from '@/generated/protocol';
import { HostFailure, type Host } from '@/host';

export type Answer = (args: Record<string, unknown>) => unknown;

/** What was asked of a host, in order. */
export interface Asked {
  name: string;
  args: Record<string, unknown>;
}

/** A host whose answers and news are given to it. */
export interface GlassHost extends Host {
  asked: Asked[];
  /** Tells the window a batch, as the console does. */
  tell: (batch: Batched) => void;
}

/** A host that answers by name; what it does not know fails. */
export function hostOf(answers: Record<string, Answer>): GlassHost {
  const asked: Asked[] = [];
  const hearers = new Set<(batch: Batched) => void>();
  return {
    asked,
    tell: (batch) => hearers.forEach((hear) => hear(batch)),
    call: async <T>(name: string, args: Record<string, unknown> = {}) => {
      asked.push({ name, args });
      const answer = answers[name];
      if (!answer) {
        throw new HostFailure('no_such_call', `There is no call ${name} here.`);
      }
      return structuredClone(await answer(args)) as T;
    },
    subscribe: (hear) => {
      hearers.add(hear);
      return () => void hearers.delete(hear);
    },
    onGo: () => () => {},
  };
}
