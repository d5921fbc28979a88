// How many are in the hall, counted by heads; the register and the count must agree.
import { useState, type FormEvent } from 'react';

import { Button } from '@/components/Button';
import type { HallView } from '@/generated/protocol';
import { t } from '@/lib/tongue';
import { said } from '@/lib/said';

import { useKeeping } from './deeds';
import styles from './Hall.module.css';

/** A number and one button; absent for who may not take attendance. */
export function HeadCount({ hall }: { hall: HallView }) {
  const keep = useKeeping();
  const [count, setCount] = useState('');
  const { id, present } = hall.view;
  const offer = hall.actions.find((one) => one.action === 'takeAttendance');
  if (!offer) {
    return null;
  }
  const n = Number(count);
  const isCount = count.trim() !== '' && Number.isInteger(n) && n >= 0;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (isCount) {
      const input = { sittingId: id, checkedIn: n };
      keep({ command: 'countPresent', input }, t('hall-counted', { n }));
      setCount('');
    }
  };
  return (
    <form className={styles.heads} onSubmit={send} aria-label={t('hall-head-count')}>
      <label>
        {t('hall-head-count')}
        <input
          inputMode="numeric"
          value={count}
          onChange={(event) => setCount(event.target.value)}
        />
      </label>
      {isCount && n !== present && (
        <span role="status">{t('hall-count-differs', { n, present })}</span>
      )}
      <Button type="submit" isDisabled={!isCount} reason={said(offer.reason)}>
        {t('hall-keep-count')}
      </Button>
    </form>
  );
}
