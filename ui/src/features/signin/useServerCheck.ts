import { useEffect, useState } from 'react';

import type { DemoAccount, ServerCheck } from '@/generated/protocol';
import { call } from '@/host';

/** The server is looked at this long after the last key. */
const AFTER_MS = 350;
/** One that does not answer is looked at again. */
const AGAIN_MS = 4000;

/** Whether the server answers; nothing while it is being looked at. */
export function useServerCheck(server: string): ServerCheck | undefined {
  const [check, setCheck] = useState<ServerCheck | undefined>();
  useEffect(() => {
    setCheck(undefined);
    if (server.trim() === '') {
      return undefined;
    }
    let over = false;
    let timer: ReturnType<typeof setTimeout>;
    const look = async () => {
      const found = await call<ServerCheck>('check_server', { server }).catch(() => undefined);
      if (!over) {
        setCheck(found);
        timer = setTimeout(() => void look(), found?.ok ? AGAIN_MS * 5 : AGAIN_MS);
      }
    };
    timer = setTimeout(() => void look(), AFTER_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [server]);
  return check;
}

/** The accounts of a demo server; none of any other. */
export function useDemoAccounts(server: string, demo: boolean): DemoAccount[] {
  const [accounts, setAccounts] = useState<DemoAccount[]>([]);
  useEffect(() => {
    setAccounts([]);
    if (!demo) {
      return undefined;
    }
    let over = false;
    call<DemoAccount[]>('demo_accounts', { server }).then(
      (found) => !over && setAccounts(found),
      () => {},
    );
    return () => {
      over = true;
    };
  }, [server, demo]);
  return accounts;
}
