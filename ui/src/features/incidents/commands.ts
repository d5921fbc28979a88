// Asking for changes to an incident, and telling what became of them.
import { useCallback, useState } from 'react';

import { announce } from '@/app/announce';
import type { Command } from '@/generated/protocol';
import { failureOf } from '@/host';
import { t } from '@/lib/tongue';
import { useStatus, useSubmit } from '@/live/queries';

/** What a screen needs to ask for one change after the other. */
export interface Asking {
  /** Asks; true when the change is kept. `done` is what to say then. */
  ask: (command: Command, done: string) => Promise<boolean>;
  /** Why the last one was not taken. */
  error: string | null;
  busy: boolean;
}

/** Sends changes and says whether they were sent or wait here. */
export function useAsking(): Asking {
  const submit = useSubmit();
  const live = useStatus()?.link.state === 'live';
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const ask = useCallback(
    async (command: Command, done: string) => {
      setBusy(true);
      setError(null);
      try {
        await submit(command);
        announce(live ? done : t('incidents-waiting-to-send-2', { done }));
        return true;
      } catch (thrown) {
        setError(failureOf(thrown).message);
        return false;
      } finally {
        setBusy(false);
      }
    },
    [submit, live],
  );
  return { ask, error, busy };
}
