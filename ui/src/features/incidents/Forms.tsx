// The small forms behind the buttons of an incident. Escape closes them.
import { useId, useState } from 'react';

import { Avatar } from '@/components/Avatar';
import { Button } from '@/components/Button';
import type { IncidentOutcome, Person, Severity } from '@/generated/protocol';
import { SeverityGlyph } from '@/glyphs';
import { words } from '@/lib/words';
import { useCall } from '@/live/queries';

import { Amend } from './Amend';
import styles from './Forms.module.css';
import { Confirm, Frame, type FormProps } from './Frame';

export type FormName =
  | 'assign'
  | 'escalate'
  | 'resolve'
  | 'changeSeverity'
  | 'closeIncident'
  | 'amend'
  | 'refer';

const OUTCOMES = (Object.keys(words.outcome) as IncidentOutcome[]).filter(
  (one) => one !== 'DUPLICATE',
);
const SEVERITIES: Severity[] = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];

function Assign({ incident, ask, onClose }: FormProps) {
  const [text, setText] = useState('');
  const people = useCall<Person[]>('people', { text }).data ?? [];
  const choose = async (person: Person) => {
    const input = { incident: incident.ref, assignee: person.id };
    if (await ask({ command: 'assignIncident', input }, `Assigned to ${person.name}`)) {
      onClose();
    }
  };
  const staff = people.filter((person) => person.role !== 'STUDENT').slice(0, 8);
  const first = staff[0];
  return (
    <Frame label="Assign" onClose={onClose} onSubmit={() => first && void choose(first)}>
      <input
        autoFocus
        aria-label="Find a person"
        placeholder="Name"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <ul className={styles.people} aria-label="People">
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
      {staff.length === 0 && <p className="muted">Nobody of this name.</p>}
    </Frame>
  );
}

function Resolve({ incident, ask, busy, onClose }: FormProps) {
  const id = useId();
  const [outcome, setOutcome] = useState<IncidentOutcome>('NO_ACTION');
  const [resolution, setResolution] = useState('');
  const send = async () => {
    const input = { incident: incident.ref, outcome, resolution: resolution.trim() };
    if (await ask({ command: 'resolveIncident', input }, 'Resolved')) {
      onClose();
    }
  };
  return (
    <Frame label="Resolve" onClose={onClose} onSubmit={() => void send()}>
      <label htmlFor={`${id}o`}>Outcome</label>
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
      <label htmlFor={`${id}t`}>How it ended</label>
      <textarea
        id={`${id}t`}
        value={resolution}
        onChange={(event) => setResolution(event.target.value)}
      />
      <Confirm name="Resolve incident" busy={busy} onClose={onClose} />
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

const WHY = 'Why (may stay empty)';

function Escalate({ incident, ask, ...rest }: FormProps) {
  const send = (text: string) => {
    const input = { incident: incident.ref, ...(text === '' ? {} : { note: text }) };
    return ask({ command: 'escalateIncident', input }, 'Escalated');
  };
  return <Worded label="Escalate incident" field={WHY} onSend={send} {...rest} />;
}

/** Closes what is resolved; opens again what is closed. */
function Close({ incident, ask, ...rest }: FormProps) {
  const { ref } = incident;
  if (incident.status === 'CLOSED') {
    const reopen = (reason: string) =>
      ask({ command: 'reopenIncident', input: { incident: ref, reason } }, 'Opened again');
    return <Worded label="Open again" field="Why" onSend={reopen} {...rest} />;
  }
  const close = (text: string) => {
    const input = { incident: ref, ...(text === '' ? {} : { note: text }) };
    return ask({ command: 'closeIncident', input }, 'Closed');
  };
  return <Worded label="Close incident" field={WHY} onSend={close} {...rest} />;
}

function Refer({ incident, ask, ...rest }: FormProps) {
  const send = (text: string) => {
    const input = { incident: incident.ref, ...(text === '' ? {} : { fileNumber: text }) };
    return ask({ command: 'referIncident', input }, 'Referred to the committee');
  };
  const field = 'Number of the file (may stay empty)';
  return <Worded label="Refer to the committee" field={field} onSend={send} {...rest} />;
}

function ChangeSeverity({ incident, ask, onClose }: FormProps) {
  const choose = async (severity: Severity) => {
    const input = { incident: incident.ref, severity };
    if (await ask({ command: 'setSeverity', input }, `Severity is ${words.severity[severity]}`)) {
      onClose();
    }
  };
  return (
    <Frame label="Change severity" onClose={onClose}>
      <div className={styles.line}>
        {SEVERITIES.map((severity) => (
          <Button
            key={severity}
            autoFocus={severity === incident.severity}
            icon={<SeverityGlyph severity={severity} />}
            reason={severity === incident.severity ? 'It is that already.' : null}
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
  }
}
