// Each link between this window and the server, with its own figure and one thing that may help.
import { Copy } from 'lucide-react';
import { useState } from 'react';

import { announce } from '@/app/announce';
import { zoneOf } from '@/app/link';
import { go } from '@/app/router';
import { Button } from '@/components/Button';
import { Tag } from '@/components/Tag';
import type { Outage, OutboxItem, ServerCheck, Status } from '@/generated/protocol';
import { SeverityGlyph, StatusGlyph } from '@/glyphs';
import { call } from '@/host';
import { ago, dayShort, hm, lag, span } from '@/lib/time';
import { t } from '@/lib/tongue';
import { copyText } from '@/lib/trouble';
import { said } from '@/lib/said';
import { useServerNow } from '@/live/clock';
import { useCall } from '@/live/queries';

import { checksOf, reportOf, sentOf, type Check } from './checks';
import { Disk } from './Disk';
import { Hour } from './Hour';
import { Log } from './Log';
import { Pairs } from './Pairs';
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

/** How long the line has been up. */
function LiveFor({ since }: { since: string }) {
  const now = useServerNow();
  return <Tag tone="ok">{t('settings-live-for', { span: ago(now - Date.parse(since)) })}</Tag>;
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
            {status.link.state === 'live' && <LiveFor since={status.link.since} />}
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
        <Log />
      </div>
      <div>
        <Disk status={status} zone={zone} />
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
