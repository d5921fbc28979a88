// The way of the batch that an incident is about: the count at each step, and where it differs.
import { ShieldCheck } from 'lucide-react';
import { Fragment } from 'react';

import type { Batch, IncidentDetail, Sitting, Step } from '@/generated/protocol';
import { clock } from '@/lib/time';
import { Said, t } from '@/lib/tongue';
import { words } from '@/lib/words';

import styles from './Custody.module.css';
import { isDone } from './groups';

interface Line {
  step: Step;
  scripts: number;
  difference: number | null;
}

/** The scripts at a step, as far as the record tells. */
function lineOf(step: Step, batch: Batch, present: number | null): Line {
  if (step.status === 'PENDING') {
    return { step, scripts: batch.totalRegistered, difference: null };
  }
  const declared = batch.counts.at(-1)?.count ?? batch.scriptsCollected;
  const scripts = step.status === 'IN_COLLECTION' ? batch.scriptsCollected : declared;
  const wanted = present ?? batch.totalRegistered;
  const counted = step.status !== 'IN_COLLECTION' || batch.counts.length > 0;
  return { step, scripts, difference: counted ? scripts - wanted : null };
}

function Row({ line: { step, scripts, difference }, zone }: { line: Line; zone: string }) {
  const wrong = difference !== null && difference !== 0;
  return (
    <tr data-wrong={wrong || undefined}>
      <td>{words.batchStatus[step.status]}</td>
      <td className={styles.number}>{scripts}</td>
      <td>{step.holder}</td>
      <td>
        {step.by && (
          <>
            <ShieldCheck className={styles.signed} size={13} aria-hidden="true" />{' '}
            {t('incidents-signed-by', { name: step.by.name })}
          </>
        )}
      </td>
      <td>{clock(step.at, zone)}</td>
      <td className={styles.number}>{difference === null ? '' : signed(difference)}</td>
    </tr>
  );
}

/** Between printing and collecting the papers lie on the desks: the register says on how many. */
function Register({ sitting, zone }: { sitting: Sitting | null; zone: string }) {
  if (!sitting?.startedAt) {
    return null;
  }
  return (
    <tr data-register>
      <td>{t('incidents-given-out')}</td>
      <td className={styles.number}>{sitting.present}</td>
      <td colSpan={2}>{t('incidents-by-the-register')}</td>
      <td colSpan={2}>{clock(sitting.startedAt, zone)}</td>
    </tr>
  );
}

function signed(n: number): string {
  return n > 0 ? `+${n}` : n < 0 ? `−${-n}` : '0';
}

/** The custody of the batch of an incident; nothing when it has none. */
export function Custody({ detail, zone }: { detail: IncidentDetail; zone: string }) {
  const { batch, sitting, view } = detail;
  if (!batch) {
    return null;
  }
  const lines = batch.steps.map((step) => lineOf(step, batch, sitting?.present ?? null));
  const waits = batch.status === 'IN_COLLECTION' && !isDone(view);
  return (
    <section className={styles.custody} aria-label={t('incidents-custody')}>
      <h3>
        <Said
          id="incidents-custody-of"
          args={{
            batchQRCode: (
              <a href={`#/batches/${batch.batchQRCode}`} className="code">
                {batch.batchQRCode}
              </a>
            ),
          }}
        />
      </h3>
      <table>
        <thead>
          <tr>
            <th>{t('incidents-step')}</th>
            <th className={styles.number}>{t('incidents-scripts')}</th>
            <th>{t('incidents-held-by')}</th>
            <th>{t('incidents-hand-over')}</th>
            <th>{t('incidents-when')}</th>
            <th className={styles.number}>{t('incidents-diff')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, nth) => (
            <Fragment key={`${line.step.status} ${line.step.at}`}>
              <Row line={line} zone={zone} />
              {nth === 0 && line.step.status === 'PENDING' && (
                <Register sitting={sitting} zone={zone} />
              )}
            </Fragment>
          ))}
          {waits && (
            <tr className="muted">
              <td>{words.batchStatus.SEALED}</td>
              <td className={styles.number}>–</td>
              <td colSpan={4}>{t('incidents-not-yet')}</td>
            </tr>
          )}
        </tbody>
      </table>
    </section>
  );
}
