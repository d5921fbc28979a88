// What was found, as a file. The console writes it and says where it lies; the record notes it.
import { Download } from 'lucide-react';
import { useState } from 'react';

import { announce } from '@/app/announce';
import { Button } from '@/components/Button';
import type { ReviewQuery, SavedPaper } from '@/generated/protocol';
import { call, failureOf } from '@/host';
import { useShortcut } from '@/lib/keys';
import { kbdOf } from '@/lib/shortcuts';
import { t } from '@/lib/tongue';

type Format = 'csv' | 'jsonl';

/** CSV for spreadsheets (no cell is a formula), JSON Lines for programs. */
export function Export({ query }: { query: ReviewQuery }) {
  const [busy, setBusy] = useState(false);
  const take = async (format: Format) => {
    setBusy(true);
    try {
      const { file, hash } = await call<SavedPaper>('export', { format, query });
      announce(t('app-paper-saved', { file, hash: hash.slice(0, 8) }));
    } catch (thrown) {
      announce(failureOf(thrown).message);
    } finally {
      setBusy(false);
    }
  };
  useShortcut('review.export', () => void take('csv'), !busy);
  return (
    <>
      <Button
        icon={<Download size={14} aria-hidden="true" />}
        kbd={kbdOf('review.export')}
        isDisabled={busy}
        onPress={() => void take('csv')}
      >
        {t('review-export')}
      </Button>
      <Button variant="bare" isDisabled={busy} onPress={() => void take('jsonl')}>
        {t('review-export-lines')}
      </Button>
    </>
  );
}
