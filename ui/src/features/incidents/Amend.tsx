// Putting the words of an incident right. What stood there before stays in the record.
import { useId, useState } from 'react';

import type { AmendIncident } from '@/generated/protocol';

import { Confirm, Frame, type FormProps } from './Frame';

type Words = 'title' | 'description' | 'actionTaken' | 'seat';

const LABELS: readonly [Words, string][] = [
  ['title', 'Title'],
  ['description', 'What happened'],
  ['actionTaken', 'What was done in the hall'],
  ['seat', 'Seat'],
];

/** The form. Only what was changed is sent. */
export function Amend({ incident, ask, busy, onClose }: FormProps) {
  const id = useId();
  const before: Record<Words, string> = {
    title: incident.title,
    description: incident.description,
    actionTaken: incident.actionTaken ?? '',
    seat: incident.seat ?? '',
  };
  const [after, setAfter] = useState(before);
  const changed = LABELS.filter(([name]) => after[name].trim() !== before[name]);
  const send = async () => {
    const input: AmendIncident = { incident: incident.ref };
    for (const [name] of changed) {
      input[name] = after[name].trim();
    }
    if (await ask({ command: 'amendIncident', input }, 'Corrected')) {
      onClose();
    }
  };
  return (
    <Frame label="Correct" onClose={onClose} onSubmit={() => void send()}>
      {LABELS.map(([name, label]) => (
        <div key={name}>
          <label htmlFor={id + name}>{label}</label>
          <textarea
            id={id + name}
            rows={name === 'description' ? 3 : 1}
            value={after[name]}
            onChange={(event) => setAfter({ ...after, [name]: event.target.value })}
          />
        </div>
      ))}
      <Confirm name="Correct incident" busy={busy || changed.length === 0} onClose={onClose} />
    </Frame>
  );
}
