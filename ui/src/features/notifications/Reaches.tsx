// What the console tells whom, and how. What can be chosen is a box; the rest is what it always does.
import { Check } from 'lucide-react';

import { useQueryClient } from '@tanstack/react-query';

import { play, setHighSound, setSound, TONES, useHighSound, useSound } from '@/app/sound';
import { Button } from '@/components/Button';
import { call } from '@/host';
import { t } from '@/lib/tongue';
import { said } from '@/lib/said';
import { useCall } from '@/live/queries';

import styles from './Reaches.module.css';

interface Chosen {
  high: boolean;
  away: boolean;
}

/** What the console shows on the desktop, as was chosen here. */
function useChosen() {
  const client = useQueryClient();
  const chosen = useCall<Chosen>('reaches').data ?? { high: true, away: true };
  const choose = async (part: Partial<Chosen>) => {
    const next = await call<Chosen>('reaches', { ...chosen, ...part });
    client.setQueryData(['reaches'], next);
  };
  return { chosen, choose };
}

/** The boxes, by what they are about and the way it goes. */
function useBoxes(): Record<string, [boolean, (on: boolean) => void]> {
  const { chosen, choose } = useChosen();
  const [sound, high] = [useSound(), useHighSound()];
  return {
    'notifications-critical-incident sound': [sound, setSound],
    'notifications-high-incident sound': [sound && high, setHighSound],
    'notifications-high-incident desktop': [chosen.high, (on) => void choose({ high: on })],
    'notifications-while-you-were-away desktop': [chosen.away, (on) => void choose({ away: on })],
  };
}

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

function Box({ name, box: [on, set] }: { name: string; box: [boolean, (on: boolean) => void] }) {
  return (
    <input
      type="checkbox"
      aria-label={name}
      checked={on}
      onChange={(event) => set(event.target.checked)}
    />
  );
}

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
  const boxes = useBoxes();
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
              {WAYS.map(([way, name]) => (
                <td key={way}>
                  {boxes[`${when} ${way}`] ? (
                    <Box
                      name={`${t(when)}, ${t(name)}`}
                      box={boxes[`${when} ${way}`] ?? [false, () => {}]}
                    />
                  ) : ways.includes(way) ? (
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
      <p>{t('notifications-critical-always')}</p>
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
