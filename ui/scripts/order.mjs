// Tabs through every screen of the gallery and says where the way of the focus is not the way of
// reading, where it is lost, and where it cannot be seen: `npm run order -- 5173 [WORD]`.
import { chromium } from 'playwright-core';

import { press, SCREENS } from './screens.mjs';

const [port = '5173', word = ''] = process.argv.slice(2);
/** More stops than this on one screen is a screen that nobody tabs through. */
const MOST = 150;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});

/** What has the focus, and where it lies beside what had it before; nothing at the end. */
function focused() {
  const mirrored = document.documentElement.dir === 'rtl';
  const whole = document.documentElement.clientWidth;
  // Both are measured now: the way from one to the other may have scrolled.
  const boxOf = (element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const [start, end] = mirrored ? [whole - right, whole - left] : [left, right];
    return { start, end, top, bottom };
  };
  const found = document.activeElement;
  const before = globalThis.walked.at(-1);
  // The end of the window, or what was walked already, or the beginning of a dialog again.
  const dialog = found?.closest('[role="dialog"]');
  const begins = dialog?.querySelector('button, a[href], input, select, textarea') === found;
  const walked = globalThis.walked.some(([one]) => one === found);
  if (!found || found === document.body || walked || (begins && globalThis.walked.length > 1)) {
    return null;
  }
  // A choice that is drawn by its label, as those of cards are.
  const hidden = found.matches('input') && found.getBoundingClientRect().width < 4;
  const drawn = hidden ? (found.closest('label') ?? found) : found;
  globalThis.walked.push([found, drawn]);
  const style = getComputedStyle(drawn);
  const outlined = style.outlineStyle !== 'none' && style.outlineWidth !== '0px';
  // Where one writes, the caret shows it.
  const written = found.matches('textarea, input:not([type]), input[type="text"]');
  const box = boxOf(drawn);
  const name = found.getAttribute('aria-label') ?? found.textContent?.trim() ?? '';
  return {
    name: `${found.tagName.toLowerCase()} ${name.slice(0, 40)}`,
    box,
    before: before && boxOf(before[1]),
    seen: box.end > box.start && box.bottom > 0 && box.top < document.documentElement.clientHeight,
    shown: written || outlined || style.boxShadow !== 'none',
  };
}

/** Whether somebody who reads comes from `one` to `next` without going back. */
function follows(one, next) {
  const beneath = next.top >= one.bottom - 1;
  const beside = next.start >= one.end - 1;
  const sameRow = next.top < one.bottom && next.bottom > one.top;
  const inside =
    next.top >= one.top - 1 && next.bottom <= one.bottom + 1 && next.start >= one.start - 1;
  return beneath || beside || inside || (sameRow && next.start >= one.start);
}

async function walk(page) {
  const faults = [];
  let before = '';
  let stops = 0;
  for (; stops < MOST; stops += 1) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate(focused);
    if (here === null) {
      break;
    }
    if (here.before && !follows(here.before, here.box)) {
      faults.push(`from "${before}" back to "${here.name}"`);
    }
    if (!here.seen) {
      faults.push(`"${here.name}" has the focus and cannot be seen`);
    }
    if (!here.shown) {
      faults.push(`"${here.name}" does not show that it has the focus`);
    }
    before = here.name;
  }
  if (stops === MOST) {
    faults.push(`more than ${MOST} stops`);
  }
  return { faults, stops };
}

let faults = 0;
let stops = 0;
let screens = 0;
for (const lang of ['en', 'ar']) {
  for (const [name, query, hash, pressed] of SCREENS.filter(([one]) => one.includes(word))) {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(`http://localhost:${port}/?gallery${query}&theme=light&lang=${lang}${hash}`);
    await page.waitForSelector('h1, h2, form');
    await page.waitForLoadState('networkidle');
    await press(page, pressed);
    // A dialog keeps the focus in it: there the way begins where it put it.
    await page.evaluate(() => {
      globalThis.walked = document.activeElement?.closest('[role="dialog"]')
        ? [[document.activeElement, document.activeElement]]
        : [];
      if (globalThis.walked.length === 0) {
        document.activeElement?.blur?.();
      }
    });
    const walked = await walk(page);
    for (const fault of walked.faults) {
      process.stdout.write(`${lang} ${name}: ${fault}\n`);
    }
    faults += walked.faults.length;
    stops += walked.stops;
    screens += 1;
    await page.close();
  }
}
await browser.close();
process.stdout.write(`${faults} faults at ${stops} stops of ${screens} screens\n`);
process.exitCode = faults === 0 ? 0 : 1;
