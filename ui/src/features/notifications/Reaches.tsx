// What the console tells whom, and how. What can be chosen is a box; the rest is what it always does.
import { Check, Volume2 } from 'lucide-react';

import { play, setSound, setVolume, TONES, useSound, useVolume } from '@/app/sound';
import { Button } from '@/components/Button';
import { Mark } from '@/glyphs';
import { call } from '@/host';
import { t } from '@/lib/tongue';
import { said } from '@/lib/said';

import { useBoxes, type Box } from './chosen';
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
  ['notifications-assigned-to-you', ['app', 'desktop']],
  ['notifications-hall-silent', ['app', 'desktop']],
  ['notifications-station-asks', ['app', 'desktop']],
  ['notifications-batch-late-or-short', ['app', 'desktop']],
  ['notifications-timetable-changes', ['app', 'desktop']],
  ['notifications-written-to-you', ['app']],
  ['notifications-while-you-were-away', ['app', 'desktop']],
  ['notifications-script-by-script', []],
];

/** One way of one rule: a box, or what always is. */
function Cell({ name, box, always }: { name: string; box: Box | undefined; always: boolean }) {
  if (box) {
    const [on, set] = box;
    return (
      <input
        type="checkbox"
        aria-label={name}
        checked={on}
        onChange={(event) => set(event.target.checked)}
      />
    );
  }
  return always ? (
    <Check size={14} aria-label={t('notifications-yes')} />
  ) : (
    <span aria-label={t('notifications-no')}>–</span>
  );
}

function Rules() {
  const boxes = useBoxes();
  return (
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
                <Cell
                  name={`${t(when)}, ${t(name)}`}
                  box={boxes[`${when} ${way}`]}
                  always={ways.includes(way)}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What a message looks like, and a real one to see whether they arrive. */
function AsShown({ desktop }: { desktop: { ok: boolean; reason: string | null } }) {
  return (
    <>
      <h2>{t('notifications-as-the-desktop-shows-it')}</h2>
      <div className={styles.message} aria-hidden="true">
        <Mark size={24} />
        <p>
          <b>
            {t('native-alarm', {
              severity: t('severity-critical'),
              kind: t('kind-medical-emergency'),
            })}
          </b>
          <span>{t('notifications-example-words')}</span>
          <span className={styles.acts}>
            <i>{t('native-acknowledge')}</i>
            <i>{t('native-open')}</i>
          </span>
        </p>
      </div>
      {desktop.ok ? (
        <p className={styles.sound}>
          {t('notifications-more-than-three-in-ten')}
          <Button onPress={() => void call('notify_test').catch(() => {})}>
            {t('notifications-show-one')}
          </Button>
        </p>
      ) : (
        <p role="status" className={styles.off}>
          {t('notifications-desktop-messages-do-not-arrive', {
            reason: said(desktop.reason) ?? t('notifications-nothing-answers'),
          })}
        </p>
      )}
    </>
  );
}

/** Whether it is heard, how loud, and what it sounds like. */
function Sound() {
  const on = useSound();
  const volume = useVolume();
  return (
    <>
      <h2>{t('notifications-sound')}</h2>
      <p>
        <label>
          <input
            type="checkbox"
            checked={on}
            onChange={(event) => setSound(event.target.checked)}
          />{' '}
          {t('notifications-two-low-tones')}
        </label>
      </p>
      <p className={styles.sound}>
        <Volume2 size={14} aria-hidden="true" />
        <input
          type="range"
          aria-label={t('notifications-volume')}
          aria-valuetext={t('notifications-percent', { n: volume })}
          min={10}
          max={100}
          step={10}
          value={volume}
          onChange={(event) => setVolume(Number(event.target.value))}
        />
        <Button onPress={() => play(TONES.critical)}>{t('notifications-try-it')}</Button>
      </p>
    </>
  );
}

/** The rules beside the list. */
export function Reaches({ desktop }: { desktop: { ok: boolean; reason: string | null } }) {
  return (
    <aside className={styles.side} aria-label={t('notifications-what-reaches-you')}>
      <h2>{t('notifications-what-reaches-you-and-how')}</h2>
      <Rules />
      <p>{t('notifications-critical-always')}</p>
      <AsShown desktop={desktop} />
      <Sound />
    </aside>
  );
}
