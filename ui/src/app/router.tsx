// Places in the window are hashes, so that notices and people can link to them.
import { useMemo, useSyncExternalStore, type AnchorHTMLAttributes } from 'react';

/** Where the window is: `#/incidents/0197…?report=new`. */
export interface Route {
  path: string[];
  search: URLSearchParams;
}

/** Reads a hash. An empty one is the Monitor. */
export function readRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#?\/?/, '').split('?', 2);
  const parts = path.split('/').filter(Boolean).map(decodeURIComponent);
  return { path: parts.length > 0 ? parts : ['monitor'], search: new URLSearchParams(search) };
}

/** Writes a hash. */
export function writeRoute(path: readonly string[], search?: URLSearchParams): string {
  const query = search?.toString() ?? '';
  return `#/${path.map(encodeURIComponent).join('/')}${query ? `?${query}` : ''}`;
}

/** Goes to a place, like `#/incidents/0197…`. */
export function go(to: string): void {
  window.location.hash = to;
}

/** The same place with one search parameter changed; `null` takes it away. */
export function goWith(name: string, value: string | null): void {
  const { path, search } = readRoute(window.location.hash);
  if (value === null) {
    search.delete(name);
  } else {
    search.set(name, value);
  }
  go(writeRoute(path, search));
}

function subscribe(hear: () => void): () => void {
  window.addEventListener('hashchange', hear);
  return () => window.removeEventListener('hashchange', hear);
}

/** Where the window is. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return useMemo(() => readRoute(hash), [hash]);
}

/** A link to a place. */
export function Link({
  to,
  children,
  ...rest
}: { to: string } & AnchorHTMLAttributes<HTMLAnchorElement>) {
  return (
    <a href={to} {...rest}>
      {children}
    </a>
  );
}
