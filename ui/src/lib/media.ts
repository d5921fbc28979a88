import { useCallback, useSyncExternalStore } from 'react';

/** Whether the window is like `query`, and when it changes. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (hear: () => void) => {
      const list = window.matchMedia?.(query);
      list?.addEventListener('change', hear);
      return () => list?.removeEventListener('change', hear);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia?.(query).matches ?? false);
}

/** Below this width the sidebar is icons and columns that can be missed are left out. */
export const NARROW = '(width < 1180px)';
