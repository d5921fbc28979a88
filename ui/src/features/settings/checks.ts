// What each part between this window and the server says of itself. Pure.
import type { OutboxItem, ServerCheck, Status } from '@/generated/protocol';
import { ago, clock, grouped, lag } from '@/lib/time';

/** One link of the chain. */
export interface Check {
  name: string;
  ok: boolean;
  words: string;
  figure: string;
  /** What may help when it is not well. */
  fix?: 'try' | 'sign-in' | 'sent';
}

/** A clock that is further off than this is not well. */
const CLOCK_OFF_MS = 2000;

function serverCheck(status: Status, found: ServerCheck | undefined): Check {
  const url = status.server?.url ?? 'no server chosen';
  if (found) {
    const words = found.ok ? url : (found.message ?? url);
    return { name: 'Server', ok: found.ok, words, figure: `${found.ms} ms`, fix: 'try' };
  }
  const limits = status.server?.limits ?? null;
  return { name: 'Server', ok: limits === null, words: limits ?? url, figure: '' };
}

function lineCheck({ link }: Status, zone: string): Check {
  const live = link.state === 'live';
  const since = `since ${clock(link.since, zone)}`;
  return {
    name: 'Line',
    ok: live || link.state === 'catching_up',
    words: live ? `open ${since}` : `${link.reason ?? 'no line'}, ${since}`,
    figure: link.roundTripMs === null ? '' : `${Math.round(link.roundTripMs)} ms`,
    fix: 'try',
  };
}

function signInCheck({ link, user }: Status): Check {
  const ok = user !== null && link.state !== 'auth_required' && link.state !== 'signed_out';
  return {
    name: 'Sign-in',
    ok,
    words: ok ? 'accepted' : (link.reason ?? 'the server asks who you are'),
    figure: '',
    fix: 'sign-in',
  };
}

function catchUpCheck({ link, lastSeq }: Status): Check {
  const behind = link.behind ?? 0;
  return {
    name: 'Catch-up',
    ok: behind === 0,
    words: `this station is at #${grouped(lastSeq)}`,
    figure: `${grouped(behind)} behind`,
    fix: 'try',
  };
}

function clockCheck({ clock: { measured, offsetMs, uncertaintyMs } }: Status): Check {
  return {
    name: 'Clock',
    ok: measured && Math.abs(offsetMs) < CLOCK_OFF_MS,
    words: measured ? `against the server, ±${grouped(uncertaintyMs)} ms` : 'not measured yet',
    figure: measured ? lag(offsetMs) : '',
  };
}

function outboxCheck({ outbox: { waiting, sending, attention } }: Status): Check {
  return {
    name: 'Sending',
    ok: attention === 0,
    words: attention > 0 ? `${attention} need your decision` : `${waiting + sending} to send`,
    figure: String(waiting + sending + attention),
    fix: 'sent',
  };
}

/** All links, from the server to the desktop. */
export function checksOf(status: Status, found: ServerCheck | undefined, zone: string): Check[] {
  const { keystore, notifications } = status;
  return [
    serverCheck(status, found),
    lineCheck(status, zone),
    signInCheck(status),
    catchUpCheck(status),
    clockCheck(status),
    outboxCheck(status),
    { name: 'Key store', ok: keystore.ok, words: keystore.reason ?? 'keeps secrets', figure: '' },
    {
      name: 'Desktop messages',
      ok: notifications.ok,
      words: notifications.reason ?? 'arrive',
      figure: '',
    },
  ];
}

/** What was written on this station, and what became of it. */
export function sentOf(outbox: readonly OutboxItem[]): [string, string][] {
  const count = (fits: (item: OutboxItem) => boolean) => String(outbox.filter(fits).length);
  return [
    ['Reports and changes', String(outbox.length)],
    ['Accepted', count((item) => item.state === 'done')],
    ['Sent more than once, counted once', count((item) => item.state === 'done' && item.tries > 1)],
    ['Waiting', count((item) => item.state === 'waiting' || item.state === 'sending')],
    ['Refused', count((item) => item.state === 'attention')],
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
  const head = `ELMS Console, station ${status.station.code}, link ${status.link.state} for ${ago(
    status.clock.serverNow - Date.parse(status.link.since),
  )}`;
  return [head, ...lines, ...rest, ...status.warnings.map((warning) => `!!  ${warning}`)].join(
    '\n',
  );
}
