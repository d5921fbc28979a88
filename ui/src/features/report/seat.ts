import type { Candidate, SittingId } from '@/generated/protocol';
import { useCall } from '@/live/queries';

/** `C-09` and `c9` are one seat: no hyphens, no leading zeros, capitals. */
export function seatName(text: string): string {
  return text
    .trim()
    .toUpperCase()
    .replaceAll(/[\s-]+/g, '')
    .replaceAll(/(^|\D)0+(?=\d)/g, '$1');
}

/** Who sits there; the list is on this station. */
export function useSeat(sittingId: SittingId | null, seat: string): Candidate | undefined {
  const plain = seatName(seat);
  const asked = { ...(sittingId === null ? {} : { sittingId }), text: plain };
  const padded = { ...asked, text: seat.trim() };
  const enabled = sittingId !== null && plain !== '';
  const found = [
    ...(useCall<Candidate[]>('candidates', asked, { enabled }).data ?? []),
    ...(useCall<Candidate[]>('candidates', padded, { enabled }).data ?? []),
  ];
  if (!enabled) {
    return undefined;
  }
  return found.find((one) => one.sittingId === sittingId && seatName(one.seat) === plain);
}
