// Before the paper begins: who has come, the question papers, and whether the hall is ready.
import { useState, type FormEvent } from 'react';

import { Button } from '@/components/Button';
import type { HallView, Invigilator, Papers } from '@/generated/protocol';
import { hm } from '@/lib/time';
import { t } from '@/lib/tongue';

import { useKeeping } from './deeds';
import inHall from './Hall.module.css';
import styles from './Readiness.module.css';

/** What the hall still waits for, in words; empty when it is ready. */
export function missingOf({ invigilators, papers }: HallView['view']): string[] {
  const all = invigilators.length;
  const n = invigilators.filter((one) => one.checkedInAt === null).length;
  return [
    ...(n > 0 ? [t('hall-missing-people', { n, all })] : []),
    ...(papers ? [] : [t('hall-missing-papers')]),
  ];
}

function Staff({ one, hall, zone }: { one: Invigilator; hall: HallView; zone: string }) {
  const keep = useKeeping();
  const { userId: invigilator, name, checkedInAt } = one;
  const come = () =>
    keep(
      { command: 'checkInInvigilator', input: { sittingId: hall.view.id, invigilator } },
      t('hall-is-here', { name }),
    );
  return (
    <li>
      <span>{name}</span>
      {hall.awaited.includes(invigilator) ? (
        <Button aria-label={t('hall-has-come-of', { name })} onPress={come}>
          {t('hall-has-come')}
        </Button>
      ) : (
        <span className="muted">
          {checkedInAt === null
            ? t('hall-not-here-yet')
            : t('hall-here-since', { time: hm(Date.parse(checkedInAt), zone) })}
        </span>
      )}
    </li>
  );
}

/** Who signs for the papers has counted them and looked at the seal of their packet. */
function Receipt({ hall }: { hall: HallView }) {
  const keep = useKeeping();
  const [count, setCount] = useState('');
  const [seal, setSeal] = useState('');
  const { id: sittingId, courseCode: course } = hall.view;
  const n = Number(count);
  const isWhole = Number.isInteger(n) && n > 0 && seal.trim() !== '';
  const send = (event: FormEvent) => {
    event.preventDefault();
    const text = t('hall-papers-text', { course, seal: seal.trim() });
    const input = { sittingId, action: 'PAPERS_RECEIVED', text, count: n };
    keep({ command: 'logHall', input }, text);
  };
  return (
    <form className={inHall.heads} onSubmit={send} aria-label={t('hall-question-papers')}>
      <label>
        {t('hall-question-papers')}
        <input
          inputMode="numeric"
          value={count}
          onChange={(event) => setCount(event.target.value)}
        />
      </label>
      <label>
        {t('hall-packet-seal')}
        <input
          className={inHall.number}
          autoComplete="off"
          value={seal}
          onChange={(event) => setSeal(event.target.value)}
        />
      </label>
      <Button type="submit" isDisabled={!isWhole}>
        {t('hall-papers-received')}
      </Button>
    </form>
  );
}

function Signed({ papers, zone }: { papers: Papers; zone: string }) {
  const { by, at } = papers.signed;
  const time = hm(Date.parse(at), zone);
  return (
    <p className="muted">
      {t('hall-papers-signed', { count: papers.count ?? '–', time, name: by ?? '' })}
    </p>
  );
}

/** Absent once writing has begun; when nothing is missing one line leaves the room to the door. */
export function Readiness({ hall, zone }: { hall: HallView; zone: string }) {
  const { invigilators, papers, startedAt } = hall.view;
  if (startedAt !== null) {
    return null;
  }
  const missing = missingOf(hall.view);
  const mayLog = hall.actions.some((one) => one.action === 'writeHallLog' && !one.reason);
  return (
    <section className={styles.before} aria-label={t('hall-before')}>
      <p role="status" data-testid="readiness" data-ready={missing.length === 0}>
        {missing.length === 0
          ? t('hall-ready')
          : t('hall-not-ready', { missing: missing.join(', ') })}
      </p>
      {missing.length > 0 && (
        <ul>
          {invigilators.map((one) => (
            <Staff key={one.userId} {...{ one, hall, zone }} />
          ))}
        </ul>
      )}
      {papers ? <Signed papers={papers} zone={zone} /> : mayLog && <Receipt hall={hall} />}
    </section>
  );
}
