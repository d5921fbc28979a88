import '@/styles/base.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { App } from '@/app/App';
import { applyAppearance, loadAppearance } from '@/features/settings/appearance';
import { setHost } from '@/host';

async function begin(): Promise<void> {
  const search = new URLSearchParams(window.location.search);
  if (import.meta.env.DEV && search.has('gallery')) {
    const { galleryHost } = await import('@/gallery/host');
    setHost(galleryHost(search));
  }
  applyAppearance(loadAppearance());
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
