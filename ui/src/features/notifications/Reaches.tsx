// What the console tells whom, and how. A table of what it does, not of what could be chosen.
import { Check } from 'lucide-react';

import { t } from '@/lib/tongue';

import styles from './Reaches.module.css';

type Way = 'app' | 'desktop' | 'tray';

const WAYS: readonly [Way, string][] = [
  ['app', 'notifications-in-app'],
  ['desktop', 'notifications-desktop'],
  ['tray', 'notifications-tray'],
];

const RULES: readonly [string, readonly Way[]][] = [
  ['notifications-critical-incident', ['app', 'desktop', 'tray']],
  ['notifications-high-incident', ['app', 'desktop']],
  ['notifications-medium-and-low', ['app']],
  ['notifications-written-to-you', ['app']],
  ['notifications-while-you-were-away', ['app', 'desktop']],
  ['notifications-script-by-script', []],
];

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
      {!desktop.ok && (
        <p role="status" className={styles.off}>
          {t('notifications-desktop-messages-do-not-arrive', {
            reason: desktop.reason ?? t('notifications-nothing-answers'),
          })}
        </p>
      )}
    </aside>
  );
}
