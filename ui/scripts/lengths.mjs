// Names every function of the window that is longer than 60 lines, and every file longer than 400.
import { readdirSync, readFileSync } from 'node:fs';

import ts from 'typescript';

const MOST = 60;
const LONGEST_FILE = 400;
let found = 0;

function say(text) {
  found += 1;
  process.stdout.write(`${text}\n`);
}

function look(node, source) {
  if (ts.isFunctionLike(node) && node.body) {
    const from = source.getLineAndCharacterOfPosition(node.getStart()).line;
    const to = source.getLineAndCharacterOfPosition(node.getEnd()).line;
    if (to - from + 1 > MOST) {
      say(
        `${source.fileName}:${from + 1} ${node.name?.getText() ?? '(function)'} has ${to - from + 1} lines`,
      );
    }
  }
  ts.forEachChild(node, (child) => look(child, source));
}

const files = readdirSync('src', { recursive: true })
  .map((file) => `src/${file}`)
  .filter((file) => /\.tsx?$/.test(file) && !file.includes('generated'));
for (const file of files) {
  const text = readFileSync(file, 'utf8');
  const lines = text.split('\n').length - 1;
  if (lines > LONGEST_FILE) {
    say(`${file} has ${lines} lines`);
  }
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  look(source, source);
}
process.exitCode = found === 0 ? 0 : 1;
