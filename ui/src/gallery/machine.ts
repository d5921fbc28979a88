// What the station says of itself in the gallery and the tests.
import type { DiskView } from '@/generated/protocol';

import { at } from './day';

export const DISK: DiskView = {
  copy: 558_000_000,
  words: 141_000_000,
  outbox: 75_200_000,
  evidence: 74_000_000,
  events: 1_482_907,
  since: '2026-09-01T07:00:00.000Z',
};

const line = (time: string, level: string, place: string, words: string) =>
  `${at(time).replace('Z', '123Z')}  ${level} ${place}: ${words}`;

export const LOG: string[] = [
  line('10:31:07', 'INFO', 'elms_client::run', 'the line is lost, no pong for 12 s'),
  line('10:31:08', 'INFO', 'elms_client::session', 'next attempt in 1.2 s'),
  line('10:58:44', 'INFO', 'elms_client::socket', 'the line is open, resuming after 1482495'),
  line('10:58:46', 'INFO', 'elms_client::run', 'caught up, 412 replayed'),
  line('10:58:46', 'INFO', 'elms_client::outbox', '3 sent, 3 accepted'),
  line('11:02:10', 'WARN', 'elms_console::notify', 'notices do not reach the person'),
];
