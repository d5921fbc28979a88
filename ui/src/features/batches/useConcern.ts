// Why somebody should look at a batch now, for all who mark it.
import { zoneOf } from '@/app/link';
import type { BatchView } from '@/generated/protocol';
import { useServerNow } from '@/live/clock';
import { useStatus } from '@/live/queries';

import { concernOf, MINUTE_MS, type Concern } from './groups';

/** Tells why somebody should look at a batch; renders again once a minute. */
export function useConcern(): (batch: BatchView) => Concern | undefined {
  const zone = zoneOf(useStatus());
  const now = useServerNow(MINUTE_MS);
  return (batch) => concernOf(batch, zone, now);
}
