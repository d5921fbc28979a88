// What a failed call means for the person: what is still true, and the one thing to do next.
// The sentence that says what failed comes from the console itself.
import type { HostFailure } from '@/host';

/** The one thing that helps. */
export type Remedy = 'again' | 'copy' | 'offline' | 'sign-in' | 'settings' | 'none';

/** What is still true after a failure, and what helps. */
export interface Trouble {
  still: string;
  remedy: Remedy;
}

const REPORTS_KEPT = 'What you reported is kept. The other parts go on.';
const TYPED_STAYS = 'Nothing was lost: what you typed stays here.';
const SERVER_LATER =
  'What is kept on this station can be read without the server, and reports wait here until it is back.';

const TROUBLES: Record<string, Trouble> = {
  closed: {
    still:
      'Reports that were kept here lie untouched on the disk. When this is put right, close the console and open it again.',
    remedy: 'copy',
  },
  profile_taken: {
    still: 'The other console holds everything; nothing is lost.',
    remedy: 'again',
  },
  signed_out: { still: 'What was kept here waits for you.', remedy: 'sign-in' },
  cache: {
    still:
      'Reports that wait here lie in a file of their own and are whole. The copy can be filled again from the server.',
    remedy: 'again',
  },
  disk_full: { still: 'NOT saved. What you typed stays here.', remedy: 'copy' },
  disk: { still: 'NOT saved. What you typed stays here.', remedy: 'copy' },
  too_large: { still: TYPED_STAYS, remedy: 'none' },
  unreachable: { still: SERVER_LATER, remedy: 'offline' },
  not_elms: {
    still: 'Nothing was sent there. Look at the address, or ask who runs the network.',
    remedy: 'none',
  },
  bad_address: { still: 'Nothing was sent.', remedy: 'none' },
  wrong_password: {
    still: 'Nothing has changed. After several tries the server makes you wait.',
    remedy: 'none',
  },
  refused: { still: 'Nothing has changed.', remedy: 'none' },
  busy: { still: SERVER_LATER, remedy: 'again' },
  server_failed: { still: SERVER_LATER, remedy: 'offline' },
  nothing_kept: { still: 'After one sign-in this station also works alone.', remedy: 'none' },
  too_broad: { still: 'The record itself is whole.', remedy: 'none' },
  no_such_result: { still: 'The record itself is whole.', remedy: 'again' },
  not_found: { still: REPORTS_KEPT, remedy: 'again' },
};

const OTHER: Trouble = { still: REPORTS_KEPT, remedy: 'again' };

/** What a failure means for the person. */
export function troubleOf(failure: Pick<HostFailure, 'code'>): Trouble {
  return TROUBLES[failure.code] ?? OTHER;
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
