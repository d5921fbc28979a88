import { cleanup } from '@testing-library/react';
import { afterEach } from 'vitest';

import { learn } from '@/lib/tongue';

afterEach(cleanup);

// jsdom has no layout; components that measure themselves get a fixed size.
class Measured {
  observe() {}
  unobserve() {}
  disconnect() {}
}
globalThis.ResizeObserver ??= Measured as unknown as typeof ResizeObserver;
Element.prototype.scrollIntoView ??= () => {};

// jsdom has no `CSS.escape`, which React Aria asks for.
globalThis.CSS ??= {
  escape: (text: string) => text.replaceAll(/[^\w-]/g, String.raw`\$&`),
} as typeof CSS;

// In a test a language is spoken at once.
await Promise.all([learn('fr'), learn('ar')]);
