// What is done with a version of the timetable: it is published, and those concerned say that they know.
import { useId, useState } from 'react';

import { Button } from '@/components/Button';
import type { Timetable } from '@/generated/protocol';
import { mayAtAll } from '@/lib/reach';
import { t } from '@/lib/tongue';
import { useStatus } from '@/live/queries';

import { useAsking } from '../incidents/commands';
import { Confirm, Frame } from '../incidents/Frame';
import styles from './Timetable.module.css';

/** Whoever has to know of this version says that they do. Absent for all others. */
export function Know({ timetable }: { timetable: Timetable }) {
  const user = useStatus()?.user;
  const { ask, error, busy } = useAsking();
  if (!user || !timetable.unconfirmed.includes(user.id)) {
    return null;
  }
  const { id, revision } = timetable;
  const know = () =>
    ask({ command: 'confirmTimetable', input: { timetableId: id } }, t('timetable-known'));
  return (
    <section className={styles.know} aria-label={t('timetable-know')}>
      <p>{t('timetable-please-know', { revision })}</p>
      <Button variant="ink" isDisabled={busy} onPress={() => void know()}>
        {t('timetable-know')}
      </Button>
      {error && (
        <p role="alert" className={styles.refused}>
          {error}
        </p>
      )}
    </section>
  );
}

/** Publishes what was approved; in spite of what clashes only with a reason. */
export function Publish({ timetable }: { timetable: Timetable }) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const { ask, error, busy } = useAsking();
  const user = useStatus()?.user;
  if (!mayAtAll(user, 'publishTimetable') || timetable.status !== 'APPROVED') {
    return null;
  }
  if (!open) {
    return (
      <section>
        <Button data-opens="publish" onPress={() => setOpen(true)}>
          {t('timetable-publish')}
        </Button>
      </section>
    );
  }
  const close = () => setOpen(false);
  const send = async () => {
    const inSpiteOf = reason.trim();
    const input = { timetableId: timetable.id, ...(inSpiteOf === '' ? {} : { inSpiteOf }) };
    if (await ask({ command: 'publishTimetable', input }, t('timetable-publish-done'))) {
      close();
    }
  };
  return (
    <section>
      <Frame label={t('timetable-publish')} onClose={close} onSubmit={() => void send()}>
        <p>{t('timetable-publish-words')}</p>
        {error && (
          <p role="alert" className={styles.refused}>
            {error}
          </p>
        )}
        <label htmlFor={id}>{t('timetable-in-spite-of')}</label>
        <input id={id} value={reason} onChange={(event) => setReason(event.target.value)} />
        <Confirm name={t('timetable-publish')} busy={busy} onClose={close} />
      </Frame>
    </section>
  );
}
