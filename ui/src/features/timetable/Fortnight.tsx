// The papers of two weeks, hall by hall and day by day; and the same as a plain list.
import type { SittingView } from '@/generated/protocol';
import { SeverityGlyph } from '@/glyphs';
import { dayShort, hm } from '@/lib/time';
import { t } from '@/lib/tongue';
import { words } from '@/lib/words';

import { fortnightOf, type Day } from './days';
import styles from './Fortnight.module.css';

interface Props {
  days: readonly Day[];
  day: Day;
  selected: SittingView | undefined;
  zone: string;
}

const placeOf = (day: Day, sitting: SittingView, view: string) =>
  `#/timetable/${day.key}?view=${view}&sitting=${sitting.id}`;

function Paper({ day, sitting, selected, zone }: Omit<Props, 'days'> & { sitting: SittingView }) {
  const clash = day.clashes.some((one) => one.sittings.includes(sitting.id));
  return (
    <a
      href={placeOf(day, sitting, 'fortnight')}
      className={styles.paper}
      aria-current={selected?.id === sitting.id ? 'true' : undefined}
      data-clash={clash || undefined}
    >
      <b className="code">{sitting.courseCode}</b> {hm(sitting.startsAt, zone)}
      {clash && (
        <>
          <SeverityGlyph severity="CRITICAL" size={11} />
          <span className="visually-hidden">{t('timetable-clashes')}</span>
        </>
      )}
    </a>
  );
}

/** Halls down, days across. */
export function Fortnight({ days, day, ...props }: Props) {
  const { shown, rows } = fortnightOf(days, day);
  return (
    <section className={styles.sheet} aria-label={t('timetable-fortnight')} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('timetable-hall')}</th>
            {shown.map((one) => (
              <th key={one.key} scope="col" aria-current={one === day ? 'date' : undefined}>
                {dayShort(one.at, props.zone)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">
                {row.name} <small>{t('timetable-seats', { seats: row.seats })}</small>
              </th>
              {shown.map((one) => (
                <td key={one.key} data-here={one === day || undefined}>
                  {row.sittings
                    .filter((sitting) => one.sittings.includes(sitting))
                    .map((sitting) => (
                      <Paper key={sitting.id} {...{ sitting, ...props }} day={one} />
                    ))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Line({ day, sitting, selected, zone }: Omit<Props, 'days'> & { sitting: SittingView }) {
  return (
    <tr data-here={selected?.id === sitting.id || undefined}>
      <td>{dayShort(day.at, zone)}</td>
      <td>
        {hm(sitting.startsAt, zone)} – {hm(sitting.effectiveEnd, zone)}
      </td>
      <th scope="row">
        <a href={placeOf(day, sitting, 'list')}>
          <b className="code">{sitting.courseCode}</b> {sitting.courseName}
        </a>
      </th>
      <td>{sitting.venue?.name ?? sitting.room}</td>
      <td className={styles.number}>{sitting.expected}</td>
      <td>{words.phase[sitting.phase]}</td>
    </tr>
  );
}

/** Every paper from the chosen day on. */
export function PaperList({ days, day, ...props }: Props) {
  const coming = days.slice(days.indexOf(day));
  const heads = ['day', 'time', 'paper', 'hall', 'candidates', 'state'] as const;
  return (
    <section className={styles.sheet} aria-label={t('timetable-list')} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {heads.map((head) => (
              <th
                key={head}
                scope="col"
                className={head === 'candidates' ? styles.number : undefined}
              >
                {t(`timetable-head-${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {coming.flatMap((one) =>
            one.sittings.map((sitting) => (
              <Line key={sitting.id} {...{ sitting, ...props }} day={one} />
            )),
          )}
        </tbody>
      </table>
    </section>
  );
}
