import { useContext } from 'react';

import { RealtimeContext, type Realtime } from '@/contexts/RealtimeContext';

/** The guide's basic hook: the state of the connection, and events by hand. */
export function useRealtime(): Realtime {
  const realtime = useContext(RealtimeContext);
  if (!realtime) {
    throw new Error('useRealtime is used outside of RealtimeProvider');
  }
  return realtime;
}
