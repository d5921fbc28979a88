// Signing out while something was not sent: said once, with what may be done.
import { announce } from '@/app/announce';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import type { Status } from '@/generated/protocol';
import { call, failureOf } from '@/host';
import { t } from '@/lib/tongue';
import { adopt } from '@/live/store';

import styles from './Leaving.module.css';

/** Signs out. What was not sent is the answer when it may not stay here without a word. */
export async function signOut(keepUnsent: boolean): Promise<string | undefined> {
  try {
    adopt(await call<Status>('sign_out', { keepUnsent }));
    return undefined;
  } catch (thrown) {
    const failure = failureOf(thrown);
    if (failure.code === 'unsent') {
      return failure.message;
    }
    announce(failure.message);
    return undefined;
  }
}

/** What waits here, and what shall become of it. */
export function Leaving({ message, onClose }: { message: string; onClose: () => void }) {
  return (
    <Dialog title={t('lock-not-sent-yet')} onClose={onClose}>
      <div className={styles['leaving']}>
        <p>{message}</p>
        <div className={styles['choices']}>
          <Button
            variant="ink"
            onPress={() => {
              void call('try_now');
              onClose();
            }}
          >
            {t('lock-send-first')}
          </Button>
          <Button name="keep-unsent" onPress={() => void signOut(true).then(onClose)}>
            {t('lock-sign-out-and-keep')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
