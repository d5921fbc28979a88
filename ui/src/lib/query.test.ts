import { QueryObserver } from '@tanstack/react-query';
import { expect, test, vi } from 'vitest';

import { ConsoleQueryClient } from './query';

test('five hundred events of a moment cost one reading', async () => {
  vi.useFakeTimers();
  const client = new ConsoleQueryClient();
  const read = vi.fn(() => Promise.resolve([]));
  const observer = new QueryObserver(client, { queryKey: ['batches', 1], queryFn: read });
  const stop = observer.subscribe(() => {});
  await vi.advanceTimersByTimeAsync(0);
  expect(read).toHaveBeenCalledTimes(1);
  for (let n = 0; n < 500; n += 1) {
    void client.invalidateQueries(['batches']);
  }
  expect(client.getQueryState(['batches', 1])?.isInvalidated).toBe(true);
  await vi.advanceTimersByTimeAsync(1000);
  expect(read).toHaveBeenCalledTimes(2);
  stop();
  vi.useRealTimers();
});
