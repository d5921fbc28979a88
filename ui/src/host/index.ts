import type { CALLS } from '@/generated/protocol';

import { tauriHost } from './tauri';
import type { Host } from './types';

export { failureOf, HostFailure } from './types';
export type { Host } from './types';

let current: Host = tauriHost;

/** Puts another host in place: tests and the gallery do, the product never. */
export function setHost(host: Host): void {
  current = host;
}

/** The calls that the console answers. */
export type CallName = (typeof CALLS)[number];

/** Makes a call. */
export function call<T>(name: CallName, args?: Record<string, unknown>): Promise<T> {
  return current.call<T>(name, args);
}

/** Hears batches of changes. */
export function subscribe(hear: Parameters<Host['subscribe']>[0]): () => void {
  return current.subscribe(hear);
}

/** Hears where the shell wants the window to go. */
export function onGo(hear: (route: string) => void): () => void {
  return current.onGo(hear);
}
