// Papers of the record as PDF. The console makes and saves them; no path comes from here.
import { useCallback } from 'react';

import type { SavedPaper } from '@/generated/protocol';
import { call, failureOf } from '@/host';
import { offsetMin, zoneName } from '@/lib/time';
import { t } from '@/lib/tongue';
import { useStatus } from '@/live/queries';
import { serverNow } from '@/live/store';

import { announce } from './announce';
import { zoneOf } from './link';

/** Which paper, as the console asks for it. */
export type Wanted =
  | { kind: 'hall' | 'custody'; id: number }
  | { kind: 'malpractice'; id: string }
  | { kind: 'day'; from: string; to: string };

/** Makes a paper about something that happened at `at`, and says where it lies. */
export function usePaper(): (wanted: Wanted, at?: string) => Promise<void> {
  const zone = zoneOf(useStatus());
  return useCallback(
    async (wanted, at) => {
      const day = at ?? serverNow();
      const times = { offsetMin: offsetMin(day, zone), name: zoneName(day, zone) };
      try {
        const { file, hash } = await call<SavedPaper>('paper', { ...wanted, zone: times });
        announce(t('app-paper-saved', { file, hash: hash.slice(0, 8) }));
      } catch (thrown) {
        announce(failureOf(thrown).message);
      }
    },
    [zone],
  );
}
