// Looks at every screen of the gallery, in each theme and language, with axe-core in a real browser: `npm run axe -- 5173 [WORD]`.
import { readFileSync } from 'node:fs';

import { chromium } from 'playwright-core';

import { press, SCREENS } from './screens.mjs';

const [port = '5173', word = ''] = process.argv.slice(2);
const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
let violations = 0;
let looked = 0;
const LOOKS = [
  ['light', 'en'],
  ['dark', 'en'],
  ['high-contrast', 'en'],
  ['light', 'fr'],
  ['light', 'ar'],
  ['dark', 'ar'],
  ['high-contrast', 'ar'],
];
for (const [theme, lang] of LOOKS) {
  for (const [, query, hash, pressed] of SCREENS.filter(([name]) => name.includes(word))) {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(`http://localhost:${port}/?gallery${query}&theme=${theme}&lang=${lang}${hash}`);
    await page.waitForSelector('h1, h2, form');
    await page.waitForLoadState('networkidle');
    await press(page, pressed);
    await page.evaluate(axe);
    const found = await page.evaluate((only) => globalThis.axe.run({ runOnly: only }), tags);
    for (const { id, nodes } of found.violations) {
      violations += nodes.length;
      for (const node of nodes.slice(0, 3)) {
        process.stdout.write(
          `${theme} ${lang} ${query}${hash} ${id}: ${node.html.slice(0, 140)}\n  ${node.failureSummary?.split('\n')[1] ?? ''}\n`,
        );
      }
    }
    looked += 1;
    await page.close();
  }
}
await browser.close();
process.stdout.write(`${violations} violations on ${looked} screens\n`);
process.exitCode = violations === 0 ? 0 : 1;
