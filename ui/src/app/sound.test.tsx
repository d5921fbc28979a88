import { act, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';

import { INCIDENTS, status } from '@/gallery/day';
import { mount } from '@/gallery/mount';
import { call } from '@/host';

import { play, TONES } from './sound';

/** An audio device that counts what it is asked to play. */
function device() {
  const started = vi.fn();
  const opened = vi.fn();
  const node = () => ({
    frequency: { value: 0 },
    gain: { setValueAtTime: () => {}, exponentialRampToValueAtTime: () => {} },
    connect: (next: unknown) => next,
    start: started,
    stop: () => {},
  });
  vi.stubGlobal(
    'AudioContext',
    class {
      currentTime = 0;
      destination = node();
      createOscillator = node;
      createGain = node;
      resume = async () => {};
      suspend = async () => {};
      constructor() {
        opened();
      }
    },
  );
  return { started, opened };
}

afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
});

async function arrive(off: boolean) {
  const { started } = device();
  localStorage.setItem('sound', off ? 'off' : 'on');
  let incidents = INCIDENTS.slice(1);
  const { host } = mount(status(), { answers: { incidents: () => incidents } });
  await screen.findByRole('heading', { name: 'Monitor' });
  const asked = () => host.asked.filter((one) => one.name === 'incidents').length;
  await vi.waitFor(() => expect(asked()).toBe(1));
  expect(started).not.toHaveBeenCalled();
  const [critical] = INCIDENTS;
  expect(critical?.severity).toBe('CRITICAL');
  incidents = INCIDENTS;
  const told = await call<ReturnType<typeof status>>('status');
  act(() => host.tell({ status: told, changed: ['incidents'], events: [], typing: [] }));
  await vi.waitFor(() => expect(asked()).toBe(2));
  await act(async () => {});
  return started;
}

test('a critical incident that comes is heard in two tones; what was there before is not', async () => {
  const started = await arrive(false);
  await vi.waitFor(() => expect(started).toHaveBeenCalledTimes(2));
});

test('nothing is heard when sound is off', async () => {
  const started = await arrive(true);
  expect(started).not.toHaveBeenCalled();
});

test('the audio device is opened once, however often it calls', () => {
  const { started, opened } = device();
  play(TONES.critical);
  play(TONES.critical);
  play(TONES.high);
  expect(opened).toHaveBeenCalledTimes(1);
  expect(started).toHaveBeenCalledTimes(5);
});
