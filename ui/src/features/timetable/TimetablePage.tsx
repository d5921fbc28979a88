// The timetable: its days, one of them by hall and time, what clashes and what has changed.
import { Check, ChevronLeft, ChevronRight } from 'lucide-react';
import { useMemo, useState, type ReactNode } from 'react';

import { ErrorPanel } from '@/app/ErrorPanel';
import { Header } from '@/app/Header';
import { useMoment } from '@/app/link';
import { go, goWith, useRoute } from '@/app/router';
import { Button } from '@/components/Button';
import { Empty } from '@/components/Empty';
import { Tag } from '@/components/Tag';
import type { Monitor, SittingView, Timetable, TimetableView } from '@/generated/protocol';
import { SeverityGlyph } from '@/glyphs';
import { useTimetableUpdates } from '@/hooks/useRealtimeSubscription';
import { useShortcut } from '@/lib/keys';
import { kbdOf } from '@/lib/shortcuts';
import { dayKey, dayShort } from '@/lib/time';
import { t } from '@/lib/tongue';
import { words } from '@/lib/words';
import { useServerNow } from '@/live/clock';
import { useCall } from '@/live/queries';
import { useQueryClient } from '@tanstack/react-query';

import { DayGrid } from './DayGrid';
import { dayOf, daysOf, type Day } from './days';
import { ghostsOf, type Ghost } from './ghosts';
import { Fortnight, PaperList } from './Fortnight';
import { Move, type Moving } from './Move';
import { PaperPanel } from './PaperPanel';
import styles from './Timetable.module.css';

/** The timetable and its sittings, kept true by their events. */
function useTimetable() {
  const client = useQueryClient();
  useTimetableUpdates({
    events: ['timetable:published', 'timetable:updated', 'timetable:batches:created'],
    onEvent: () => void client.invalidateQueries(['timetable']),
  });
  const plan = useCall<TimetableView>('timetable');
  const monitor = useCall<Monitor>('monitor');
  return { plan, monitor };
}

function Version({ timetable }: { timetable: Timetable | undefined }) {
  if (!timetable) {
    return null;
  }
  return (
    <Tag tone={timetable.status === 'PUBLISHED' ? 'ok' : 'plain'}>
      {timetable.status === 'PUBLISHED' && <Check size={12} aria-hidden="true" />}{' '}
      {t('timetable-version', {
        revision: timetable.revision,
        timetableStatus: words.timetableStatus[timetable.status],
      })}
    </Tag>
  );
}

function DayTab({ day, here, zone }: { day: Day; here: boolean; zone: string }) {
  const most = Math.max(1, ...day.load.map(({ n }) => n));
  const papers = t('timetable-papers', { n: day.sittings.length });
  return (
    <a
      href={`#/timetable/${day.key}`}
      className={styles.day}
      aria-current={here ? 'date' : undefined}
    >
      <strong>{dayShort(day.at, zone)}</strong>
      {day.clashes.length > 0 && <SeverityGlyph severity="CRITICAL" size={12} />}
      <span>{papers}</span>
      <span className={styles.load} aria-hidden="true">
        {day.load.map(({ hour, n }) => (
          <span key={hour} style={{ height: `${(n / most) * 100}%` }} />
        ))}
      </span>
    </a>
  );
}

function Steps({ days, day, within }: { days: readonly Day[]; day: Day; within: string }) {
  const at = days.indexOf(day);
  const step = (by: number) => {
    const next = days[at + by];
    if (next) {
      go(`#/timetable/${next.key}?${within}`);
    }
  };
  const today = () => go(`#/timetable?${within}`);
  useShortcut('timetable.today', today);
  return (
    <>
      <Button
        variant="bare"
        aria-label={t('timetable-day-before')}
        icon={<ChevronLeft size={15} />}
        isDisabled={at <= 0}
        onPress={() => step(-1)}
      />
      <Button variant="bare" kbd={kbdOf('timetable.today')} onPress={today}>
        {t('timetable-today')}
      </Button>
      <Button
        variant="bare"
        aria-label={t('timetable-day-after')}
        icon={<ChevronRight size={15} />}
        isDisabled={at >= days.length - 1}
        onPress={() => step(1)}
      />
    </>
  );
}

const VIEWS = ['day', 'fortnight', 'list'] as const;
type View = (typeof VIEWS)[number];

function Views({ view }: { view: View }) {
  return (
    <div role="group" aria-label={t('timetable-view')} className={styles.views}>
      {VIEWS.map((one) => (
        <Button
          key={one}
          variant={one === view ? 'plain' : 'bare'}
          aria-pressed={one === view}
          onPress={() => goWith('view', one === 'day' ? null : one)}
        >
          {t(`timetable-view-${one}`)}
        </Button>
      ))}
    </div>
  );
}

