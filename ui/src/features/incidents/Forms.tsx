// The small forms behind the buttons of an incident. Escape closes them.
import { useId, useState } from 'react';

import { Avatar } from '@/components/Avatar';
import { Button } from '@/components/Button';
import type { IncidentOutcome, Person, Severity } from '@/generated/protocol';
import { SeverityGlyph } from '@/glyphs';
import { t } from '@/lib/tongue';
import { words } from '@/lib/words';
import { useCall } from '@/live/queries';

import { Amend } from './Amend';
import styles from './Forms.module.css';
import { Merge, Statement, Void } from './MoreForms';
import { Confirm, Frame, type FormProps } from './Frame';

export type FormName =
  | 'assign'
  | 'escalate'
  | 'resolve'
  | 'changeSeverity'
  | 'closeIncident'
  | 'amend'
  | 'refer'
  | 'statement'
  | 'merge'
  | 'void';

const OUTCOMES = (Object.keys(words.outcome) as IncidentOutcome[]).filter(
  (one) => one !== 'DUPLICATE',
);
const SEVERITIES: Severity[] = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];

function Assign({ incident, ask, onClose }: FormProps) {
  const [text, setText] = useState('');
  const people = useCall<Person[]>('people', { text }).data ?? [];
  const choose = async (person: Person) => {
    const input = { incident: incident.ref, assignee: person.id };
    if (
      await ask(
        { command: 'assignIncident', input },
        t('incidents-assigned-to-2', { name: person.name }),
      )
    ) {
      onClose();
    }
  };
  const staff = people.filter((person) => person.role !== 'STUDENT').slice(0, 8);
  const first = staff[0];
  return (
    <Frame
      label={t('incidents-assign')}
      onClose={onClose}
      onSubmit={() => first && void choose(first)}
    >
      <input
        autoFocus
        aria-label={t('incidents-find-a-person')}
        placeholder={t('incidents-name')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <ul className={styles.people} aria-label={t('incidents-people')}>
        {staff.map((person) => (
          <li key={person.id}>
            <button type="button" onClick={() => void choose(person)}>
              <Avatar name={person.name} />
              <span>{person.name}</span>
              <span className="muted">{words.role[person.role]}</span>
            </button>
          </li>
        ))}
      </ul>
      {staff.length === 0 && <p className="muted">{t('incidents-nobody-of-this-name')}</p>}
    </Frame>
  );
}

function Resolve({ incident, ask, busy, onClose }: FormProps) {
  const id = useId();
  const [outcome, setOutcome] = useState<IncidentOutcome>('NO_ACTION');
  const [resolution, setResolution] = useState('');
  const send = async () => {
    const input = { incident: incident.ref, outcome, resolution: resolution.trim() };
    if (await ask({ command: 'resolveIncident', input }, t('incidents-resolved'))) {
      onClose();
    }
  };
  return (
    <Frame label={t('incidents-resolve')} onClose={onClose} onSubmit={() => void send()}>
      <label htmlFor={`${id}o`}>{t('incidents-outcome')}</label>
      <select
        id={`${id}o`}
        autoFocus
        value={outcome}
        onChange={(event) => setOutcome(event.target.value as IncidentOutcome)}
      >
        {OUTCOMES.map((one) => (
          <option key={one} value={one}>
            {words.outcome[one]}
          </option>
        ))}
      </select>
      <label htmlFor={`${id}t`}>{t('incidents-how-it-ended')}</label>
      <textarea
        id={`${id}t`}
        value={resolution}
        onChange={(event) => setResolution(event.target.value)}
      />
      <Confirm name={t('incidents-resolve-incident')} busy={busy} onClose={onClose} />
    </Frame>
  );
}

/** A form of one field of words, which may be asked for or not. */
function Worded({
  label,
  field,
  busy,
  onClose,
  onSend,
}: Pick<FormProps, 'busy' | 'onClose'> & {
  label: string;
  field: string;
  onSend: (text: string) => Promise<boolean>;
}) {
  const id = useId();
  const [text, setText] = useState('');
  const send = async () => {
    if (await onSend(text.trim())) {
      onClose();
    }
  };
  return (
    <Frame label={label} onClose={onClose} onSubmit={() => void send()}>
      <label htmlFor={id}>{field}</label>
      <textarea id={id} autoFocus value={text} onChange={(event) => setText(event.target.value)} />
      <Confirm name={label} busy={busy} onClose={onClose} />
    </Frame>
  );
}

const WHY = 'incidents-why-may-stay-empty';

function Escalate({ incident, ask, ...rest }: FormProps) {
  const send = (text: string) => {
    const input = { incident: incident.ref, ...(text === '' ? {} : { note: text }) };
    return ask({ command: 'escalateIncident', input }, t('incidents-escalated'));
  };
  return <Worded label={t('incidents-escalate-incident')} field={t(WHY)} onSend={send} {...rest} />;
}

/** Closes what is resolved; opens again what is closed. */
function Close({ incident, ask, ...rest }: FormProps) {
  const { ref } = incident;
  if (incident.status === 'CLOSED') {
    const reopen = (reason: string) =>
      ask(
        { command: 'reopenIncident', input: { incident: ref, reason } },
        t('incidents-opened-again'),
      );
    return (
      <Worded
        label={t('incidents-open-again')}
        field={t('incidents-why')}
        onSend={reopen}
        {...rest}
      />
    );
  }
  const close = (text: string) => {
    const input = { incident: ref, ...(text === '' ? {} : { note: text }) };
    return ask({ command: 'closeIncident', input }, t('incidents-closed'));
  };
  return <Worded label={t('incidents-close-incident')} field={t(WHY)} onSend={close} {...rest} />;
}

function Refer({ incident, ask, ...rest }: FormProps) {
  const send = (text: string) => {
    const input = { incident: incident.ref, ...(text === '' ? {} : { fileNumber: text }) };
    return ask({ command: 'referIncident', input }, t('incidents-referred-to-the-committee'));
  };
  const field = t('incidents-number-of-the-file-may');
  return (
    <Worded label={t('incidents-refer-to-the-committee')} field={field} onSend={send} {...rest} />
  );
}

function ChangeSeverity({ incident, ask, onClose }: FormProps) {
  const choose = async (severity: Severity) => {
    const input = { incident: incident.ref, severity };
    if (
      await ask(
        { command: 'setSeverity', input },
        t('incidents-severity-is', { severity: words.severity[severity] }),
      )
    ) {
      onClose();
    }
  };
  return (
    <Frame label={t('incidents-change-severity')} onClose={onClose}>
      <div className={styles.line}>
        {SEVERITIES.map((severity) => (
          <Button
            key={severity}
            autoFocus={severity === incident.severity}
            icon={<SeverityGlyph severity={severity} />}
            reason={severity === incident.severity ? t('incidents-it-is-that-already') : null}
            onPress={() => void choose(severity)}
          >
            {words.severity[severity]}
          </Button>
        ))}
      </div>
    </Frame>
  );
}

/** The form behind a button. */
export function ActionForm({ name, ...rest }: FormProps & { name: FormName }) {
  switch (name) {
    case 'assign':
      return <Assign {...rest} />;
    case 'resolve':
      return <Resolve {...rest} />;
    case 'changeSeverity':
      return <ChangeSeverity {...rest} />;
    case 'escalate':
      return <Escalate {...rest} />;
    case 'closeIncident':
      return <Close {...rest} />;
    case 'amend':
      return <Amend {...rest} />;
    case 'refer':
      return <Refer {...rest} />;
    case 'statement':
      return <Statement {...rest} />;
    case 'merge':
      return <Merge {...rest} />;
    case 'void':
      return <Void {...rest} />;
  }
}
