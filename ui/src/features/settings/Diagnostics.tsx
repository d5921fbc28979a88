// Each link between this window and the server, with its own figure and one thing that may help.
import { Copy } from 'lucide-react';
import { useState } from 'react';

import { announce } from '@/app/announce';
import { zoneOf } from '@/app/link';
import { go } from '@/app/router';
import { Button } from '@/components/Button';
import type { Outage, OutboxItem, ServerCheck, Status } from '@/generated/protocol';
import { SeverityGlyph, StatusGlyph } from '@/glyphs';
import { call } from '@/host';
import { clock, dayShort, grouped, hm, lag, span } from '@/lib/time';
import { t } from '@/lib/tongue';
import { copyText } from '@/lib/trouble';
import { said } from '@/lib/said';
import { useCall } from '@/live/queries';

import { checksOf, reportOf, sentOf, type Check } from './checks';
import { Hour } from './Hour';
import styles from './Settings.module.css';

/** Does what the button beside a link says. */
const FIXES: Record<NonNullable<Check['fix']>, [string, () => void]> = {
  try: ['settings-try-now', () => void call('try_now').catch(() => {})],
  'sign-in': ['settings-sign-in', () => go('#/sign-in')],
  sent: ['settings-show', () => go('#/outbox')],
};

function Line({ check }: { check: Check }) {
  const fix = check.fix && FIXES[check.fix];
  return (
    <li data-ok={check.ok}>
      <span aria-hidden="true">
        {check.ok ? <StatusGlyph status="RESOLVED" /> : <SeverityGlyph severity="MEDIUM" />}
      </span>
      <strong>{check.name}</strong>
      <span className="visually-hidden">
        {check.ok ? t('settings-works') : t('settings-needs-a-look')}
      </span>
      <span className={styles.words}>{check.words}</span>
      {!check.ok && fix ? (
        <Button onPress={fix[1]}>{t(fix[0])}</Button>
      ) : (
        <span className={styles.figure}>{check.figure}</span>
      )}
    </li>
  );
}

function Pairs({ title, pairs }: { title: string; pairs: readonly [string, string][] }) {
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <dl>
        {pairs.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function onStation(status: Status, zone: string): [string, string][] {
  return [
    [t('settings-last-event'), `#${grouped(status.lastSeq)}`],
    [t('settings-complete-until'), status.asOf ? clock(status.asOf, zone) : t('settings-not-yet')],
    [
      t('settings-copy-on-disk'),
      t('settings-mb', { n: (status.cacheBytes / 1_048_576).toFixed(1) }),
    ],
    [t('settings-station'), `${status.station.code}, ${status.station.label}`],
  ];
}

function outageWords(outage: Outage, zone: string): [string, string] {
  const from = `${dayShort(outage.from, zone)} ${hm(outage.from, zone)}`;
  if (outage.to === null) {
    return [from, t('settings-not-over')];
  }
  const length = span(Date.parse(outage.to) - Date.parse(outage.from));
  return [
    from,
    t('settings-replayed-missing', { length, replayed: outage.replayed, missing: outage.missing }),
  ];
}

/** Looks at the server once, when it is asked to. */
function useServerCheck(server: string | undefined) {
  const [found, setFound] = useState<ServerCheck>();
  const look = () => {
    if (server) {
      call<ServerCheck>('check_server', { server }).then(setFound, () => {});
    }
  };
  return { found, look };
}

/** The page. */
export function Diagnostics({ status }: { status: Status }) {
  const zone = zoneOf(status);
  const { found, look } = useServerCheck(status.server?.url);
  const outbox = useCall<OutboxItem[]>('outbox').data ?? [];
  const outages = useCall<Outage[]>('outages').data ?? [];
  const checks = checksOf(status, found, zone);
  const copy = async () => {
    const done = await copyText(reportOf(status, checks, sentOf(outbox)));
    announce(done ? t('settings-report-copied') : t('settings-the-report-could-not-be'));
  };
  return (
    <div className={styles.diagnostics}>
      <div>
        <section aria-label={t('settings-connection')}>
          <h2>
            {t('settings-connection')}
            <Button onPress={look}>{t('settings-check-again')}</Button>
            <Button icon={<Copy size={14} aria-hidden="true" />} onPress={() => void copy()}>
              {t('settings-copy-report')}
            </Button>
          </h2>
          <ul>
            {checks.map((check) => (
              <Line key={check.name} check={check} />
            ))}
          </ul>
          {status.warnings.map((warning) => (
            <p key={warning} role="alert">
              {said(warning)}
            </p>
          ))}
        </section>
        <Hour outages={outages} zone={zone} />
      </div>
      <div>
        <Pairs title={t('settings-on-this-station')} pairs={onStation(status, zone)} />
        <Pairs title={t('settings-sent-from-here')} pairs={sentOf(outbox)} />
        <Pairs
          title={t('settings-outages-heard-of')}
          pairs={
            outages.length === 0
              ? [[t('settings-none'), '']]
              : outages.slice(-5).map((one) => outageWords(one, zone))
          }
        />
      </div>
      <p className="muted">
        {t('settings-clock-of-this-station-against', { lag: lag(status.clock.offsetMs) })}
      </p>
    </div>
  );
}
