// Files that are added to a case that is there already.
import { useState } from 'react';

import { announce } from '@/app/announce';
import type { Offered } from '@/generated/protocol';
import { failureOf } from '@/host';
import { t } from '@/lib/tongue';

import { attach } from './attach';

/** Whoever may write a note may add a file. */
export function mayAttach(actions: readonly Offered[]): boolean {
  return actions.some((one) => one.action === 'noteIncident' && one.reason === null);
}

/** Adds what was picked to a case, and says what became of it. */
export function useAdding(incident: string) {
  const [trouble, setTrouble] = useState<string | null>(null);
  const add = async (picked: File[]) => {
    setTrouble(null);
    try {
      for (const file of picked) {
        // One after the other: each is held in memory as a whole.
        // oxlint-disable-next-line no-await-in-loop
        await attach(incident, file);
        announce(t('evidence-attached', { name: file.name }));
      }
    } catch (thrown) {
      setTrouble(failureOf(thrown).message);
    }
  };
  return { trouble, add };
}
