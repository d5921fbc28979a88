// What a scanner read is looked for on this station: a batch, or a candidate.
import type { BatchView, Candidate } from '@/generated/protocol';
import { call } from '@/host';
import { t } from '@/lib/tongue';

import { announce } from './announce';
import { go } from './router';
import { useScanner } from './scanner';

/** Opens what a code belongs to; whether there is something. */
export async function openCode(code: string): Promise<boolean> {
  const wanted = code.trim().toUpperCase();
  const batches = await call<BatchView[]>('batches').catch(() => []);
  const batch = batches.find((one) => one.batchQRCode.toUpperCase() === wanted);
  if (batch) {
    go(`#/batches/${batch.batchQRCode}`);
    return true;
  }
  const candidates = await call<Candidate[]>('candidates', { text: code.trim() }).catch(() => []);
  const candidate = candidates.find((one) => one.indexNumber.toUpperCase() === wanted);
  if (candidate) {
    go(`#/hall/${candidate.sittingId}?seat=${candidate.seat}`);
    return true;
  }
  announce(t('app-not-scanned', { code: wanted }));
  return false;
}

/** Hears the scanner wherever the window is. */
export function Scanned() {
  useScanner((code) => void openCode(code));
  return null;
}
