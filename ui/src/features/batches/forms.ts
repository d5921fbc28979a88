// What an action on a batch asks for, and the command that it becomes. Pure.
import type { Action, BatchDetail, BatchView, Command, Stop } from '@/generated/protocol';
import { newRef } from '@/lib/ref';
import { dayKey, offsetMin, onTheWall } from '@/lib/time';
import { t } from '@/lib/tongue';

/** The forms of a batch. */
export type FormKind =
  | 'print'
  | 'correct'
  | 'papers'
  | 'open'
  | 'count'
  | 'declare'
  | 'seal'
  | 'unseal'
  | 'offer'
  | 'accept'
  | 'confirm'
  | 'cancel'
  | 'assign'
  | 'refuse'
  | 'dispute'
  | 'receive'
  | 'return'
  | 'grade'
  | 'graded'
  | 'archive';

/** A field of a form. */
export type FieldName =
  | 'copies'
  | 'spare'
  | 'place'
  | 'when'
  | 'papers'
  | 'count'
  | 'seal'
  | 'witness'
  | 'reason'
  | 'receiver'
  | 'location'
  | 'lecturer';

/** What can be written down at a stop of the way, beside that stop. */
export const AT_STOP: Partial<Record<Stop, Action>> = {
  PRINTED: 'notePrinted',
  ISSUED: 'writeHallLog',
};

/** What each form is called on its button, and what it needs. */
export const FORMS: Record<FormKind, { title: string; needs: readonly FieldName[] }> = {
  print: {
    get title() {
      return t('batches-print');
    },
    needs: ['copies', 'spare', 'place', 'when'],
  },
  correct: {
    get title() {
      return t('batches-correct');
    },
    needs: ['copies', 'spare', 'place', 'when'],
  },
  papers: {
    get title() {
      return t('batches-sign');
    },
    needs: ['papers'],
  },
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
    needs: ['receiver', 'location'],
  },
  accept: {
    get title() {
      return t('batches-accept-the-handover');
    },
    needs: ['count', 'seal'],
  },
  confirm: {
    get title() {
      return t('batches-confirm-the-handover');
    },
    needs: [],
  },
  cancel: {
    get title() {
      return t('batches-take-the-offer-back');
    },
    needs: [],
  },
  assign: {
    get title() {
      return t('batches-name-the-lecturer');
    },
    needs: ['lecturer'],
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
    case 'notePrinted':
      return batch.printed ? 'correct' : 'print';
    case 'writeHallLog':
      return 'papers';
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
    case 'assignBatch':
      return 'assign';
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
  if (batch.openTransfer) {
    return batch.openTransfer.state === 'DISPUTED' ? 'confirm' : 'accept';
  }
  return batch.status === 'GRADING_COMPLETED' ? 'return' : 'receive';
}

/** The command of a form. */
export function commandOf(
  kind: FormKind,
  detail: BatchDetail,
  draft: Draft,
  zone = 'UTC',
): Command {
  const batchId = detail.view.id;
  const count = Number(draft.count);
  const transfer = detail.view.openTransfer?.ref ?? '';
  const become = (to: BatchView['status']): Command => ({
    command: 'setBatchStatus',
    input: { batchId, to },
  });
  switch (kind) {
    case 'print':
    case 'correct':
      return printCommand(batchId, draft, zone);
    case 'papers':
      return signCommand(detail.view, Number(draft.papers));
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
        input: { transfer: newRef(), batchId, ...receiverOf(draft) },
      };
    case 'accept':
      return { command: 'acceptBatch', input: { transfer, count, ...sealSeen(draft) } };
    case 'confirm':
      return { command: 'acceptBatch', input: { transfer } };
    case 'cancel':
      return { command: 'cancelOffer', input: { transfer } };
    case 'assign':
      return { command: 'assignBatch', input: { batchId, lecturer: Number(draft.lecturer) } };
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

/** A person, or a place such as the strong room, by its name; without either the rules ask for one. */
function receiverOf({ receiver, location }: Draft): { toUser?: number; toLocation?: string } {
  if (receiver !== '') {
    return { toUser: Number(receiver) };
  }
  return location.trim() === '' ? {} : { toLocation: location.trim() };
}

/** What is read on the seal; what was not read is not said. */
function sealSeen(draft: Draft): { sealSeen?: string } {
  const seal = draft.seal.trim();
  return seal === '' ? {} : { sealSeen: seal };
}

function printCommand(batchId: number, draft: Draft, zone: string): Command {
  return {
    command: 'notePrinted',
    input: {
      batchId,
      copies: Number(draft.copies),
      spare: Number(draft.spare),
      place: draft.place,
      printedAt: instantOf(draft.when, zone),
    },
  };
}

/** The instant of `2026-12-04T15:20` on the clocks of a zone. */
export function instantOf(local: string, zone: string): string {
  const asUtc = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(local) ? Date.parse(`${local}Z`) : Number.NaN;
  if (Number.isNaN(asUtc)) {
    throw new TypeError(t('batches-when-unreadable'));
  }
  return new Date(asUtc - offsetMin(asUtc, zone) * 60_000).toISOString();
}

/** `2026-12-04T15:20`, as a field for a time has it. */
export function localOf(at: string | number, zone: string): string {
  const [hours, minutes] = onTheWall(at, zone);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${dayKey(at, zone)}T${two(hours)}:${two(minutes)}`;
}

/** One line of the hall log. */
function signCommand(batch: BatchView, n: number): Command {
  const text = t('batches-papers-received', { course: batch.courseCode, n });
  const input = { sittingId: batch.sittingId, action: 'PAPERS_RECEIVED', text, count: n };
  return { command: 'logHall', input };
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
