import { createHash } from 'node:crypto';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const here = fileURLToPath(new URL('.', import.meta.url));

/** A class is named within its file: by both it is found, and what repeats is compressed away. */
function classOf(name: string, file: string): string {
  const path = relative(here, file.split('?')[0] ?? file);
  return `${name}-${createHash('sha256').update(path).digest('hex').slice(0, 4)}`;
}

export default defineConfig({
  plugins: [react()],
  // The bundle is read from disk by the shell.
  base: './',
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  css: { modules: { generateScopedName: classOf } },
  // The policy of the window takes fonts from files only, however small they are.
  build: { target: 'es2022', chunkSizeWarningLimit: 900, assetsInlineLimit: 0 },
  test: { environment: 'jsdom', globals: false, setupFiles: ['./src/test-setup.ts'] },
});
