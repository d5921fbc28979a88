import { Filter, X } from 'lucide-react';
import { useMemo } from 'react';

import { ErrorPanel, Guarded } from '@/app/ErrorPanel';
import { Header } from '@/app/Header';
import { useMoment } from '@/app/link';
import { goWith, useRoute, writeRoute } from '@/app/router';
import { Button } from '@/components/Button';
import type { IncidentView, Monitor as MonitorView, SittingView } from '@/generated/protocol';
import { useKeys } from '@/lib/keys';
import { dayLong } from '@/lib/time';
import { useServerNow } from '@/live/clock';
import { useCall } from '@/live/queries';

import { groupsOf } from '../incidents/groups';
import { IncidentPane } from '../incidents/IncidentPane';
import { useMoving } from '../incidents/Incidents';
import { Feed } from './Feed';
import { HallLanes } from './HallLanes';
import { inSession, ofTheDay } from './lanes';
import styles from './Monitor.module.css';
import { SessionStrip } from './SessionStrip';

/** The link to an incident beside the feed; the rest of the place stays. */
function linkTo(incident: IncidentView): string {
  const search = new URLSearchParams(window.location.hash.split('?')[1] ?? '');
  search.set('incident', incident.ref);
  return writeRoute(['monitor'], search);
}

function HallFilter({ sitting }: { sitting: SittingView | undefined }) {
  useKeys(['Escape'], () => goWith('hall', null), sitting !== undefined);
  if (!sitting) {
    return (
      <span className={styles.filter}>
        <Filter size={15} aria-hidden="true" /> All halls
      </span>
    );
  }
  return (
    <Button
      variant="bare"
      icon={<X size={15} aria-hidden="true" />}
      onPress={() => goWith('hall', null)}
    >
      {sitting.venue?.name ?? sitting.courseCode}
    </Button>
  );
}

function Loaded({ monitor }: { monitor: MonitorView }) {
  const now = useServerNow();
  const { zone, behindSince } = useMoment();
  const { search } = useRoute();
  const hall = search.get('hall');
  const minute = Math.floor(now / 60_000);
  const sittings = useMemo(
    () => ofTheDay(monitor.sittings, minute * 60_000, zone),
    [monitor.sittings, minute, zone],
  );
  const session = useMemo(() => inSession(sittings, minute * 60_000), [sittings, minute]);
  const groups = useMemo(() => {
    const shown = monitor.incidents.filter(
      (one) => hall === null || String(one.sittingId) === hall,
    );
    return groupsOf(shown, minute * 60_000, zone);
  }, [monitor.incidents, hall, minute, zone]);
  const refs = groups.flatMap((group) => group.incidents.map((incident) => incident.ref));
  const asked = search.get('incident');
  // What is shown counts as looked at: what came late is only opened by hand.
  const first = groups.flatMap((group) => group.incidents).find((one) => !one.arrivedLate);
  const chosen = asked ?? first?.ref;
  useMoving(refs, chosen, (ref) => goWith('incident', ref));
  return (
    <>
      <Header title="Monitor" sub={dayLong(sittings[0]?.startsAt ?? now, zone)}>
        <HallFilter sitting={sittings.find((one) => String(one.id) === hall)} />
      </Header>
      {sittings.length > 0 ? (
        <Guarded>
          <SessionStrip
            session={session}
            incidents={monitor.incidents}
            {...{ now, zone, behindSince }}
          />
          <HallLanes
            sittings={sittings}
            incidents={monitor.incidents}
            {...{ hall, now, zone, behindSince }}
            about={monitor.incidents.find((one) => one.ref === chosen)?.sittingId ?? null}
          />
        </Guarded>
      ) : (
        <p className={styles.none}>No sitting is planned. The timetable comes from the server.</p>
      )}
      <div className={styles.lower}>
        <Guarded>
          <Feed {...{ groups, chosen, linkTo, now, zone, behindSince }} />
        </Guarded>
        <div className={styles.detail}>
          {chosen ? (
            <Guarded key={chosen}>
              <IncidentPane incident={chosen} />
            </Guarded>
          ) : (
            <p className={styles.none}>Press R to report an incident.</p>
          )}
        </div>
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
      <Header title="Monitor" />
      {error ? (
        <ErrorPanel failure={error} onAgain={() => void refetch()} />
      ) : (
        <p className={styles.none} aria-busy="true">
          Opening the copy on this station
        </p>
      )}
    </>
  );
}
