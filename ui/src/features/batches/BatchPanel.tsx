import { useState } from 'react';

import { zoneOf } from '@/app/link';
import { ErrorPanel } from '@/app/ErrorPanel';
import { PaperButton } from '@/app/PaperButton';
import { WatchButton } from '@/app/Watch';
import { Button } from '@/components/Button';
import type { BatchDetail, BatchView, Offered } from '@/generated/protocol';
import { SeverityGlyph, SyncGlyph } from '@/glyphs';
import { hm } from '@/lib/time';
import { t, table } from '@/lib/tongue';
import { words } from '@/lib/words';
import { said } from '@/lib/said';
import { useCall, useStatus } from '@/live/queries';

import styles from './Batches.module.css';
import { BatchForm } from './BatchForm';
import { BatchWay } from './BatchWay';
import { placeOf } from './custody';
import { AT_STOP, formOf, FORMS, type FormKind } from './forms';
import { useConcern } from './useConcern';

/** One batch: its count, what is wrong, what may be done, its way so far. */
export function BatchPanel({ id }: { id: number }) {
  const detail = useCall<BatchDetail>('batch', { id });
  const zone = zoneOf(useStatus());
  const [form, setForm] = useState<FormKind>();
  const shown = detail.data;
  if (detail.error && !shown) {
    return (
      <aside className={styles['panel']} aria-label={t('batches-batch')}>
        <ErrorPanel failure={detail.error} onAgain={() => void detail.refetch()} />
      </aside>
    );
  }
  if (!shown || shown.view.id !== id) {
    return <aside className={styles['panel']} aria-busy="true" aria-label={t('batches-batch')} />;
  }
  const batch = shown.view;
  return (
    <aside
      className={styles['panel']}
      aria-label={t('batches-batch-2', { batchQRCode: batch.batchQRCode })}
    >
      <section>
        <div className={styles['titleLine']}>
          <h2 className={`code ${styles['code']}`}>{batch.batchQRCode}</h2>
          <PaperButton
            wanted={{ kind: 'custody', id: batch.id }}
            words={t('batches-paper-custody')}
            {...(batch.startsAt ? { at: batch.startsAt } : {})}
          />
          <WatchButton
            one={{ kind: 'batch', id: batch.batchQRCode, name: batch.batchQRCode }}
            shortcut="batch.watch"
          />
        </div>
        <p className={styles['about']}>
          {[batch.courseName, batch.venueName].filter(Boolean).join(', ')}
          {batch.startsAt &&
            batch.endsAt &&
            `, ${hm(batch.startsAt, zone)} – ${hm(batch.endsAt, zone)}`}
        </p>
        <Count batch={batch} zone={zone} />
        <ScriptGrid batch={batch} />
        <Trouble detail={shown} />
        <Actions detail={shown} onForm={setForm} />
        {batch.sync !== 'server' && (
          <p className={styles['reason']} data-sync={batch.sync}>
            <SyncGlyph sync={batch.sync} /> {words.sync[batch.sync]}
          </p>
        )}
      </section>
      <section>
        <BatchWay detail={shown} zone={zone} onForm={setForm} />
      </section>
      {form && <BatchForm kind={form} detail={shown} onClose={() => setForm(undefined)} />}
    </aside>
  );
}

function Count({ batch, zone }: { batch: BatchView; zone: string }) {
  const last = batch.collected.at(-1);
  return (
    <p className={styles['count']}>
      <strong>{batch.scriptsCollected}</strong>
      <span className="muted">
        {t('batches-of-scripts', { present: batch.present || batch.totalRegistered })}
      </span>
      {last && <span className="muted">{t('batches-last', { time: hm(last.at, zone) })}</span>}
    </p>
  );
}

function ScriptGrid({ batch }: { batch: BatchView }) {
  const wanted = batch.present || batch.totalRegistered;
  const isIn = batch.scriptsCollected;
  const counted = batch.counts.length > 0 || placeOf(batch.status) >= 2;
  const cells = Array.from({ length: Math.max(wanted, isIn) }, (_, n) => {
    const state = n >= wanted ? 'extra' : n < isIn ? 'in' : counted ? 'missing' : 'out';
    return { name: t('batches-script', { n: n + 1 }), state };
  });
  return (
    <div
      className={styles['grid']}
      role="img"
      aria-label={t('batches-of-scripts-are-in', { isIn, wanted })}
    >
      {cells.map((cell) => (
        <span key={cell.name} className={styles['script']} data-state={cell.state} />
      ))}
    </div>
  );
}

function Trouble({ detail }: { detail: BatchDetail }) {
  const concern = useConcern()(detail.view);
  if (concern === undefined) {
    return null;
  }
  return (
    <div className={styles['alert']} data-severity={concern.severity}>
      <SeverityGlyph severity={concern.severity} />
      <div>
        <strong>{concern.words}</strong>
        {detail.incidents.map((incident) => (
          <p key={incident.ref}>
            <a href={`#/incidents/${incident.ref}`} className="code">
              {incident.number ?? incident.localNumber ?? t('batches-not-sent-yet')}
            </a>{' '}
            {incident.title}
          </p>
        ))}
      </div>
    </div>
  );
}

/** What can be done now, and sealing while it is still to come: its reason tells what is missing. */
function isShown({ action, reason }: Offered, batch: BatchView): boolean {
  const collecting = batch.status === 'PENDING' || batch.status === 'IN_COLLECTION';
  const hasForm = formOf(action, batch) !== undefined && !Object.values(AT_STOP).includes(action);
  return hasForm && (reason === null || (action === 'seal' && collecting));
}

/** What is written on the button of a form, in few words. */
const SHORT: Partial<Record<FormKind, string>> = table('batches-do', [
  'declare',
  'seal',
  'offer',
  'accept',
  'confirm',
  'assign',
]);

/** Whether somebody has offered the batch and nobody has answered. */
function isOfferOf({ openTransfer: open }: BatchView, user: number | undefined): boolean {
  return open?.state === 'OFFERED' && open.from.id === user;
}

function Actions({ detail, onForm }: { detail: BatchDetail; onForm: (form: FormKind) => void }) {
  const { view } = detail;
  const user = useStatus()?.user;
  const offered = detail.actions.filter((offer) => isShown(offer, view));
  const blocked = offered.find((offer) => offer.reason);
  // Opening a seal is never the thing to do next.
  const first = offered.find((offer) => !offer.reason && offer.action !== 'unseal');
  const decides = offered.some((offer) => formOf(offer.action, view) === 'accept');
  return (
    <>
      <div className={styles['actions']}>
        {offered.map((offer) => {
          const form = formOf(offer.action, view);
          return (
            form && (
              <Button
                key={offer.action}
                variant={offer === first ? 'ink' : 'plain'}
                reason={said(offer.reason)}
                onPress={() => onForm(form)}
              >
                {SHORT[form] ?? FORMS[form].title}
              </Button>
            )
          );
        })}
        {isOfferOf(view, user?.id) && (
          <Button onPress={() => onForm('cancel')}>{t('batches-do-cancel')}</Button>
        )}
        {decides && (
          <>
            <Button onPress={() => onForm('refuse')}>{t('batches-refuse')}</Button>
            <Button onPress={() => onForm('dispute')}>{t('batches-dispute')}</Button>
          </>
        )}
      </div>
      {blocked && <p className={styles['reason']}>{said(blocked.reason)}</p>}
    </>
  );
}
