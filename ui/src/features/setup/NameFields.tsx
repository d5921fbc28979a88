// The code and the words by which people know this station.
import { useId } from 'react';

import { t } from '@/lib/tongue';

import styles from './SetUp.module.css';

/** What a station's code may be: the console insists on it. */
export const CODE = /^[A-Z0-9][A-Z0-9-]{0,11}$/;

export interface Named {
  code: string;
  label: string;
}

/** Both fields; while somebody works here, the code holds from the next start. */
export function NameFields({
  named,
  isIn,
  onChange,
}: {
  named: Named;
  isIn: boolean;
  onChange: (part: Partial<Named>) => void;
}) {
  const id = useId();
  return (
    <div className={styles['named']}>
      <div className={styles['field']}>
        <label htmlFor={`${id}-code`}>{t('setup-code')}</label>
        <input
          id={`${id}-code`}
          name="code"
          className="code"
          value={named.code}
          maxLength={12}
          aria-invalid={!CODE.test(named.code)}
          aria-describedby={`${id}-what`}
          onChange={(event) => onChange({ code: event.target.value.toUpperCase() })}
        />
      </div>
      <div className={styles['field']}>
        <label htmlFor={`${id}-label`}>{t('setup-label')}</label>
        <input
          id={`${id}-label`}
          name="label"
          value={named.label}
          maxLength={60}
          onChange={(event) => onChange({ label: event.target.value })}
        />
      </div>
      <p id={`${id}-what`} className="muted">
        {t(isIn ? 'setup-code-what-in' : 'setup-code-what')}
      </p>
    </div>
  );
}
