// The own account: where one is signed in, the second factor, and the password.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { zoneOf } from '@/app/link';
import { Button } from '@/components/Button';
import { PasswordForm } from '@/features/signin/NewPassword';
import type { SignInView } from '@/generated/protocol';
import { call, failureOf, type HostFailure } from '@/host';
import { dayShort, hm } from '@/lib/time';
import { t } from '@/lib/tongue';
import { useCall, useStatus } from '@/live/queries';

import { SecondFactor } from './SecondFactor';
import styles from './Settings.module.css';

/** Ends sign-ins, and asks anew what is left. */
function useEnd() {
  const client = useQueryClient();
  const [failure, setFailure] = useState<HostFailure>();
  const end = async (id: string | null) => {
    setFailure(undefined);
    try {
      await call('end_sign_ins', { id });
    } catch (thrown) {
      setFailure(failureOf(thrown));
    }
    await client.invalidateQueries({ queryKey: ['sign_ins'] });
  };
  return { failure, end };
}

function Row({ one, zone, onEnd }: { one: SignInView; zone: string; onEnd: () => void }) {
  return (
    <tr>
      <td>
        <bdi className="code">{one.station ?? t('settings-no-station')}</bdi>
      </td>
      <td>{`${dayShort(one.begunAt, zone)} ${hm(one.begunAt, zone)}`}</td>
      <td>{`${dayShort(one.usedAt, zone)} ${hm(one.usedAt, zone)}`}</td>
      <td>
        {one.current ? (
          <span className="muted">{t('settings-this-one')}</span>
        ) : (
          <Button variant="danger" onPress={onEnd}>
            {t('settings-end-it')}
          </Button>
        )}
      </td>
    </tr>
  );
}

/** Where one is signed in; each but this one can be ended. */
function SignIns() {
  const zone = zoneOf(useStatus());
  const found = useCall<SignInView[]>('sign_ins');
  const { failure, end } = useEnd();
  const problem = failure ?? found.error;
  const rows = found.data ?? [];
  return (
    <section aria-label={t('settings-sign-ins')}>
      <h2>{t('settings-sign-ins')}</h2>
      {problem && <p role="alert">{problem.message}</p>}
      <table>
        <thead>
          <tr>
            {['station', 'begun', 'last-used', 'end'].map((name) => (
              <th key={name} scope="col">
                {t(`settings-sign-in-${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((one) => (
            <Row key={one.id} one={one} zone={zone} onEnd={() => void end(one.id)} />
          ))}
        </tbody>
      </table>
      {rows.length > 1 && (
        <Button onPress={() => void end(null)}>{t('settings-end-all-others')}</Button>
      )}
    </section>
  );
}

/** The own account. */
export function AccountPage() {
  const [round, setRound] = useState(0);
  return (
    <div className={styles['account']}>
      <SignIns />
      <SecondFactor />
      <section>
        <h2>{t('signin-change-password')}</h2>
        <PasswordForm key={round} onDone={() => setRound((known) => known + 1)} />
      </section>
    </div>
  );
}
