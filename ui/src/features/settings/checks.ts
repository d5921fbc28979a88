// What each part between this window and the server says of itself. Pure.
import type { OutboxItem, ServerCheck, Status, TlsView } from '@/generated/protocol';
import { ago, clock, dayYear, lag } from '@/lib/time';
import { signed, t } from '@/lib/tongue';
import { said } from '@/lib/said';
import { words } from '@/lib/words';

/** One link of the chain. */
export interface Check {
  name: string;
  ok: boolean;
  words: string;
  figure: string;
  /** What may help when it is not well. */
  fix?: 'try' | 'look' | 'server' | 'sign-in' | 'sent' | 'messages';
}

/** How much of the day the line brings news of. */
export interface Followed {
  sittings: number;
  batches: number;
}

/** A clock that is further off than this is not well. */
const CLOCK_OFF_MS = 2000;

function serverCheck(status: Status, found: ServerCheck | undefined): Check {
  const url = status.server?.url ?? t('settings-no-server-chosen');
  if (found) {
    const words = found.ok ? url : found.message ? said(found.message) : url;
    return {
      name: t('settings-server'),
      ok: found.ok,
      words,
      figure: t('settings-ms', { ms: found.ms }),
      fix: 'look',
    };
  }
  const limits = status.server?.limits ?? null;
  return { name: t('settings-server'), ok: limits === null, words: limits ?? url, figure: '' };
}

/** The host of an address, as a person would say it. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : url;
}

/** What the name of the server led to, once it was looked at. */
function nameCheck(url: string, found: ServerCheck): Check {
  const { lookup } = found;
  const name = t('settings-name-lookup');
  if (lookup === null) {
    const words = t('settings-name-unknown', { host: hostOf(url) });
    return { name, ok: false, words, figure: '', fix: 'look' };
  }
  const words = t('settings-name-leads-to', { host: hostOf(url), address: lookup.address });
  return { name, ok: true, words, figure: t('settings-ms', { ms: lookup.ms }) };
}

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/** Whether others on the way can read what is sent. */
function secrecyCheck(url: string, tls: TlsView | null, zone: string): Check {
  const name = t('settings-encryption');
  if (url.startsWith('https:')) {
    // An address may name the key that its server has.
    const rule = t(url.includes('#') ? 'settings-line-pinned' : 'settings-line-encrypted');
    const until = tls?.until ? t('settings-holds-until', { day: dayYear(tls.until, zone) }) : '';
    const words = [rule, until].filter(Boolean).join('; ');
    return { name, ok: true, words, figure: tls?.version ?? 'TLS' };
  }
  return LOOPBACK.test(hostOf(url))
    ? { name, ok: true, words: t('settings-stays-here'), figure: '' }
    : { name, ok: false, words: t('settings-not-encrypted'), figure: '', fix: 'server' };
}

function lineCheck({ link }: Status, zone: string): Check {
  const live = link.state === 'live';
  const since = t('settings-since', { time: clock(link.since, zone) });
  return {
    name: t('settings-line'),
    ok: live || link.state === 'catching_up',
    words: live
      ? t('settings-open', { since })
      : `${said(link.reason) ?? t('settings-no-line')}, ${since}`,
    figure:
      link.roundTripMs === null
        ? ''
        : t('settings-ms-2', { roundTripMs: Math.round(link.roundTripMs) }),
    fix: 'try',
  };
}

/** What the line brings. A console asks for all that its person may see, and for no rooms. */
function roomsCheck({ link, user }: Status, n: Followed): Check {
  const live = link.state === 'live' || link.state === 'catching_up';
  const role = user ? words.role[user.role] : '';
  return {
    name: t('settings-rooms'),
    // Whether there is a line at all is said above.
    ok: true,
    words: live ? t('settings-follows', { role, ...n }) : t('settings-follows-again'),
    figure: live ? t('settings-follows-all') : '',
  };
}

