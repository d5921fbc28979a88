// Measures the window in a real browser: `node scripts/speed.mjs PORT`. Limits are those of
// docs/PERFORMANCE.md; with `--strict` crossing one is a failure (for an idle machine), with `--long` eight
// hours of events are told first, which takes some minutes; `--only=NAME` measures one thing.
import { chromium } from 'playwright-core';

const port = process.argv[2] ?? '5173';
const strict = process.argv.includes('--strict');
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const at = (query, hash) => `http://localhost:${port}/?gallery${query}${hash}`;
let crossed = 0;

function say(what, value, unit, limit) {
  const over = limit !== undefined && value > limit;
  crossed += over ? 1 : 0;
  const bound = limit === undefined ? '' : ` (limit ${limit} ${unit})${over ? ' CROSSED' : ''}`;
  process.stdout.write(`${what}: ${Math.round(value * 10) / 10} ${unit}${bound}\n`);
}

async function open(query, hash) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(() => {
    globalThis.long = [];
    new PerformanceObserver((list) =>
      globalThis.long.push(...list.getEntries().map((one) => one.duration)),
    ).observe({ type: 'longtask', buffered: true });
  });
  await page.goto(at(query, hash));
  return page;
}

/** Until what was drawn is on the screen. */
const painted = (page) =>
  page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );

async function coldStart() {
  const page = await open('', '#/monitor');
  await page.waitForSelector('[data-sitting]');
  const [first, lanes] = await page.evaluate(() => [
    performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
    performance.now(),
  ]);
  say('cold start, first paint', first, 'ms');
  say('cold start, lanes of a cached day', lanes, 'ms', 900);
  await page.close();
}

/** Reads how many seconds the main thread of a page has worked. */
async function meter(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find((one) => one.name === 'TaskDuration')?.value ?? 0;
  };
}

/** The Monitor with nothing to tell: only its clocks go on. */
async function idle() {
  const page = await open('', '#/monitor');
  await page.waitForSelector('[data-sitting]');
  await page.waitForTimeout(2000);
  const cpu = await meter(page);
  const before = await cpu();
  await page.waitForTimeout(10_000);
  say('idle on the Monitor, main thread', ((await cpu()) - before) * 100, 'ms/s', 10);
  await page.close();
}

/** From the second key of `G B` and its like until the other screen is drawn. */
async function switching() {
  const page = await open('', '#/monitor');
  await page.waitForSelector('[data-sitting]');
  const places = [
    ['b', '[aria-current="page"]:has-text("Batches")'],
    ['t', '[aria-current="page"]:has-text("Timetable")'],
    ['i', '[aria-current="page"]:has-text("Incidents")'],
    ['m', '[data-sitting]'],
  ];
  const took = [];
  for (let round = 0; round < 3; round += 1) {
    for (const [letter, there] of places) {
      await page.keyboard.press('g');
      const begin = await page.evaluate(() => performance.now());
      await page.keyboard.press(letter);
      await page.waitForSelector(there);
      await painted(page);
      took.push((await page.evaluate(() => performance.now())) - begin);
    }
  }
  took.sort((a, b) => a - b);
  say('another screen by its keys, median of 12', took[6], 'ms', 100);
  say('another screen by its keys, worst of 12', took[11], 'ms');
  await page.close();
}

async function busy() {
  const page = await open('&conn=busy', '#/monitor');
  await page.waitForSelector('[data-sitting]');
  await page.waitForTimeout(2000);
  const cpu = await meter(page);
  await page.evaluate(() => globalThis.long.splice(0));
  const before = await cpu();
  await page.waitForTimeout(10_000);
  const used = (await cpu()) - before;
  const long = await page.evaluate(() => globalThis.long);
  say('500 events/s for 10 s, main thread', used * 100, 'ms/s', 150);
  say('500 events/s, longest task', Math.max(0, ...long), 'ms', 50);
  say('500 events/s, tasks over 50 ms', long.length, 'tasks');
  await page.close();
}

/** Jumps by the scroll bar to rows all over a million, and waits for each to be drawn. */
async function jumps() {
  const page = await open('&conn=busy', '#/review');
  await page.waitForSelector('[data-seq]');
  const took = await page.evaluate(async () => {
    const list = document.querySelector('[role="grid"] [role="rowgroup"]');
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const times = [];
    for (let n = 1; n <= 20; n += 1) {
      const begin = performance.now();
      list.scrollTop = ((list.scrollHeight - list.clientHeight) * n) / 20;
      const wanted = Math.floor((1_000_000 * n) / 20) - 2000;
      for (;;) {
        await frame();
        const rows = [...list.querySelectorAll('[data-seq]')];
        if (rows.some((row) => Number(row.getAttribute('aria-rowindex')) >= wanted)) break;
      }
      times.push(performance.now() - begin);
    }
    return times.toSorted((a, b) => a - b);
  });
  say('jump to any of 1 000 000 rows, median', took[10], 'ms');
  say('jump to any of 1 000 000 rows, worst of 20', took[19], 'ms', 100);
  const last = await page.evaluate(() =>
    Math.max(
      ...[...document.querySelectorAll('[aria-rowindex]')].map((row) =>
        Number(row.getAttribute('aria-rowindex')),
      ),
    ),
  );
  say('last row that can be reached', last, 'row');
  await page.close();
}

