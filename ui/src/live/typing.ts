// Who writes to a case just now: heard, shown for a moment, and kept nowhere.
import { useCallback, useEffect, useRef, useState } from 'react';

import type { Batched, Typing } from '@/generated/protocol';
import { call } from '@/host';

import { useStatus } from './queries';
import { onBatch } from './store';

/** Who is silent for so long has stopped. */
export const SILENCE_MS = 6_000;
/** How often it is said that somebody goes on. */
export const EVERY_MS = 3_000;

/** Those who have just sent what they wrote. */
function senders(batch: Batched, ref: string): Set<number | null> {
  const here = batch.events.filter((event) => event.payload['clientRef'] === ref);
  return new Set(here.map((event) => event.actor.userId));
}

/** Who writes to this case now, in the order in which they began. */
export function useTyping(ref: string): Typing[] {
  const [typing, setTyping] = useState<Typing[]>([]);
  useEffect(() => {
    const ends = new Map<number, ReturnType<typeof setTimeout>>();
    const drop = (user: number) => {
      clearTimeout(ends.get(user));
      ends.delete(user);
      setTyping((before) => before.filter((one) => one.userId !== user));
    };
    const leave = onBatch((batch) => {
      for (const one of batch.typing.filter((said) => said.clientRef === ref)) {
        clearTimeout(ends.get(one.userId));
        ends.set(
          one.userId,
          setTimeout(() => drop(one.userId), SILENCE_MS),
        );
        setTyping((before) =>
          before.some((known) => known.userId === one.userId) ? before : [...before, one],
        );
      }
      for (const user of senders(batch, ref)) {
        if (user !== null && ends.has(user)) {
          drop(user);
        }
      }
    });
    return () => {
      leave();
      ends.forEach((end) => clearTimeout(end));
      setTyping([]);
    };
  }, [ref]);
  return typing;
}

/** Says that somebody here writes to this case; only while there is a line, and not too often. */
export function useSayTyping(ref: string): () => void {
  const live = useStatus()?.link.state === 'live';
  const said = useRef({ ref, at: Number.NEGATIVE_INFINITY });
  return useCallback(() => {
    const now = performance.now();
    const before = said.current;
    if (live && (before.ref !== ref || now - before.at >= EVERY_MS)) {
      said.current = { ref, at: now };
      void call('typing', { ref }).catch(() => {});
    }
  }, [live, ref]);
}
