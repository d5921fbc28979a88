// The right side of the set-up: what is known of the server, and how the first copy comes.
import type { ReactNode } from 'react';

import { isFirstCopy, zoneOf } from '@/app/link';
import { bytesWords, hostOf } from '@/app/StatusBar';
import type { BatchView, IncidentView, Monitor, ServerCheck, Status } from '@/generated/protocol';
import { StatusGlyph } from '@/glyphs';
import { dayMonth, grouped, hm } from '@/lib/time';
import { t } from '@/lib/tongue';
import { useCall } from '@/live/queries';

import side from '../signin/SignIn.module.css';
import styles from './SetUp.module.css';

type Pair = [name: string, value: string, isCode?: boolean];

/** Facts beside each other. */
export function Facts({ pairs }: { pairs: readonly Pair[] }) {
  return (
    <dl className={styles['facts']}>
      {pairs.map(([name, value, isCode]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className={isCode ? 'code' : undefined} dir={isCode ? 'ltr' : undefined}>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function versionWords({ version, ownVersion }: ServerCheck): string {
  if (version === null) {
    return t('setup-version-unknown', { own: ownVersion });
  }
  return version === ownVersion
    ? t('setup-version-same', { version })
    : t('setup-version-other', { version, own: ownVersion });
}

/** Who let this station in, and when; none where nobody had to. */
export function allowedBy(status: Status): Pair[] {
  const { key } = status.station;
  if (key?.standing !== 'paired' || key.since === null) {
    return [];
  }
  const zone = zoneOf(status);
  const time = `${dayMonth(key.since, zone)} ${hm(key.since, zone)}`;
  const name = key.by ?? t('setup-allowed-operator');
  return [[t('setup-allowed-by'), t('setup-allowed-when', { name, time })]];
}

/** Whether this is the server that the station works with, which it knows before it has asked again. */
function isOwn(server: string, { server: own }: Status): boolean {
  return server !== '' && own !== null && hostOf(server) === hostOf(own.url);
}

function pairsOf(server: string, check: ServerCheck | undefined, status: Status): Pair[] {
  const pairs: Pair[] = [[t('signin-server'), hostOf(server), true]];
  if (check?.lookup) {
    pairs.push([t('signin-server-address'), check.lookup.address, true]);
  }
  const own = isOwn(server, status) ? status.station.key?.fingerprint : undefined;
  const fingerprint = check?.fingerprint ?? own;
  if (fingerprint) {
    pairs.push([t('setup-fingerprint'), fingerprint, true]);
  }
  const pin = server.split('#')[1];
  if (pin) {
    pairs.push([t('setup-pin'), pin, true]);
  }
  pairs.push(...allowedBy(status));
  if (check?.stations) {
    pairs.push([t('setup-lets-in'), t(`setup-lets-in-${check.stations}`)]);
  }
  if (check?.ok) {
    pairs.push([t('setup-version'), versionWords(check)]);
  }
  return pairs;
}

function Row({ name, done, value }: { name: string; done: boolean; value: string }) {
  return (
    <div>
      <dt>
        <span aria-hidden="true">
          <StatusGlyph status={done ? 'RESOLVED' : 'UNDER_INVESTIGATION'} />
        </span>
        {name}
      </dt>
      <dd>{value}</dd>
    </div>
  );
}

/** What of the first copy is here, and how much of the past still comes. */
function FirstCopy({ status }: { status: Status }) {
  const papers = useCall<Monitor>('monitor').data?.sittings.length ?? 0;
  const cases = useCall<IncidentView[]>('incidents').data?.length ?? 0;
  const batches = useCall<BatchView[]>('batches').data?.length ?? 0;
  const coming = isFirstCopy(status);
  const most = status.lastSeq;
  const come = Math.max(0, most - status.older);
  const count = (n: number) => (coming ? '…' : grouped(n));
  return (
    <>
      <dl className={side['ready']} data-testid="first-copy">
        <Row name={t('setup-copy-papers')} done={!coming} value={count(papers)} />
        <Row name={t('setup-copy-incidents')} done={!coming} value={count(cases)} />
        <Row name={t('setup-copy-batches')} done={!coming} value={count(batches)} />
        <Row
          name={t('setup-copy-events')}
          done={!coming && status.older === 0}
          value={status.older > 0 ? t('setup-copy-of', { come, most }) : count(most)}
        />
      </dl>
      <progress
        className={styles['bar']}
        aria-label={t('setup-first-copy-title')}
        {...(coming ? {} : { value: come, max: Math.max(1, most) })}
      />
      <p className="muted">
        {status.older > 0 || coming
          ? t('setup-copy-goes-on', { kept: bytesWords(status.cacheBytes) })
          : t('setup-copy-done', { kept: bytesWords(status.cacheBytes) })}
      </p>
    </>
  );
}

/** The side itself. */
export function Known({
  status,
  server,
  check,
  children,
}: {
  status: Status;
  server: string;
  check: ServerCheck | undefined;
  children: ReactNode;
}) {
  const isIn = status.user !== null;
  return (
    <aside className={side['station']} aria-label={t('signin-this-station')}>
      {check || isOwn(server, status) ? (
        <>
          <h2>{t(isIn ? 'setup-paired-with' : 'setup-to-pair-with')}</h2>
          <p className={styles['whom']}>{status.institution?.name ?? hostOf(server)}</p>
          <Facts pairs={pairsOf(server, check, status)} />
        </>
      ) : (
        children
      )}
      <h2>{t('setup-first-copy-title')}</h2>
      {isIn ? <FirstCopy status={status} /> : <p className="muted">{t('setup-first-copy')}</p>}
    </aside>
  );
}

/** What this station is used for and by what it is known, before anybody signs in. */
export function StationFacts({ status }: { status: Status }) {
  const { kind, hall, key } = status.station;
  const pairs: Pair[] = [
    [t('setup-used-for'), [t(`setup-kind-${kind}`), hall?.name].filter(Boolean).join(', ')],
  ];
  if (key) {
    pairs.push([t('setup-key'), key.fingerprint, true]);
  }
  return <Facts pairs={[...pairs, ...allowedBy(status)]} />;
}
