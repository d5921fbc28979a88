// What the palette has found, one row for each.
import { CalendarDays, DoorOpen, IdCard, Package, Plus, SquareChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';

import { Kbd } from '@/components/Kbd';
import { SeverityGlyph } from '@/glyphs';
import { ago, dayKey, dayShort } from '@/lib/time';
import { t } from '@/lib/tongue';

import { concernOf, type Concern } from '../features/batches/groups';
import { happenedAt } from '../features/incidents/groups';
import type { Find } from './finding';
import styles from './Palette.module.css';

/** The words of something found, for the list and for those who type ahead. */
export function textOf(found: Find): string {
  switch (found.kind) {
    case 'batch':
      return `${found.batch.batchQRCode} ${found.batch.courseName}`;
    case 'incident':
      return found.incident.title;
    case 'candidate':
      return `${found.candidate.indexNumber} ${found.candidate.name}`;
    case 'place':
      return found.sitting.venue?.name ?? found.sitting.room;
    case 'paper':
      return t('app-in-the-timetable', { paper: found.sitting.courseCode });
    case 'report':
      return t('app-report-in', { hall: found.sitting.venue?.name ?? found.sitting.room });
    case 'deed':
      return found.deed.words;
  }
}

function Line({ icon, children, more }: { icon: ReactNode; children: ReactNode; more: ReactNode }) {
  return (
    <>
      <span className={styles.icon} aria-hidden="true">
        {icon}
      </span>
      <span className={styles.text}>{children}</span>
      <span className={styles.more}>{more}</span>
    </>
  );
}

/** What is wrong with a batch, marked as in its table. */
function Trouble({ concern }: { concern: Concern | undefined }) {
  return (
    concern && (
      <>
        <SeverityGlyph severity={concern.severity} size={12} />
        {concern.words}
      </>
    )
  );
}

/** A hall, or a paper of the timetable; with its day where that is not today. */
function Planned({
  found,
  today,
  zone,
}: {
  found: Extract<Find, { kind: 'place' | 'paper' }>;
  today: string;
  zone: string;
}) {
  const { startsAt, courseCode, courseName } = found.sitting;
  const isHall = found.kind === 'place';
  return (
    <Line
      icon={isHall ? <DoorOpen size={15} /> : <CalendarDays size={15} />}
      more={
        <>
          {dayKey(startsAt, zone) !== today && <span>{dayShort(startsAt, zone)} </span>}
          {isHall && <bdi className="code">{courseCode}</bdi>}
        </>
      }
    >
      <b>{textOf(found)}</b> {!isHall && courseName}
    </Line>
  );
}

/** What is found, in a row. */
export function Found({ found, now, zone }: { found: Find; now: number; zone: string }) {
  switch (found.kind) {
    case 'batch':
      return (
        <Line
          icon={<Package size={15} />}
          more={<Trouble concern={concernOf(found.batch, zone, now)} />}
        >
          <b className="code">{found.batch.batchQRCode}</b> {found.batch.courseName}
        </Line>
      );
    case 'incident':
      return (
        <Line
          icon={<SeverityGlyph severity={found.incident.severity} />}
          more={ago(now - happenedAt(found.incident))}
        >
          <b>{found.incident.title}</b>{' '}
          {[found.incident.venueCode, found.incident.courseCode].filter(Boolean).join(', ')}
        </Line>
      );
    case 'candidate':
      return (
        <Line
          icon={<IdCard size={15} />}
          more={
            <bdi className="code">
              {[found.sitting?.venue?.code, found.candidate.seat].filter(Boolean).join(' ')}
            </bdi>
          }
        >
          <b className="code">{found.candidate.indexNumber}</b> {found.candidate.name}
        </Line>
      );
    case 'place':
    case 'paper':
      return <Planned found={found} today={dayKey(now, zone)} zone={zone} />;
    case 'report':
      return (
        <Line icon={<Plus size={15} />} more={null}>
          <b>{textOf(found)}</b>
        </Line>
      );
    case 'deed':
      return (
        <Line
          icon={<SquareChevronRight size={15} />}
          more={found.deed.kbd && <Kbd>{found.deed.kbd}</Kbd>}
        >
          <b>{found.deed.words}</b>
        </Line>
      );
  }
}
