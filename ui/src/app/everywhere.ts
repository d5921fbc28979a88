// The keys that work on every screen.
import { useEffect } from 'react';

import { useKey } from '@/lib/keys';

import { go, goWith } from './router';

/** `R` reports; `G` and a letter goes to a place; `Ctrl ,` to the settings. */
export function useEverywhereKeys(): void {
  useKey('r', () => goWith('report', 'new'));
  useKey('g m', () => go('#/monitor'));
  useKey('g i', () => go('#/incidents'));
  useKey('g b', () => go('#/batches'));
  useKey('g r', () => go('#/review'));
  useKey('g n', () => go('#/notifications'));
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key === ',') {
        event.preventDefault();
        go('#/settings');
      }
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, []);
}
