// The small forms behind the buttons of an incident. Escape closes them.
import { useId, useState, type FormEvent, type ReactNode } from 'react';

import { Avatar } from '@/components/Avatar';
import { Button } from '@/components/Button';
import type {
  Command,
  IncidentOutcome,
  IncidentView,
  Person,
  Severity,
} from '@/generated/protocol';
import { SeverityGlyph } from '@/glyphs';
import { words } from '@/lib/words';
import { useCall } from '@/live/queries';

import styles from './Forms.module.css';

export type FormName = 'assign' | 'escalate' | 'resolve' | 'changeSeverity' | 'closeIncident';

export interface FormProps {
  incident: IncidentView;
  ask: (command: Command, done: string) => Promise<boolean>;
  busy: boolean;
  onClose: () => void;
}

const OUTCOMES = (Object.keys(words.outcome) as IncidentOutcome[]).filter(
  (one) => one !== 'DUPLICATE',
);
const SEVERITIES: Severity[] = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];

function Frame({
  label,
  onClose,
  onSubmit,
  children,
}: {
  label: string;
  onClose: () => void;
  onSubmit?: () => void;
  children: ReactNode;
}) {
  const sent = (event: FormEvent) => {
    event.preventDefault();
    onSubmit?.();
  };
  return (
    <form
      className={styles.form}
      aria-label={label}
      onSubmit={sent}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.stopPropagation();
          onClose();
        } else if (event.key === 'Enter' && event.ctrlKey) {
          sent(event);
        }
      }}
    >
      {children}
    </form>
  );
}

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

function Noted({
  incident,
  ask,
  busy,
  onClose,
  label,
  done,
  command,
}: FormProps & {
  label: string;
  done: string;
  command: 'escalateIncident' | 'closeIncident';
}) {
  const id = useId();
  const [note, setNote] = useState('');
  const send = async () => {
    const input = { incident: incident.ref, ...(note.trim() ? { note: note.trim() } : {}) };
    if (await ask({ command, input }, done)) {
      onClose();
    }
  };
  return (
    <Frame label={label} onClose={onClose} onSubmit={() => void send()}>
      <label htmlFor={id}>Why (may stay empty)</label>
      <textarea id={id} autoFocus value={note} onChange={(event) => setNote(event.target.value)} />
      <Confirm name={label} busy={busy} onClose={onClose} />
    </Frame>
  );
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

function Confirm({ name, busy, onClose }: { name: string; busy: boolean; onClose: () => void }) {
  return (
    <div className={styles.line}>
      <Button variant="ink" type="submit" kbd="Ctrl ↵" isDisabled={busy}>
        {name}
      </Button>
      <Button variant="bare" kbd="Esc" onPress={onClose}>
        Not now
      </Button>
    </div>
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
      return (
        <Noted {...rest} label="Escalate incident" done="Escalated" command="escalateIncident" />
      );
    case 'closeIncident':
      return <Noted {...rest} label="Close incident" done="Closed" command="closeIncident" />;
  }
}
