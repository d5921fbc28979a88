import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { App } from '@/app/App';
import { applyAppearance, loadAppearance } from '@/features/settings/appearance';
import { setHost } from '@/host';

import '@/styles/base.css';

applyAppearance(loadAppearance());
const system = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)'];
for (const query of system) {
  window.matchMedia(query).addEventListener('change', () => applyAppearance(loadAppearance()));
}

/** Without the console there is nothing to show: the gallery stands in for it while developing. */
async function chooseHost(): Promise<void> {
  if (import.meta.env.DEV && window.location.search.includes('gallery')) {
    const { galleryHost } = await import('@/gallery/host');
    setHost(galleryHost(new URLSearchParams(window.location.search)));
  }
}

await chooseHost();
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
