import { useSyncExternalStore, type ReactNode } from 'react';

import { Header } from '@/app/Header';
import { goWith, Link, useRoute } from '@/app/router';
import { LettersSwitch } from '@/app/ShortcutSheet';
import { Button } from '@/components/Button';
import { Tongues } from '@/components/Tongues';
import { kbdOf } from '@/lib/shortcuts';
import { t } from '@/lib/tongue';
import { useStatus } from '@/live/queries';

import { AccountPage } from './AccountPage';
import {
  changeAppearance,
  loadAppearance,
  onAppearance,
  type Appearance,
  type Density,
  type Theme,
} from './appearance';
import { Diagnostics } from './Diagnostics';
import { KeyTable } from './KeyTable';
import { PinPage } from './PinPage';
import styles from './Settings.module.css';
import { mayEnrol, StationsPage } from './Stations';

const THEMES: [Theme, string][] = [
  ['system', 'settings-as-the-system'],
  ['light', 'settings-light'],
  ['dark', 'settings-dark'],
  ['high-contrast', 'settings-high-contrast'],
];

const DENSITIES: [Density, string][] = [
  ['compact', 'settings-compact'],
  ['comfortable', 'settings-comfortable'],
  ['touch', 'settings-touch'],
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
          {t(name)}
        </label>
      ))}
    </fieldset>
  );
}

/** The language of the window. */
function LanguagePage() {
  return (
    <section>
      <Tongues />
      <p className="muted">{t('settings-language-what')}</p>
    </section>
  );
}

function AppearancePage() {
  const { theme, textSize, density } = useAppearance();
  return (
    <section>
      <h2>{t('settings-appearance')}</h2>
      <Choice
        legend={t('settings-theme')}
        choices={THEMES}
        chosen={theme}
        onChoose={(chosen) => changeAppearance({ theme: chosen })}
      />
      <Choice
        legend={t('settings-rows-and-buttons')}
        choices={DENSITIES}
        chosen={density}
        onChoose={(chosen) => changeAppearance({ density: chosen })}
      />
      <label className={styles['field']}>
        {t('settings-text-size', { textSize })}
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
      <h2>{t('settings-shortcuts')}</h2>
      <LettersSwitch />
      <Button kbd={kbdOf('shortcuts')} onPress={() => goWith('keys', 'on')}>
        {t('settings-all-keys')}
      </Button>
      <KeyTable />
    </section>
  );
}

const PAGES: [string, string][] = [
  ['appearance', 'settings-appearance'],
  ['account', 'settings-account'],
  ['language', 'settings-language'],
  ['shortcuts', 'settings-shortcuts'],
  ['lock', 'settings-lock'],
  ['stations', 'settings-stations'],
  ['diagnostics', 'settings-diagnostics'],
];

function Page({ name }: { name: string }): ReactNode {
  const status = useStatus();
  switch (name) {
    case 'account':
      return <AccountPage />;
    case 'language':
      return <LanguagePage />;
    case 'shortcuts':
      return <ShortcutsPage />;
    case 'lock':
      return <PinPage />;
    case 'stations':
      return <StationsPage />;
    case 'diagnostics':
      return status && <Diagnostics status={status} />;
    default:
      return <AppearancePage />;
  }
}

/** How the window looks, what keys do, and what each part of the station reports of itself. */
export function SettingsPage() {
  const { path } = useRoute();
  const may = mayEnrol(useStatus()?.user?.role);
  const pages = PAGES.filter(([name]) => name !== 'stations' || may);
  const page = PAGES.find(([name]) => name === path[1])?.[0] ?? 'appearance';
  return (
    <div className={styles['page']}>
      <Header
        title={t('settings-settings')}
        sub={t(PAGES.find(([name]) => name === page)?.[1] ?? '')}
      />
      <div className={styles['body']}>
        <nav className={styles['pages']} aria-label={t('settings-settings')}>
          {pages.map(([name, words]) => (
            <Link
              key={name}
              to={`#/settings/${name}`}
              aria-current={name === page ? 'page' : undefined}
            >
              {t(words)}
            </Link>
          ))}
          <Link to="#/setup/use">{t('settings-this-station')}</Link>
        </nav>
        <div className={styles['scroll']}>
          <Page name={page} />
        </div>
      </div>
    </div>
  );
}
