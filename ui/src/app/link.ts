// What the link means for a screen.
import { useEffect, useMemo, useState } from 'react';

import type { Link, Status } from '@/generated/protocol';
import { useStatus } from '@/live/queries';

/** Whether figures may be older than now: everything but a live link. */
export function isBehind(status: Status | undefined): boolean {
  return status !== undefined && status.link.state !== 'live';
}

/** Whether this station takes its first copy: it holds nothing yet, and will soon. */
export function isFirstCopy(status: Status | undefined): boolean {
  return status?.link.state === 'catching_up' && status.asOf === null && status.lastSeq === 0;
}

/** Whether this station is for reading, whoever works here. */
export function isReviewDesk(status: Status | undefined): boolean {
  return status?.station.kind === 'review';
}

/** Whether nothing is changed here, only looked at: what cannot be done is not offered. */
export function isReadOnly(status: Status | undefined): boolean {
  return isReviewDesk(status) || mayNeverChange(status);
}

/** Whether whoever works here may change nothing anywhere, and take nothing out. */
export function mayNeverChange(status: Status | undefined): boolean {
  return status?.user?.readsOnly ?? false;
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

/** Seconds until the next try, counted down here. */
export function useRetry(link: Link): number | null {
  const [left, setLeft] = useState(link.retryInMs);
  useEffect(() => {
    setLeft(link.retryInMs);
    if (link.retryInMs === null) {
      return undefined;
    }
    const due = performance.now() + link.retryInMs;
    const timer = setInterval(() => setLeft(Math.max(0, due - performance.now())), 500);
    return () => clearInterval(timer);
  }, [link]);
  return left === null ? null : Math.ceil(left / 1000);
}
