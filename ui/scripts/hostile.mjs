// Shows every hostile text in every field of the real window, as it is built, under its own policy, and
// says what came alive: `npm run build && npm run hostile [-- ROUNDS]`. Each round gives each field
// other texts of `tests/data/hostile.json`; after as many rounds as there are texts each has had all of them.
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createServer as serve } from 'node:http';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright-core';
import { createServer as vite } from 'vite';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const TEXTS = JSON.parse(readFileSync(here('../../tests/data/hostile.json'), 'utf8'));
const rounds = Number(process.argv[2] ?? 100);
const step = Math.ceil(TEXTS.length / rounds);

/** The screens, as one goes from one to the next. */
const PLACES = [
  '#/monitor',
  '#/monitor?wall=on',
  '#/monitor?jump=on',
  '#/monitor?at=1795515120000',
  '#/monitor?report=new',
  '#/incidents',
  '#/incidents/01990000-0000-7000-8000-000000000417',
  '#/batches',
  '#/hall/2?seat=C9',
  '#/clock/2',
  '#/timetable/2026-11-25?sitting=23',
  '#/timetable/2026-11-25?view=fortnight&sitting=23',
  '#/timetable?view=list',
  '#/review?q=in:incident&event=1481797',
  '#/outbox',
  '#/notifications',
  '#/settings/account',
  '#/settings/stations',
  '#/settings/diagnostics',
];
/** Those of somebody who has not signed in. */
const OUTSIDE = ['#/sign-in', '#/people'];

/** Fields that hold what somebody wrote; all others are lists of ours, numbers, times and names of records. */
const WRITTEN = new Set(
  `name label location courseCode courseName room title description text reason message station stationCode by
   holder what seat number localNumber indexNumber venueCode venueName batchQRCode sealNumber resolution
   email place initials tell waitsFor url server log_lines out file`.split(/\s+/),
);

/** Gives each written field its text of this round, and notes which. */
function poison(value, name, hand) {
  if (typeof value === 'string') {
    const isWritten =
      WRITTEN.has(name.at(-1)) || (name.at(-1) === 'code' && name.at(-2) !== 'rejection');
    return isWritten ? hand(name.join('.'), value) : value;
  }
  if (Array.isArray(value)) {
    return value.map((one) => poison(one, name, hand));
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  const fields = Object.entries(value);
  return Object.fromEntries(fields.map(([key, one]) => [key, poison(one, [...name, key], hand)]));
}

/** The policy that the shell gives the window. */
function policy() {
  const { app } = JSON.parse(readFileSync(here('../../tauri.conf.json'), 'utf8'));
  const { csp } = app.security;
  return Object.entries(csp)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ');
}

const KINDS = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};

/** Serves the bundle; anything else that is asked for is written down. */
function bundle(stray) {
  const server = serve((request, response) => {
    const path = new URL(request.url, 'http://x').pathname;
    const file = here(`../dist${path === '/' ? '/index.html' : path}`);
    if (path.includes('..') || !existsSync(file)) {
      // A browser asks for this one by itself.
      if (path !== '/favicon.ico') {
        stray.push(path);
      }
      response.writeHead(404).end();
      return;
    }
    const headers = { 'content-type': KINDS[extname(file)] ?? 'text/plain' };
    response.writeHead(200, { ...headers, 'content-security-policy': policy() });
    createReadStream(file).pipe(response);
  });
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server)));
}

/** Runs in the window before anything else: the shell's side, and ears for what must not happen. */
function shell() {
  let callbacks = 0;
  window.freed = [];
  window.asking = 0;
  window.__TAURI_INTERNALS__ = {
    transformCallback: () => ++callbacks,
    invoke: async (name, args) => {
      if (name.startsWith('plugin:')) {
        return 1;
      }
      window.asking += 1;
      const answer = JSON.parse(await window.ask(name, JSON.stringify(args ?? {})));
      window.asking -= 1;
      if (answer.failure) {
        throw answer.failure;
      }
      return answer.ok;
    },
  };
  window.__TAURI_EVENT_PLUGIN_INTERNALS__ = { unregisterListener: () => {} };
  window.known = new Set(Object.getOwnPropertyNames(window));
  document.addEventListener('securitypolicyviolation', (event) =>
    window.freed.push(`policy: ${event.violatedDirective} ${event.blockedURI}`),
  );
}

/** Until all that a place asks for is there and drawn. */
async function drawn(place) {
  window.location.hash = place;
  for (let calm = 0; calm < 3; calm = window.asking === 0 ? calm + 1 : 0) {
    await new Promise((done) => requestAnimationFrame(done));
  }
}

