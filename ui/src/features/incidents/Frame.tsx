// The frame of the small forms behind the buttons of an incident. Escape closes them.
import type { FormEvent, ReactNode } from 'react';

import { Button } from '@/components/Button';
import type { Command, IncidentView } from '@/generated/protocol';
import { t } from '@/lib/tongue';

import styles from './Forms.module.css';

/** What every form is given. */
export interface FormProps {
  incident: IncidentView;
  ask: (command: Command, done: string) => Promise<boolean>;
  busy: boolean;
  onClose: () => void;
}

/** A form: Ctrl Enter sends it, Escape closes it. */
export function Frame({
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
        } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          sent(event);
        }
      }}
    >
      {children}
    </form>
  );
}

/** The two buttons at the end of a form. */
export function Confirm({
  name,
  busy,
  onClose,
}: {
  name: string;
  busy: boolean;
  onClose: () => void;
}) {
  return (
    <div className={styles.line}>
      <Button variant="ink" type="submit" kbd="Ctrl ↵" isDisabled={busy}>
        {name}
      </Button>
      <Button variant="bare" kbd="Esc" onPress={onClose}>
        {t('incidents-not-now')}
      </Button>
    </div>
  );
}
