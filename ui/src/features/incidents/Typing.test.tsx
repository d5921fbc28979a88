import { act, fireEvent, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';

import type { Typing } from '@/generated/protocol';
import { INCIDENTS, status } from '@/gallery/day';
import { offlineStatus } from '@/gallery/setup';
import { mount } from '@/gallery/mount';
import { EVERY_MS, SILENCE_MS } from '@/live/typing';

const CASE = INCIDENTS[0]?.ref ?? '';
const KWAME: Typing = {
  clientRef: CASE,
  userId: 9,
  userName: 'Kwame Asante',
  stationCode: 'GH-01',
};

afterEach(() => vi.useRealTimers());

async function opened(now = status()) {
  const mounted = mount(now, { hash: `#/incidents/${CASE}` });
  await screen.findByRole('textbox', { name: 'Note' });
  vi.useFakeTimers();
  const hear = (typing: Typing[]) =>
    act(() => mounted.host.tell({ status: now, changed: [], events: [], typing }));
  return { ...mounted, hear };
}

/** The line beneath the history. */
function typingLine(): HTMLElement {
  const line = screen.getByText(/is typing at/).closest('p');
  expect(line?.textContent).toBe('Kwame Asante is typing at GH-01');
  return line as HTMLElement;
}

test('who writes is named with their station, and forgotten after six seconds of silence', async () => {
  const { hear } = await opened();
  hear([KWAME]);
  const line = typingLine();
  act(() => vi.advanceTimersByTime(SILENCE_MS - 1));
  hear([KWAME]);
  act(() => vi.advanceTimersByTime(SILENCE_MS - 1));
  expect(line.isConnected).toBe(true);
  act(() => vi.advanceTimersByTime(1));
  expect(line.isConnected).toBe(false);
});

test('a screen reader is not told each time that somebody writes', async () => {
  const { hear } = await opened();
  hear([KWAME]);
  const line = typingLine();
  const lives = [...document.querySelectorAll('[aria-live], [role="status"], [role="alert"]')];
  const around = lives.filter((one) => one !== line && one.contains(line));
  expect(around).toEqual([]);
  expect(line.getAttribute('aria-live')).toBe('off');
});

test('what is written to another case is not said here', async () => {
  const { hear } = await opened();
  hear([{ ...KWAME, clientRef: INCIDENTS[1]?.ref ?? '' }]);
  expect(screen.queryByText(/is typing/)).toBeNull();
});

test('that somebody writes here is said once in three seconds', async () => {
  const { inputs } = await opened();
  const note = screen.getByRole('textbox', { name: 'Note' });
  const write = (text: string) => fireEvent.change(note, { target: { value: text } });
  write('a');
  write('an');
  act(() => vi.advanceTimersByTime(EVERY_MS - 1));
  write('an a');
  expect(inputs('typing')).toEqual([{ ref: CASE }]);
  act(() => vi.advanceTimersByTime(1));
  write('an am');
  expect(inputs('typing')).toEqual([{ ref: CASE }, { ref: CASE }]);
  write(' ');
  expect(inputs('typing')).toHaveLength(2);
});

test('without a line nothing is said', async () => {
  const { inputs } = await opened(offlineStatus());
  fireEvent.change(screen.getByRole('textbox', { name: 'Note' }), { target: { value: 'a' } });
  expect(inputs('typing')).toEqual([]);
});
