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
import { t } from '@/lib/tongue';

import styles from './ShortcutSheet.module.css';

function of(place: Place): Shortcut[] {
  return Object.values(SHORTCUTS).filter((shortcut) => shortcut.place === place);
}

function Line({ words, keys }: Shortcut) {
  return (
    <div className={styles.line}>
      <dt>{words}</dt>
      <dd>
        <span className="visually-hidden">{keys.join(` ${t('app-or')} `)}</span>
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
      {t('app-single-letters-and-signs-do')}
    </label>
  );
}

/** The sheet. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={t('app-all-keys-2')} wide onClose={onClose}>
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
