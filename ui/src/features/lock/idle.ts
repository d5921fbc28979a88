// A station at which nobody has done anything for a while locks itself.
import { useEffect } from 'react';

import { useRoute } from '@/app/router';
import type { Status } from '@/generated/protocol';
import { call } from '@/host';
import { adopt } from '@/live/store';

/** How long a station stays open by itself. */
export const IDLE_MS = 5 * 60_000;

const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

/** Draws the curtain. Where nothing could open it again, the console leaves it open. */
export async function lock(): Promise<void> {
  try {
    adopt(await call<Status>('lock'));
  } catch {
    // It stays open: the console has said why.
  }
}

/** Locks the station when it is left alone. A wall display is meant to be looked at from afar. */
export function useIdleLock(): void {
  const { search } = useRoute();
  const isWall = search.has('wall');
  useEffect(() => {
    if (isWall) {
      return undefined;
    }
    let timer = setTimeout(() => void lock(), IDLE_MS);
    const sign = () => {
      clearTimeout(timer);
      timer = setTimeout(() => void lock(), IDLE_MS);
    };
    SIGNS.forEach((name) => window.addEventListener(name, sign, { passive: true }));
    return () => {
      clearTimeout(timer);
      SIGNS.forEach((name) => window.removeEventListener(name, sign));
    };
  }, [isWall]);
}
