// Who sits on a seat, and what is done there with one tap.
import { DoorOpen, FileCheck2, Plus, UserCheck } from 'lucide-react';

import { useState } from 'react';

import { Button } from '@/components/Button';
import { Tag } from '@/components/Tag';
import { SeverityGlyph } from '@/glyphs';
import { kbdOf } from '@/lib/shortcuts';
import { ago } from '@/lib/time';
import { t } from '@/lib/tongue';
import { words } from '@/lib/words';
import { said } from '@/lib/said';

import styles from './Hall.module.css';
import type { HallDeeds } from './deeds';
import type { Seat } from './seats';

function About({ seat, now }: { seat: Seat; now: number }) {
  const { candidate, incident, outSince } = seat;
  return (
    <div className={styles.who}>
      <h2>
        <bdi className="code">{seat.name}</bdi>
        {incident && (
          <Tag>
            <SeverityGlyph severity={incident.severity} size={12} />{' '}
            {words.incidentType(incident.type)}
          </Tag>
        )}
      </h2>
      <p className={styles.name}>{candidate.name}</p>
      <bdi className="code">{candidate.indexNumber}</bdi>
      <p className="muted">
        {words.attendance[candidate.attendance]}
        {candidate.minutesLate !== null &&
          t('hall-min-late', { minutesLate: candidate.minutesLate })}
        {candidate.extraTimePct > 0 &&
          t('hall-more-time', { extraTimePct: candidate.extraTimePct })}
        {outSince !== null && t('hall-out-for', { span: ago(now - outSince) })}
      </p>
    </div>
  );
}

/** The exam office lets somebody in all the same. */
function Admit({ onAdmit, board }: { onAdmit: (reason: string) => void; board: boolean }) {
  const [reason, setReason] = useState('');
  return (
    <form
      className={styles.admit}
      onSubmit={(event) => {
        event.preventDefault();
        onAdmit(reason.trim());
        setReason('');
      }}
    >
      <label>
        <span>{t('hall-why-admitted')}</span>
        <input value={reason} onChange={(event) => setReason(event.target.value)} required />
      </label>
      <Button type="submit" isDisabled={reason.trim() === ''}>
        {t(board ? 'hall-admit-with-form' : 'hall-admit')}
      </Button>
    </form>
  );
}

/** The card. What the role does not allow is absent. */
export function SeatCard({ seat, now, deeds }: { seat: Seat; now: number; deeds: HallDeeds }) {
  const { report, out, script, checkIn, admit, arrival } = deeds;
  return (
    <section
      className={styles.card}
      aria-label={t('hall-seat', { name: seat.name })}
      data-seat-card={seat.name}
    >
      <About seat={seat} now={now} />
      {arrival && arrival.attendance !== 'PRESENT' && <p className="muted">{said(arrival.tell)}</p>}
      <div className={styles.big}>
        {report && (
          <Button variant="ink" icon={<Plus size={16} />} onPress={report}>
            {t('hall-report-incident')}
          </Button>
        )}
        {out && (
          <Button icon={<DoorOpen size={16} />} kbd={kbdOf('hall.out')} onPress={out}>
            {seat.state === 'out' || seat.outSince !== null ? t('hall-back') : t('hall-goes-out')}
          </Button>
        )}
        {script && (
          <Button icon={<FileCheck2 size={16} />} kbd={kbdOf('hall.script')} onPress={script}>
            {t('hall-script-in')}
          </Button>
        )}
        {checkIn && (
          <Button icon={<UserCheck size={16} />} kbd={kbdOf('hall.in')} onPress={checkIn}>
            {words.toAttendance[arrival?.attendance ?? 'PRESENT']}
          </Button>
        )}
      </div>
      {admit && <Admit onAdmit={admit} board={arrival?.boardForm ?? false} />}
    </section>
  );
}
