// What an action on a batch asks for, and the command that it becomes. Pure.
import type { Action, BatchDetail, BatchView, Command } from '@/generated/protocol';
import { newRef } from '@/lib/ref';

/** The forms of a batch. */
export type FormKind =
  | 'open'
  | 'count'
  | 'declare'
  | 'seal'
  | 'unseal'
  | 'offer'
  | 'accept'
  | 'refuse'
  | 'dispute'
  | 'receive'
  | 'return'
  | 'grade'
  | 'graded'
  | 'archive';

/** A field of a form. */
export type FieldName = 'count' | 'seal' | 'witness' | 'reason' | 'receiver' | 'lecturer';

/** What each form is called on its button, and what it needs. */
export const FORMS: Record<FormKind, { title: string; needs: readonly FieldName[] }> = {
  open: { title: 'Open collection', needs: [] },
  count: { title: 'Count scripts in', needs: ['count'] },
  declare: { title: 'Declare a count', needs: ['count'] },
  seal: { title: 'Seal the batch', needs: ['count', 'seal', 'witness'] },
  unseal: { title: 'Open the seal', needs: ['witness', 'reason'] },
  offer: { title: 'Offer a handover', needs: ['receiver'] },
  accept: { title: 'Accept the handover', needs: [] },
  refuse: { title: 'Refuse the handover', needs: ['reason'] },
  dispute: { title: 'Dispute the handover', needs: ['reason'] },
  receive: { title: 'Receive the batch', needs: ['lecturer', 'count'] },
  return: { title: 'Return to registry', needs: [] },
  grade: { title: 'Begin grading', needs: [] },
  graded: { title: 'Grading is done', needs: [] },
  archive: { title: 'Archive', needs: [] },
};

/** What was filled in. */
export type Draft = Record<FieldName, string>;

/** The form behind an action, as the batch stands; none when there is none in this window. */
export function formOf(action: Action, batch: BatchView): FormKind | undefined {
  switch (action) {
    case 'collectScripts':
      return batch.status === 'PENDING' ? 'open' : 'count';
    case 'declareCount':
      return 'declare';
    case 'seal':
      return 'seal';
    case 'unseal':
      return 'unseal';
    case 'offerHandover':
      return 'offer';
    case 'decideHandover':
      return takingOf(batch);
    case 'grade':
      return batch.status === 'GRADING_IN_PROGRESS' ? 'graded' : 'grade';
    case 'archive':
      return 'archive';
    default:
      return undefined;
  }
}

/** Taking a batch: what was offered, what comes back from grading, or what a lecturer gets. */
function takingOf(batch: BatchView): FormKind {
  if (batch.openTransfer?.state === 'OFFERED') {
    return 'accept';
  }
  return batch.status === 'GRADING_COMPLETED' ? 'return' : 'receive';
}

/** The command of a form. */
export function commandOf(kind: FormKind, detail: BatchDetail, draft: Draft): Command {
  const batchId = detail.view.id;
  const count = Number(draft.count);
  const transfer = detail.view.openTransfer?.ref ?? '';
  const become = (to: BatchView['status']): Command => ({
    command: 'setBatchStatus',
    input: { batchId, to },
  });
  switch (kind) {
    case 'open':
      return { command: 'openCollection', input: { batchId } };
    case 'count':
      return { command: 'countScripts', input: { batchId, collected: count } };
    case 'declare':
      return { command: 'declareCount', input: { batchId, count } };
    case 'seal':
      return sealCommand(detail, draft);
    case 'unseal':
      return {
        command: 'unsealBatch',
        input: { batchId, witness: Number(draft.witness), reason: draft.reason },
      };
    case 'offer':
      return {
        command: 'offerBatch',
        input: { transfer: newRef(), batchId, toUser: Number(draft.receiver) },
      };
    case 'accept':
      return { command: 'acceptBatch', input: { transfer } };
    case 'refuse':
      return { command: 'refuseBatch', input: { transfer, note: draft.reason } };
    case 'dispute':
      return { command: 'disputeBatch', input: { transfer, note: draft.reason } };
    case 'receive':
      return {
        command: 'receiveBatch',
        input: { batchId, lecturer: Number(draft.lecturer), count },
      };
    case 'return':
      return become('RETURNED_TO_REGISTRY');
    case 'grade':
      return become('GRADING_IN_PROGRESS');
    case 'graded':
      return become('GRADING_COMPLETED');
    case 'archive':
      return become('ARCHIVED');
  }
}

/** A difference is sealed only with the case that explains it. */
function sealCommand(detail: BatchDetail, draft: Draft): Command {
  const incident = detail.incidents.find((found) => found.status !== 'CLOSED')?.ref;
  return {
    command: 'sealBatch',
    input: {
      batchId: detail.view.id,
      count: Number(draft.count),
      sealNumber: draft.seal,
      ...(draft.witness === '' ? {} : { witness: Number(draft.witness) }),
      ...(incident === undefined ? {} : { incident }),
    },
  };
}
