import {
  useQuery,
  useQueryClient,
  type QueryClient,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useCallback, useSyncExternalStore } from 'react';

import type { Command, Status, Submitted, Topic } from '@/generated/protocol';
import { call, HostFailure, type CallName } from '@/host';

import { currentFailure, currentStatus, onChanged, subscribeStatus } from './store';
import { staleCalls } from './tags';

/** A change shows within this time, but the screen is not asked again more often. */
const AT_MOST_EVERY_MS = 250;

/** A form that was kept waits this long at most until the screen beneath it shows so. */
const LONGEST_DRAWING_MS = 100;

/** The frame of the window: link, person, clock, outbox. */
export function useStatus(): Status | undefined {
  return useSyncExternalStore(subscribeStatus, currentStatus);
}

/** Why the console cannot be asked at all; none when it can. */
export function useClosed(): HostFailure | undefined {
  return useSyncExternalStore(subscribeStatus, currentFailure);
}

/** What a call answers, kept true by the topics that make it stale. */
export function useCall<T>(
  name: CallName,
  args?: Record<string, unknown>,
  options: { enabled?: boolean } = {},
): UseQueryResult<T, HostFailure> {
  return useQuery<T, HostFailure>({
    queryKey: args === undefined ? [name] : [name, args],
    queryFn: () => call<T>(name, args),
    enabled: options.enabled ?? true,
    // The cache on disk is the store; what is shown stays until it is told to be stale.
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (previous) => previous,
    retry: false,
  });
}

/**
 * Asks for one change. Durable when it resolves, whether the server can be reached or not; and drawn: a
 * form that closed first would keep the window busy while the row that it made waits to be drawn.
 */
export function useSubmit(): (
  command: Command,
  occurredAt?: string,
  draft?: string,
) => Promise<Submitted> {
  const client = useQueryClient();
  return useCallback(
    async (command, occurredAt, draft) => {
      const args = { command, occurredAt: occurredAt ?? null, ...(draft ? { draft } : {}) };
      const submitted = await call<Submitted>('submit', args);
      if (submitted.rejection) {
        throw new HostFailure(submitted.rejection.code, submitted.rejection.message);
      }
      // What was answered is handed to the screen in the next task.
      const drawn = refresh(client, ['outbox']).then(() => passed(0));
      await Promise.race([drawn, passed(LONGEST_DRAWING_MS)]);
      return submitted;
    },
    [client],
  );
}

const passed = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** Asks anew for what is stale; resolves when all that is on the screen was answered. */
async function refresh(client: QueryClient, topics: readonly Topic[]): Promise<void> {
  const asked = [...staleCalls(topics)].map((name) => {
    // A list that somebody reads is not moved under their eyes: it offers what is new.
    const refetchType = name === 'review' ? 'none' : 'active';
    return client.invalidateQueries({ queryKey: [name], refetchType });
  });
  await Promise.all(asked);
}

/** Keeps the queries of `client` true to what the console tells; the result ends it. */
export function keepTrue(client: QueryClient): () => void {
  const waiting = new Set<Topic>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    void refresh(client, [...waiting]);
    waiting.clear();
  };
  const stopChanged = onChanged((topics) => {
    for (const topic of topics) {
      waiting.add(topic);
    }
    timer ??= setTimeout(flush, AT_MOST_EVERY_MS);
  });
  return () => {
    clearTimeout(timer);
    stopChanged();
  };
}
