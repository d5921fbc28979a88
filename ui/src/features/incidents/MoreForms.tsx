// What is seldom needed for an incident: a statement, a merge, striking it through.
import { useId, useState } from 'react';

import type { IncidentView } from '@/generated/protocol';
import { t } from '@/lib/tongue';
import { useCall } from '@/live/queries';

import { Confirm, Frame, type FormProps } from './Frame';
import { isDone, placeOf } from './groups';

/** Somebody's own words: with their PIN, or written down for a person who signs in ink. */
export function Statement({ incident, ask, busy, onClose }: FormProps) {
  const id = useId();
  const [words, setWords] = useState('');
  const [name, setName] = useState('');
  const [about, setAbout] = useState('');
  const send = async () => {
    const inInk = name.trim() !== '';
    const input = {
      // What was written down in the other hall may not be here yet: its number stands for it.
      incident: about.trim() === '' ? incident.ref : about.trim(),
      statement: words.trim(),
      ...(inInk ? { method: 'INK' as const, name: name.trim() } : { method: 'PIN' as const }),
    };
    if (await ask({ command: 'signStatement', input }, t('incidents-statement-kept'))) {
      onClose();
    }
  };
  return (
    <Frame label={t('incidents-statement')} onClose={onClose} onSubmit={() => void send()}>
      <label htmlFor={`${id}w`}>{t('incidents-statement-words')}</label>
      <textarea
        id={`${id}w`}
        autoFocus
        rows={3}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <label htmlFor={`${id}n`}>{t('incidents-statement-name')}</label>
      <input id={`${id}n`} value={name} onChange={(event) => setName(event.target.value)} />
      <label htmlFor={`${id}a`}>{t('incidents-statement-about')}</label>
      <input
        id={`${id}a`}
        className="code"
        value={about}
        onChange={(event) => setAbout(event.target.value)}
      />
      <Confirm
        name={t('incidents-keep-statement')}
        busy={busy || words.trim() === ''}
        onClose={onClose}
      />
    </Frame>
  );
}

/** The cases that this one may be a report of: those that stand, of the same hall first. */
function targetsOf(all: readonly IncidentView[], incident: IncidentView): IncidentView[] {
  const here = (one: IncidentView) => Number(one.sittingId === incident.sittingId);
  return all
    .filter((one) => one.ref !== incident.ref && !isDone(one) && one.number !== null)
    .toSorted((one, other) => here(other) - here(one));
}

/** The same thing, reported twice: this case points to the other from then on. */
export function Merge({ incident, ask, busy, onClose }: FormProps) {
  const id = useId();
  const targets = targetsOf(useCall<IncidentView[]>('incidents').data ?? [], incident);
  const [into, setInto] = useState('');
  const send = async () => {
    const input = { incident: incident.ref, mergedInto: into };
    if (await ask({ command: 'mergeIncident', input }, t('incidents-merged'))) {
      onClose();
    }
  };
  return (
    <Frame label={t('incidents-merge')} onClose={onClose} onSubmit={() => void send()}>
      <label htmlFor={id}>{t('incidents-merge-into')}</label>
      <select id={id} autoFocus value={into} onChange={(event) => setInto(event.target.value)}>
        <option value="">{t('incidents-choose-a-case')}</option>
        {targets.map((one) => (
          <option key={one.ref} value={one.ref}>
            {[one.number, one.title, placeOf(one)].filter(Boolean).join(', ')}
          </option>
        ))}
      </select>
      <Confirm name={t('incidents-merge-do')} busy={busy || into === ''} onClose={onClose} />
    </Frame>
  );
}

/** Entered in error: it is struck through, and stays in the record. */
export function Void({ incident, ask, busy, onClose }: FormProps) {
  const id = useId();
  const [reason, setReason] = useState('');
  const send = async () => {
    const input = { incident: incident.ref, reason: reason.trim() };
    if (await ask({ command: 'voidIncident', input }, t('incidents-struck'))) {
      onClose();
    }
  };
  return (
    <Frame label={t('incidents-strike')} onClose={onClose} onSubmit={() => void send()}>
      <label htmlFor={id}>{t('incidents-strike-why')}</label>
      <textarea
        id={id}
        autoFocus
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <Confirm name={t('incidents-strike')} busy={busy || reason.trim() === ''} onClose={onClose} />
    </Frame>
  );
}
