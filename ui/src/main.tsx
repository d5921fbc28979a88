import '@/styles/base.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { App } from '@/app/App';
import {
  applyAppearance,
  loadAppearance,
  type Appearance,
  type Theme,
} from '@/features/settings/appearance';
import { setHost } from '@/host';
import { keptTongue, learn, speak, type Tongue } from '@/lib/tongue';

/** The gallery is looked at in each theme: `?theme=dark`. */
function themeOf(search: URLSearchParams): Partial<Appearance> {
  const theme = search.get('theme');
  return import.meta.env.DEV && theme !== null ? { theme: theme as Theme } : {};
}

/** The gallery is looked at in each language: `?lang=fr`, and in one that is none: `?lang=pseudo`. */
function tongueOf(search: URLSearchParams): Tongue {
  const lang = search.get('lang');
  return import.meta.env.DEV && lang !== null ? (lang as Tongue) : keptTongue();
}

async function begin(): Promise<void> {
  const search = new URLSearchParams(window.location.search);
  if (import.meta.env.DEV && search.has('gallery')) {
    const { galleryHost } = await import('@/gallery/host');
    setHost(galleryHost(search));
  }
  const tongue = tongueOf(search);
  await learn(tongue);
  speak(tongue);
  applyAppearance({ ...loadAppearance(), ...themeOf(search) });
  const root = document.getElementById('root');
  if (root) {
    createRoot(root).render(
      <StrictMode>
        <App />
      </StrictMode>,
    );
  }
}

void begin();
