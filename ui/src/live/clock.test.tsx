import { act, render } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';

import { useServerNow } from './clock';

afterEach(() => vi.useRealTimers());

test('what shows minutes is not drawn again with every second', () => {
  vi.useFakeTimers({ now: Date.parse('2026-11-24T10:42:00Z') });
  const drawn = { seconds: 0, steps: 0 };
  const Seconds = () => {
    useServerNow();
    drawn.seconds += 1;
    return null;
  };
  const Steps = () => {
    const now = useServerNow(5_000);
    drawn.steps += 1;
    return <time>{new Date(now).toISOString()}</time>;
  };
  const { container } = render(
    <>
      <Seconds />
      <Steps />
    </>,
  );
  for (let second = 0; second < 12; second += 1) {
    act(() => vi.advanceTimersByTime(1_000));
  }
  expect(drawn).toEqual({ seconds: 13, steps: 3 });
  expect(container.textContent).toBe('2026-11-24T10:42:10.000Z');
});
