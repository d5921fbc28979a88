import { useMemo } from 'react';

import { ErrorPanel, Guarded } from '@/app/ErrorPanel';
import { Header } from '@/app/Header';
import { isFirstCopy, useMoment } from '@/app/link';
import { goWith, useRoute, writeRoute } from '@/app/router';
import { SoundButton } from '@/app/SoundButton';
import { Skeleton } from '@/components/Skeleton';
import type { IncidentView, Monitor as MonitorView } from '@/generated/protocol';
import { call } from '@/host';
import { useKeys } from '@/lib/keys';
import { kbdOf } from '@/lib/shortcuts';
import { dayLong } from '@/lib/time';
import { t } from '@/lib/tongue';
import { useServerNow } from '@/live/clock';
import { useCall, useStatus } from '@/live/queries';

import { groupsOf } from '../incidents/groups';
import { IncidentPane } from '../incidents/IncidentPane';
import { useMoving } from '../incidents/Incidents';
import { useLateness } from '../incidents/lateness';
import { DaySums } from './DaySums';
import { Feed } from './Feed';
import { HallLanes } from './HallLanes';
import { inSession, ofTheDay } from './lanes';
import { LookBack, LookBackButton, lookAt, momentOf, useMonitorAt } from './LookBack';
import { Missed } from './Missed';
import styles from './Monitor.module.css';
import { SessionStrip } from './SessionStrip';
import { HallFilter, ViewMenu, WallButton } from './ViewMenu';

/** The link to an incident beside the feed; the rest of the place stays. */
function linkTo(incident: IncidentView): string {
  const search = new URLSearchParams(window.location.hash.split('?')[1] ?? '');
  search.set('incident', incident.ref);
  return writeRoute(['monitor'], search);
}

/** No sitting: the first copy is on its way, or nothing is planned. */
function Nothing() {
  const firstCopy = isFirstCopy(useStatus());
  if (firstCopy) {
    return <Skeleton words={t('monitor-the-halls-come-with-the')} />;
  }
  return <p className={styles.none}>{t('monitor-no-sitting-is-planned-the')}</p>;
}

/** The sittings of the day, the session that is on, and the incidents in their groups. */
function useDay(monitor: MonitorView, now: number, zone: string, hall: string | null) {
  const minute = Math.floor(now / 60_000) * 60_000;
  const sittings = useMemo(
    () => ofTheDay(monitor.sittings, minute, zone),
    [monitor.sittings, minute, zone],
  );
  const comes = useStatus()?.link.state === 'catching_up';
  const { sentOf } = useLateness(minute);
  const session = useMemo(() => inSession(sittings, minute), [sittings, minute]);
  const groups = useMemo(() => {
    const shown = monitor.incidents.filter(
      (one) => hall === null || String(one.sittingId) === hall,
    );
    const isJustSent = (one: IncidentView) => comes && sentOf(one) !== null;
    return groupsOf(shown, minute, zone, isJustSent);
  }, [monitor.incidents, hall, minute, zone, comes, sentOf]);
  return { sittings, session, groups };
}

function Detail({ chosen }: { chosen: string | undefined }) {
  return (
    <div className={styles.detail}>
      {chosen ? (
        <Guarded key={chosen}>
          <IncidentPane incident={chosen} />
        </Guarded>
      ) : (
        <p className={styles.none}>
          {t('monitor-press-to-report-an-incident', { n: kbdOf('report') })}
        </p>
      )}
    </div>
  );
}

/** Looking at a case that came late is what marks it. */
function seeAll(incidents: readonly IncidentView[]): void {
  for (const { ref } of incidents) {
    void call('incident', { ref }).catch(() => {});
  }
}

/** A case as it was then, without what could be done about it now. */
function Then({ incident }: { incident: IncidentView | undefined }) {
  return (
    <div className={styles.detail}>
      <div className={styles.none}>
        {incident && <h2>{incident.title}</h2>}
        {incident && <p>{incident.description}</p>}
        <p className="muted">{t('monitor-read-only')}</p>
      </div>
    </div>
  );
}

/** The lanes are minutes wide and ages are told in minutes: they need not be drawn every second.
 * What counts seconds has a clock of its own. */
const STEP_MS = 5_000;

function Loaded({ monitor: present }: { monitor: MonitorView }) {
  const clockNow = useServerNow(STEP_MS);
  const { zone, behindSince } = useMoment();
  const { search } = useRoute();
  const at = momentOf(search);
  const past = useMonitorAt(at);
  useKeys(['Escape'], () => lookAt(null), at !== null);
  const monitor = (at !== null && past?.monitor) || present;
  const now = at ?? clockNow;
  const hall = search.get('hall');
  const { sittings, session, groups } = useDay(monitor, now, zone, hall);
  const shown = groups.flatMap((group) => group.incidents);
  const refs = shown.map((incident) => incident.ref);
  // What is shown counts as looked at: what came late is only opened by hand.
  const chosen = search.get('incident') ?? shown.find((one) => !one.arrivedLate)?.ref;
  useMoving(refs, chosen, (ref) => goWith('incident', ref));
  const { incidents } = monitor;
  const about = incidents.find((one) => one.ref === chosen)?.sittingId ?? null;
  const day = sittings[0]?.startsAt ?? now;
  return (
    <>
      <Header title={t('monitor-monitor')} sub={dayLong(day, zone)}>
        <DaySums at={now} zone={zone} />
        {at === null && <LookBackButton now={now} />}
        <HallFilter sittings={sittings} hall={hall} />
        <ViewMenu />
        <SoundButton />
        <WallButton />
      </Header>
      {at === null ? (
        <Missed now={now} zone={zone} />
      ) : (
        <LookBack {...{ at, past, sittings, zone }} now={clockNow} />
      )}
      {sittings.length > 0 ? (
        <Guarded>
          <SessionStrip {...{ session, incidents, now, at, zone, behindSince }} />
          <HallLanes {...{ sittings, incidents, hall, zone, behindSince, about, now }} />
        </Guarded>
      ) : (
        <Nothing />
      )}
      <div className={styles.lower}>
        <Guarded>
          <Feed {...{ groups, chosen, linkTo, now, at, zone, behindSince }} onSeen={seeAll} />
        </Guarded>
        {at === null ? (
          <Detail chosen={chosen} />
        ) : (
          <Then incident={incidents.find((one) => one.ref === chosen)} />
        )}
      </div>
    </>
  );
}

/** The halls of the day, and what happens in them. */
export function Monitor() {
  const { data, error, refetch } = useCall<MonitorView>('monitor');
  if (data) {
    return <Loaded monitor={data} />;
  }
  return (
    <>
      <Header title={t('monitor-monitor')} />
      {error ? (
        <ErrorPanel failure={error} onAgain={() => void refetch()} />
      ) : (
        <p className={styles.none} aria-busy="true">
          {t('monitor-opening-the-copy-on-this')}
        </p>
      )}
    </>
  );
}
