// Shows the whole window over a console of glass, for the tests.
import { configure, render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { vi } from 'vitest';

import { App } from '@/app/App';
import type { IncidentView, Status } from '@/generated/protocol';
import { setHost } from '@/host';

import { INCIDENTS } from './day';
import { hostOf } from './glass';
import { answersOf } from './host';

// Slow machines take seconds for what people see at once; a fact is waited for, never a time.
configure({ asyncUtilTimeout: 10_000 });
vi.setConfig({ testTimeout: 60_000 });

/** Mounts the window at `hash`; `asked` is what it asks the console from then on. */
export function mount(
  told: Status,
  {
    incidents = INCIDENTS,
    hash = '#/monitor',
    answers = {},
  }: {
    incidents?: IncidentView[];
    hash?: string;
    answers?: Parameters<typeof hostOf>[0];
  } = {},
) {
  window.location.hash = hash;
  const host = hostOf({ ...answersOf(told, incidents), ...answers });
  setHost(host);
  render(<App />);
  const inputs = (name: string) =>
    host.asked.filter((one) => one.name === name).map((one) => one.args);
  return { user: userEvent.setup({ delay: null }), inputs, host };
}
