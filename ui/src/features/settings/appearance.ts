// How this window looks; kept on this machine, not part of any record.

export type Theme = 'system' | 'light' | 'dark' | 'high-contrast';

export type Density = 'compact' | 'comfortable' | 'touch';

export interface Appearance {
  theme: Theme;
  /** Percent, 80 to 200. */
  textSize: number;
  /** How close rows stand, and how large buttons are. */
  density: Density;
}

const KEY = 'appearance';
const USUAL: Appearance = { theme: 'system', textSize: 100, density: 'compact' };

/** What was chosen before. */
export function loadAppearance(): Appearance {
  try {
    return { ...USUAL, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Appearance>) };
  } catch {
    return USUAL;
  }
}

/** Keeps a choice and shows it. */
export function saveAppearance(appearance: Appearance): void {
  localStorage.setItem(KEY, JSON.stringify(appearance));
  applyAppearance(appearance);
}

const hearers = new Set<() => void>();

/** Changes one part of how the window looks. */
export function changeAppearance(part: Partial<Appearance>): void {
  saveAppearance({ ...loadAppearance(), ...part });
  for (const hear of hearers) {
    hear();
  }
}

/** Hears that the window looks different. */
export function onAppearance(hear: () => void): () => void {
  hearers.add(hear);
  return () => void hearers.delete(hear);
}

/** Shows the window as chosen. */
export function applyAppearance({ theme, textSize, density }: Appearance): void {
  const prefers = (query: string) => window.matchMedia?.(query).matches ?? false;
  const system = prefers('(prefers-contrast: more)')
    ? 'high-contrast'
    : prefers('(prefers-color-scheme: dark)')
      ? 'dark'
      : 'light';
  const root = document.documentElement;
  root.dataset['theme'] = theme === 'system' ? system : theme;
  root.dataset['density'] = density;
  root.style.setProperty('--text-scale', String(Math.min(Math.max(textSize, 80), 200) / 100));
}
