// Every word that somebody sees stands in the message files, in every language.
import { readdirSync, readFileSync } from 'node:fs';

import { FluentBundle, FluentResource } from '@fluent/bundle';
import ts from 'typescript';
import { expect, test } from 'vitest';

const NO_WORDS = /generated|gallery|guide|\.test\./;
/** Attributes that are read out or shown. */
const SHOWN = new Set('aria-label title placeholder label alt legend words reason sub'.split(' '));

const sources = readdirSync('src', { recursive: true })
  .map((file) => `src/${String(file)}`)
  .filter((file) => /\.tsx?$/.test(file) && !NO_WORDS.test(file))
  .map((file): [string, string] => [file, readFileSync(file, 'utf8')]);

function idsOf(tongue: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of readdirSync(`src/i18n/${tongue}`)) {
    const text = readFileSync(`src/i18n/${tongue}/${file}`, 'utf8');
    // A message is its first line and what is indented after it.
    for (const [, id = '', value = ''] of text.matchAll(/^([a-z][\w-]*) =(.*(?:\n[ }].*)*)/gm)) {
      expect(found.has(id), `${id} stands twice in ${tongue}`).toBe(false);
      found.set(id, value);
    }
  }
  return found;
}

/** The console's own words are asked for in Rust. */
const rust = ['../crates/client/src', '../src-tauri/src'].flatMap((folder) =>
  readdirSync(folder, { recursive: true })
    .map((file) => `${folder}/${String(file)}`)
    .filter((file) => file.endsWith('.rs'))
    .map((file) => readFileSync(file, 'utf8')),
);

const english = idsOf('en');

/** What a component shows that is no message. */
function plainWords(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isJsxText(node) && /\p{L}{2}/u.test(node.text)) {
      found.push(node.text.trim());
    }
    if (ts.isStringLiteral(node) && /\p{L}{2}/u.test(node.text)) {
      const above = node.parent;
      const attribute = ts.isJsxAttribute(above) && SHOWN.has(above.name.getText());
      const child =
        ts.isJsxExpression(above) && !ts.isJsxAttribute(above.parent) && above.expression === node;
      if ((attribute && !/^https?:/.test(node.text)) || child) {
        found.push(node.text);
      }
      // A sentence anywhere else: a capital and a second word.
      if (/^\p{Lu}\p{Ll}+ \p{Ll}/u.test(node.text)) {
        found.push(node.text);
      }
    }
    ts.forEachChild(node, look);
  };
  look(source);
  return found.map((words) => `${file}: ${words}`);
}

/** Names of messages that are made from the name of something. */
const MADE = [
  'paper-part-',
  'paper-signed-',
  // Known by their English patterns; `said.test.ts` holds them against the Rust sources.
  'said-',
  'told-',
  ...new Set(
    sources.flatMap(([, text]) => [
      ...[...text.matchAll(/table\(\s*'([\w-]+)'/g)].map(([, name]) => `${name}-`),
      ...[...text.matchAll(/`([a-z]+-(?:[a-z]+-)*)\$\{/g)].map(([, name]) => String(name)),
    ]),
  ),
];

test('no word that somebody sees is written into a component', () => {
  expect(sources.flatMap(([file, text]) => plainWords(file, text))).toEqual([]);
});

test('a plain word in a component would be found', () => {
  const text = `const a = <p title="Sign in now">{'Go'} Jump to {there}</p>;`;
  expect(plainWords('a.tsx', text)).toHaveLength(4);
});

test('every message that is asked for is there', () => {
  const asked = sources.flatMap(([, text]) => [
    ...[...text.matchAll(/\bt\(\s*'([\w-]+)'/g)].map(([, id]) => String(id)),
    ...[...text.matchAll(/<Said\s+id="([\w-]+)"/g)].map(([, id]) => String(id)),
  ]);
  expect(asked.length).toBeGreaterThan(400);
  expect(asked.filter((id) => !english.has(id))).toEqual([]);
});

test('every message is asked for', () => {
  const all = [...sources.map(([, text]) => text), ...rust].join('\n');
  const unused = [...english.keys()].filter(
    (id) =>
      !all.includes(`'${id}'`) &&
      !all.includes(`"${id}"`) &&
      // Papers name theirs without the table's name.
      !(id.startsWith('paper-') && all.includes(`"${id.slice('paper-'.length)}"`)) &&
      !MADE.some((p) => id.startsWith(p)),
  );
  expect(unused).toEqual([]);
});

test.each(['fr', 'ar'])('%s says everything', (tongue) => {
  const known = idsOf(tongue);
  expect([...english.keys()].filter((id) => !known.has(id))).toEqual([]);
});

test.each(['en', 'fr', 'ar'])(
  'every message of %s can be read and says what English says',
  (tongue) => {
    const known = idsOf(tongue);
    expect([...known.keys()].filter((id) => !english.has(id))).toEqual([]);
    const bundle = new FluentBundle(tongue);
    for (const file of readdirSync(`src/i18n/${tongue}`)) {
      const text = readFileSync(`src/i18n/${tongue}/${file}`, 'utf8');
      expect(bundle.addResource(new FluentResource(text))).toEqual([]);
    }
    const argsOf = (value: string) => [...new Set(value.match(/\$\w+/g))].toSorted().join(' ');
    for (const [id, value] of known) {
      expect(bundle.getMessage(id)?.value, id).toBeTruthy();
      expect(`${id} ${argsOf(value)}`).toBe(`${id} ${argsOf(english.get(id) ?? '')}`);
    }
  },
);
