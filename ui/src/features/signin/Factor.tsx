// The second factor: a code of an authenticator app, and what an app needs to make them.
import { useId } from 'react';

import { announce } from '@/app/announce';
import { Button } from '@/components/Button';
import type { SecondFactorSetUp } from '@/generated/protocol';
import type { HostFailure } from '@/host';
import { t } from '@/lib/tongue';
import { copyText } from '@/lib/trouble';

import styles from './Factor.module.css';

/** Whether a sign-in goes on with a code. */
export function asksForCode(failure: HostFailure | undefined): boolean {
  return (
    failure !== undefined &&
    ['code_needed', 'set_up_code_needed', 'code_wrong', 'second_factor_needed'].includes(
      failure.code,
    )
  );
}

/** The field for a code; one for recovery fits as well. It may be pasted, and offered by a program. */
export function CodeField({
  code,
  about,
  problem,
  focused = false,
  onChange,
}: {
  code: string;
  about: string;
  problem?: string | undefined;
  /** Whether it is the next thing to fill in. */
  focused?: boolean;
  onChange: (code: string) => void;
}) {
  const id = useId();
  return (
    <div className={styles['field']}>
      <label htmlFor={id}>{t('factor-code')}</label>
      <input
        id={id}
        name="code"
        type="text"
        inputMode="numeric"
        autoComplete="one-time-code"
        autoCapitalize="off"
        spellCheck={false}
        dir="ltr"
        autoFocus={focused}
        value={code}
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-about`}
        onChange={(event) => onChange(event.target.value)}
      />
      <p id={`${id}-about`} className="muted">
        {about}
      </p>
      {problem !== undefined && (
        <p role="alert" className={styles['problem']}>
          {problem}
        </p>
      )}
    </div>
  );
}

/** What an app reads, drawn as one path: each dark dot is a square. */
function Picture({ rows }: { rows: readonly string[] }) {
  const dots = rows.flatMap((row, y) =>
    [...row].flatMap((dot, x) => (dot === '#' ? [`M${x} ${y}h1v1h-1z`] : [])),
  );
  const side = rows.length + 8;
  return (
    <svg
      className={styles['picture']}
      viewBox={`-4 -4 ${side} ${side}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={t('factor-picture')}
    >
      <rect x="-4" y="-4" width={side} height={side} fill="#fff" />
      <path d={dots.join('')} fill="#000" />
    </svg>
  );
}

/** Codes for the day on which the app is gone, to be copied or written down. */
export function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  const copy = async () => {
    const done = await copyText(codes.join('\n'));
    announce(t(done ? 'factor-copied' : 'factor-not-copied'));
  };
  return (
    <div className={styles['recovery']}>
      <h3>{t('factor-recovery')}</h3>
      <p className="muted">{t('factor-recovery-what')}</p>
      <ol className={`${styles['codes']} code`} dir="ltr" data-testid="recovery-codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <Button name="copy-codes" onPress={() => void copy()}>
        {t('factor-copy')}
      </Button>
    </div>
  );
}

/** All that is shown once to whoever sets a second factor up. */
export function SetUpFactor({ setUp }: { setUp: SecondFactorSetUp }) {
  const groups = setUp.secret.match(/.{1,4}/g) ?? [];
  return (
    <div className={styles['setup']} data-testid="set-up-factor">
      <p>{t('factor-scan')}</p>
      {setUp.picture.length > 0 && <Picture rows={setUp.picture} />}
      <p>{t('factor-or-type')}</p>
      <p>
        <bdi className="code" dir="ltr">
          {groups.join(' ')}
        </bdi>
      </p>
      <RecoveryCodes codes={setUp.recoveryCodes} />
    </div>
  );
}
