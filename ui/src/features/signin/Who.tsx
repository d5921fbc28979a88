// Who signs in: by the e-mail address or the staff card, and the password.
import { useId, type ChangeEvent, type KeyboardEvent } from 'react';

import type { HostFailure } from '@/host';
import { t } from '@/lib/tongue';
import { troubleOf } from '@/lib/trouble';

import styles from './SignIn.module.css';

/** What is asked at the sign-in. */
export interface Form {
  server: string;
  /** Or the number of the staff card. */
  email: string;
  /** Whether a staff card is used. */
  card: boolean;
  password: string;
  code: string;
  keep: boolean;
}

/** The Enter at the end of what a reader types sends nothing: the password comes next. */
function goOn(event: KeyboardEvent<HTMLInputElement>) {
  if (event.key === 'Enter') {
    event.preventDefault();
    event.currentTarget.form?.querySelector<HTMLElement>('[name="password"]')?.focus();
  }
}

/** E-mail address, or what a reader types of the staff card. */
function Name({ form, onChange }: { form: Form; onChange: (part: Partial<Form>) => void }) {
  const id = useId();
  const field = {
    id,
    name: 'email',
    autoFocus: true,
    value: form.email,
    onChange: (event: ChangeEvent<HTMLInputElement>) => onChange({ email: event.target.value }),
  };
  if (!form.card) {
    return (
      <div className={styles['field']}>
        <label htmlFor={id}>{t('signin-staff-e-mail')}</label>
        <input {...field} key="email" type="email" autoComplete="username" />
      </div>
    );
  }
  return (
    <div className={styles['field']}>
      <label htmlFor={id}>{t('signin-staff-number')}</label>
      <input
        {...field}
        key="card"
        className="code"
        type="text"
        autoComplete="off"
        maxLength={32}
        data-for-scanners
        aria-describedby={`${id}-what`}
        onKeyDown={goOn}
      />
      <p id={`${id}-what`} className="muted">
        {t('signin-staff-number-what')}
      </p>
    </div>
  );
}

/** Who signs in, their password, and what was wrong with them. */
export function Who({
  form,
  failure,
  onChange,
}: {
  form: Form;
  failure: HostFailure | undefined;
  onChange: (part: Partial<Form>) => void;
}) {
  const id = useId();
  return (
    <>
      <Name form={form} onChange={onChange} />
      <div className={styles['field']}>
        <label htmlFor={`${id}-password`}>{t('signin-password')}</label>
        <input
          id={`${id}-password`}
          name="password"
          type="password"
          autoComplete="current-password"
          value={form.password}
          aria-invalid={failure !== undefined}
          onChange={(event) => onChange({ password: event.target.value })}
        />
        {failure && (
          <p role="alert" className={styles['problem']}>
            {failure.message} <span className="muted">{troubleOf(failure).still}</span>
          </p>
        )}
      </div>
    </>
  );
}
