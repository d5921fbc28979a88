import { useId, useState, type FormEvent } from 'react';

import { Button } from '@/components/Button';
import { lock } from '@/features/lock/idle';
import type { Status } from '@/generated/protocol';
import { call, failureOf } from '@/host';
import { t } from '@/lib/tongue';
import { adopt } from '@/live/store';

import styles from './Settings.module.css';

/** What opens this station for its people without the server: a PIN of one's own. */
export function PinPage() {
  const id = useId();
  const [pin, setPin] = useState('');
  const [said, setSaid] = useState('');
  const set = async (chosen: string | null) => {
    try {
      adopt(await call<Status>('set_pin', { pin: chosen }));
      setSaid(t(chosen === null ? 'settings-pin-gone' : 'settings-pin-set'));
      setPin('');
    } catch (thrown) {
      setSaid(failureOf(thrown).message);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void set(pin);
  };
  return (
    <section>
      <h2>{t('settings-lock')}</h2>
      <p className="muted">{t('settings-lock-what')}</p>
      <form onSubmit={submit}>
        <label className={styles['field']} htmlFor={id}>
          {t('settings-pin')}
          <input
            id={id}
            name="pin"
            type="password"
            inputMode="numeric"
            autoComplete="off"
            value={pin}
            onChange={(event) => setPin(event.target.value)}
          />
        </label>
        <p role="status">{said}</p>
        <Button type="submit" variant="ink" isDisabled={pin.length < 6}>
          {t('settings-set-pin')}
        </Button>
        <Button onPress={() => void set(null)}>{t('settings-no-pin')}</Button>
        <Button name="lock" onPress={() => void lock()}>
          {t('app-lock')}
        </Button>
      </form>
    </section>
  );
}
