// The languages of the window. All its words stand in the message files of `src/i18n`, one folder for
// each language, one file for each part of the window; the console reads the same files.
import { FluentBundle, FluentNumber, FluentResource } from '@fluent/bundle';
import { Fragment, useSyncExternalStore, type ReactNode } from 'react';

/** The languages, each by its own name. */
export const TONGUES = { en: 'English', fr: 'Français', ar: 'العربية' } as const;

/** A language of the window; `pseudo` is English made longer, to see what was forgotten and what breaks. */
export type Tongue = keyof typeof TONGUES | 'pseudo';

/** What days and months are written by; digits are Latin everywhere, as codes and seats are. */
const LOCALES: Record<Tongue, string> = {
  en: 'en-GB',
  fr: 'fr-FR-u-nu-latn',
  ar: 'ar-u-nu-latn-ca-gregory',
  pseudo: 'en-GB',
};

/** The message files of a language, by their paths. */
type Files = Record<string, string>;

/** English is always here: it says what another language lacks. */
const english = import.meta.glob<string>(['../i18n/en/*.ftl', '!../i18n/en/said.ftl'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

const FETCHED = { fr: () => import('../i18n/fr'), ar: () => import('../i18n/ar') };

const known = new Map<Tongue, Files>([
  ['en', english],
  ['pseudo', english],
]);
let patterns = '';

/** Fetches the words of a language, once. */
export async function learn(tongue: Tongue): Promise<void> {
  if (tongue in FETCHED && !known.has(tongue)) {
    const fetched = await FETCHED[tongue as keyof typeof FETCHED]();
    known.set(tongue, fetched.files);
    patterns = fetched.patterns;
  }
}

/** The English sentences of the console as messages; empty while nothing but English was spoken. */
export function sentences(): string {
  return patterns;
}

/** A number with narrow spaces between thousands, which also chooses the plural. */
class Counted extends FluentNumber {
  override toString(): string {
    return grouped(this.value);
  }
}

/** A number with narrow spaces between thousands. */
export function grouped(n: number): string {
  return Math.round(n)
    .toString()
    .replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f');
}

/** A figure with one place after the mark of the language: `1.0`, in French `1,0`. */
export function tenths(n: number): string {
  return n.toFixed(1).replace('.', spoken === 'fr' ? ',' : '.');
}

/** A figure with its sign before it, as it is written also where people read from the right. */
export function signed(sign: string, figure: string): string {
  return `${isMirrored() ? '\u200e' : ''}${sign}${figure}`;
}

const LONGER: Record<string, string> = { a: 'áá', e: 'éé', i: 'íí', o: 'óó', u: 'úú' };

/** Letters with marks, a third longer: what stays plain was not translated. */
function longer(text: string): string {
  return text.replaceAll(/[aeiou]/g, (letter) => LONGER[letter] ?? letter);
}

function bundleOf(tongue: Tongue): FluentBundle {
  const bundle = new FluentBundle(LOCALES[tongue], {
    // What is put into a sentence that runs the other way must not turn it.
    useIsolating: tongue === 'ar',
    ...(tongue === 'pseudo' ? { transform: longer } : {}),
  });
  for (const text of Object.values(known.get(tongue) ?? {})) {
    bundle.addResource(new FluentResource(text));
  }
  return bundle;
}

const bundles = new Map<Tongue, FluentBundle>();

function bundle(tongue: Tongue): FluentBundle {
  const made = bundles.get(tongue) ?? bundleOf(tongue);
  bundles.set(tongue, made);
  return made;
}

const KEY = 'tongue';

function isTongue(text: string | null | undefined): text is keyof typeof TONGUES {
  return typeof text === 'string' && text in TONGUES;
}

/** The language that was chosen on this machine, else the one of the desktop, else English. */
export function keptTongue(): Tongue {
  const kept = localStorage.getItem(KEY);
  const desktop = navigator.language?.slice(0, 2);
  return isTongue(kept) ? kept : isTongue(desktop) ? desktop : 'en';
}

let spoken: Tongue = 'en';
const hearers = new Set<() => void>();

/** Speaks a language from now on: words, direction, days. Its words are known already. */
export function speak(tongue: Tongue): void {
  spoken = tongue;
  const root = document.documentElement;
  root.lang = tongue === 'pseudo' ? 'en' : tongue;
  root.dir = isMirrored() ? 'rtl' : 'ltr';
  for (const hear of hearers) {
    hear();
  }
}

/** Hears that another language is spoken. */
export function onTongue(hear: () => void): () => void {
  return subscribe(hear);
}

/** Speaks a language, and keeps it for the next start. */
export function chooseTongue(tongue: Tongue): void {
  localStorage.setItem(KEY, tongue);
  void learn(tongue).then(() => speak(tongue));
}

/** The language that is spoken now. */
export function tongue(): Tongue {
  return spoken;
}

/** Whether the window runs from right to left. */
export function isMirrored(): boolean {
  return spoken === 'ar';
}

/** What days, months and plurals are written by. */
export function locale(): string {
  return LOCALES[spoken];
}

function subscribe(hear: () => void): () => void {
  hearers.add(hear);
  return () => void hearers.delete(hear);
}

/** The language that is spoken now; renders again when it changes. */
export function useTongue(): Tongue {
  return useSyncExternalStore(subscribe, tongue);
}

/** What is put into a sentence. */
export type Args = Record<string, string | number>;

/** The words of a message in the language that is spoken; English where they are missing. */
export function t(id: string, args?: Args): string {
  const given = args && Object.fromEntries(Object.entries(args).map(counted));
  for (const one of [bundle(spoken), bundle('en')]) {
    const value = one.getMessage(id)?.value;
    if (value) {
      return one.formatPattern(value, given ?? null, []);
    }
  }
  return id;
}

function counted([name, value]: [string, string | number]): [string, string | FluentNumber] {
  return [name, typeof value === 'number' ? new Counted(value) : value];
}

/** Whether the language that is spoken has this message itself. */
export function has(id: string): boolean {
  return bundle(spoken).hasMessage(id);
}

/** A table of words, `PREFIX-NAME` for each name; read anew at every look, so that it follows the language. */
export function table<Name extends string>(
  prefix: string,
  names: readonly Name[],
): Record<Name, string> {
  const made = {} as Record<Name, string>;
  for (const name of names) {
    const id = `${prefix}-${name.toLowerCase().replaceAll('_', '-')}`;
    Object.defineProperty(made, name, { get: () => t(id), enumerable: true });
  }
  return made;
}

/** A sentence with something drawn in it: `args` are put where the language wants them. */
export function Said({ id, args }: { id: string; args: Record<string, ReactNode> }) {
  const drawn: ReactNode[] = [];
  const plain: Args = {};
  for (const [name, value] of Object.entries(args)) {
    if (typeof value === 'string' || typeof value === 'number') {
      plain[name] = value;
    } else {
      plain[name] = `\uE000${drawn.length}\uE000`;
      drawn.push(value);
    }
  }
  const parts = t(id, plain).split('\uE000');
  return parts.map((part, at) => (
    // The parts of one sentence have no other name than their place.
    // oxlint-disable-next-line react/no-array-index-key
    <Fragment key={at}>{at % 2 === 1 ? drawn[Number(part)] : part}</Fragment>
  ));
}
