import type { Batched, SecondFactorSetUp, StationKeyView } from '@/generated/protocol';
import { said } from '@/lib/said';

/** Everything the user interface may ask of the outside. There is no other way out of the web view. */
export interface Host {
  /** Makes a call by its name; rejects with a {@link HostFailure}. */
  call<T>(name: string, args?: Record<string, unknown>): Promise<T>;
  /** Hears batches of changes, at most every 100 ms, until the returned function is called. */
  subscribe(hear: (batch: Batched) => void): () => void;
  /** Hears where the shell wants the window to go, like `#/incidents/…`. */
  onGo(hear: (route: string) => void): () => void;
}

/** What a failed call tells: a code for programs, a sentence for people. */
export class HostFailure extends Error {
  readonly code: string;
  /** What to set up before a sign-in, when the code is `second_factor_needed`. */
  readonly setUp: SecondFactorSetUp | undefined;
  /** How this station stands, when the code is `station_waits` or `station_suspended`. */
  readonly station: StationKeyView | undefined;

  constructor(code: string, message: string, setUp?: SecondFactorSetUp, station?: StationKeyView) {
    super(said(message));
    this.code = code;
    this.setUp = setUp;
    this.station = station;
  }
}

/** The failure behind whatever was thrown. */
export function failureOf(thrown: unknown): HostFailure {
  if (thrown instanceof HostFailure) {
    return thrown;
  }
  if (typeof thrown === 'object' && thrown !== null && 'message' in thrown) {
    const code = 'code' in thrown ? String(thrown.code) : 'failed';
    const setUp = 'setUp' in thrown ? (thrown.setUp as SecondFactorSetUp) : undefined;
    const station = 'station' in thrown ? (thrown.station as StationKeyView) : undefined;
    return new HostFailure(code, String(thrown.message), setUp, station);
  }
  return new HostFailure('failed', String(thrown));
}
