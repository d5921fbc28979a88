// Stations before their first day, of other kinds than the office, and without a line.
import type { ServerCheck, StationView, Status } from '@/generated/protocol';

import { at, status } from './day';

/** A server that answers. */
export const REACHED: ServerCheck = {
  ok: true,
  ms: 38,
  demo: true,
  stations: 'any',
  version: '0.1.0',
  ownVersion: '0.1.0',
  message: null,
  lookup: { address: '10.20.4.11', ms: 2 },
  fingerprint: '7c1f 90aa 41d2 e809 33b0',
};

/** One that takes what the office has let in. */
export const STRICT: ServerCheck = { ...REACHED, demo: false, stations: 'paired' };

/** One that does not answer. */
export const AWAY_SERVER: ServerCheck = {
  ...REACHED,
  ok: false,
  ms: 0,
  demo: false,
  stations: null,
  version: null,
  message: 'The server does not answer.',
  fingerprint: null,
};

/** Nobody has worked here, and no server was chosen. */
export function freshStatus(): Status {
  const { station } = status();
  return status(
    {
      user: null,
      institution: null,
      server: null,
      asOf: null,
      lastSeq: 0,
      cacheBytes: 0,
      station: { ...station, key: null },
    },
    { state: 'signed_out' },
  );
}

/** The officer at a station of another kind. */
export function statusAt(kind: StationView['kind'], hall: StationView['hall'] = null): Status {
  const { station } = status();
  return status({ station: { ...station, kind, hall } });
}

/** Somebody who keeps the machines and changes nothing of an exam day. */
export function readerStatus(): Status {
  const told = status();
  const reader = { name: 'Adwoa Sarpong', initials: 'AS', role: 'SUPER_ADMIN' } as const;
  return { ...told, user: told.user && { ...told.user, ...reader, readsOnly: true } };
}

/** The same station, 11 minutes after the line was lost. */
export function offlineStatus(waiting = 3): Status {
  return status(
    { asOf: at('10:31:07'), outbox: { waiting, sending: 0, attention: 0 } },
    { state: 'offline', since: at('10:31:07'), attempt: 6, retryInMs: 8000, roundTripMs: null },
  );
}
