// A window beside this one: the clock of a hall, or the wall display on another screen.
import { call } from '@/host';
import { t } from '@/lib/tongue';

import { announce } from './announce';

/** Opens a place in a window of its own, or brings the one that shows it to the front. */
export function openBeside(route: string): void {
  call<null>('open_window', { route }).catch(() => announce(t('hall-no-window')));
}