function signInCheck({ link, user }: Status): Check {
  const ok = user !== null && link.state !== 'auth_required' && link.state !== 'signed_out';
  return {
    name: t('settings-sign-in-2'),
    ok,
    words: ok
      ? t('settings-is-accepted')
      : (said(link.reason) ?? t('settings-the-server-asks-who-you')),
    figure: '',
    fix: 'sign-in',
  };
}

function catchUpCheck({ link, lastSeq }: Status): Check {
  const behind = link.behind ?? 0;
  return {
    name: t('settings-catch-up'),
    ok: behind === 0,
    words: t('settings-this-station-is-at', { lastSeq }),
    figure: t('settings-behind', { behind }),
    fix: 'try',
  };
}

function clockCheck({ clock: { measured, offsetMs, uncertaintyMs } }: Status): Check {
  return {
    name: t('settings-clock'),
    ok: measured && Math.abs(offsetMs) < CLOCK_OFF_MS,
    words: measured
      ? t('settings-against-the-server-ms', {
          uncertainty: signed('±', String(uncertaintyMs)),
        })
      : t('settings-not-measured-yet'),
    figure: measured ? lag(offsetMs) : '',
  };
}

function outboxCheck({ outbox: { waiting, sending, attention } }: Status): Check {
  return {
    name: t('settings-sending'),
    ok: attention === 0,
    words:
      attention > 0
        ? t('settings-need-your-decision', { attention })
        : t('settings-to-send', { waiting: waiting + sending }),
    figure: String(waiting + sending + attention),
    fix: 'sent',
  };
}

/** All links, from the server to the desktop. */
export function checksOf(
  status: Status,
  found: ServerCheck | undefined,
  zone: string,
  followed: Followed,
): Check[] {
  const { keystore, notifications } = status;
  const url = status.server?.url;
  return [
    ...(url && found ? [nameCheck(url, found)] : []),
    serverCheck(status, found),
    ...(url ? [secrecyCheck(url, status.link.tls, zone)] : []),
    lineCheck(status, zone),
    ...(status.user ? [roomsCheck(status, followed)] : []),
    signInCheck(status),
    catchUpCheck(status),
    clockCheck(status),
    outboxCheck(status),
    {
      name: t('settings-key-store'),
      ok: keystore.ok,
      words: said(keystore.reason) ?? t('settings-keeps-secrets'),
      figure: '',
    },
    {
      name: t('settings-desktop-messages'),
      ok: notifications.ok,
      words: said(notifications.reason) ?? t('settings-arrive'),
      figure: '',
      fix: 'messages',
    },
  ];
}

/** What was written on this station, and what became of it. */
export function sentOf(outbox: readonly OutboxItem[]): [string, string][] {
  const count = (fits: (item: OutboxItem) => boolean) => String(outbox.filter(fits).length);
  return [
    [t('settings-reports-and-changes'), String(outbox.length)],
    [t('settings-accepted'), count((item) => item.state === 'done')],
    [
      t('settings-sent-more-than-once-counted'),
      count((item) => item.state === 'done' && item.tries > 1),
    ],
    [t('settings-waiting'), count((item) => item.state === 'waiting' || item.state === 'sending')],
    [t('settings-refused'), count((item) => item.state === 'attention')],
  ];
}

/** The page as text, to send to who looks after the station. Names nobody. */
export function reportOf(
  status: Status,
  checks: readonly Check[],
  sent: readonly [string, string][],
): string {
  const lines = checks.map(({ name, ok, words, figure }) =>
    `${ok ? 'ok ' : '!! '} ${name}: ${words} ${figure}`.trimEnd(),
  );
  const rest = sent.map(([name, value]) => `    ${name}: ${value}`);
  const head = t('settings-elms-console-station-link-for', {
    code: status.station.code,
    state: status.link.state,
    span: ago(status.clock.serverNow - Date.parse(status.link.since)),
  });
  return [head, ...lines, ...rest, ...status.warnings.map((warning) => `!!  ${warning}`)].join(
    '\n',
  );
}
