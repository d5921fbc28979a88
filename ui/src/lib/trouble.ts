// What a failed call means for the person: what is still true, and the one thing to do next.
// The sentence that says what failed comes from the console itself.
import type { HostFailure } from '@/host';

import { t } from './tongue';

/** The one thing that helps. */
export type Remedy = 'again' | 'copy' | 'offline' | 'sign-in' | 'settings' | 'none';

/** What is still true after a failure, and what helps. */
export interface Trouble {
  still: string;
  remedy: Remedy;
}

/** For each code what is still true, by the name of its message, and what helps. */
const TROUBLES: Record<string, readonly [string, Remedy]> = {
  closed: ['trouble-closed', 'copy'],
  profile_taken: ['trouble-profile-taken', 'again'],
  signed_out: ['trouble-signed-out', 'sign-in'],
  cache: ['trouble-cache', 'again'],
  disk_full: ['trouble-disk-full', 'copy'],
  disk: ['trouble-disk-full', 'copy'],
  too_large: ['trouble-too-large', 'none'],
  unreachable: ['trouble-unreachable', 'offline'],
  not_elms: ['trouble-not-elms', 'none'],
  other_server: ['trouble-other-server', 'offline'],
  in_the_clear: ['trouble-bad-address', 'none'],
  bad_address: ['trouble-bad-address', 'none'],
  wrong_password: ['trouble-wrong-password', 'none'],
  code_needed: ['trouble-refused', 'none'],
  set_up_code_needed: ['trouble-refused', 'none'],
  code_wrong: ['trouble-wrong-password', 'none'],
  second_factor_needed: ['trouble-refused', 'none'],
  refused: ['trouble-refused', 'none'],
  busy: ['trouble-unreachable', 'again'],
  server_failed: ['trouble-unreachable', 'offline'],
  key_gone: ['trouble-key-gone', 'sign-in'],
  nothing_kept: ['trouble-nothing-kept', 'none'],
  too_broad: ['trouble-too-broad', 'none'],
  no_such_result: ['trouble-too-broad', 'again'],
  not_found: ['trouble-not-found', 'again'],
};

const OTHER: readonly [string, Remedy] = ['trouble-not-found', 'again'];

/** What a failure means for the person. */
export function troubleOf(failure: Pick<HostFailure, 'code'>): Trouble {
  const [still, remedy] = TROUBLES[failure.code] ?? OTHER;
  return { still: t(still), remedy };
}

/** Puts text where it can be pasted from; whether that worked. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
