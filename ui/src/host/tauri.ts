// The only file that knows Tauri.
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';

import type { Batched } from '@/generated/protocol';

import { failureOf, type Host } from './types';

/** Stops listening, also when listening has not begun yet. */
function stopper(began: Promise<() => void>): () => void {
  return () => void began.then((stop) => stop());
}

export const tauriHost: Host = {
  async call<T>(name: string, args: Record<string, unknown> = {}): Promise<T> {
    try {
      return await invoke<T>(name, args);
    } catch (thrown) {
      throw failureOf(thrown);
    }
  },
  subscribe(hear) {
    return stopper(listen<Batched>('batch', (event) => hear(event.payload)));
  },
  onGo(hear) {
    return stopper(listen<string>('go', (event) => hear(event.payload)));
  },
};
