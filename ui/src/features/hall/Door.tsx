// The door: a card is scanned or its number typed. Who sits elsewhere is sent on.
import { useState, type FormEvent } from 'react';

import { announce } from '@/app/announce';
import { useMoment } from '@/app/link';
import { Button } from '@/components/Button';
import type { HallView } from '@/generated/protocol';
import { said } from '@/lib/said';
import { hm } from '@/lib/time';
import { t } from '@/lib/tongue';
import { useServerNow } from '@/live/clock';

import { arrivalNow, useKeeping } from './deeds';
import styles from './Hall.module.css';

/** Who is between two halls, the latest first; the answer to whoever was sent on is here. */
function Strays({ strays }: { strays: HallView['strays'] }) {
  const { zone } = useMoment();
  if (strays.length === 0) {
    return null;
  }
  return (
    <ul className={styles.strays} aria-label={t('hall-strays')} aria-live="polite">
      {strays.map((stray) => (
        <li key={`${stray.at} ${stray.text}`}>
          <time dateTime={stray.at}>{hm(Date.parse(stray.at), zone)}</time> {said(stray.text)}
        </li>
      ))}
    </ul>
  );
}

/** A scanner types the number and Enter. Absent for who may not take attendance. */
export function Door({ hall, onSeat }: { hall: HallView; onSeat: (seat: string) => void }) {
  const keep = useKeeping();
  const now = useServerNow();
  const [number, setNumber] = useState('');
  const offer = hall.actions.find((one) => one.action === 'takeAttendance');
  if (!offer) {
    return null;
  }
  const asked = number.trim();
  const come = (event: FormEvent) => {
    event.preventDefault();
    const sittingId = hall.view.id;
    const isAsked = (one: { indexNumber: string }) =>
      one.indexNumber.toUpperCase() === asked.toUpperCase();
    const candidate = hall.candidates.find(isAsked);
    setNumber('');
    if (!candidate) {
      const input = { sittingId, indexNumber: asked };
      return keep({ command: 'sendOn', input }, t('hall-asked-where', { number: asked }));
    }
    onSeat(candidate.seat);
    const { seat, studentId: student } = candidate;
    const isRefused = candidate.attendance === 'REFUSED';
    if (candidate.attendance !== 'EXPECTED') {
      return announce(t(isRefused ? 'hall-refused' : 'hall-known-already', { name: seat }));
    }
    const input = { sittingId, student };
    const isLate = arrivalNow(hall, now)?.attendance === 'REFUSED';
    const becomes = t(isLate ? 'hall-refused' : 'hall-checked-in', { name: seat });
    return keep({ command: 'checkInCandidate', input }, becomes);
  };
  return (
    <>
      <form className={styles.heads} onSubmit={come} aria-label={t('hall-door')}>
        <label>
          {t('hall-index-number')}
          <input
            className={styles.number}
            autoComplete="off"
            data-for-scanners
            value={number}
            onChange={(event) => setNumber(event.target.value)}
          />
        </label>
        <Button type="submit" isDisabled={asked === ''} reason={offer.reason}>
          {t('hall-let-in')}
        </Button>
      </form>
      <Strays strays={hall.strays} />
    </>
  );
}
