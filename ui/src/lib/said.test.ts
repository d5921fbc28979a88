// Every sentence that the rules, the client and the server say is known in every language.
import { readdirSync, readFileSync, statSync } from 'node:fs';

import { afterEach, expect, test } from 'vitest';

import { askedFor, said, told } from './said';
import { speak } from './tongue';

afterEach(() => speak('en'));

function rustOf(path: string): string {
  if (!statSync(path).isDirectory()) {
    return readFileSync(path, 'utf8');
  }
  return readdirSync(path)
    .filter((name) => (name.endsWith('.rs') || !name.includes('.')) && !/^tests/.test(name))
    .map((name) => rustOf(`${path}/${name}`))
    .join('\n');
}

/** What stands between quotes, with its lines joined as Rust joins them. */
function literals(path: string): string[] {
  const text = rustOf(path)
    .replaceAll(/^\s*\/\/.*$/gm, '')
    .replaceAll(/#\[cfg\(test\)\][\s\S]*?\n}\n/g, '');
  return [...text.matchAll(/"((?:[^"\\]|\\[\s\S])*)"/g)].map(([, inside = '']) =>
    inside.replaceAll(/\\\n\s*/g, ''),
  );
}

/** What makes another sentence for each word in its hole; those stand in a test of their own. */
const COMPOSED =
  /^(The clock of this computer|It was collected|x1 was written|x1 lies in|x1 sits in|x1 was sent on|x1 and x1 are at the)/;

/** Whole sentences, with something in their holes. */
function sentences(path: string): string[] {
  return literals(path)
    .filter((text) => /^(\p{Lu}|\{)/u.test(text) && / .*\.$/.test(text) && !text.includes('`'))
    .filter((text) => !/^\{[^}]*\}\.?( ?\{[^}]*\}\.?)*$/.test(text))
    .map((text) => text.replaceAll(/\{[^}]*\}/g, 'x1'))
    .filter((text) => !COMPOSED.test(text));
}

const SPOKEN = [
  'protocol/src/decide',
  'protocol/src/admission.rs',
  'protocol/src/rejection.rs',
  'protocol/src/missing.rs',
  'protocol/src/proof/book.rs',
  'client/src/run',
  'client/src/session',
  'client/src/seal/keep.rs',
  'client/src/desk/words.rs',
  'client/src/error.rs',
  'client/src/http/answer.rs',
  'client/src/outbox.rs',
  'client/src/console.rs',
  'client/src/calls',
  'client/src/screens/timetable.rs',
];

test.each(SPOKEN)('what %s says is said in French and in Arabic', (path) => {
  const all = sentences(`../crates/${path}`);
  expect(all.length).toBeGreaterThan(0);
  for (const tongue of ['fr', 'ar'] as const) {
    speak(tongue);
    expect(all.filter((one) => said(one) === one)).toEqual([]);
  }
});

/** Parts that Rust puts together from shorter ones. */
const PUT_TOGETHER =
  /ahead of the|behind the server|candidates? writes? both|collected (by|into)|written (in|at) the same|recovery\.jsonl|^Acknowledgement taken back: |committee, file |(let in|suspended) by whoever /;

test.each([
  "The clock of this computer is 42 s ahead of the server's.",
  "The clock of this computer is 42 s behind the server's.",
  'It was collected by Esi Tawiah into BATCH-1: count that bundle again.',
  'CHE104 was written at the same time and BATCH-2 has 1 too many.',
  'UG10203 sits in Old Library, LIB-1, seat A2 (BUS101).',
  'UG10203 was sent on to Old Library, LIB-1, seat A2 (BUS101).',
  'ACC310 and ACC311 are at the same time, and 3 candidates write both.',
])('%s', (sentence) => {
  speak('fr');
  expect(said(sentence)).not.toBe(sentence);
});

test('no pattern waits for a sentence that nobody says any more', () => {
  const rust = ['protocol', 'client', 'server'].flatMap((name) =>
    literals(`../crates/${name}/src`),
  );
  const all = [...rust, ...literals('../src-tauri/src')].join('\n').replaceAll('\\u{201c}', '“');
  const lines = readFileSync('src/i18n/en/said.ftl', 'utf8').split('\n');
  const fixed = lines
    .filter((line) => /^(said|told)-/.test(line))
    .flatMap((line) => line.slice(line.indexOf('=') + 2).split(/\{ \$\w+ \}/))
    .filter((part) => part.trim().length > 14 && !PUT_TOGETHER.test(part));
  expect(fixed.length).toBeGreaterThan(100);
  expect(fixed.filter((part) => !all.includes(part.trim()))).toEqual([]);
});

test('a refusal is said with its numbers and names, and its plural', () => {
  speak('fr');
  expect(said('Esi Tawiah counted 69, the seal says 70: count again.')).toBe(
    'Esi Tawiah a compté 69, le scellé dit 70 : recomptez.',
  );
  expect(said('This batch is SEALED, so it cannot become counted.')).toBe(
    'Impossible (lot) : l’état est « Scellé », pas de passage à « compté ».',
  );
  expect(said('A sentence of a newer server.')).toBe('A sentence of a newer server.');
});

test('a sentence within a sentence is said too', () => {
  speak('ar');
  expect(said('The connection is over: the line broke.')).not.toMatch(/[a-z]{4}/);
});

test('an event is said by its kind, and what people write stays', () => {
  speak('fr');
  expect(told('CSC101 paused (power cut)', 'session_status_changed')).toMatch(
    /^CSC101 : .*power cut/,
  );
  expect(told('BATCH-1 offered to Kofi Addo', 'custody:offered')).toContain('proposé à Kofi Addo');
  expect(told('Bag closed', 'incident:reported')).toBe('Bag closed');
});

test('what waits is named in the language too', () => {
  speak('fr');
  expect(askedFor('Seal batch: 20418', 'sealBatch')).toBe('Sceller le lot: 20418');
  expect(askedFor('Phone closed', 'reportIncident')).toBe('Phone closed');
});
