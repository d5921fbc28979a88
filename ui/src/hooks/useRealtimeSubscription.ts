// The guide's hooks, with its signatures. They clean up after themselves.
import { useEffect, useRef } from 'react';

import {
  RealtimeChannel,
  type ChannelEvents,
  type EventName,
  type RealtimeEvent,
} from '@/types/realtime';

import { useRealtime } from './useRealtime';

/** What the guide's `useRealtimeSubscription` takes. */
export interface UseRealtimeSubscriptionOptions<
  C extends RealtimeChannel = RealtimeChannel,
  E extends EventName = ChannelEvents[C],
> {
  /** All channels when left out. */
  channel?: C;
  /** Only these; all of the channel when left out. */
  events?: readonly E[];
  /** Only events of this room, like `batch:10`. */
  room?: string;
  /** Not heard while false. */
  enabled?: boolean;
  onEvent?: (event: RealtimeEvent<E>) => void;
}

/** Hears events of a channel while the component is there. */
export function useRealtimeSubscription<
  C extends RealtimeChannel = RealtimeChannel,
  E extends EventName = ChannelEvents[C],
>(options: UseRealtimeSubscriptionOptions<C, E>): void {
  const { subscribe } = useRealtime();
  const { channel, room, enabled = true } = options;
  // A list written in place is a new one at each render; its words are what matters.
  const events = options.events?.join(' ');
  const hear = useRef(options.onEvent);
  useEffect(() => {
    hear.current = options.onEvent;
  });
  useEffect(() => {
    if (!enabled) {
      return undefined;
    }
    const wanted = {
      ...(channel === undefined ? {} : { channel }),
      ...(events === undefined ? {} : { events: events.split(' ') }),
      ...(room === undefined ? {} : { room }),
    };
    return subscribe(wanted, (event) => hear.current?.(event as unknown as RealtimeEvent<E>));
  }, [subscribe, channel, events, room, enabled]);
}

/** The options of a hook that knows its channel. */
type Options<C extends RealtimeChannel, E extends ChannelEvents[C]> = Omit<
  UseRealtimeSubscriptionOptions<C, E>,
  'channel'
>;

/** `script:submitted` and its kin. */
export function useScriptSubmissionUpdates<
  E extends ChannelEvents[RealtimeChannel.SCRIPT_SUBMISSION],
>(options: Options<RealtimeChannel.SCRIPT_SUBMISSION, E> = {}): void {
  useRealtimeSubscription({ channel: RealtimeChannel.SCRIPT_SUBMISSION, ...options });
}

/**
 * `batch:created` and its kin. The guide also listens for `batch:sealed` and `batch:assigned` here,
 * which travel on the script channel: this hook hears both channels.
 */
export function useBatchUpdates<
  E extends ChannelEvents[RealtimeChannel.BATCH_UPDATE] | 'batch:sealed' | 'batch:assigned',
>(
  options: {
    events?: readonly E[];
    room?: string;
    enabled?: boolean;
    onEvent?: (event: RealtimeEvent<E>) => void;
  } = {},
): void {
  useOneOf([RealtimeChannel.BATCH_UPDATE, RealtimeChannel.SCRIPT_SUBMISSION], options, (name) =>
    name.startsWith('batch:'),
  );
}

/** `timetable:published` and its kin. */
export function useTimetableUpdates<E extends ChannelEvents[RealtimeChannel.EXAM_TIMETABLE]>(
  options: Options<RealtimeChannel.EXAM_TIMETABLE, E> = {},
): void {
  useRealtimeSubscription({ channel: RealtimeChannel.EXAM_TIMETABLE, ...options });
}

/** `incident:reported` and its kin. */
export function useIncidentUpdates<E extends ChannelEvents[RealtimeChannel.INCIDENT]>(
  options: Options<RealtimeChannel.INCIDENT, E> = {},
): void {
  useRealtimeSubscription({ channel: RealtimeChannel.INCIDENT, ...options });
}

/** `notification:new` and its kin. */
export function useNotifications<E extends ChannelEvents[RealtimeChannel.NOTIFICATION]>(
  options: Options<RealtimeChannel.NOTIFICATION, E> = {},
): void {
  useRealtimeSubscription({ channel: RealtimeChannel.NOTIFICATION, ...options });
}

function useOneOf<E extends EventName>(
  channels: readonly RealtimeChannel[],
  options: {
    events?: readonly E[];
    room?: string;
    enabled?: boolean;
    onEvent?: (event: RealtimeEvent<E>) => void;
  },
  belongs: (name: string) => boolean,
): void {
  const { subscribe } = useRealtime();
  const { room, enabled = true } = options;
  const events = options.events?.join(' ');
  const names = channels.join(' ');
  const hear = useRef(options.onEvent);
  const mine = useRef(belongs);
  useEffect(() => {
    hear.current = options.onEvent;
  });
  useEffect(() => {
    if (!enabled) {
      return undefined;
    }
    const stops = names.split(' ').map((channel) =>
      subscribe(
        {
          channel,
          ...(events === undefined ? {} : { events: events.split(' ') }),
          ...(room === undefined ? {} : { room }),
        },
        (event) => {
          if (mine.current(event.event)) {
            hear.current?.(event as unknown as RealtimeEvent<E>);
          }
        },
      ),
    );
    return () => stops.forEach((stop) => stop());
  }, [subscribe, names, events, room, enabled]);
}
