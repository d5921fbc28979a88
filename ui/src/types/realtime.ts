// The guide's names for channels and events, over the types generated from the protocol.
import type * as protocol from '@/generated/protocol';

/** The guide's five channels, then the additional ones. */
export enum RealtimeChannel {
  SCRIPT_SUBMISSION = 'script_submission',
  BATCH_UPDATE = 'batch_update',
  EXAM_TIMETABLE = 'exam_timetable',
  INCIDENT = 'incident',
  NOTIFICATION = 'notification',
  EXAM_LOGISTICS = 'exam_logistics',
  EXAM_CHECKIN = 'exam_checkin',
  CUSTODY = 'custody',
  STATION = 'station',
}

/** Each event with its payload, as the protocol has them. */
type Facts = protocol.Fact;

/** The names of the events that this version knows. */
export type EventName = Facts['event'];

/** The payload of an event. */
export type PayloadOf<E extends EventName> = Extract<Facts, { event: E }>['payload'];

type Keys<U> = U extends unknown ? keyof U : never;

type Field<U, K extends PropertyKey> = U extends unknown
  ? K extends keyof U
    ? U[K]
    : undefined
  : never;

/**
 * The payloads of several events as one: every field can be asked for, as the guide does before it
 * has told the events apart.
 */
export type AnyOf<U> = { [K in Keys<U>]: Field<U, K> };

/** The envelope around a payload: the guide's four fields and ours. */
export type RealtimeEvent<E extends EventName = EventName> = Omit<
  protocol.Event,
  'event' | 'payload'
> & {
  event: E;
  payload: AnyOf<PayloadOf<E>>;
};

/** The events of each channel. */
export type ChannelEvents = {
  [C in RealtimeChannel]: Extract<(typeof protocol.EVENTS)[number], { channel: `${C}` }>['seed'];
};

/** How the connection stands, in the guide's three words. */
export type ConnectionState = 'connected' | 'disconnected' | 'reconnecting';
