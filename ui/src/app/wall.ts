// The wall display: lanes and feed, larger, without the sidebar; the pointer hides when it rests.
import { useEffect } from 'react';

import { useKeys } from '@/lib/keys';

import { go, useRoute } from './router';

/** The pointer is hidden when it has not moved for this long. */
const REST_MS = 3000;

/** Whether the window is a wall display, and keeps the page so. */
export function useWall(): boolean {
  const { path, search } = useRoute();
  const on = path[0] === 'monitor' && search.has('wall');
  useKeys(['Escape'], () => go('#/monitor'), on && !search.has('hall'));
  useEffect(() => {
    if (!on) {
      return undefined;
    }
    const root = document.documentElement;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const moved = () => {
      root.dataset['wall'] = 'on';
      clearTimeout(timer);
      timer = setTimeout(() => {
        root.dataset['wall'] = 'still';
      }, REST_MS);
    };
    moved();
    window.addEventListener('pointermove', moved);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pointermove', moved);
      delete root.dataset['wall'];
    };
  }, [on]);
  return on;
}
