// What is heard: two low tones for a critical incident, every 30 s until somebody acknowledges it;
// one tone for a high one. Kept on this machine; whether it is on says so at the head of the Monitor.
import { useEffect, useRef, useSyncExternalStore } from 'react';

import type { IncidentView } from '@/generated/protocol';
import { useCall } from '@/live/queries';

const KEY = 'sound';
/** A critical incident is heard again after this time. */
const AGAIN_MS = 30_000;

const hearers = new Set<() => void>();

/** Whether anything is heard. */
export function soundIsOn(): boolean {
  return localStorage.getItem(KEY) !== 'off';
}

/** Switches sound on or off, on this machine. */
export function setSound(on: boolean): void {
  localStorage.setItem(KEY, on ? 'on' : 'off');
  for (const hear of hearers) {
    hear();
  }
}

const HIGH = 'sound-high';

/** Whether a high incident is heard, where anything is. */
function highIsHeard(): boolean {
  return localStorage.getItem(HIGH) !== 'off';
}

/** Lets a high incident be heard or not, on this machine. */
export function setHighSound(on: boolean): void {
  localStorage.setItem(HIGH, on ? 'on' : 'off');
  for (const hear of hearers) {
    hear();
  }
}

/** Whether a high incident is heard; renders again when it changes. */
export function useHighSound(): boolean {
  return useSyncExternalStore(subscribe, highIsHeard);
}

const VOLUME = 'sound-volume';

/** How loud it is, in percent. */
function volume(): number {
  const kept = Number(localStorage.getItem(VOLUME));
  return kept >= 10 && kept <= 100 ? kept : 60;
}

/** Makes it louder or softer, on this machine; never silent, which is the other switch. */
export function setVolume(percent: number): void {
  localStorage.setItem(VOLUME, String(percent));
  for (const hear of hearers) {
    hear();
  }
}

/** How loud it is, in percent; renders again when it changes. */
export function useVolume(): number {
  return useSyncExternalStore(subscribe, volume);
}

function subscribe(hear: () => void): () => void {
  hearers.add(hear);
  return () => void hearers.delete(hear);
}

/** Whether anything is heard; renders again when it changes. */
export function useSound(): boolean {
  return useSyncExternalStore(subscribe, soundIsOn);
}

/** A tone: when it begins and how long it lasts, in seconds. */
type Tone = readonly [hertz: number, from: number, length: number];

export const TONES = {
  critical: [
    [220, 0, 0.35],
    [165, 0.45, 0.35],
  ],
  high: [[330, 0, 0.3]],
} as const satisfies Record<string, readonly Tone[]>;

/** Opening a device takes a tenth of a second in which nothing else is done: it is opened once. */
let device: AudioContext | undefined;
let rest: ReturnType<typeof setTimeout> | undefined;

/** Plays tones; where there is no sound nothing happens. */
export function play(tones: readonly Tone[]): void {
  const Context = globalThis.AudioContext;
  if (!Context) {
    return;
  }
  const context = device instanceof Context ? device : new Context();
  device = context;
  void context.resume().catch(() => {});
  for (const [hertz, from, length] of tones) {
    const [tone, loudness] = [context.createOscillator(), context.createGain()];
    const at = context.currentTime + from;
    tone.frequency.value = hertz;
    // Without a click at either end.
    loudness.gain.setValueAtTime(0.0001, at);
    loudness.gain.exponentialRampToValueAtTime(volume() / 200, at + 0.03);
    loudness.gain.exponentialRampToValueAtTime(0.0001, at + length);
    tone.connect(loudness).connect(context.destination);
    tone.start(at);
    tone.stop(at + length);
  }
  const whole = Math.max(...tones.map(([, from, length]) => from + length));
  clearTimeout(rest);
  rest = setTimeout(() => void context.suspend().catch(() => {}), whole * 1000 + 200);
}

/** The incidents of a severity that nobody has acknowledged. */
function unanswered(incidents: readonly IncidentView[], severity: string): string[] {
  return incidents
    .filter((one) => one.severity === severity && one.status === 'REPORTED')
    .filter((one) => one.acknowledgedAt === null && one.sync === 'server')
    .map((one) => one.ref);
}

/** Whether the quiet hour lasts still. */
function isQuiet(until: string | null): boolean {
  return until !== null && Date.now() < Date.parse(until);
}

/** Lets what needs somebody be heard, as long as the window is open. */
export function useAlarms(sound: (tones: readonly Tone[]) => void = play): void {
  const incidents = useCall<IncidentView[]>('incidents').data;
  const on = useSound();
  const quietUntil = useCall<{ quietUntil: string | null }>('reaches').data?.quietUntil ?? null;
  // What was there when the window opened calls nobody to it.
  const known = useRef<Set<string> | null>(null);
  const critical = incidents ? unanswered(incidents, 'CRITICAL') : [];
  const calling = on && critical.length > 0;
  useEffect(() => {
    if (!incidents) {
      return;
    }
    const before = known.current;
    known.current = new Set(incidents.map((one) => one.ref));
    const isNew = (ref: string) => before !== null && !before.has(ref);
    if (!soundIsOn()) {
      return;
    }
    if (unanswered(incidents, 'CRITICAL').some(isNew)) {
      sound(TONES.critical);
    } else if (highIsHeard() && !isQuiet(quietUntil) && unanswered(incidents, 'HIGH').some(isNew)) {
      sound(TONES.high);
    }
  }, [incidents, sound, quietUntil]);
  useEffect(() => {
    const timer = calling ? setInterval(() => sound(TONES.critical), AGAIN_MS) : undefined;
    return () => clearInterval(timer);
  }, [calling, sound]);
}
