// The keys that work on every screen.
import { useEffect } from 'react';

import { hearKeys } from '@/lib/keys';
import { SHORTCUTS } from '@/lib/shortcuts';

import { EVERYWHERE } from './commands';

/** Hears the keys of everything that can be done from everywhere. */
export function useEverywhereKeys(): void {
  useEffect(() => {
    const ends = EVERYWHERE.map(([id, run]) => hearKeys(SHORTCUTS[id].keys, run));
    return () => ends.forEach((end) => end());
  }, []);
}
