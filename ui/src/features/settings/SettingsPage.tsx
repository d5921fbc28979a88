import { useSyncExternalStore, type ReactNode } from 'react';

import { Header } from '@/app/Header';
import { goWith, Link, useRoute } from '@/app/router';
import { LettersSwitch } from '@/app/ShortcutSheet';
import { Button } from '@/components/Button';
import { kbdOf } from '@/lib/shortcuts';
import { useStatus } from '@/live/queries';

import {
  changeAppearance,
  loadAppearance,
  onAppearance,
  type Appearance,
  type Density,
  type Theme,
} from './appearance';
import { Diagnostics } from './Diagnostics';
import styles from './Settings.module.css';

const THEMES: [Theme, string][] = [
  ['system', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
  ['high-contrast', 'High contrast'],
];

const DENSITIES: [Density, string][] = [
  ['compact', 'Compact'],
  ['comfortable', 'Comfortable'],
  ['touch', 'Touch'],
];

/** The appearance, also when a key has changed it. */
function useAppearance(): Appearance {
  const kept = useSyncExternalStore(onAppearance, () => JSON.stringify(loadAppearance()));
  return JSON.parse(kept) as Appearance;
}

function Choice<T extends string>({
  legend,
  choices,
  chosen,
  onChoose,
}: {
  legend: string;
  choices: [T, string][];
  chosen: T;
  onChoose: (choice: T) => void;
}) {
  return (
    <fieldset>
      <legend>{legend}</legend>
      {choices.map(([choice, name]) => (
        <label key={choice}>
          <input
            type="radio"
            name={legend}
            checked={chosen === choice}
            onChange={() => onChoose(choice)}
          />
          {name}
        </label>
      ))}
    </fieldset>
  );
}

function AppearancePage() {
  const { theme, textSize, density } = useAppearance();
  return (
    <section>
      <h2>Appearance</h2>
      <Choice
        legend="Theme"
        choices={THEMES}
        chosen={theme}
        onChoose={(chosen) => changeAppearance({ theme: chosen })}
      />
      <Choice
        legend="Rows and buttons"
        choices={DENSITIES}
        chosen={density}
        onChoose={(chosen) => changeAppearance({ density: chosen })}
      />
      <label className={styles['field']}>
        Text size, {textSize} %
        <input
          type="range"
          min="80"
          max="200"
          step="10"
          value={textSize}
          onChange={(event) => changeAppearance({ textSize: Number(event.target.value) })}
        />
      </label>
    </section>
  );
}

function ShortcutsPage() {
  return (
    <section>
      <h2>Shortcuts</h2>
      <LettersSwitch />
      <Button kbd={kbdOf('shortcuts')} onPress={() => goWith('keys', 'on')}>
        All keys
      </Button>
    </section>
  );
}

const PAGES: [string, string][] = [
  ['appearance', 'Appearance'],
  ['shortcuts', 'Shortcuts'],
  ['diagnostics', 'Diagnostics'],
];

function Page({ name }: { name: string }): ReactNode {
  const status = useStatus();
  switch (name) {
    case 'shortcuts':
      return <ShortcutsPage />;
    case 'diagnostics':
      return status && <Diagnostics status={status} />;
    default:
      return <AppearancePage />;
  }
}

/** How the window looks, what keys do, and what each part of the station reports of itself. */
export function SettingsPage() {
  const { path } = useRoute();
  const page = PAGES.find(([name]) => name === path[1])?.[0] ?? 'appearance';
  return (
    <div className={styles['page']}>
      <Header title="Settings" sub={PAGES.find(([name]) => name === page)?.[1]} />
      <div className={styles['body']}>
        <nav className={styles['pages']} aria-label="Settings">
          {PAGES.map(([name, words]) => (
            <Link
              key={name}
              to={`#/settings/${name}`}
              aria-current={name === page ? 'page' : undefined}
            >
              {words}
            </Link>
          ))}
        </nav>
        <div className={styles['scroll']}>
          <Page name={page} />
        </div>
      </div>
    </div>
  );
}
