// The address of a server, looked at while it is typed.
import { Server } from 'lucide-react';
import { useEffect, useId, useState } from 'react';

import type { ServerCheck } from '@/generated/protocol';
import { call, failureOf } from '@/host';
import { said } from '@/lib/said';
import { t } from '@/lib/tongue';

import styles from './SignIn.module.css';

/** A server is looked at when its address has stood still for this long. */
const STILL_MS = 400;

/** What a server answers that it is; `undefined` while it is asked. */
export function useCheck(server: string): ServerCheck | undefined {
  const [check, setCheck] = useState<ServerCheck>();
  useEffect(() => {
    setCheck(undefined);
    let current = true;
    const look = async () => {
      try {
        const found = await call<ServerCheck>('check_server', { server });
        return current ? setCheck(found) : undefined;
      } catch (thrown) {
        const message = failureOf(thrown).message;
        return current
          ? setCheck({
              ok: false,
              ms: 0,
              demo: false,
              message,
              lookup: null,
              fingerprint: null,
              stations: null,
              version: null,
              ownVersion: '',
            })
          : undefined;
      }
    };
    const timer = server.trim() ? setTimeout(() => void look(), STILL_MS) : undefined;
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [server]);
  return check;
}

/** The field, and what stands at its address. */
export function ServerField({
  server,
  check,
  onChange,
}: {
  server: string;
  check: ServerCheck | undefined;
  onChange: (server: string) => void;
}) {
  const id = useId();
  return (
    <div className={styles['field']}>
      <label htmlFor={id}>{t('signin-server')}</label>
      <div className={styles['server']}>
        <Server size={15} aria-hidden="true" />
        <input
          id={id}
          name="server"
          value={server}
          placeholder="http://127.0.0.1:8787"
          spellCheck={false}
          autoComplete="url"
          aria-describedby={`${id}-check`}
          onChange={(event) => onChange(event.target.value)}
        />
        {check?.ok && <span className={styles['ms']}>{t('signin-ms-2', { ms: check.ms })}</span>}
      </div>
      <p id={`${id}-check`} className={styles['check']} role="status">
        {check && !check.ok && check.message ? said(check.message) : ''}
      </p>
    </div>
  );
}
