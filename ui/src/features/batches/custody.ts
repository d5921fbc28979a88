import type { BatchStatus, BatchView, Stop } from '@/generated/protocol';
import { t } from '@/lib/tongue';
import { words } from '@/lib/words';

/** Where a batch stands, in the order of its way. */
export const WAY: readonly BatchStatus[] = [
  'PENDING',
  'IN_COLLECTION',
  'SEALED',
  'IN_TRANSIT',
  'WITH_LECTURER',
  'GRADING_IN_PROGRESS',
  'GRADING_COMPLETED',
  'RETURNED_TO_REGISTRY',
];

/** How far along its way a batch is, from 0. */
export function placeOf(status: BatchStatus): number {
  return status === 'ARCHIVED' ? WAY.length - 1 : WAY.indexOf(status);
}

/** The stop where a batch is; none while nothing is printed. */
export function stopOf(batch: BatchView): Stop | undefined {
  return batch.way.find((one) => one.state === 'HERE')?.stop;
}

/** What is written beside the track: the stop, or how far the lecturer and the registry are. */
export function standing(batch: BatchView): string {
  switch (batch.status) {
    case 'GRADING_IN_PROGRESS':
    case 'GRADING_COMPLETED':
    case 'ARCHIVED':
      return words.batchStatus[batch.status];
    default: {
      const stop = stopOf(batch);
      return stop === undefined ? t('batches-not-printed') : words.stop[stop];
    }
  }
}

/** Whether somebody should look at the batch, and why. */
export function trouble(batch: BatchView): string | undefined {
  const counting = batch.status === 'IN_COLLECTION' && batch.counts.length > 0;
  const counted = batch.counts.at(-1)?.count ?? batch.scriptsCollected;
  const difference = counted - batch.present;
  if (counting && difference !== 0) {
    return differenceText(difference);
  }
  if (batch.status !== 'PENDING' && batch.status !== 'IN_COLLECTION' && batch.discrepancy !== 0) {
    return differenceText(batch.discrepancy);
  }
  if (batch.openTransfer?.state === 'DISPUTED') {
    return t('batches-handover-disputed');
  }
  return undefined;
}

/** `1 script short`, `2 scripts too many` */
export function differenceText(difference: number): string {
  const n = Math.abs(difference);
  return t(difference < 0 ? 'batches-short' : 'batches-too-many', { n });
}

/** Who holds a batch, as shown. */
export function holderName(batch: BatchView): string {
  return batch.holder.name;
}
