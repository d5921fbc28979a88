// Takes a picture of every screen of the gallery: `npm run pictures -- 5173 DIR [WORD] [LANG]`.
import { mkdirSync } from 'node:fs';

import { chromium } from 'playwright-core';

import { press, SCREENS } from './screens.mjs';

const [port = '5173', folder = 'pictures', word = '', lang = 'en'] = process.argv.slice(2);
const SIZES = [
  [1440, 900],
  [1024, 700],
];
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});

async function take([name, query, hash, pressed], theme, [width, height]) {
  const page = await browser.newPage({ viewport: { width, height } });
  await page.goto(`http://localhost:${port}/?gallery${query}&theme=${theme}&lang=${lang}${hash}`);
  await page.waitForSelector('h1, h2, form');
  await page.waitForLoadState('networkidle');
  await press(page, pressed);
  await page.screenshot({
    path: `${folder}/${name}-${theme}-${width}${lang === 'en' ? '' : `-${lang}`}.png`,
  });
  await page.close();
}

for (const theme of ['light', 'dark', 'high-contrast']) {
  for (const screen of SCREENS) {
    for (const size of SIZES) {
      if (`${screen[0]}-${theme}-${size[0]}`.includes(word)) {
        await take(screen, theme, size);
      }
    }
  }
}
await browser.close();
