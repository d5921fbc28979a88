import { useState } from 'react';
import { toast } from 'sonner';

import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import type { BatchDetail, Command, Person } from '@/generated/protocol';
import { failureOf } from '@/host';
import { newRef } from '@/lib/ref';
import { useCall, useSubmit } from '@/live/queries';

import styles from './Batches.module.css';

/** The forms of a batch. */
export type FormKind = 'open' | 'count' | 'declare' | 'seal' | 'unseal' | 'offer' | 'accept';

const TITLES: Record<FormKind, string> = {
  open: 'Open collection',
  count: 'Count scripts in',
  declare: 'Declare a count',
  seal: 'Seal the batch',
  unseal: 'Open the seal',
  offer: 'Offer a handover',
  accept: 'Accept the handover',
};

const NEEDS: Record<FormKind, readonly ('count' | 'seal' | 'witness' | 'reason' | 'receiver')[]> = {
  open: [],
  count: ['count'],
  declare: ['count'],
  seal: ['count', 'seal', 'witness'],
  unseal: ['witness', 'reason'],
  offer: ['receiver'],
  accept: [],
};

interface Draft {
  count: string;
  seal: string;
  witness: string;
  reason: string;
  receiver: string;
}

/** Asks for what an action on a batch needs, and keeps it durably. */
export function BatchForm({
  kind,
  detail,
  onClose,
}: {
  kind: FormKind;
  detail: BatchDetail;
  onClose: () => void;
}) {
  const people = useCall<Person[]>('people');
  const submit = useSubmit();
  const [problem, setProblem] = useState<string>();
  const [draft, setDraft] = useState<Draft>({
    count: String(detail.view.scriptsCollected),
    seal: '',
    witness: '',
    reason: '',
    receiver: '',
  });
  const set = (field: keyof Draft) => (value: string) => setDraft({ ...draft, [field]: value });
  const needs = NEEDS[kind];
  const send = async () => {
    try {
      await submit(commandOf(kind, detail, draft));
      toast.success(`${TITLES[kind]}: kept on this station`);
      onClose();
    } catch (thrown) {
      setProblem(failureOf(thrown).message);
    }
  };
  return (
    <Dialog title={TITLES[kind]} aside={detail.view.batchQRCode} onClose={onClose}>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        {needs.includes('count') && (
          <label>
            Scripts counted
            <input
              inputMode="numeric"
              value={draft.count}
              onChange={(event) => set('count')(event.target.value)}
            />
          </label>
        )}
        {needs.includes('seal') && (
          <label>
            Number on the seal
            <input value={draft.seal} onChange={(event) => set('seal')(event.target.value)} />
          </label>
        )}
        {needs.includes('witness') && (
          <Who
            label="Witness"
            people={detail.witnesses}
            value={draft.witness}
            onChange={set('witness')}
          />
        )}
        {needs.includes('receiver') && (
          <Who
            label="Receiver"
            people={(people.data ?? []).filter((person) => person.role !== 'STUDENT')}
            value={draft.receiver}
            onChange={set('receiver')}
          />
        )}
        {needs.includes('reason') && (
          <label>
            Reason
            <input value={draft.reason} onChange={(event) => set('reason')(event.target.value)} />
          </label>
        )}
        {problem && (
          <p role="alert" className={styles['error']}>
            {problem}
          </p>
        )}
        <div className={styles['foot']}>
          <Button variant="bare" onPress={onClose}>
            Cancel
          </Button>
          <Button variant="ink" type="submit">
            {TITLES[kind]}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Who({
  label,
  people,
  value,
  onChange,
}: {
  label: string;
  people: readonly Person[];
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <label>
      {label}
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">Choose a person</option>
        {people.map((person) => (
          <option key={person.id} value={person.id}>
            {person.name}
          </option>
        ))}
      </select>
    </label>
  );
}

function commandOf(kind: FormKind, detail: BatchDetail, draft: Draft): Command {
  const batchId = detail.view.id;
  const count = Number(draft.count);
  switch (kind) {
    case 'open':
      return { command: 'openCollection', input: { batchId } };
    case 'count':
      return { command: 'countScripts', input: { batchId, collected: count } };
    case 'declare':
      return { command: 'declareCount', input: { batchId, count } };
    case 'seal': {
      // A difference is sealed only with the case that explains it.
      const incident = detail.incidents.find((found) => found.status !== 'CLOSED')?.ref;
      return {
        command: 'sealBatch',
        input: {
          batchId,
          count,
          sealNumber: draft.seal,
          ...(draft.witness === '' ? {} : { witness: Number(draft.witness) }),
          ...(incident === undefined ? {} : { incident }),
        },
      };
    }
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
      return {
        command: 'acceptBatch',
        input: { transfer: detail.view.openTransfer?.ref ?? '' },
      };
  }
}
