// What can be done from everywhere: by its key, from the palette, from the native menu.
import { call } from '@/host';
import { changeAppearance, loadAppearance, type Theme } from '@/features/settings/appearance';
import { kbdOf, SHORTCUTS, type ShortcutId } from '@/lib/shortcuts';
import { t } from '@/lib/tongue';
import { currentStatus } from '@/live/store';

import { isReadOnly } from './link';
import { openThisBeside } from './beside';
import { focusPanel } from './panels';
import { go, goWith, readRoute } from './router';

/** Something to do. */
export interface Deed {
  id: string;
  words: string;
  /** Its keys, as printed on them. */
  kbd: string | null;
  run: () => void;
}

/** The steps of the text size, in percent. */
const STEP = 10;

function resize(by: number | null): void {
  const { textSize } = loadAppearance();
  const wanted = by === null ? 100 : textSize + by;
  changeAppearance({ textSize: Math.min(200, Math.max(80, wanted)) });
}

/** Opens or closes the wall display: lanes and feed, larger, without the sidebar. */
function toggleWall(): void {
  const { path, search } = readRoute(window.location.hash);
  const on = path[0] === 'monitor' && search.has('wall');
  go(on ? '#/monitor' : '#/monitor?wall=on');
  const full = on ? document.exitFullscreen?.() : document.documentElement.requestFullscreen?.();
  // A desktop that does not fill the screen still shows the wall.
  full?.catch(() => {});
}

/** Focuses the field that searches this screen; where there is none, the palette does. */
function searchHere(): void {
  const field = document.querySelector<HTMLElement>('[data-search]');
  if (field) {
    field.focus();
  } else {
    goWith('jump', 'on');
  }
}

const RUN: Partial<Record<ShortcutId, () => void>> = {
  jump: () => goWith('jump', 'on'),
  search: searchHere,
  shortcuts: () => goWith('keys', 'on'),
  report: () => isReadOnly(currentStatus()) || goWith('report', 'new'),
  'panel.next': () => focusPanel(1),
  'panel.before': () => focusPanel(-1),
  settings: () => go('#/settings'),
  wall: toggleWall,
  beside: openThisBeside,
  'text.larger': () => resize(STEP),
  'text.smaller': () => resize(-STEP),
  'text.usual': () => resize(null),
  'go.monitor': () => go('#/monitor'),
  'go.incidents': () => go('#/incidents'),
  'go.batches': () => go('#/batches'),
  'go.timetable': () => go('#/timetable'),
  'go.review': () => go('#/review'),
  'go.hall': () => go('#/hall'),
  'go.notifications': () => go('#/notifications'),
};

/** What the keys do that work everywhere. */
export const EVERYWHERE = Object.entries(RUN) as [ShortcutId, () => void][];

const THEMES: readonly [Theme, string][] = [
  ['light', 'app-light-theme'],
  ['dark', 'app-dark-theme'],
  ['high-contrast', 'app-high-contrast-theme'],
  ['system', 'app-theme-as-the-system'],
];

/** What only makes sense where it is pressed. */
const NOT_LISTED = new Set<ShortcutId>(['jump', 'panel.next', 'panel.before']);

/** Everything that the palette offers to do. */
export function deeds(): Deed[] {
  const barred = isReadOnly(currentStatus()) ? 'report' : null;
  const listed = EVERYWHERE.filter(([id]) => !NOT_LISTED.has(id) && id !== barred);
  const keyed = listed.map(([id, run]) => ({
    id,
    words: SHORTCUTS[id].words,
    kbd: kbdOf(id),
    run,
  }));
  const themes = THEMES.map(([theme, id]) => ({
    id: `theme.${theme}`,
    words: t(id),
    kbd: null,
    run: () => changeAppearance({ theme }),
  }));
  const others: Deed[] = [
    { id: 'go.sent', words: t('app-go-to-sent-from-here'), kbd: null, run: () => go('#/outbox') },
    {
      id: 'diagnostics',
      words: t('app-diagnostics'),
      kbd: null,
      run: () => go('#/settings/diagnostics'),
    },
    {
      id: 'try',
      words: t('app-try-the-server-now'),
      kbd: null,
      run: () => void call('try_now').catch(() => {}),
    },
  ];
  return [...keyed, ...others, ...themes];
}
