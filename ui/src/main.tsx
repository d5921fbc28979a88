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

/** The gallery is looked at in each theme: `?theme=dark`. */
function themeOf(search: URLSearchParams): Partial<Appearance> {
  const theme = search.get('theme');
  return import.meta.env.DEV && theme !== null ? { theme: theme as Theme } : {};
}

async function begin(): Promise<void> {
  const search = new URLSearchParams(window.location.search);
  if (import.meta.env.DEV && search.has('gallery')) {
    const { galleryHost } = await import('@/gallery/host');
    setHost(galleryHost(search));
  }
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
