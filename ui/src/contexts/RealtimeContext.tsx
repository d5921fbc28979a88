// The guide's provider. It opens no connection: the console holds it, in Rust, and this hands on
// what it hears. Rooms filter what is handed on; they grant nothing.
import { createContext, useMemo, useRef, type ReactNode } from 'react';

import type { Event, LinkState } from '@/generated/protocol';
import { useStatus } from '@/live/queries';
import { onEvents } from '@/live/store';
import type { ConnectionState } from '@/types/realtime';

/** What a subscription asks for; what is left out is not filtered by. */
export interface Wanted {
  channel?: string;
  events?: readonly string[];
  room?: string;
}

/** The guide's `useRealtime()`. */
export interface Realtime {
  isConnected: boolean;
  connectionState: ConnectionState;
  /** Hears events until the returned function is called. */
  subscribe: (wanted: Wanted, hear: (event: Event) => void) => () => void;
  /** Adds a room to those whose events are handed on to subscriptions without one. */
  joinRoom: (room: string) => void;
  /** Takes it away again. */
  leaveRoom: (room: string) => void;
}

export const RealtimeContext = createContext<Realtime | undefined>(undefined);

const STATE: Record<LinkState, ConnectionState> = {
  live: 'connected',
  catching_up: 'connected',
  reconnecting: 'reconnecting',
  offline: 'reconnecting',
  auth_required: 'disconnected',
  signed_out: 'disconnected',
};

function matches(wanted: Wanted, joined: ReadonlyMap<string, number>, event: Event): boolean {
  if (wanted.channel !== undefined && wanted.channel !== event.channel) {
    return false;
  }
  if (wanted.events !== undefined && !wanted.events.includes(event.event)) {
    return false;
  }
  if (wanted.room !== undefined) {
    return event.rooms.includes(wanted.room);
  }
  // Somebody who joined rooms by hand wants these; else everything of the institution.
  return joined.size === 0 || event.rooms.some((room) => joined.has(room));
}

export function RealtimeProvider({ children }: { children: ReactNode }) {
  const link = useStatus()?.link.state ?? 'signed_out';
  const joined = useRef(new Map<string, number>());
  const realtime = useMemo<Realtime>(() => {
    const rooms = joined.current;
    return {
      isConnected: STATE[link] === 'connected',
      connectionState: STATE[link],
      subscribe: (wanted, hear) =>
        onEvents((events) => {
          for (const event of events) {
            if (matches(wanted, rooms, event)) {
              hear(event);
            }
          }
        }),
      // Two components may join one room; it is left when both have left.
      joinRoom: (room) => void rooms.set(room, (rooms.get(room) ?? 0) + 1),
      leaveRoom: (room) => {
        const left = (rooms.get(room) ?? 0) - 1;
        if (left > 0) {
          rooms.set(room, left);
        } else {
          rooms.delete(room);
        }
      },
    };
  }, [link]);
  return <RealtimeContext value={realtime}>{children}</RealtimeContext>;
}
