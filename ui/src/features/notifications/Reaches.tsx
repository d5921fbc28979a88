// What the console tells whom, and how. A table of what it does, not of what could be chosen.
import { Check } from 'lucide-react';

import styles from './Reaches.module.css';

type Way = 'app' | 'desktop' | 'tray';

const WAYS: readonly [Way, string][] = [
  ['app', 'In app'],
  ['desktop', 'Desktop'],
  ['tray', 'Tray'],
];

const RULES: readonly [string, readonly Way[]][] = [
  ['Critical incident', ['app', 'desktop', 'tray']],
  ['High incident', ['app', 'desktop']],
  ['Medium and low', ['app']],
  ['Written to you', ['app']],
  ['While you were away', ['app', 'desktop']],
  ['Script by script', []],
];

/** The rules beside the list. */
export function Reaches({ desktop }: { desktop: { ok: boolean; reason: string | null } }) {
  return (
    <aside className={styles.side} aria-label="What reaches you">
      <h2>What reaches you, and how</h2>
      <table>
        <thead>
          <tr>
            <th>When</th>
            {WAYS.map(([way, name]) => (
              <th key={way}>{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {RULES.map(([when, ways]) => (
            <tr key={when}>
              <td>{when}</td>
              {WAYS.map(([way]) => (
                <td key={way}>
                  {ways.includes(way) ? (
                    <Check size={14} aria-label="yes" />
                  ) : (
                    <span aria-label="no">–</span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        More than three in ten seconds become one message. After an outage there is one summary,
        however much was missed. Texts on the desktop name no candidate.
      </p>
      {!desktop.ok && (
        <p role="status" className={styles.off}>
          Desktop messages do not arrive: {desktop.reason ?? 'nothing answers'}
        </p>
      )}
    </aside>
  );
}
