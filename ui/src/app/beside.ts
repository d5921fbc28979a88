// A window beside this one: the clock of a hall, a case, a batch, or the wall display on another screen.
import { call } from '@/host';
import { t } from '@/lib/tongue';

import { announce } from './announce';
import { readRoute, useRoute, writeRoute, type Route } from './router';

/** What a second window is opened with. It stays one wherever it goes. */
const SECOND = new URLSearchParams({ second: 'on' });
const OPENED_AS_SECOND = readRoute(window.location.hash).search.has('second');

/** Whether this is a window beside the first: it neither sounds nor locks the station. */
export function useIsSecond(): boolean {
  return useRoute().search.has('second') || OPENED_AS_SECOND;
}

/** Opens a place in a window of its own, or brings the one that shows it to the front. */
export function openBeside(route: string): void {
  call<null>('open_window', { route }).catch(() => announce(t('hall-no-window')));
}

/** A case in a window of its own. */
export function placeOfCase(ref: string): string {
  return writeRoute(['incidents', ref], SECOND);
}

/** A batch in a window of its own. */
export function placeOfBatch(code: string): string {
  return writeRoute(['batches', code], SECOND);
}

/** What is shown here, as the place of a window of its own; none for what has no such window. */
function placeBeside({ path, search }: Route): string | undefined {
  const [screen, id] = path;
  const chosen = screen === 'monitor' ? search.get('incident') : null;
  if (chosen) {
    return placeOfCase(chosen);
  }
  if (!id) {
    return undefined;
  }
  switch (screen) {
    case 'incidents':
      return placeOfCase(id);
    case 'batches':
      return placeOfBatch(id);
    case 'hall':
      return writeRoute(['clock', id]);
    default:
      return undefined;
  }
}

/** Opens what is shown here in a window of its own. */
export function openThisBeside(): void {
  const place = placeBeside(readRoute(window.location.hash));
  if (place) {
    openBeside(place);
  } else {
    announce(t('app-no-window-for-this'));
  }
}
