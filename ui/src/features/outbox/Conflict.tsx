// Somebody was there before: the two facts side by side, and what can be done about it.
import { useState } from 'react';
import { toast } from 'sonner';

import { zoneOf } from '@/app/link';
import { Button } from '@/components/Button';
import type { BatchView, Command, OutboxItem, Standing } from '@/generated/protocol';
import { call, failureOf } from '@/host';
import { newRef } from '@/lib/ref';
import { clock } from '@/lib/time';
import { t } from '@/lib/tongue';
import { askedFor, said } from '@/lib/said';
import { useCall, useStatus, useSubmit } from '@/live/queries';

import styles from './Outbox.module.css';

/** Who, when and where, as far as that is known. */
function traceOf(by: string | null, at: string | null, station: string | null, zone: string) {
  return [by, at === null ? null : clock(at, zone), station].filter(Boolean).join(', ');
}

/** What was asked here, and what stands in the record instead. */
export function Facts({ item, standing }: { item: OutboxItem; standing: Standing }) {
  const status = useStatus();
  const zone = zoneOf(status);
  const mine = traceOf(
    status?.user?.name ?? null,
    item.recordedAt,
    status?.station.code ?? null,
    zone,
  );
  return (
    <dl className={styles['facts']}>
      <div>
        <dt>{t('outbox-yours')}</dt>
        <dd>{askedFor(item.text, item.command.command)}</dd>
        <dd className="muted">{mine}</dd>
      </div>
      <div>
        <dt>{t('outbox-theirs')}</dt>
        <dd>{said(standing.what)}</dd>
        <dd className="muted">{traceOf(standing.by, standing.at, standing.station, zone)}</dd>
      </div>
    </dl>
  );
}

/** The same command with another count; none where nothing was counted. */
function recounted(command: Command, count: number): Command | null {
  if (command.command === 'declareCount') {
    return { ...command, input: { ...command.input, count } };
  }
  if (command.command === 'sealBatch') {
    return { ...command, input: { ...command.input, count } };
  }
  return null;
}

function countOf(command: Command): number | null {
  return command.command === 'declareCount' || command.command === 'sealBatch'
    ? command.input.count
    : null;
}

/** Corrects the count, and sends it again in the place of the refused one. */
export function Recount({ item }: { item: OutboxItem }) {
  const first = countOf(item.command);
  const [text, setText] = useState(String(first ?? ''));
  const command = recounted(item.command, Number(text));
  if (first === null || command === null) {
    return null;
  }
  const send = async () => {
    try {
      await call('outbox_resend', { commandId: item.commandId, command });
      toast.success(t('outbox-will-be-sent-again'));
    } catch (thrown) {
      toast.error(failureOf(thrown).message);
    }
  };
  return (
    <form
      className={styles['recount']}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <label>
        <span>{t('outbox-counted-again')}</span>
        <input
          inputMode="numeric"
          pattern="\d{1,4}"
          value={text}
          onChange={(event) => setText(event.target.value)}
          required
        />
      </label>
      <Button type="submit" isDisabled={!/^\d{1,4}$/.test(text)}>
        {t('outbox-send-this-count')}
      </Button>
    </form>
  );
}

/** Hands a difference about a batch over to the office, as a case with both facts. */
export function ToTheOffice({ item, standing }: { item: OutboxItem; standing: Standing }) {
  const submit = useSubmit();
  const batches = useCall<BatchView[]>('batches').data;
  const { input } = item.command;
  const batch = batches?.find((one) => 'batchId' in input && one.id === input.batchId);
  if (!batch) {
    return null;
  }
  const report: Command = {
    command: 'reportIncident',
    input: {
      ref: newRef(),
      type: 'CUSTODY_DISCREPANCY',
      severity: 'HIGH',
      description: t('outbox-both-facts', {
        batch: batch.batchQRCode,
        mine: askedFor(item.text, item.command.command),
        theirs: [said(standing.what), standing.by, standing.station].filter(Boolean).join(', '),
      }),
      sittingId: batch.sittingId,
      batchId: batch.id,
      candidates: [],
      confidential: false,
    },
  };
  const say = () =>
    submit(report).then(
      () => toast.success(t('outbox-office-has-it')),
      (thrown: unknown) => toast.error(failureOf(thrown).message),
    );
  return <Button onPress={() => void say()}>{t('outbox-to-the-office')}</Button>;
}
