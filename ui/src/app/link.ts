// What the link means for a screen.
import { useMemo } from 'react';

import type { Status } from '@/generated/protocol';
import { useStatus } from '@/live/queries';

/** Whether figures may be older than now: everything but a live link. */
export function isBehind(status: Status | undefined): boolean {
  return status !== undefined && status.link.state !== 'live';
}

/** The zone in which times are shown. */
export function zoneOf(status: Status | undefined): string {
  return status?.institution?.timezone ?? 'UTC';
}

/** The zone, and the instant up to which everything is held while it is not now. */
export function useMoment(): { zone: string; behindSince: number | null } {
  const status = useStatus();
  const zone = zoneOf(status);
  const asOf = isBehind(status) ? (status?.asOf ?? null) : null;
  return useMemo(
    () => ({ zone, behindSince: asOf === null ? null : Date.parse(asOf) }),
    [zone, asOf],
  );
}
