// Putting the words of an incident right. What stood there before stays in the record.
import { useId, useState } from 'react';

import type { AmendIncident } from '@/generated/protocol';
import { t } from '@/lib/tongue';

import { Confirm, Frame, type FormProps } from './Frame';

type Words = 'title' | 'description' | 'actionTaken' | 'seat';

const LABELS: readonly [Words, string][] = [
  ['title', 'incidents-title'],
  ['description', 'incidents-what-happened'],
  ['actionTaken', 'incidents-what-was-done-in-the'],
  ['seat', 'incidents-seat'],
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
    if (await ask({ command: 'amendIncident', input }, t('incidents-corrected'))) {
      onClose();
    }
  };
  return (
    <Frame label={t('incidents-correct')} onClose={onClose} onSubmit={() => void send()}>
      {LABELS.map(([name, label]) => (
        <div key={name}>
          <label htmlFor={id + name}>{t(label)}</label>
          <textarea
            id={id + name}
            rows={name === 'description' ? 3 : 1}
            value={after[name]}
            onChange={(event) => setAfter({ ...after, [name]: event.target.value })}
          />
        </div>
      ))}
      <Confirm
        name={t('incidents-correct-incident')}
        busy={busy || changed.length === 0}
        onClose={onClose}
      />
    </Frame>
  );
}