async function palette() {
  const page = await open('', '#/monitor');
  await page.waitForSelector('[data-sitting]');
  await page.keyboard.press('Control+k');
  await page.waitForSelector('[role="dialog"] input');
  await page.keyboard.type('CHE10');
  await painted(page);
  const begin = await page.evaluate(() => performance.now());
  await page.keyboard.press('4');
  await page.waitForSelector('[role="menuitem"]:has-text("BATCH-CHE104")');
  await painted(page);
  say(
    'palette, last key to result',
    (await page.evaluate(() => performance.now())) - begin,
    'ms',
    100,
  );
  await page.close();
}

/** A report by the keyboard alone at 40 words a minute: 300 ms a key. */
async function report() {
  const page = await open('', '#/monitor');
  await page.waitForSelector('[data-sitting]');
  const begin = Date.now();
  const key = async (name) => {
    await page.keyboard.press(name);
    await page.waitForTimeout(300);
  };
  await key('r');
  await page.waitForSelector('input[name="kind"]');
  for (const name of ['6', 'C', '0', '9', 'Tab']) await key(name);
  for (const letter of 'Photo on the card is not him') await key(letter === ' ' ? 'Space' : letter);
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('text=Reported, sent');
  say('report by the keyboard at 40 words a minute', (Date.now() - begin) / 1000, 's', 15);
  await page.close();
}

/** From `Ctrl Enter` until the row of the report is on the screen. */
async function reportToRow() {
  const page = await open('', '#/monitor');
  await page.waitForSelector('[data-sitting]');
  const took = [];
  for (let n = 0; n < 12; n += 1) {
    const words = `Phone under script ${n}.`;
    await page.keyboard.press('r');
    await page.waitForSelector('input[name="kind"]');
    await page.keyboard.press('6');
    await page.fill('[role="dialog"] textarea', words);
    await page.evaluate((wanted) => {
      globalThis.row = new Promise((done) => {
        let begin = 0;
        const sent = (event) => {
          if (event.key === 'Enter') begin = performance.now();
        };
        window.addEventListener('keydown', sent, { capture: true });
        const look = new MutationObserver(() => {
          const rows = [...document.querySelectorAll('[data-incident]')];
          if (begin > 0 && rows.some((row) => row.textContent.includes(wanted))) {
            look.disconnect();
            window.removeEventListener('keydown', sent, { capture: true });
            requestAnimationFrame(() => done(performance.now() - begin));
          }
        });
        look.observe(document.body, { childList: true, subtree: true, characterData: true });
      });
    }, words);
    await page.keyboard.press('Control+Enter');
    took.push(await page.evaluate(() => globalThis.row));
    await page.waitForSelector('[role="dialog"]', { state: 'detached' });
  }
  took.sort((a, b) => a - b);
  say('from Ctrl Enter to the row, median of 12', took[6], 'ms', 50);
  say('from Ctrl Enter to the row, worst of 12', took[11], 'ms');
  await page.close();
}

/** A line of the hall log: the seat is typed, then the letter. */
async function hallLog() {
  const page = await open('', '#/hall/2?seat=C9');
  await page.waitForSelector('[data-seat="C9"]');
  const begin = Date.now();
  for (const name of ['d', '1', '2', 'o']) {
    await page.keyboard.press(name);
    await page.waitForTimeout(300);
  }
  await page.waitForSelector('text=D12 out');
  say('a line of the hall log', (Date.now() - begin) / 1000, 's', 3);
  await page.close();
}

/** Eight hours of 50 events a second, as fast as the window takes them: what is held after each hour. */
async function eightHours() {
  const page = await open('&conn=busy&every=5', '#/monitor');
  await page.waitForSelector('[data-sitting]');
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  for (let hour = 0; hour <= 8; hour += 1) {
    await page.waitForFunction((n) => globalThis.nTold >= n, hour * 180_000, { timeout: 600_000 });
    await session.send('HeapProfiler.collectGarbage');
    const { metrics } = await session.send('Performance.getMetrics');
    const held = (name) => metrics.find((one) => one.name === name)?.value ?? 0;
    say(`heap after ${hour} h of 50 events/s`, held('JSHeapUsedSize') / 1e6, 'MB', 120);
    say(`elements after ${hour} h`, held('Nodes'), 'nodes');
  }
  await page.close();
}

if (process.argv.includes('--long')) {
  await eightHours();
}
const ALL = [coldStart, idle, switching, busy, jumps, palette, report, reportToRow, hallLog];
const only = process.argv.find((one) => one.startsWith('--only='))?.slice('--only='.length);
for (const measure of ALL.filter(({ name }) => name === (only ?? name))) {
  await measure();
}
await browser.close();
process.exitCode = strict && crossed > 0 ? 1 : 0;
