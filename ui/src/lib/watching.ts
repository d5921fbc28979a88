// Halls and batches that somebody keeps an eye on; kept on this machine, no part of any record.
import { useSyncExternalStore } from 'react';

/** Something watched: a hall by its venue, a batch by its code. */
export interface Watched {
  kind: 'hall' | 'batch';
  id: string;
  name: string;
}

const KEY = 'watching';
/** More than these are no longer watched by anybody. */
const MOST = 8;

const hearers = new Set<() => void>();
let known: { text: string; list: readonly Watched[] } = { text: '[]', list: [] };

function read(): readonly Watched[] {
  const text = localStorage.getItem(KEY) ?? '[]';
  if (text !== known.text) {
    known = { text, list: parse(text) };
  }
  return known.list;
}

function parse(text: string): readonly Watched[] {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? (list as Watched[]) : [];
  } catch {
    return [];
  }
}

function subscribe(hear: () => void): () => void {
  hearers.add(hear);
  return () => void hearers.delete(hear);
}

/** What is watched, in the order in which it was begun. */
export function useWatching(): readonly Watched[] {
  return useSyncExternalStore(subscribe, read);
}

/** Begins to watch something, or ends it. */
export function toggleWatch(one: Watched): void {
  const list = read();
  const rest = list.filter((other) => other.kind !== one.kind || other.id !== one.id);
  const next = rest.length < list.length ? rest : [...rest, one].slice(-MOST);
  localStorage.setItem(KEY, JSON.stringify(next));
  for (const hear of hearers) {
    hear();
  }
}
