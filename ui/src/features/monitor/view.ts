// How the lanes are shown on this machine: in which order, and which of them.
import { useSyncExternalStore } from 'react';

import type { IncidentView, SittingView } from '@/generated/protocol';

import { isOn, neediest } from './lanes';

export type Order = 'plan' | 'need' | 'name';
export type Which = 'all' | 'on';

export interface View {
  order: Order;
  which: Which;
}

const KEY = 'monitor-view';
const USUAL: View = { order: 'plan', which: 'all' };
const hearers = new Set<() => void>();
let shown: { text: string | null; view: View } = { text: null, view: USUAL };

/** What was chosen; the same object as long as nothing else is. */
function kept(): View {
  const text = localStorage.getItem(KEY);
  if (text !== shown.text) {
    try {
      shown = { text, view: { ...USUAL, ...(JSON.parse(text ?? '{}') as Partial<View>) } };
    } catch {
      shown = { text, view: USUAL };
    }
  }
  return shown.view;
}

function subscribe(hear: () => void): () => void {
  hearers.add(hear);
  return () => void hearers.delete(hear);
}

/** Chooses a part of it. */
export function chooseView(part: Partial<View>): void {
  localStorage.setItem(KEY, JSON.stringify({ ...kept(), ...part }));
  for (const hear of hearers) {
    hear();
  }
}

/** What was chosen; renders again when it changes. */
export function useView(): View {
  return useSyncExternalStore(subscribe, kept);
}

/** The halls that need somebody most, first: the next is who joins when one more is asked for. */
function byNeed(
  sittings: readonly SittingView[],
  incidents: readonly IncidentView[],
  { now, zone }: { now: number; zone: string },
): readonly SittingView[] {
  const ranked = new Set<SittingView>();
  for (let n = 1; n <= sittings.length; n += 1) {
    for (const sitting of neediest(sittings, incidents, now, zone, n)) {
      ranked.add(sitting);
    }
  }
  return [...ranked];
}

/** The halls in the order that was chosen, and only those that were. */
export function arranged(
  sittings: readonly SittingView[],
  incidents: readonly IncidentView[],
  { order, which }: View,
  at: { now: number; zone: string },
): readonly SittingView[] {
  const some = which === 'on' ? sittings.filter(isOn) : sittings;
  switch (order) {
    case 'plan':
      return some;
    case 'need':
      return byNeed(some, incidents, at);
    case 'name': {
      const name = (one: SittingView) => one.venue?.name ?? one.room;
      return some.toSorted((one, other) => name(one).localeCompare(name(other)));
    }
  }
}
