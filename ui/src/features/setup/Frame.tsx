// What is around each step: where one is, what the step asks, and the ways on and back.
import type { FormEvent, ReactNode } from 'react';

import { Button } from '@/components/Button';
import { Product } from '@/components/Product';
import { t } from '@/lib/tongue';

import styles from './SetUp.module.css';
import { STEPS, type StepName } from './steps';

/** The steps, and which of them this is. */
export function StepList({ current }: { current: StepName }) {
  return (
    <ol className={styles['steps']} aria-label={t('setup-title')}>
      {STEPS.map((step, at) => (
        <li key={step} aria-current={step === current ? 'step' : undefined}>
          {at + 1} {t(`setup-step-${step}`)}
        </li>
      ))}
    </ol>
  );
}

/** One step. Enter goes on. */
export function Step({
  step,
  problem,
  blocked = false,
  onBack,
  onNext,
  beside,
  children,
}: {
  step: StepName;
  problem?: string | undefined;
  /** Why it does not go on yet is said in the step itself. */
  blocked?: boolean;
  onBack?: () => void;
  onNext: () => void;
  /** Another way on. */
  beside?: ReactNode;
  children: ReactNode;
}) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!blocked) {
      onNext();
    }
  };
  return (
    <form className={styles['form']} aria-label={t(`setup-${step}-title`)} onSubmit={submit}>
      <Product />
      <StepList current={step} />
      <div className={styles['head']}>
        <h1>{t(`setup-${step}-title`)}</h1>
        <p>{t(`setup-${step}-what`)}</p>
      </div>
      {children}
      {problem && (
        <p role="alert" className={styles['problem']}>
          {problem}
        </p>
      )}
      <div className={styles['ways']}>
        {onBack && (
          <Button variant="bare" onPress={onBack}>
            {t('setup-back')}
          </Button>
        )}
        <span />
        {beside}
        <Button type="submit" variant="ink" kbd="↵" isDisabled={blocked}>
          {t('setup-continue')}
        </Button>
      </div>
    </form>
  );
}
