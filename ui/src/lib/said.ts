// Sentences that the console and the server make arrive in English: in the record, in old logs and
// from servers of any age. Here they are known again by their English pattern and said in the
// language that is spoken; a sentence that is not known stays as it came.
import { has, sentences, t, tongue, type Args } from './tongue';

interface Pattern {
  id: string;
  names: string[];
  reads: RegExp;
  /** Letters that stand fixed: of two patterns that fit, the one with more says more. */
  fixed: number;
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

function patternOf(line: string): Pattern | undefined {
  const [, id, value] = /^((?:said|told)-[\w-]+) = (.*)$/.exec(line) ?? [];
  if (id === undefined || value === undefined) {
    return undefined;
  }
  const parts = value.split(/\{ \$(\w+) \}/);
  const fixed = parts.filter((_part, at) => at % 2 === 0);
  return {
    id,
    names: parts.filter((_part, at) => at % 2 === 1),
    reads: new RegExp(`^${fixed.map(escaped).join('(.+?)')}$`, 's'),
    fixed: fixed.join('').length,
  };
}

let made: Pattern[] | undefined;

/** Made when they are first needed: a window that speaks English never does. */
function patterns(): Pattern[] {
  made ??= sentences()
    .split('\n')
    .map(patternOf)
    .filter((one) => one !== undefined)
    .toSorted((one, other) => other.fixed - one.fixed);
  return made;
}

/** What is put into a sentence and is a sentence itself. */
const SENTENCES = new Set(['why', 'what', 'counted', 'courses', 'text']);
/** What is put into a sentence and is where a record stands. */
const STATES = new Set(['state', 'from', 'to', 'status', 'how', 'kind']);
/** Tables of words for where a record stands; `said-state` for what is no state of its own. */
const TABLES = [
  'batch-status',
  'incident-status',
  'phase',
  'timetable-status',
  'said-custody',
  'attendance',
  'severity',
  'said-state',
  'kind',
];
/** The table that an event's state is from. */
const TABLE_OF: Record<string, string> = {
  session: 'phase',
  student: 'attendance',
  custody: 'said-custody',
  incident: 'severity',
};
/** Too little of it stands fixed to know a whole sentence by it. */
const ONLY_INSIDE = new Set(['said-and']);

function stateOf(text: string, first: string | undefined): string {
  const slug = text.trim().toLowerCase().replaceAll(/[ _]/g, '-');
  const found = [...(first ? [first] : []), ...TABLES].find((table) => has(`${table}-${slug}`));
  return found ? t(`${found}-${slug}`) : text;
}

function argOf(name: string, text: string, family: string): string | number {
  if (/^\d+$/.test(text)) {
    return Number(text);
  }
  if (STATES.has(name)) {
    return stateOf(text, TABLE_OF[family]);
  }
  return SENTENCES.has(name) ? (known(text, 'said-', true) ?? text) : text;
}

/** The sentence by the patterns whose names begin with `prefix`. */
function known(sentence: string, prefix: string, inside = false): string | undefined {
  for (const { id, names, reads } of patterns()) {
    const fits = id.startsWith(prefix) && (inside || !ONLY_INSIDE.has(id));
    const found = fits ? reads.exec(sentence) : null;
    if (found) {
      const family = id.split('-')[1] ?? '';
      const args: Args = {};
      names.forEach((name, at) => {
        args[name] = argOf(name, found[at + 1] ?? '', family);
      });
      return t(id, args);
    }
  }
  return undefined;
}

const heard = new Map<string, string>();
const MOST_HEARD = 2000;

/** Finding a pattern takes a while, and lists ask for the same sentences at every drawing. */
function once(key: string, find: () => string): string {
  if (tongue() === 'en') {
    return find();
  }
  const name = `${tongue()} ${key}`;
  const made = heard.get(name) ?? find();
  if (heard.size > MOST_HEARD) {
    heard.clear();
  }
  heard.set(name, made);
  return made;
}

/** A sentence of the console in the language that is spoken. */
export function said(sentence: string): string;
export function said(sentence: string | null): string | null;
export function said(sentence: string | null): string | null {
  if (sentence === null || tongue() === 'en') {
    return sentence;
  }
  return once(sentence, () => known(sentence, 'said-') ?? stateOf(sentence, undefined));
}

/** What people write stays as they wrote it. */
const WRITTEN = /^(incident:reported|hall_log|timetable:updated)$/;

/** What an event of the record says. */
export function told(text: string, event: string): string {
  if (tongue() === 'en' || WRITTEN.test(event)) {
    return event === 'timetable:updated' ? said(text) : text;
  }
  const [family = ''] = /^[a-z]+/.exec(event) ?? [];
  return once(`${event} ${text}`, () => known(text, `told-${family}`) ?? text);
}

/** `reportIncident` as the console begins its sentence: `Report incident`. */
function spaced(name: string): string {
  const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What people write with a command is the sentence that it would become. */
const SPOKEN = new Set(['reportIncident', 'noteIncident', 'logHall', 'issueAnnouncement']);

/** What a command asks for, or would become. */
export function askedFor(text: string, command: string): string {
  if (tongue() === 'en') {
    return text;
  }
  const name = spaced(command);
  const label = () => t(`command-${command.toLowerCase()}`);
  if (text === name) {
    return label();
  }
  if (text.startsWith(`${name}: `)) {
    return `${label()}: ${stateOf(text.slice(name.length + 2), undefined)}`;
  }
  return SPOKEN.has(command) ? text : once(`told ${text}`, () => known(text, 'told-') ?? text);
}