/** What stands in the window that nothing of ours puts there; `usual` are the elements that we use. */
function found(usual) {
  const all = [...document.querySelectorAll('body, body *')];
  const tags = [...new Set(all.map((one) => one.tagName.toLowerCase()))];
  const foreign = [
    ...document.querySelectorAll(
      'iframe, object, embed, base, meta[http-equiv], video, audio, marquee',
    ),
  ];
  const links = [
    ...document.querySelectorAll('a[href], area[href], form[action], img[src]'),
  ].filter(
    (one) =>
      !/^(#|data:image\/)/.test(
        one.getAttribute('href') ?? one.getAttribute('src') ?? one.getAttribute('action') ?? '#',
      ),
  );
  const handlers = [...document.querySelectorAll('*')].filter((one) =>
    one.getAttributeNames().some((name) => /^on/.test(name)),
  );
  const globals = Object.getOwnPropertyNames(window).filter(
    (name) => !window.known.has(name) && /pwned|alert\d|h\d/i.test(name),
  );
  const fields = [...document.querySelectorAll('input, textarea')].map((one) => one.value);
  return {
    tags,
    wrong: [
      ...window.freed.splice(0),
      ...tags.filter((tag) => usual && !usual.includes(tag)).map((tag) => `element <${tag}>`),
      ...[...foreign, ...links, ...handlers].map((one) => one.outerHTML.slice(0, 120)),
      ...globals.map((name) => `global ${name}`),
      ...Object.keys(Object.prototype).map((name) => `prototype ${name}`),
    ],
    text: [document.body.textContent, ...fields].join('\n'),
  };
}

const modules = await vite({
  root: here('..'),
  server: { middlewareMode: true, hmr: false, ws: false },
  appType: 'custom',
  logLevel: 'error',
});
globalThis.localStorage = { getItem: () => null, setItem() {}, removeItem() {} };
const { answersOf } = await modules.ssrLoadModule('/src/gallery/host.ts');
const { status, INCIDENTS } = await modules.ssrLoadModule('/src/gallery/day.ts');
const inside = answersOf(status(), INCIDENTS);
const outside = answersOf(status({ user: null, institution: null }, { state: 'signed_out' }), []);

const stray = [];
const server = await bundle(stray);
const home = `http://127.0.0.1:${server.address().port}/`;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const wrong = new Set();
const given = new Set();
const shown = new Set();
/** The elements of the window when nobody wrote anything hostile. */
const usual = new Set();
const tagsSeen = new Set();
let renders = 0;

/** What is given to a field in this round; every field begins with another text. */
function handing(round, now) {
  const begins = new Map();
  return (name) => {
    const at = begins.get(name) ?? begins.size * 7;
    begins.set(name, at + 1);
    const text = TEXTS[(round * step + at) % TEXTS.length];
    given.add(`${name}\0${text}`);
    now.push([name, text]);
    return text;
  };
}

/** Answers of the console with the texts of this round. */
function answering(answers, hand) {
  return (_source, name, args) => {
    try {
      const ok = poison(answers[name]?.(JSON.parse(args)) ?? null, [name], hand);
      return JSON.stringify({ ok });
    } catch (thrown) {
      return JSON.stringify({
        failure: { code: thrown.code, message: hand(`${name}.failure`, thrown.message) },
      });
    }
  };
}

/** The window at each place, with the texts of this round. */
async function look(round, answers, places, hands = handing) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const now = [];
  const page = await context.newPage();
  const where = () => `round ${round}, ${page.url().replace(home, '')}`;
  page.on('dialog', (dialog) => {
    wrong.add(`dialog "${dialog.message()}" in ${where()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => wrong.add(`error ${error.message.slice(0, 200)} in ${where()}`));
  page.on('popup', () => wrong.add(`another window in ${where()}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(home) && !request.url().startsWith('data:')) {
      wrong.add(`asked ${request.url().slice(0, 120)} in ${where()}`);
    }
  });
  await context.exposeBinding('ask', answering(answers, hands(round, now)));
  await context.addInitScript(shell);
  await page.goto(`${home}${places[0]}`);
  await page.waitForSelector('h1, h2, form');
  for (const place of places) {
    await page.evaluate(drawn, place);
    const { wrong: seen, tags, text } = await page.evaluate(found, usual.size ? [...usual] : null);
    renders += 1;
    tags.forEach((tag) => tagsSeen.add(tag));
    seen.forEach((one) => wrong.add(`${one} in ${where()}`));
    for (const [name, one] of now) {
      if (one.trim() !== '' && text.includes(one.trim())) {
        shown.add(`${name}\0${one}`);
      }
    }
  }
  await context.close();
}

const plain = () => (name, written) => written;
await look(-1, inside, PLACES, plain);
await look(-1, outside, OUTSIDE, plain);
tagsSeen.forEach((tag) => usual.add(tag));
for (let round = 0; round < rounds; round += 1) {
  await look(round, inside, PLACES);
  await look(round, outside, OUTSIDE);
}
stray.forEach((path) => wrong.add(`asked for ${path}`));
for (const one of [...wrong].slice(0, 40)) {
  process.stdout.write(`${one}\n`);
}
const fields = new Set([...given].map((pair) => pair.split('\0')[0]));
const seen = new Set([...shown].map((pair) => pair.split('\0')[0]));
process.stdout.write(
  `${wrong.size} came alive: ${TEXTS.length} texts, ${rounds} rounds, ${renders} renders, ` +
    `${fields.size} fields (${seen.size} seen), ${given.size} pairs of field and text given, ${shown.size} of them read word for word\n`,
);
await browser.close();
await modules.close();
server.close();
process.exit(wrong.size === 0 ? 0 : 1);
