import { ChevronRight, Link2 } from 'lucide-react';
import { useMemo, useState } from 'react';

import { ErrorPanel, Guarded } from '@/app/ErrorPanel';
import { Header } from '@/app/Header';
import { isFirstCopy, isReadOnly, useMoment } from '@/app/link';
import { announce } from '@/app/announce';
import { PaperButton } from '@/app/PaperButton';
import { go, goWith, Link, useRoute } from '@/app/router';
import { Button } from '@/components/Button';
import { Empty } from '@/components/Empty';
import { Skeleton } from '@/components/Skeleton';
import type { EventDetail, IncidentView, Monitor } from '@/generated/protocol';
import { SeverityGlyph, StatusGlyph, SyncGlyph } from '@/glyphs';
import { useShortcut } from '@/lib/keys';
import { ago, hm } from '@/lib/time';
import { kbdOf } from '@/lib/shortcuts';
import { t } from '@/lib/tongue';
import { copyText } from '@/lib/trouble';
import { words } from '@/lib/words';
import { useServerNow } from '@/live/clock';
import { useCall, useStatus } from '@/live/queries';
import { currentStatus } from '@/live/store';

import { ofTheDay } from '../monitor/lanes';
import { Facts } from './Facts';
import { FilterMenu, fits, useFiltered, type Filtered } from './FilterMenu';
import { happenedAt, isDone, placeOf } from './groups';
import { IncidentPane } from './IncidentPane';
import styles from './Incidents.module.css';

/** The place of an incident; what the list leaves out stays left out. */
function placeTo(ref: string): string {
  const search = window.location.hash.split('?')[1];
  return search ? `#/incidents/${ref}?${search}` : `#/incidents/${ref}`;
}

function Card({ incident, here }: { incident: IncidentView; here: boolean }) {
  const now = useServerNow();
  const { zone } = useMoment();
  const at = happenedAt(incident);
  const unsent = incident.sync !== 'server';
  return (
    <Link
      to={placeTo(incident.ref)}
      className={styles.card}
      aria-current={here ? 'true' : undefined}
      data-incident={incident.ref}
      data-sync={incident.sync}
      data-late={incident.arrivedLate || undefined}
    >
      <SeverityGlyph severity={incident.severity} />
      <span className={styles.title}>{incident.title}</span>
      <span className={styles.age}>{unsent ? hm(at, zone) : ago(now - at)}</span>
      <span />
      <span className={styles.state}>
        {unsent ? <SyncGlyph sync={incident.sync} /> : <StatusGlyph status={incident.status} />}
        {unsent ? t('incidents-not-sent-yet') : words.incidentStatus[incident.status]}
      </span>
      <bdi className={styles.place}>{placeOf(incident)}</bdi>
    </Link>
  );
}

function List({
  title,
  incidents,
  chosen,
}: {
  title: string;
  incidents: IncidentView[];
  chosen: string | undefined;
}) {
  if (incidents.length === 0) {
    return null;
  }
  return (
    <section aria-label={title}>
      <h2 className={styles.group}>
        {title} <span className="muted">{incidents.length}</span>
      </h2>
      {incidents.map((incident) => (
        <Card key={incident.ref} incident={incident} here={incident.ref === chosen} />
      ))}
    </section>
  );
}

/** J and K, or the arrows, move through the list. */
export function useMoving(
  refs: readonly string[],
  chosen: string | undefined,
  choose: (ref: string) => void,
): void {
  const move = (step: number) => {
    const at = chosen === undefined ? -1 : refs.indexOf(chosen);
    const next = refs[Math.min(refs.length - 1, Math.max(0, at + step))];
    if (next !== undefined) {
      choose(next);
    }
  };
  useShortcut('list.down', () => move(1));
  useShortcut('list.up', () => move(-1));
}

/** `Ctrl .` copies the place of an incident, to send it to somebody. */
function CopyLink({ incident }: { incident: string }) {
  const copy = async () => {
    const done = await copyText(`elms://incident/${incident}`);
    announce(done ? t('incidents-link-copied') : t('incidents-the-link-could-not-be'));
  };
  useShortcut('incident.copy', () => void copy());
  return (
    <Button
      variant="bare"
      icon={<Link2 size={15} aria-hidden="true" />}
      onPress={() => void copy()}
    >
      {t('incidents-copy-link')}
    </Button>
  );
}

