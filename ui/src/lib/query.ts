// The guide writes `queryClient.invalidateQueries(['batches'])`, as TanStack Query 4 had it. The
// same line works here: a bare key is taken for the filter that version 5 wants.
import { QueryClient, type InvalidateQueryFilters, type QueryKey } from '@tanstack/react-query';

declare module '@tanstack/react-query' {
  interface QueryClient {
    invalidateQueries(key: readonly unknown[]): Promise<void>;
  }
}

/** A query client that also takes the guide's way of naming what is stale. */
export class ConsoleQueryClient extends QueryClient {
  override invalidateQueries(
    filters?: InvalidateQueryFilters | QueryKey,
    ...rest: unknown[]
  ): Promise<void> {
    const named = Array.isArray(filters) ? { queryKey: filters } : filters;
    return super.invalidateQueries(named as InvalidateQueryFilters, ...(rest as []));
  }
}
