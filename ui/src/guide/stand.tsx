// What stands around the guide's examples in its tests: the provider, a line, and what its own
// application had (routes, who is signed in).
import { QueryClientProvider } from '@tanstack/react-query';
import { act, render } from '@testing-library/react';
import type { ReactNode } from 'react';

import { RealtimeProvider } from '@/contexts/RealtimeContext';
import { status } from '@/gallery/day';
import { hostOf, type GlassHost } from '@/gallery/glass';
import type { Event, Link } from '@/generated/protocol';
import { setHost } from '@/host';
import { ConsoleQueryClient } from '@/lib/query';
import { startLive } from '@/live/store';
import { RealtimeChannel, type EventName, type PayloadOf } from '@/types/realtime';

const CHANNEL_OF: Partial<Record<EventName, RealtimeChannel>> = {
  'script:submitted': RealtimeChannel.SCRIPT_SUBMISSION,
  'script:verified': RealtimeChannel.SCRIPT_SUBMISSION,
  'script:collected': RealtimeChannel.SCRIPT_SUBMISSION,
  'script:graded': RealtimeChannel.SCRIPT_SUBMISSION,
  'batch:sealed': RealtimeChannel.SCRIPT_SUBMISSION,
  'batch:assigned': RealtimeChannel.SCRIPT_SUBMISSION,
  'batch:created': RealtimeChannel.BATCH_UPDATE,
  'batch:stats_updated': RealtimeChannel.BATCH_UPDATE,
  'timetable:published': RealtimeChannel.EXAM_TIMETABLE,
  'timetable:updated': RealtimeChannel.EXAM_TIMETABLE,
  'incident:reported': RealtimeChannel.INCIDENT,
  'incident:resolved': RealtimeChannel.INCIDENT,
  'notification:new': RealtimeChannel.NOTIFICATION,
  'notification:read': RealtimeChannel.NOTIFICATION,
  hall_log: RealtimeChannel.EXAM_LOGISTICS,
};

/** An event as the server sends it, with the part of its payload that the example reads. */
export function event<E extends EventName>(
  name: E,
  payload: Partial<PayloadOf<E>>,
  ...rooms: string[]
): Event {
  const at = '2026-11-24T10:42:18.000Z';
  return {
    channel: CHANNEL_OF[name] ?? '',
    event: name,
    payload: { ...payload },
    timestamp: at,
    seq: 1,
    eventId: '01990000-0000-7000-8000-000000000001',
    schema: 1,
    institutionId: 1,
    rooms: ['institution:1', ...rooms],
    actor: { userId: 5, name: 'Ama Boateng', stationCode: 'EO-02' },
    causeRef: null,
    occurredAt: at,
    recordedAt: at,
    clockOffsetMs: 0,
  };
}

/** A guide example on its stand. */
export interface Stand {
  client: ConsoleQueryClient;
  host: GlassHost;
  /** The console hears events. */
  hear: (...events: Event[]) => void;
  /** The line changes. */
  line: (link: Partial<Link>) => void;
  /** The example leaves the screen. */
  leave: () => void;
}

let stop: (() => void) | undefined;

/** Puts an example on the screen, on a live line. */
export async function put(example: ReactNode): Promise<Stand> {
  stop?.();
  const host = hostOf({ status: () => status() });
  setHost(host);
  stop = startLive();
  const client = new ConsoleQueryClient();
  const { unmount } = render(
    <QueryClientProvider client={client}>
      <RealtimeProvider>{example}</RealtimeProvider>
    </QueryClientProvider>,
  );
  await act(async () => {
    await Promise.resolve();
  });
  const tell = (link: Partial<Link>, events: Event[]) =>
    act(() => host.tell({ status: status({}, link), changed: [], events, typing: [] }));
  return {
    client,
    host,
    hear: (...events) => tell({}, events),
    line: (link) => tell(link, []),
    leave: unmount,
  };
}

/** The example's router: the batch in the address. */
export function useParams(): { batchId: string } {
  return { batchId: '10' };
}

/** The example's store of who is signed in. */
export function useAuthStore(): { user?: { id: number } } {
  return { user: { id: 678 } };
}
