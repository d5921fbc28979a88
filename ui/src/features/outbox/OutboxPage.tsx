import { toast } from 'sonner';

import { zoneOf } from '@/app/link';
import { ErrorPanel } from '@/app/ErrorPanel';
import { Header } from '@/app/Header';
import { Button } from '@/components/Button';
import { Tag } from '@/components/Tag';
import type { OutboxItem, OutboxState, Standing } from '@/generated/protocol';
import { call, failureOf } from '@/host';
import { clock } from '@/lib/time';
import { t } from '@/lib/tongue';
import { words } from '@/lib/words';
import { askedFor, said } from '@/lib/said';
import { useCall, useStatus } from '@/live/queries';

import { Facts, Recount, ToTheOffice } from './Conflict';
import styles from './Outbox.module.css';

const TONE: Record<OutboxState, 'plain' | 'high' | 'ok' | 'accent'> = {
  waiting: 'plain',
  sending: 'accent',
  done: 'ok',
  attention: 'high',
  withdrawn: 'plain',
};

/** Everything that was written on this station, in its order, and what became of it. */
export function OutboxPage() {
  const outbox = useCall<OutboxItem[]>('outbox');
  const zone = zoneOf(useStatus());
  const items = (outbox.data ?? []).toSorted((a, b) => b.stationSeq - a.stationSeq);
  return (
    <div className={styles['page']}>
      <Header title={t('outbox-sent')} sub={t('outbox-kept-on-this-station-sent')} />
      {outbox.error && !outbox.data && (
        <ErrorPanel failure={outbox.error} onAgain={() => void outbox.refetch()} />
      )}
      {outbox.isSuccess && items.length === 0 && (
        <p className={styles['empty']}>{t('outbox-nothing-was-written-on-this')}</p>
      )}
      <ul className={styles['list']}>
        {items.map((item) => (
          <li key={item.commandId} data-command={item.commandId} data-state={item.state}>
            <span className="code muted">{item.stationSeq}</span>
            <span>{clock(item.recordedAt, zone)}</span>
            <span className={styles['text']}>
              {item.incident ? (
                <a href={`#/incidents/${item.incident}`}>
                  {askedFor(item.text, item.command.command)}
                </a>
              ) : (
                askedFor(item.text, item.command.command)
              )}
              {item.rejection && (
                <span role="alert" className={styles['refused']}>
                  {said(item.rejection.message)}
                </span>
              )}
              {item.state === 'attention' && item.rejection?.standing && (
                <Conflict item={item} standing={item.rejection.standing} />
              )}
            </span>
            <Tag tone={TONE[item.state]}>
              {item.waitsFor === null
                ? words.outboxState[item.state]
                : words.waitsFor(said(item.waitsFor))}
            </Tag>
            <Choices item={item} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Conflict({ item, standing }: { item: OutboxItem; standing: Standing }) {
  return (
    <>
      <Facts item={item} standing={standing} />
      <span className={styles['choices']}>
        <Recount item={item} />
        <ToTheOffice item={item} standing={standing} />
      </span>
    </>
  );
}

function Choices({ item }: { item: OutboxItem }) {
  const ask = async (name: 'outbox_resend' | 'outbox_withdraw', said: string) => {
    try {
      await call(name, { commandId: item.commandId });
      toast.success(said);
    } catch (thrown) {
      toast.error(failureOf(thrown).message);
    }
  };
  if (item.state !== 'waiting' && item.state !== 'attention') {
    return <span />;
  }
  return (
    <span className={styles['choices']}>
      {item.state === 'attention' && (
        <Button onPress={() => void ask('outbox_resend', t('outbox-will-be-sent-again'))}>
          {t('outbox-send-again')}
        </Button>
      )}
      <Button variant="bare" onPress={() => void ask('outbox_withdraw', t('outbox-withdrawn'))}>
        {t(item.rejection?.standing ? 'outbox-keep-theirs' : 'outbox-withdraw')}
      </Button>
    </span>
  );
}
