// What people write is shown as text: nothing in the window makes markup or code of a text.
import { readdirSync, readFileSync, statSync } from 'node:fs';

import { expect, test } from 'vitest';

/** Ways to make markup, code or another page of a text, or to go round the console. */
const WAYS = new RegExp(
  [
    'dangerouslySetInnerHTML|innerHTML|outerHTML|insertAdjacentHTML|srcdoc|document\\.write',
    'createContextualFragment|DOMParser|\\beval\\(|new Function|javascript:',
    'postMessage|document\\.cookie|sessionStorage|indexedDB|serviceWorker',
    '\\bfetch\\(|XMLHttpRequest|WebSocket\\(|window\\.open|location\\.href',
    // Places in the window begin with `#/`.
    'location\\.(assign|replace)\\((?![`"\']#/)',
  ].join('|'),
);

function sources(path: string): string[] {
  if (!statSync(path).isDirectory()) {
    return /(?<!\.test)\.tsx?$/.test(path) ? [path] : [];
  }
  return readdirSync(path).flatMap((name) => sources(`${path}/${name}`));
}

/** The code without its comments, which may name anything. */
function code(path: string): string {
  return readFileSync(path, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
}

const all = sources('src').filter((path) => !path.startsWith('src/gallery'));

test('nothing in the window makes markup, code or a page of what somebody wrote', () => {
  expect(all.length).toBeGreaterThan(100);
  expect(all.filter((path) => WAYS.test(code(path)))).toEqual([]);
});

test('a password is masked, and may be pasted and kept by a password manager', () => {
  const fields = all.flatMap((path) =>
    [...code(path).matchAll(/<input[\s\S]*?\/>/g)].map(([field]) => field),
  );
  const secret = fields.filter((field) => /password|\bpin\b|passphrase/i.test(field));
  expect(secret.length).toBeGreaterThan(4);
  expect(secret.filter((field) => !field.includes('type="password"'))).toEqual([]);
  expect(all.filter((path) => /onPaste|onBeforeInput/.test(code(path)))).toEqual([]);
  for (const form of ['Who', 'NewPassword', 'Guard']) {
    expect(code(`src/features/signin/${form}.tsx`)).toContain('current-password');
  }
});

test('the web view keeps choices and nothing about anybody', () => {
  const keeping = all.filter((path) => code(path).includes('localStorage'));
  expect(keeping.toSorted()).toEqual([
    'src/app/sound.ts',
    'src/features/monitor/Missed.tsx',
    'src/features/monitor/view.ts',
    'src/features/settings/appearance.ts',
    'src/lib/shortcuts.ts',
    'src/lib/tongue.tsx',
    'src/lib/watching.ts',
  ]);
});
