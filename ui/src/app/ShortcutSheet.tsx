// `?`: every key, as the one table has them.
import { useState } from 'react';

import { Dialog } from '@/components/Dialog';
import { Kbd } from '@/components/Kbd';
import {
  capsOf,
  lettersWork,
  PLACES,
  setLetters,
  SHORTCUTS,
  type Place,
  type Shortcut,
} from '@/lib/shortcuts';

import styles from './ShortcutSheet.module.css';

function of(place: Place): Shortcut[] {
  return Object.values(SHORTCUTS).filter((shortcut) => shortcut.place === place);
}

function Line({ words, keys }: Shortcut) {
  return (
    <div className={styles.line}>
      <dt>{words}</dt>
      <dd>
        <span className="visually-hidden">{keys.join(' or ')}</span>
        {keys.map((key) => (
          <Kbd key={key}>{capsOf(key)}</Kbd>
        ))}
      </dd>
    </div>
  );
}

/** Whether single letters do something; off, nobody is surprised by a letter. */
export function LettersSwitch() {
  const [on, setOn] = useState(lettersWork);
  return (
    <label className={styles.letters}>
      <input
        type="checkbox"
        checked={on}
        onChange={(event) => {
          setLetters(event.target.checked);
          setOn(event.target.checked);
        }}
      />
      Single letters and signs do something. Off, only keys with Ctrl and the F keys do.
    </label>
  );
}

/** The sheet. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="All keys" wide onClose={onClose}>
      <div className={styles.sheet}>
        {(Object.keys(PLACES) as Place[]).map((place) => (
          <section key={place} aria-label={PLACES[place]}>
            <h3>{PLACES[place]}</h3>
            <dl>
              {of(place).map((shortcut) => (
                <Line key={shortcut.words} {...shortcut} />
              ))}
            </dl>
          </section>
        ))}
      </div>
      <LettersSwitch />
    </Dialog>
  );
}
