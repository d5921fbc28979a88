// What the console tells whom, and how. A table of what it does, not of what could be chosen.
import { Check } from 'lucide-react';

import { play, setSound, TONES, useSound } from '@/app/sound';
import { Button } from '@/components/Button';
import { t } from '@/lib/tongue';
import { said } from '@/lib/said';

import styles from './Reaches.module.css';

type Way = 'app' | 'desktop' | 'sound' | 'tray';

const WAYS: readonly [Way, string][] = [
  ['app', 'notifications-in-app'],
  ['desktop', 'notifications-desktop'],
  ['sound', 'notifications-sound'],
  ['tray', 'notifications-tray'],
];

const RULES: readonly [string, readonly Way[]][] = [
  ['notifications-critical-incident', ['app', 'desktop', 'sound', 'tray']],
  ['notifications-high-incident', ['app', 'desktop', 'sound']],
  ['notifications-medium-and-low', ['app']],
  ['notifications-written-to-you', ['app']],
  ['notifications-while-you-were-away', ['app', 'desktop']],
  ['notifications-script-by-script', []],
];

/** Whether it is heard, and what it sounds like. */
function Sound() {
  const on = useSound();
  return (
    <p className={styles.sound}>
      <label>
        <input type="checkbox" checked={on} onChange={(event) => setSound(event.target.checked)} />{' '}
        {t('notifications-two-low-tones')}
      </label>
      <Button onPress={() => play(TONES.critical)}>{t('notifications-try-it')}</Button>
    </p>
  );
}

/** The rules beside the list. */
export function Reaches({ desktop }: { desktop: { ok: boolean; reason: string | null } }) {
  return (
    <aside className={styles.side} aria-label={t('notifications-what-reaches-you')}>
      <h2>{t('notifications-what-reaches-you-and-how')}</h2>
      <table>
        <thead>
          <tr>
            <th>{t('notifications-when')}</th>
            {WAYS.map(([way, name]) => (
              <th key={way}>{t(name)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {RULES.map(([when, ways]) => (
            <tr key={when}>
              <td>{t(when)}</td>
              {WAYS.map(([way]) => (
                <td key={way}>
                  {ways.includes(way) ? (
                    <Check size={14} aria-label={t('notifications-yes')} />
                  ) : (
                    <span aria-label={t('notifications-no')}>–</span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p>{t('notifications-more-than-three-in-ten')}</p>
      <h2>{t('notifications-sound')}</h2>
      <Sound />
      {!desktop.ok && (
        <p role="status" className={styles.off}>
          {t('notifications-desktop-messages-do-not-arrive', {
            reason: said(desktop.reason) ?? t('notifications-nothing-answers'),
          })}
        </p>
      )}
    </aside>
  );
}