/** The days as tabs, and one of them; or two weeks; or a list. */
function Body({
  view,
  days,
  day,
  selected,
  ghosts,
  movable,
  onSelect,
  onDrop,
}: {
  view: View;
  movable: ReadonlySet<number>;
  onDrop: (id: number, venueId: number) => void;
  days: readonly Day[];
  day: Day;
  ghosts: readonly Ghost[];
  selected: SittingView | undefined;
  onSelect: (id: number) => void;
}) {
  const now = useServerNow();
  const { zone } = useMoment();
  if (view === 'fortnight') {
    return <Fortnight {...{ days, day, selected, zone }} />;
  }
  return view === 'list' ? (
    <PaperList {...{ days, day, selected, zone }} />
  ) : (
    <DayGrid {...{ day, ghosts, selected, movable, now, zone, onSelect, onDrop }} />
  );
}

function NothingPlanned({ title }: { title: string | undefined }) {
  return (
    <>
      <Header title={t('timetable-timetable')} sub={title} />
      <Empty title={t('timetable-nothing-is-planned-yet')}>
        <p>{t('timetable-papers-come-from-the-server')}</p>
      </Empty>
    </>
  );
}

function Head({
  timetable,
  view,
  children,
}: {
  timetable: Timetable | undefined;
  view: View;
  children: ReactNode;
}) {
  const sub = (
    <>
      {timetable?.title} <Version timetable={timetable} />
    </>
  );
  return (
    <Header title={t('timetable-timetable')} sub={sub}>
      {children}
      <Views view={view} />
    </Header>
  );
}

function Loaded({ plan, monitor }: { plan: TimetableView; monitor: Monitor }) {
  const now = useServerNow();
  const { zone } = useMoment();
  const { path, search } = useRoute();
  const days = useMemo(
    () => daysOf(monitor.sittings, plan.clashes, zone),
    [monitor.sittings, plan.clashes, zone],
  );
  const day = dayOf(days, path[1], dayKey(now, zone));
  const asked = search.get('sitting');
  const movable = useMemo(() => new Set(plan.movable), [plan.movable]);
  const [moving, setMoving] = useState<Moving>();
  const view = VIEWS.find((one) => one === search.get('view')) ?? 'day';
  const within = view === 'day' ? '' : `view=${view}&`;
  const selected = day?.sittings.find((one) => String(one.id) === asked) ?? day?.sittings[0];
  const select = (id: number | undefined) =>
    id !== undefined && day && go(`#/timetable/${day.key}?${within}sitting=${id}`);
  const move = (by: number) =>
    day && selected && select(day.sittings[day.sittings.indexOf(selected) + by]?.id);
  useShortcut('list.down', () => move(1));
  useShortcut('list.up', () => move(-1));
  const timetable =
    plan.timetables.find((one) => one.id === selected?.timetableId) ?? plan.timetables[0];
  if (!day) {
    return <NothingPlanned title={timetable?.title} />;
  }
  const ghosts = ghostsOf(day, monitor.sittings, plan.moved);
  const drop = (id: number, to: number) => {
    select(id);
    setMoving({ id, to });
  };
  return (
    <>
      <Head timetable={timetable} view={view}>
        <Steps {...{ days, day, within }} />
      </Head>
      {view === 'day' && (
        <nav className={styles.days} aria-label={t('timetable-days')}>
          {days.map((one) => (
            <DayTab key={one.key} day={one} here={one === day} zone={zone} />
          ))}
        </nav>
      )}
      <div className={styles.body}>
        <Body {...{ view, days, day, ghosts, selected, movable }} onSelect={select} onDrop={drop} />
        <PaperPanel {...{ day, ghosts, zone, timetable }} sitting={selected} changes={plan.changes}>
          {selected && movable.has(selected.id) && (
            <Move key={selected.id} sitting={selected} moving={moving} onMoving={setMoving} />
          )}
        </PaperPanel>
      </div>
    </>
  );
}

/** The timetable. */
export function TimetablePage() {
  const { plan, monitor } = useTimetable();
  const failed = plan.data ? monitor : plan;
  return (
    <div className={styles.page}>
      {plan.data && monitor.data ? (
        <Loaded plan={plan.data} monitor={monitor.data} />
      ) : (
        <>
          <Header title={t('timetable-timetable')} />
          {failed.error && (
            <ErrorPanel failure={failed.error} onAgain={() => void failed.refetch()} />
          )}
        </>
      )}
    </div>
  );
}
