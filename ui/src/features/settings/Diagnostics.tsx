// Each link between this window and the server, with its own figure and one thing that may help.
import { Copy } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';

import { announce } from '@/app/announce';
import { zoneOf } from '@/app/link';
import { go } from '@/app/router';
import { Button } from '@/components/Button';
import { Tag } from '@/components/Tag';
import type {
  BatchView,
  Monitor,
  Outage,
  OutboxItem,
  ServerCheck,
  Status,
} from '@/generated/protocol';
import { SeverityGlyph, StatusGlyph } from '@/glyphs';
import { call } from '@/host';
import { ago, dayShort, hm, lag, span } from '@/lib/time';
import { t } from '@/lib/tongue';
import { copyText } from '@/lib/trouble';
import { said } from '@/lib/said';
import { useServerNow } from '@/live/clock';
import { useCall } from '@/live/queries';
import { serverNow } from '@/live/store';

import { checksOf, reportOf, sentOf, type Check } from './checks';
import { Disk } from './Disk';
import { Hour } from './Hour';
import { Log } from './Log';
import { Pairs } from './Pairs';
import styles from './Settings.module.css';

/** What the button beside a link says, and what it does. */
function fixOf(fix: NonNullable<Check['fix']>, look: () => void): [string, () => void] {
  switch (fix) {
    case 'try':
      return ['settings-try-now', () => void call('try_now').catch(() => {})];
    case 'look':
      return ['settings-look-again', look];
    case 'server':
      return ['settings-other-server', () => go('#/sign-in')];
    case 'sign-in':
      return ['settings-sign-in', () => go('#/sign-in')];
    case 'sent':
      return ['settings-show', () => go('#/outbox')];
    case 'messages':
      return ['settings-try-message', () => void call('notify_test').catch(() => {})];
  }
}

function Line({ check, onLook }: { check: Check; onLook: () => void }) {
  const fix = check.fix && fixOf(check.fix, onLook);
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

/** Looks at the server when the page is opened, and when it is asked to. */
function useServerCheck(server: string | undefined) {
  const [found, setFound] = useState<ServerCheck & { at: number }>();
  const look = useCallback(() => {
    if (server) {
      const take = (check: ServerCheck) => setFound({ ...check, at: serverNow() });
      call<ServerCheck>('check_server', { server }).then(take, () => {});
    }
  }, [server]);
  useEffect(look, [look]);
  return { found, look };
}

/** How long ago the server was looked at. */
function Checked({ at }: { at: number }) {
  const now = useServerNow();
  return <span className="muted">{t('settings-checked-ago', { span: ago(now - at) })}</span>;
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
  const sittings = useCall<Monitor>('monitor').data?.sittings.length ?? 0;
  const batches = useCall<BatchView[]>('batches').data?.length ?? 0;
  const checks = checksOf(status, found, zone, { sittings, batches });
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
            <span className={styles.rest} />
            {found && <Checked at={found.at} />}
            <Button onPress={look}>{t('settings-check-again')}</Button>
            <Button icon={<Copy size={14} aria-hidden="true" />} onPress={() => void copy()}>
              {t('settings-copy-report')}
            </Button>
          </h2>
          <ul>
            {checks.map((check) => (
              <Line key={check.name} check={check} onLook={look} />
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
              : outages.slice(0, 5).map((one) => outageWords(one, zone))
          }
        />
      </div>
      <p className="muted">
        {t('settings-clock-of-this-station-against', { lag: lag(status.clock.offsetMs) })}
      </p>
    </div>
  );
}
