import { useState } from 'react';

import { Header } from '@/app/Header';
import type { Status } from '@/generated/protocol';
import { SyncGlyph } from '@/glyphs';
import { grouped, lag } from '@/lib/time';
import { useStatus } from '@/live/queries';

import { loadAppearance, saveAppearance, type Appearance, type Theme } from './appearance';
import styles from './Settings.module.css';

const THEMES: [Theme, string][] = [
  ['system', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
  ['high-contrast', 'High contrast'],
];

/** How the window looks, and what each part of the station reports of itself. */
export function SettingsPage() {
  const status = useStatus();
  const [appearance, setAppearance] = useState(loadAppearance);
  const change = (next: Appearance) => {
    setAppearance(next);
    saveAppearance(next);
  };
  return (
    <div className={styles['page']}>
      <Header title="Settings" />
      <div className={styles['scroll']}>
        <section>
          <h2>Appearance</h2>
          <fieldset>
            <legend>Theme</legend>
            {THEMES.map(([theme, name]) => (
              <label key={theme}>
                <input
                  type="radio"
                  name="theme"
                  checked={appearance.theme === theme}
                  onChange={() => change({ ...appearance, theme })}
                />
                {name}
              </label>
            ))}
          </fieldset>
          <label className={styles['field']}>
            Text size, {appearance.textSize} %
            <input
              type="range"
              min="80"
              max="200"
              step="10"
              value={appearance.textSize}
              onChange={(event) => change({ ...appearance, textSize: Number(event.target.value) })}
            />
          </label>
        </section>
        {status && <Diagnostics status={status} />}
      </div>
    </div>
  );
}

function Diagnostics({ status }: { status: Status }) {
  const { link, clock, outbox } = status;
  const rows: [string, boolean, string][] = [
    ['Server', link.state === 'live', status.server?.url ?? 'none chosen'],
    [
      'Line',
      link.state === 'live',
      link.reason ?? (link.roundTripMs === null ? link.state : `${link.roundTripMs} ms`),
    ],
    ['What this server cannot do', !status.server?.limits, status.server?.limits ?? 'nothing'],
    [
      'Clock',
      clock.measured && Math.abs(clock.offsetMs) < 2_000,
      clock.measured
        ? `${lag(clock.offsetMs)}, ±${grouped(clock.uncertaintyMs)} ms`
        : 'not measured yet',
    ],
    ['Events on this station', true, grouped(status.lastSeq)],
    ['Copy on disk', true, `${(status.cacheBytes / 1_048_576).toFixed(1)} MB`],
    ['To send', outbox.waiting + outbox.sending === 0, String(outbox.waiting + outbox.sending)],
    ['Needs your decision', outbox.attention === 0, String(outbox.attention)],
    ['Key store', status.keystore.ok, status.keystore.reason ?? 'works'],
    ['Desktop messages', status.notifications.ok, status.notifications.reason ?? 'arrive'],
  ];
  return (
    <section>
      <h2>Diagnostics</h2>
      <dl>
        {rows.map(([name, ok, value]) => (
          <div key={name}>
            <dt>
              <SyncGlyph sync={ok ? 'server' : 'attention'} /> {name}
            </dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {status.warnings.map((warning) => (
        <p key={warning} role="alert">
          {warning}
        </p>
      ))}
    </section>
  );
}
