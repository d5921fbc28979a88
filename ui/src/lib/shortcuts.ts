// One table of keys: the handlers, the sheet, the palette and the caps on buttons read it.
import keys from './shortcuts.json';
import { t, table } from './tongue';

/** The name of something that a key does. */
export type ShortcutId = keyof typeof keys;

/** Where a key works. */
export type Place = (typeof keys)[ShortcutId]['place'];

export interface Shortcut {
  place: Place;
  /** What it does, in the language that is spoken. */
  readonly words: string;
  /** Ways to press it: `r`, `g m` one after the other, `Ctrl Shift Enter` together. */
  readonly keys: readonly string[];
}

/** All keys, in the order of the sheet. */
export const SHORTCUTS = Object.fromEntries(
  Object.entries(keys).map(([id, shortcut]) => [id, worded(id, shortcut)]),
) as Record<ShortcutId, Shortcut>;

const OWN = 'keys';
const hearers = new Set<() => void>();

/** The keys that somebody chose on this machine, by the shortcut's name. */
function ownKeys(): OwnKeys {
  const text = keysText();
  if (text !== known.text) {
    known = { text, keys: parsed(text) };
  }
  return known.keys;
}

type OwnKeys = Partial<Record<string, string[]>>;

let known: { text: string; keys: OwnKeys } = { text: '', keys: {} };

function parsed(text: string): OwnKeys {
  try {
    return JSON.parse(text === '' ? '{}' : text) as OwnKeys;
  } catch {
    return {};
  }
}

/** Puts other keys on a shortcut; none takes the usual ones back. */
export function setKeys(id: ShortcutId, ways: string[] | null): void {
  const { [id]: _, ...others } = ownKeys();
  const next = ways === null ? others : { ...others, [id]: ways };
  localStorage.setItem(OWN, JSON.stringify(next));
  for (const hear of hearers) {
    hear();
  }
}

/** Whether the keys of a shortcut were chosen here. */
export function hasOwnKeys(id: ShortcutId): boolean {
  return id in ownKeys();
}

/** All keys as text: another text when one was changed. */
export function keysText(): string {
  return localStorage.getItem(OWN) ?? '';
}

/** Hears that keys were changed. */
export function onKeys(hear: () => void): () => void {
  hearers.add(hear);
  return () => void hearers.delete(hear);
}

/** What else is pressed by `way` where both could be meant. */
export function clashOf(id: ShortcutId, way: string): ShortcutId | undefined {
  const mine = SHORTCUTS[id].place;
  return (Object.keys(SHORTCUTS) as ShortcutId[]).find((other) => {
    const { place, keys: ways } = SHORTCUTS[other];
    const meets = place === mine || place === 'everywhere' || mine === 'everywhere';
    return other !== id && meets && ways.includes(way);
  });
}

/** A press as the table writes it: `Ctrl Shift Enter`. */
export function wayOf(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const named = /^[a-z]$/.test(key) || key.length > 1;
  const held = [
    (event.ctrlKey || event.metaKey) && 'Ctrl',
    event.altKey && 'Alt',
    event.shiftKey && named && 'Shift',
  ];
  return [...held.filter(Boolean), key].join(' ');
}

function worded(id: string, { place, keys: ways }: { place: string; keys: string[] }): Shortcut {
  const name = `key-${id.replaceAll('.', '-').toLowerCase()}`;
  return {
    place: place as Place,
    get keys() {
      return ownKeys()[id] ?? ways;
    },
    get words() {
      return t(name);
    },
  };
}

/** The headings of the sheet. */
export const PLACES: Record<Place, string> = table('key-place', [
  'everywhere',
  'lists',
  'monitor',
  'incident',
  'report',
  'batches',
  'timetable',
  'review',
  'hall',
  'notifications',
]);

const MODIFIERS = ['Ctrl', 'Alt', 'Shift'] as const;

/** One way to press something. */
export interface Press {
  ctrl: boolean;
  alt: boolean;
  shift: boolean;
  /** As in `KeyboardEvent.key`, letters in lower case. */
  key: string;
  /** The key before it, for two that are pressed one after the other. */
  after: string | null;
}

/** Reads `Ctrl Shift Enter` or `g m`. */
export function pressOf(text: string): Press {
  const parts = text.split(' ');
  const held = MODIFIERS.filter((modifier) => parts.includes(modifier));
  const rest = parts.filter((part) => !(MODIFIERS as readonly string[]).includes(part));
  return {
    ctrl: held.includes('Ctrl'),
    alt: held.includes('Alt'),
    shift: held.includes('Shift'),
    key: rest.at(-1) ?? '',
    after: rest.length > 1 ? (rest[0] ?? null) : null,
  };
}

/** Whether it is a single character without a held key, which may be switched off. */
export function isLetter({ ctrl, alt, key }: Press): boolean {
  return !ctrl && !alt && key.length === 1;
}

/** Whether an event is this press; `before` is the key pressed just before it. */
export function isPressed(press: Press, event: KeyboardEvent, before: string | null): boolean {
  const typed = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  // What a sign needs is told by the keyboard: `?` is held with Shift on one, alone on another.
  const shiftMatters = /^[a-z]$/.test(press.key) || press.key.length > 1;
  return (
    typed === press.key &&
    press.ctrl === (event.ctrlKey || event.metaKey) &&
    press.alt === event.altKey &&
    (!shiftMatters || press.shift === event.shiftKey) &&
    press.after === before
  );
}

const CAPS: Record<string, string> = {
  Enter: '↵',
  Shift: '⇧',
  ArrowDown: '↓',
  ArrowUp: '↑',
  Escape: 'Esc',
};

/** What is printed on the keys, as on a button: `Ctrl ⇧ ↵`. */
export function capsOf(text: string): string {
  return text
    .split(' ')
    .map((part) => CAPS[part] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join(' ');
}

/** The caps of a shortcut's first way. */
export function kbdOf(id: ShortcutId): string {
  return capsOf(SHORTCUTS[id].keys[0] ?? '');
}

const LETTERS = 'letters';

/** Whether single letters do something (WCAG 2.1.4: they may be switched off). */
export function lettersWork(): boolean {
  return localStorage.getItem(LETTERS) !== 'off';
}

/** Switches single letters on or off, on this machine. */
export function setLetters(on: boolean): void {
  localStorage.setItem(LETTERS, on ? 'on' : 'off');
}
