// What the head of the Monitor offers: which hall, in which order, how close, and the wall.
import { Filter, Maximize2, SlidersHorizontal, X } from 'lucide-react';
import { useSyncExternalStore } from 'react';

import { goWith } from '@/app/router';
import { Button } from '@/components/Button';
import { Choices } from '@/components/Choices';
import type { SittingView } from '@/generated/protocol';
import { useKeys } from '@/lib/keys';
import { t } from '@/lib/tongue';

import {
  changeAppearance,
  loadAppearance,
  onAppearance,
  type Density,
} from '../settings/appearance';
import { chooseView, useView, type Order, type Which } from './view';

/** How the lanes are shown. */
export function ViewMenu() {
  const { order, which } = useView();
  const density = useSyncExternalStore(onAppearance, () => loadAppearance().density);
  return (
    <Choices
      words={t('monitor-view')}
      opens="view"
      icon={<SlidersHorizontal size={15} aria-hidden="true" />}
      groups={[
        {
          title: t('monitor-order'),
          chosen: order,
          choices: [
            ['plan', t('monitor-order-plan')],
            ['need', t('monitor-order-need')],
            ['name', t('monitor-order-name')],
          ],
          onChoose: (id) => chooseView({ order: id as Order }),
        },
        {
          title: t('monitor-halls'),
          chosen: which,
          choices: [
            ['all', t('monitor-all-halls')],
            ['on', t('monitor-halls-that-are-on')],
          ],
          onChoose: (id) => chooseView({ which: id as Which }),
        },
        {
          title: t('settings-rows-and-buttons'),
          chosen: density,
          choices: [
            ['compact', t('settings-compact')],
            ['comfortable', t('settings-comfortable')],
            ['touch', t('settings-touch')],
          ],
          onChoose: (id) => changeAppearance({ density: id as Density }),
        },
      ]}
    />
  );
}

/** Whose incidents are shown: those of all halls, or of one. */
export function HallFilter({
  sittings,
  hall,
}: {
  sittings: readonly SittingView[];
  hall: string | null;
}) {
  const chosen = sittings.find((one) => String(one.id) === hall);
  useKeys(['Escape'], () => goWith('hall', null), chosen !== undefined);
  if (chosen) {
    return (
      <Button
        variant="bare"
        icon={<X size={15} aria-hidden="true" />}
        onPress={() => goWith('hall', null)}
      >
        {chosen.venue?.name ?? chosen.courseCode}
      </Button>
    );
  }
  return (
    <Choices
      words={t('monitor-all-halls')}
      opens="halls"
      icon={<Filter size={15} aria-hidden="true" />}
      groups={[
        {
          title: t('monitor-halls'),
          chosen: '',
          choices: sittings.map((one) => [
            String(one.id),
            `${one.venue?.name ?? one.room}, ${one.courseCode}`,
          ]),
          onChoose: (id) => goWith('hall', id),
        },
      ]}
    />
  );
}

/** Makes a wall of the Monitor. */
export function WallButton() {
  return (
    <Button
      variant="bare"
      aria-label={t('key-wall')}
      icon={<Maximize2 size={14} aria-hidden="true" />}
      onPress={() => goWith('wall', 'on')}
    />
  );
}
