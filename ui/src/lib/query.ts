// The guide writes `queryClient.invalidateQueries(['batches'])`, as TanStack Query 4 had it. The
// same line works here: a bare key is taken for the filter that version 5 wants.
import {
  hashKey,
  QueryClient,
  type InvalidateQueryFilters,
  type QueryKey,
} from '@tanstack/react-query';

declare module '@tanstack/react-query' {
  interface QueryClient {
    invalidateQueries(key: readonly unknown[]): Promise<void>;
  }
}

/** What events make stale is read anew within this time, and not more often. */
const AT_MOST_EVERY_MS = 250;

/**
 * A query client that also takes the guide's way of naming what is stale. The guide's examples name
 * it at every event; here it is marked at once and read once for all events of a moment, so that a
 * thousand events cost one reading.
 */
export class ConsoleQueryClient extends QueryClient {
  readonly #soon = new Map<string, Promise<void>>();

  override invalidateQueries(
    filters?: InvalidateQueryFilters | QueryKey,
    ...rest: unknown[]
  ): Promise<void> {
    if (isKey(filters)) {
      void super.invalidateQueries({ queryKey: filters, refetchType: 'none' });
      return this.#readSoon(filters);
    }
    return super.invalidateQueries(filters, ...(rest as []));
  }

  #readSoon(queryKey: QueryKey): Promise<void> {
    const name = hashKey(queryKey);
    const waiting = this.#soon.get(name);
    if (waiting) {
      return waiting;
    }
    const reading = new Promise((resolve) => setTimeout(resolve, AT_MOST_EVERY_MS)).then(() => {
      this.#soon.delete(name);
      return this.refetchQueries({ queryKey, type: 'active' });
    });
    this.#soon.set(name, reading);
    return reading;
  }
}

function isKey(filters: InvalidateQueryFilters | QueryKey | undefined): filters is QueryKey {
  return Array.isArray(filters);
}
