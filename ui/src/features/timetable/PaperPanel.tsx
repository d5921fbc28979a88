// One paper of the timetable, what clashes on its day, and what has changed.
import type { ReactNode } from 'react';

import { Tag } from '@/components/Tag';
import type { Monitor, Person, SittingView, TimelineEntry, Timetable } from '@/generated/protocol';
import { SeverityGlyph } from '@/glyphs';
import { dayShort, hm } from '@/lib/time';
import { Said, t } from '@/lib/tongue';
import { words } from '@/lib/words';
import { said, told } from '@/lib/said';
import { useCall } from '@/live/queries';

import type { Day } from './days';
import type { Ghost } from './ghosts';
import styles from './Timetable.module.css';
import { Know, Publish } from './Version';

/** So many changes are shown, the latest first. */
const MOST = 12;

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Who is on duty, and who has not come yet. */
function Duty({ sitting }: { sitting: SittingView }) {
  const missing = sitting.invigilators.filter((one) => one.checkedInAt === null);
  const chief = sitting.invigilators.find((one) => one.role === 'CHIEF_INVIGILATOR');
  const here = sitting.invigilators.length - missing.length;
  return (
    <>
      {chief && (
        <Fact name={t('timetable-chief')}>
          {chief.name},{' '}
          {chief.checkedInAt === null ? t('timetable-not-here-yet') : t('timetable-here')}
        </Fact>
      )}
      <Fact name={t('timetable-on-duty')}>
        {t('timetable-of-here', { here, n: sitting.invigilators.length })}
      </Fact>
      {missing.length > 0 && (
        <Fact name={t('timetable-not-here-yet-2')}>
          {missing.map((one) => one.name).join(', ')}
        </Fact>
      )}
    </>
  );
}

function About({
  sitting,
  ghost,
  zone,
  children,
}: {
  sitting: SittingView;
  ghost: Ghost | undefined;
  zone: string;
  children: ReactNode;
}) {
  return (
    <section>
      <Tag>{words.phase[sitting.phase]}</Tag>{' '}
      {ghost && <Tag tone="accent">{t('timetable-moved')}</Tag>}
      <h2>
        <bdi className="code">{sitting.courseCode}</bdi> {sitting.courseName}
      </h2>
      <p>
        {t('timetable-candidates-2', {
          time: hm(sitting.startsAt, zone),
          time2: hm(sitting.effectiveEnd, zone),
          name: sitting.venue?.name ?? sitting.room,
          expected: sitting.expected,
        })}
      </p>
      <dl className={styles.facts}>
        {ghost && (
          <Fact name={t('timetable-hall')}>
            <Said
              id="timetable-from-to"
              args={{
                from: <s>{ghost.hall}</s>,
                to: <strong>{sitting.venue?.name ?? sitting.room}</strong>,
              }}
            />
          </Fact>
        )}
        {sitting.addedSec > 0 && (
          <Fact name={t('timetable-given-back')}>
            {t('timetable-min', { addedSec: Math.round(sitting.addedSec / 60) })}
          </Fact>
        )}
        <Duty sitting={sitting} />
        {sitting.batch && (
          <Fact name={t('timetable-batch')}>
            <a href={`#/batches/${sitting.batch.batchQRCode}`} className="code">
              {sitting.batch.batchQRCode}
            </a>
          </Fact>
        )}
        <Fact name={t('timetable-seating')}>
          <a href={`#/hall/${sitting.id}`}>{t('timetable-seats-and-candidates')}</a>
        </Fact>
      </dl>
      {children}
    </section>
  );
}

function Clashes({ day }: { day: Day }) {
  return (
    <section aria-label={t('timetable-clashes')}>
      <h3>
        {t('timetable-clashes-on-this-day')} <span className="muted">{day.clashes.length}</span>
      </h3>
      {day.clashes.map((clash) => (
        <div key={clash.text} className={styles.clash}>
          <SeverityGlyph severity="CRITICAL" />
          <p>{said(clash.text)}</p>
        </div>
      ))}
    </section>
  );
}

function Changes({ changes, zone }: { changes: readonly TimelineEntry[]; zone: string }) {
  return (
    <section aria-label={t('timetable-changes')}>
      <h3>
        {t('timetable-changes')} <span className="muted">{changes.length}</span>
      </h3>
      <ol className={styles.changes}>
        {changes
          .slice(-MOST)
          .toReversed()
          .map((change) => (
            <li key={change.seq}>
              <span>{told(change.text, change.event)}</span>
              <time dateTime={change.at}>
                {dayShort(change.at, zone)} {hm(change.at, zone)}
              </time>
            </li>
          ))}
      </ol>
    </section>
  );
}

/** The names of people, as far as this station knows them. */
function useNames(): ReadonlyMap<number, string> {
  const sittings = useCall<Monitor>('monitor').data?.sittings ?? [];
  const people = useCall<Person[]>('people').data ?? [];
  const duties = sittings.flatMap((sitting) => sitting.invigilators);
  return new Map([
    ...people.map((one) => [one.id, one.name] as const),
    ...duties.map((one) => [one.userId, one.name] as const),
  ]);
}

/** Who was asked to confirm this version, and has not. */
function Unconfirmed({ timetable }: { timetable: Timetable }) {
  const names = useNames();
  const known = timetable.unconfirmed.flatMap((id) => names.get(id) ?? []);
  const more = timetable.unconfirmed.length - known.length;
  const title = t('timetable-not-confirmed', { revision: timetable.revision });
  return (
    <section aria-label={title}>
      <h3>
        {title} <span className="muted">{timetable.unconfirmed.length}</span>
      </h3>
      <ul className={styles.names}>
        {known
          .toSorted((one, other) => one.localeCompare(other))
          .map((name) => (
            <li key={name}>{name}</li>
          ))}
        {more > 0 && <li className="muted">{t('timetable-and-more', { n: more })}</li>}
      </ul>
    </section>
  );
}

/** The panel beside the grid. */
export function PaperPanel({
  day,
  sitting,
  ghosts,
  changes,
  timetable,
  zone,
  children,
}: {
  /** What may be done with the paper. */
  children: ReactNode;
  day: Day;
  ghosts: readonly Ghost[];
  sitting: SittingView | undefined;
  changes: readonly TimelineEntry[];
  timetable: Timetable | undefined;
  zone: string;
}) {
  return (
    <aside className={styles.panel} aria-label={t('timetable-paper')}>
      {timetable && <Know timetable={timetable} />}
      {sitting && (
        <About
          sitting={sitting}
          ghost={ghosts.find((one) => one.sitting.id === sitting.id)}
          zone={zone}
        >
          {children}
        </About>
      )}
      <Clashes day={day} />
      {timetable && timetable.unconfirmed.length > 0 && <Unconfirmed timetable={timetable} />}
      {timetable && <Publish timetable={timetable} />}
      <Changes changes={changes} zone={zone} />
    </aside>
  );
}
