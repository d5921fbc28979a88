// The end of the day: its sums as a paper, and what was counted by hand against what the record says.
import { useState } from 'react';

import { atClock } from '@/lib/time';
import { PaperButton } from '@/app/PaperButton';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { t } from '@/lib/tongue';
import { mayForAll } from '@/lib/reach';
import { useStatus } from '@/live/queries';

import styles from '../batches/Batches.module.css';
import { useAsking } from '../incidents/commands';

const DAY_MS = 86_400_000;

/** What is counted, in the order in which it is counted. */
const COUNTED = ['registered', 'present', 'scripts', 'missing'] as const;
type Counted = Record<(typeof COUNTED)[number], string>;

/** A number of people or sheets; none while the field holds something else. */
function numberOf(text: string): number | null {
  return /^\d+$/.test(text.trim()) ? Number(text) : null;
}

function useSum(onClose: () => void) {
  const { ask, error, busy } = useAsking();
  const [counted, setCounted] = useState<Counted>({
    registered: '',
    present: '',
    scripts: '',
    missing: '0',
  });
  const [registered, present, scripts, missing] = COUNTED.map((name) => numberOf(counted[name]));
  const send = async () => {
    if (registered == null || present == null || scripts == null || missing == null) {
      return;
    }
    const input = { registered, present, scripts, missing };
    if (await ask({ command: 'reconcileDay', input }, t('monitor-day-summed'))) {
      onClose();
    }
  };
  const set = (name: keyof Counted, text: string) => setCounted({ ...counted, [name]: text });
  return { counted, set, send, error, busy };
}

/** Four numbers, counted by hand; what differs from the record is refused with the record's own. */
function SumUp({ onClose }: { onClose: () => void }) {
  const { counted, set, send, error, busy } = useSum(onClose);
  return (
    <Dialog title={t('monitor-sum-up')} onClose={onClose}>
      <form
        className={styles['form']}
        aria-label={t('monitor-sum-up')}
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <p className="muted">{t('monitor-sum-up-words')}</p>
        {COUNTED.map((name, index) => (
          <label key={name}>
            {t(`monitor-counted-${name}`)}
            <input
              inputMode="numeric"
              autoFocus={index === 0}
              required
              value={counted[name]}
              onChange={(event) => set(name, event.target.value)}
            />
          </label>
        ))}
        {error && (
          <p role="alert" className={styles['error']}>
            {error}
          </p>
        )}
        <div className={styles['foot']}>
          <Button variant="bare" onPress={onClose}>
            {t('batches-cancel')}
          </Button>
          <Button variant="ink" type="submit" isDisabled={busy}>
            {t('monitor-sum-up')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** The paper for all, and the sum for whoever answers for the day. */
export function DaySums({ at, zone }: { at: number; zone: string }) {
  const [open, setOpen] = useState(false);
  const user = useStatus()?.user;
  const begin = atClock('00:00', at, zone) ?? at;
  const day = { from: new Date(begin).toISOString(), to: new Date(begin + DAY_MS).toISOString() };
  return (
    <>
      <PaperButton
        wanted={{ kind: 'day', ...day }}
        at={new Date(at).toISOString()}
        words={t('monitor-day-sums')}
      />
      {mayForAll(user, 'export') && (
        <Button variant="bare" data-opens="sum" onPress={() => setOpen(true)}>
          {t('monitor-sum-up')}
        </Button>
      )}
      {open && <SumUp onClose={() => setOpen(false)} />}
    </>
  );
}
