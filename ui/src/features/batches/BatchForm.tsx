import { useState } from 'react';
import { toast } from 'sonner';

import { zoneOf } from '@/app/link';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import type { BatchDetail, Person } from '@/generated/protocol';
import { failureOf } from '@/host';
import { t, table } from '@/lib/tongue';
import { useCall, useStatus, useSubmit } from '@/live/queries';
import { serverNow } from '@/live/store';

import styles from './Batches.module.css';
import { commandOf, FORMS, localOf, type Draft, type FieldName, type FormKind } from './forms';

const LABELS: Record<FieldName, string> = table('batches-field', [
  'copies',
  'spare',
  'place',
  'when',
  'papers',
  'count',
  'seal',
  'witness',
  'reason',
  'receiver',
  'location',
  'lecturer',
]);

/** What is a number. */
const NUMBERS: ReadonlySet<FieldName> = new Set(['count', 'copies', 'spare', 'papers']);

/** What stands in the fields at first: what is known, or what is usual. */
function begun({ view }: BatchDetail, zone: string): Draft {
  const { printed } = view;
  return {
    copies: String(printed?.copies ?? view.totalRegistered),
    spare: String(printed?.spare ?? 0),
    place: printed?.place ?? t('batches-print-room'),
    when: localOf(printed?.at ?? serverNow(), zone),
    papers: String(printed ? printed.copies + printed.spare : view.totalRegistered),
    // Whoever takes a batch reads its label; whoever collects knows what came in.
    count: String(view.openTransfer?.count ?? view.scriptsCollected),
    seal: '',
    witness: '',
    reason: '',
    receiver: '',
    location: '',
    lecturer: String(view.lecturer?.id ?? ''),
  };
}

/** The people to choose from for a field; none for a field of words. */
function usePeople(detail: BatchDetail): (name: FieldName) => readonly Person[] | null {
  const people = useCall<Person[]>('people').data ?? [];
  return (name) => {
    switch (name) {
      case 'witness':
        return detail.witnesses;
      case 'receiver':
        return people.filter((person) => person.role !== 'STUDENT');
      case 'lecturer':
        return people.filter((person) => person.role === 'LECTURER');
      default:
        return null;
    }
  };
}

function Field({
  name,
  people,
  value,
  onChange,
}: {
  name: FieldName;
  people: readonly Person[] | null;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <label>
      {LABELS[name]}
      {people === null ? (
        <input
          type={name === 'when' ? 'datetime-local' : 'text'}
          inputMode={NUMBERS.has(name) ? 'numeric' : 'text'}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      ) : (
        <select value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">{t('batches-choose-a-person')}</option>
          {people.map((person) => (
            <option key={person.id} value={person.id}>
              {person.name}
            </option>
          ))}
        </select>
      )}
    </label>
  );
}

/** What was filled in, and ways to send it. */
function useForm(kind: FormKind, detail: BatchDetail, onClose: () => void) {
  const submit = useSubmit();
  const [problem, setProblem] = useState<string>();
  const zone = zoneOf(useStatus());
  const [draft, setDraft] = useState<Draft>(() => begun(detail, zone));
  const send = async () => {
    try {
      await submit(commandOf(kind, detail, draft, zone));
      toast.success(t('batches-kept-on-this-station', { title: FORMS[kind].title }));
      onClose();
    } catch (thrown) {
      setProblem(failureOf(thrown).message);
    }
  };
  const set = (name: FieldName) => (value: string) => setDraft({ ...draft, [name]: value });
  return { draft, set, problem, send };
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
  const { title, needs } = FORMS[kind];
  const peopleFor = usePeople(detail);
  const { draft, set, problem, send } = useForm(kind, detail, onClose);
  return (
    <Dialog title={title} aside={detail.view.batchQRCode} onClose={onClose}>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        {needs.map((name) => (
          <Field
            key={name}
            name={name}
            people={peopleFor(name)}
            value={draft[name]}
            onChange={set(name)}
          />
        ))}
        {problem && (
          <p role="alert" className={styles['error']}>
            {problem}
          </p>
        )}
        <div className={styles['foot']}>
          <Button variant="bare" onPress={onClose}>
            {t('batches-cancel')}
          </Button>
          <Button variant="ink" type="submit">
            {title}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
