// What the console shows on the desktop and lets be heard, as was chosen on this machine.
import { useQueryClient } from '@tanstack/react-query';

import { setHighSound, setSound, useHighSound, useSound } from '@/app/sound';
import { call } from '@/host';
import { useCall } from '@/live/queries';

/** What the desktop does not show, and until when it shows nothing but critical incidents. */
export interface Chosen {
  off: string[];
  quietUntil: string | null;
}

const USUAL: Chosen = { off: ['timetable'], quietUntil: null };

/** The choice, and a way to change it. */
export function useChosen() {
  const client = useQueryClient();
  const chosen = useCall<Chosen>('reaches').data ?? USUAL;
  const choose = async (part: Partial<Chosen>) => {
    const next = await call<Chosen>('reaches', { ...chosen, ...part });
    client.setQueryData(['reaches'], next);
  };
  return { chosen, choose };
}

/** A box: whether it is ticked, and what ticks it. */
export type Box = readonly [boolean, (on: boolean) => void];

/** What can be chosen on the desktop, by the row that says so. */
const DESKTOP: readonly [row: string, about: string][] = [
  ['notifications-high-incident', 'high'],
  ['notifications-assigned-to-you', 'assigned'],
  ['notifications-hall-silent', 'silent'],
  ['notifications-station-asks', 'station'],
  ['notifications-batch-late-or-short', 'batch'],
  ['notifications-timetable-changes', 'timetable'],
  ['notifications-while-you-were-away', 'away'],
];

/** The boxes, by what they are about and the way it goes. */
export function useBoxes(): Record<string, Box> {
  const { chosen, choose } = useChosen();
  const [sound, high] = [useSound(), useHighSound()];
  const boxes: Record<string, Box> = {
    'notifications-critical-incident sound': [sound, setSound],
    'notifications-high-incident sound': [sound && high, setHighSound],
  };
  for (const [row, about] of DESKTOP) {
    const others = chosen.off.filter((one) => one !== about);
    boxes[`${row} desktop`] = [
      !chosen.off.includes(about),
      (on) => void choose({ off: on ? others : [...others, about] }),
    ];
  }
  return boxes;
}
