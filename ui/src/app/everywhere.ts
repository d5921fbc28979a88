// The keys that work on every screen.
import { useEffect, useSyncExternalStore } from 'react';

import { hearKeys } from '@/lib/keys';
import { keysText, onKeys, SHORTCUTS } from '@/lib/shortcuts';

import { EVERYWHERE } from './commands';

/** Hears the keys of everything that can be done from everywhere. */
export function useEverywhereKeys(): void {
  // Another key is heard as soon as it is chosen.
  const chosen = useSyncExternalStore(onKeys, keysText);
  useEffect(() => {
    const ends = EVERYWHERE.map(([id, run]) => hearKeys(SHORTCUTS[id].keys, run));
    return () => ends.forEach((end) => end());
  }, [chosen]); // oxlint-disable-line react/exhaustive-deps
}