/** How long ago the last event came, looked at once a second; the busiest day asks no more often. */
function useLastEvent(now: number): string | undefined {
  const seq = useMemo(() => (now > 0 ? (currentStatus()?.lastSeq ?? 0) : 0), [now]);
  const last = useCall<EventDetail>('event', { seq }, { enabled: seq > 0 }).data;
  return last && t('incidents-last-event', { span: ago(now - Date.parse(last.event.timestamp)) });
}

/** Nothing happened, and the line is alive or not. */
function Quiet() {
  const { behindSince, zone } = useMoment();
  const now = useServerNow();
  const last = useLastEvent(now);
  const monitor = useCall<Monitor>('monitor').data;
  const status = useStatus();
  const today = ofTheDay(monitor?.sittings ?? [], now, zone);
  const speaking = today.filter((one) => one.stations.some((station) => station.online));
  const halls = new Set(speaking.map((one) => one.venueId)).size;
  return (
    <Empty title={t('incidents-no-incidents-so-far')}>
      <p>
        {behindSince === null
          ? [t('incidents-the-line-is-alive', { halls }), last].filter(Boolean).join(' ')
          : t('incidents-as-of-this-station-is', { time: hm(behindSince, zone) })}
      </p>
      {!isReadOnly(status) && (
        <Button kbd={kbdOf('report')} onPress={() => goWith('report', 'new')}>
          {t('incidents-report-incident')}
        </Button>
      )}
    </Empty>
  );
}

const COMING = 'incidents-the-incidents-come-with-the';

/** What stands in the list: what is open, and what is done, the newest first. */
function useListed(
  data: readonly IncidentView[] | undefined,
  { severity, hall }: Filtered,
): [IncidentView[], IncidentView[]] {
  return useMemo(() => {
    const left = (data ?? []).filter((one) => fits(one, { severity, hall }));
    const all = left.toSorted((one, other) => happenedAt(other) - happenedAt(one));
    return [all.filter((one) => !isDone(one)), all.filter(isDone)];
  }, [data, severity, hall]);
}

/** All incidents, and one of them. */
export function Incidents() {
  const { data, error, refetch } = useCall<IncidentView[]>('incidents');
  const { path } = useRoute();
  const firstCopy = isFirstCopy(useStatus());
  const filtered = useFiltered();
  const [open, done] = useListed(data, filtered);
  // What is shown counts as looked at: what came late is only opened by hand.
  const chosen = path[1] ?? [...open, ...done].find((one) => !one.arrivedLate)?.ref;
  const refs = [...open, ...done].map((one) => one.ref);
  useMoving(refs, chosen, (ref) => go(placeTo(ref)));
  const named = data?.find((one) => one.ref === chosen);
  const number = named?.number ?? named?.localNumber;
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  return (
    <>
      <Header
        title={
          <span className={styles.trail}>
            <span className={number ? styles.from : undefined}>{t('incidents-incidents')}</span>
            {number && (
              <>
                <ChevronRight size={14} aria-hidden="true" /> <bdi className="code">{number}</bdi>
              </>
            )}
          </span>
        }
      >
        {(data?.length ?? 0) > 0 && (
          <FilterMenu incidents={data ?? []} filtered={filtered} shown={refs.length} />
        )}
        {chosen && <CopyLink incident={chosen} />}
        {named && named.number !== null && (
          <PaperButton wanted={{ kind: 'malpractice', id: named.ref }} at={named.receivedAt} />
        )}
        <span ref={setSlot} className={styles.acts} />
      </Header>
      {data?.length === 0 && (firstCopy ? <Skeleton words={t(COMING)} /> : <Quiet />)}
      <div className={styles.screen} hidden={data?.length === 0}>
        <nav className={styles.list} aria-label={t('incidents-incidents')}>
          {error && !data && <ErrorPanel failure={error} onAgain={() => void refetch()} />}
          {data && data.length > 0 && refs.length === 0 && (
            <p className={styles.group}>{t('incidents-none-fits')}</p>
          )}
          <List title={t('incidents-open')} incidents={open} chosen={chosen} />
          <List title={t('incidents-done')} incidents={done} chosen={chosen} />
        </nav>
        {chosen && (
          <Guarded key={chosen}>
            <IncidentPane incident={chosen} full slot={slot} />
            <Facts incident={chosen} />
          </Guarded>
        )}
      </div>
    </>
  );
}
