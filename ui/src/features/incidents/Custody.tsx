// The way of the batch that an incident is about: the count at each step, and where it differs.
import { ShieldCheck } from 'lucide-react';

import type { Batch, IncidentDetail, Sitting, Step } from '@/generated/protocol';
import { clock, dayKey, dayMonth, hm } from '@/lib/time';
import { Said, signed, t } from '@/lib/tongue';
import { words } from '@/lib/words';

import styles from './Custody.module.css';
import { isDone } from './groups';

interface Line {
  step: Step;
  name: string;
  at: string;
  scripts: number;
  difference: number | null;
}

/** The scripts at a step, as far as the record tells. */
function lineOf(step: Step, batch: Batch, present: number | null): Line {
  const declared = batch.counts.at(-1)?.count ?? batch.scriptsCollected;
  const scripts = step.status === 'IN_COLLECTION' ? batch.scriptsCollected : declared;
  const wanted = present ?? batch.totalRegistered;
  const counted = step.status !== 'IN_COLLECTION' || batch.counts.length > 0;
  const { name, at } = counted ? reached(step, batch) : { name: nameOf(step), at: step.at };
  return { step, name, at, scripts, difference: counted ? scripts - wanted : null };
}

function nameOf(step: Step): string {
  return words.batchStatus[step.status];
}

/** Scripts that were counted are no longer being collected: the last of them came when it was done. */
function reached(step: Step, batch: Batch): { name: string; at: string } {
  return step.status === 'IN_COLLECTION'
    ? { name: words.stop.COLLECTED, at: batch.collected.at(-1)?.at ?? step.at }
    : { name: nameOf(step), at: step.at };
}

/** Who signed; not named again where they are who holds it. */
function Signed({ name, holder }: { name: string; holder: string | null }) {
  return (
    <>
      <ShieldCheck className={styles.signed} size={13} aria-hidden="true" />{' '}
      {holder?.split(', ')[0] === name ? (
        t('incidents-signed')
      ) : (
        <span title={t('incidents-signed-by', { name })}>
          <span className="visually-hidden">{t('incidents-signed')} </span>
          {name}
        </span>
      )}
    </>
  );
}

function Row({
  line: { step, name, at, scripts, difference },
  zone,
}: {
  line: Line;
  zone: string;
}) {
  const wrong = difference !== null && difference !== 0;
  return (
    <tr data-wrong={wrong || undefined}>
      <td>{name}</td>
      <td className={styles.number}>{scripts}</td>
      <td className={styles.words}>{step.holder}</td>
      <td className={styles.words}>
        {step.by && <Signed name={step.by.name} holder={step.holder} />}
      </td>
      <td>{clock(at, zone)}</td>
      <td className={styles.number}>{difference === null ? '' : sign(difference)}</td>
    </tr>
  );
}

/** Papers on their way into the hall: who held them, who signed, and how many fewer they were. */
function PapersRow({
  name,
  n,
  held,
  signed,
  at,
  difference,
}: {
  name: string;
  n: number | null;
  held: string;
  signed: string | null;
  at: string;
  difference: number | null;
}) {
  return (
    <tr data-wrong={(difference !== null && difference !== 0) || undefined}>
      <td>{name}</td>
      <td className={styles.number}>{n ?? '–'}</td>
      <td className={styles.words}>{held}</td>
      <td className={styles.words}>{signed !== null && <Signed name={signed} holder={held} />}</td>
      <td>{at}</td>
      <td className={styles.number}>{difference === null ? '' : sign(difference)}</td>
    </tr>
  );
}

/** From the print room into the hall, as far as it was written down. */
function Papers({ batch, sitting, zone }: { batch: Batch; sitting: Sitting | null; zone: string }) {
  const { printed } = batch;
  const papers = sitting?.papers;
  const all = printed ? printed.copies + printed.spare : null;
  const count = papers?.count ?? null;
  return (
    <>
      {printed && (
        <PapersRow
          name={words.stop.PRINTED}
          n={all}
          held={printed.place}
          signed={printed.noted.by}
          at={dayAnd(printed.at, sitting, zone)}
          difference={null}
        />
      )}
      {papers && (
        <PapersRow
          name={words.stop.ISSUED}
          n={count}
          held={[papers.signed.by, papers.signed.station].filter(Boolean).join(', ')}
          signed={papers.signed.by}
          at={clock(papers.signed.at, zone)}
          difference={all === null || count === null ? null : count - all}
        />
      )}
    </>
  );
}

/** A time with its day, where that is not the day of the paper. */
function dayAnd(at: string, sitting: Sitting | null, zone: string): string {
  const same = sitting !== null && dayKey(at, zone) === dayKey(sitting.startsAt, zone);
  return same ? clock(at, zone) : `${dayMonth(at, zone)} ${hm(at, zone)}`;
}

/** Between printing and collecting the papers lie on the desks: the register says on how many. */
function Register({ sitting, zone }: { sitting: Sitting | null; zone: string }) {
  if (!sitting?.startedAt) {
    return null;
  }
  const papers = sitting.papers?.count ?? null;
  return (
    <tr data-register>
      <td>{t('incidents-given-out')}</td>
      <td className={styles.number}>{sitting.present}</td>
      <td colSpan={2} className={styles.words}>
        {t('incidents-by-the-register')}
      </td>
      <td>{clock(sitting.startedAt, zone)}</td>
      <td className={styles.number}>
        {papers !== null && papers > sitting.present
          ? t('incidents-spare', { n: papers - sitting.present })
          : ''}
      </td>
    </tr>
  );
}

function sign(n: number): string {
  return n === 0 ? '0' : signed(n > 0 ? '+' : '−', String(Math.abs(n)));
}

/** The custody of the batch of an incident; nothing when it has none, or nothing has happened to it. */
export function Custody({ detail, zone }: { detail: IncidentDetail; zone: string }) {
  const { batch, sitting, view } = detail;
  if (!batch) {
    return null;
  }
  // A batch is made with its timetable: until there are papers, nothing is in anybody's hands.
  const steps = batch.steps.filter((step) => step.status !== 'PENDING');
  const lines = steps.map((step) => lineOf(step, batch, sitting?.present ?? null));
  const waits = batch.status === 'IN_COLLECTION' && !isDone(view);
  if (!batch.printed && !sitting?.papers && !sitting?.startedAt && lines.length === 0) {
    return null;
  }
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
          <Papers batch={batch} sitting={sitting} zone={zone} />
          <Register sitting={sitting} zone={zone} />
          {lines.map((line) => (
            <Row key={`${line.step.status} ${line.step.at}`} line={line} zone={zone} />
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
