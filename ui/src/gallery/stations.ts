// The stations that people of the gallery's institution have come to.
import type { StationRow, StationStanding } from '@/generated/protocol';

import { at } from './day';

type Line = [
  fingerprint: string,
  code: string | null,
  standing: StationStanding,
  seen: [name: string, at: string],
  said: [name: string | null, at: string] | null,
];

const LINES: Line[] = [
  ['0b3e 77d1 94ac 58f0 2e6b', 'GH-C', 'waiting', ['Kwame Asante', '09:38'], null],
  ['e41d 0c95 b7a2 6f38 90d4', null, 'waiting', ['Yaa Mensah', '09:12'], null],
  ['7c1f 90aa 41d2 e809 33b0', 'EO-02', 'paired', ['Ama Boateng', '07:58'], [null, '07:20']],
  ['19fa 6be3 d058 7c24 a1ee', 'GH-A', 'paired', ['Esi Tawiah', '08:04'], ['Ama Boateng', '07:48']],
  ['5d20 8f4b 13c9 e7a6 b82c', 'GH-A', 'paired', ['Kojo Addo', '08:31'], ['Ama Boateng', '08:30']],
  [
    'c8b4 21f7 6ad0 935e 4b19',
    'LIB-1',
    'suspended',
    ['Kojo Addo', '07:40'],
    ['Ama Boateng', '09:02'],
  ],
];

export const STATIONS: StationRow[] = LINES.map(([fingerprint, code, standing, seen, said], i) => ({
  fingerprint,
  code,
  standing,
  seenAt: at(seen[1]),
  seenBy: { id: 40 + i, name: seen[0] },
  saidAt: said && at(said[1]),
  saidBy: said?.[0] ? { id: 3, name: said[0] } : null,
  here: code === 'EO-02',
}));
