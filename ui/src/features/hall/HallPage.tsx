// One hall: its seats, a seat's card, what was reported from here, and the clock. Needs no network.
import { useMemo } from 'react';

import { ErrorPanel } from '@/app/ErrorPanel';
import { useMoment } from '@/app/link';
import { openBeside } from '@/app/beside';
import { PaperButton } from '@/app/PaperButton';
import { go, useRoute } from '@/app/router';
import { Button } from '@/components/Button';
import { Empty } from '@/components/Empty';
import type { HallView, IncidentView, Monitor, ReportOptions } from '@/generated/protocol';
import { SeverityGlyph, SyncGlyph } from '@/glyphs';
import { hm, span } from '@/lib/time';
import { t } from '@/lib/tongue';
import { words } from '@/lib/words';
import { useServerNow } from '@/live/clock';
import { useCall, useStatus } from '@/live/queries';
import { serverNow } from '@/live/store';

import { happenedAt } from '../incidents/groups';
import { endOf } from '../monitor/lanes';
import { seatOf } from '../report/form';
import { sittingIn } from '../setup/kinds';
import { useHallDeeds } from './deeds';
import styles from './Hall.module.css';
import { Door } from './Door';
import { HallClock } from './HallClock';
import { HeadCount } from './HeadCount';
import { Readiness } from './Readiness';
import { SeatCard } from './SeatCard';
import { Legend, SeatMap } from './SeatMap';
import { rowsOf } from './seats';
import { useTyping } from './typing';

/** The hall that is asked for, else the one that the station stands in, else the person's own. */
function useHall(): number | undefined {
  const { path } = useRoute();
  const stands = useStatus()?.station.hall ?? null;
  const { data } = useCall<Monitor>('monitor', undefined, { enabled: stands !== null });
  const own = useCall<ReportOptions>('report_options').data?.halls[0]?.sittingId;
  const asked = Number(path[1]);
  if (path[1] !== undefined && Number.isInteger(asked)) {
    return asked;
  }
  return (stands && data && sittingIn(stands, data.sittings, serverNow())) ?? own;
}

function Head({ hall, now }: { hall: HallView; now: number }) {
  const { view } = hall;
  const figures: [string, string | number][] = [
    [t('hall-time-left'), view.startedAt === null ? '–' : span(Math.max(0, endOf(view) - now))],
    [t('hall-in'), view.present],
    [t('hall-absent'), view.expected - view.present],
    [t('hall-out'), hall.away.length],
    [t('hall-scripts-in'), Math.max(hall.scriptsIn.length, view.batch?.scriptsCollected ?? 0)],
  ];
  return (
    <header className={styles.head}>
      <div>
        <h1>{view.venue?.name ?? view.room}</h1>
        <p>
          <bdi className="code">{view.courseCode}</bdi> {view.courseName}, {words.phase[view.phase]}
        </p>
      </div>
      <dl>
        {figures.map(([name, figure]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{figure}</dd>
          </div>
        ))}
      </dl>
    </header>
  );
}

function Reports({ incidents, zone }: { incidents: readonly IncidentView[]; zone: string }) {
  const waiting = incidents.filter((one) => one.sync !== 'server').length;
  return (
    <section className={styles.reports} aria-label={t('hall-reported-from-this-hall')}>
      <h3>
        {t('hall-reported-from-this-hall')}{' '}
        {waiting > 0 && <span className="muted">{t('hall-waiting', { waiting })}</span>}
      </h3>
      <ul>
        {incidents.map((incident) => (
          <li key={incident.ref}>
            <SeverityGlyph severity={incident.severity} />
            <a href={`#/incidents/${incident.ref}`}>
              <strong>{incident.title}</strong>
              <span>
                {[incident.seat, hm(happenedAt(incident), zone)].filter(Boolean).join(', ')}
              </span>
            </a>
            {incident.sync !== 'server' && <span>{t('hall-sync', { sync: incident.sync })}</span>}
            <SyncGlyph sync={incident.sync} />
          </li>
        ))}
      </ul>
      {incidents.length === 0 && <p className="muted">{t('hall-nothing-so-far')}</p>}
    </section>
  );
}

function Loaded({ hall }: { hall: HallView }) {
  const now = useServerNow();
  const { zone } = useMoment();
  const { search } = useRoute();
  const rows = useMemo(() => rowsOf(hall), [hall]);
  const seats = rows.flatMap((row) => row.seats);
  const asked = seatOf(search.get('seat') ?? '');
  const seat = seats.find((one) => one.name === asked) ?? seats[0];
  const choose = (name: string) => go(`#/hall/${hall.view.id}?seat=${name}`);
  const deeds = useHallDeeds(hall, seat, now);
  useTyping(
    new Set(rows.map((row) => row.name)),
    {
      'hall.out': deeds.out ?? undefined,
      'hall.script': deeds.script ?? undefined,
      'hall.in': deeds.checkIn ?? undefined,
    },
    (typed) => {
      const found = seats.find((one) => one.name === seatOf(typed));
      if (found) {
        choose(found.name);
      }
    },
  );
  return (
    <div className={styles.page} data-density="touch">
      <Head hall={hall} now={now} />
      <div className={styles.body}>
        <div className={styles.left}>
          <Legend />
          <div className={styles.scroll}>
            <SeatMap {...{ rows, now }} selected={seat} onChoose={choose} />
          </div>
          <HallClock {...{ hall, now, zone }} />
        </div>
        <aside className={styles.side} aria-label={t('hall-seat-and-reports')}>
          <Readiness hall={hall} zone={zone} />
          {seat && <SeatCard {...{ seat, now, deeds }} />}
          <Reports incidents={hall.incidents} zone={zone} />
          <Door hall={hall} onSeat={(name) => choose(seatOf(name))} />
          <HeadCount hall={hall} />
          <div className={styles.beside}>
            <Button variant="bare" onPress={() => openBeside(`#/clock/${hall.view.id}`)}>
              {t('hall-clock-window')}
            </Button>
            <PaperButton
              wanted={{ kind: 'hall', id: hall.view.id }}
              at={hall.view.startsAt}
              words={t('hall-log')}
            />
          </div>
        </aside>
      </div>
    </div>
  );
}

/** The hall view. */
export function HallPage() {
  const sittingId = useHall();
  const enabled = sittingId !== undefined;
  const { data, error, refetch } = useCall<HallView>('hall', { sittingId }, { enabled });
  if (data && data.view.id === sittingId) {
    return <Loaded hall={data} />;
  }
  if (error) {
    return <ErrorPanel failure={error} onAgain={() => void refetch()} />;
  }
  return (
    <div className={styles.page} aria-busy={enabled}>
      <h1 className="visually-hidden">{t('hall-hall-view')}</h1>
      {!enabled && (
        <Empty title={t('hall-no-hall-is-yours-today')}>
          <p>{t('hall-halls-come-from-the-timetable')}</p>
        </Empty>
      )}
    </div>
  );
}
