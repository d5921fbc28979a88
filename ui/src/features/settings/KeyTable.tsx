// The keys, to put others on them. What is pressed next becomes the key; a clash is said and not kept.
import { useState, useSyncExternalStore, type KeyboardEvent } from 'react';

import { Button } from '@/components/Button';
import { Kbd } from '@/components/Kbd';
import {
  capsOf,
  clashOf,
  hasOwnKeys,
  keysText,
  onKeys,
  PLACES,
  setKeys,
  SHORTCUTS,
  wayOf,
  type Place,
  type ShortcutId,
} from '@/lib/shortcuts';
import { t } from '@/lib/tongue';

import styles from './Settings.module.css';

const HELD = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph']);
/** What is printed on no single key. */
const RANGE = /…/;

function Line({ id }: { id: ShortcutId }) {
  const [waiting, setWaiting] = useState(false);
  const [clash, setClash] = useState<ShortcutId>();
  const { words, keys } = SHORTCUTS[id];
  const take = (event: KeyboardEvent) => {
    if (!waiting || HELD.has(event.key) || event.key === 'Tab') {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    setWaiting(false);
    const other = event.key === 'Escape' ? undefined : clashOf(id, wayOf(event));
    setClash(other);
    if (event.key !== 'Escape' && other === undefined) {
      setKeys(id, [wayOf(event)]);
    }
  };
  return (
    <li onKeyDownCapture={take} onBlur={() => setWaiting(false)}>
      <span>{words}</span>
      <span>
        {keys.map((way) => (
          <Kbd key={way}>{capsOf(way)}</Kbd>
        ))}
        <span className="visually-hidden">{keys.join(` ${t('app-or')} `)}</span>
      </span>
      <span role="status">
        {clash && t('settings-key-clash', { words: SHORTCUTS[clash].words })}
      </span>
      <Button
        variant="bare"
        aria-label={t('settings-change-key', { words })}
        onPress={() => setWaiting(true)}
      >
        {t(waiting ? 'settings-press-a-key' : 'settings-change')}
      </Button>
      {hasOwnKeys(id) && (
        <Button variant="bare" onPress={() => setKeys(id, null)}>
          {t('settings-usual-key')}
        </Button>
      )}
    </li>
  );
}

/** All keys that can be changed, by where they work. */
export function KeyTable() {
  useSyncExternalStore(onKeys, keysText);
  const ids = (Object.keys(SHORTCUTS) as ShortcutId[]).filter(
    (id) => !SHORTCUTS[id].keys.some((way) => RANGE.test(way)),
  );
  return (Object.keys(PLACES) as Place[]).map((place) => (
    <section key={place} aria-label={PLACES[place]}>
      <h3>{PLACES[place]}</h3>
      <ul className={styles['keys']}>
        {ids
          .filter((id) => SHORTCUTS[id].place === place)
          .map((id) => (
            <Line key={id} id={id} />
          ))}
      </ul>
    </section>
  ));
}
