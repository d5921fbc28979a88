// What an action on a batch asks for, and the command that it becomes. Pure.
import type { Action, BatchDetail, BatchView, Command } from '@/generated/protocol';
import { newRef } from '@/lib/ref';
import { t } from '@/lib/tongue';

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
  open: {
    get title() {
      return t('batches-open-collection');
    },
    needs: [],
  },
  count: {
    get title() {
      return t('batches-count-scripts-in');
    },
    needs: ['count'],
  },
  declare: {
    get title() {
      return t('batches-declare-a-count');
    },
    needs: ['count'],
  },
  seal: {
    get title() {
      return t('batches-seal-the-batch');
    },
    needs: ['count', 'seal', 'witness'],
  },
  unseal: {
    get title() {
      return t('batches-open-the-seal');
    },
    needs: ['witness', 'reason'],
  },
  offer: {
    get title() {
      return t('batches-offer-a-handover');
    },
    needs: ['receiver'],
  },
  accept: {
    get title() {
      return t('batches-accept-the-handover');
    },
    needs: [],
  },
  refuse: {
    get title() {
      return t('batches-refuse-the-handover');
    },
    needs: ['reason'],
  },
  dispute: {
    get title() {
      return t('batches-dispute-the-handover');
    },
    needs: ['reason'],
  },
  receive: {
    get title() {
      return t('batches-receive-the-batch');
    },
    needs: ['lecturer', 'count'],
  },
  return: {
    get title() {
      return t('batches-return-to-registry');
    },
    needs: [],
  },
  grade: {
    get title() {
      return t('batches-begin-grading');
    },
    needs: [],
  },
  graded: {
    get title() {
      return t('batches-grading-is-done');
    },
    needs: [],
  },
  archive: {
    get title() {
      return t('batches-archive');
    },
    needs: [],
  },
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
