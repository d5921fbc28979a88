// `F6` walks through the parts of a screen.

const PANELS = 'aside, nav, main section[aria-label], main [role="table"], [data-panel]';

/** The parts that can be seen, each once and not inside another. */
function panels(): HTMLElement[] {
  const all = [...document.querySelectorAll<HTMLElement>(PANELS)];
  const seen = all.filter((panel) => panel.checkVisibility?.() ?? true);
  return seen.filter((panel) => !seen.some((other) => other !== panel && other.contains(panel)));
}

/** Focuses the next (1) or previous (-1) part of the screen, after the last the first. */
export function focusPanel(step: 1 | -1): void {
  const all = panels();
  const here = all.findIndex((panel) => panel.contains(document.activeElement));
  const from = here < 0 && step < 0 ? 0 : here;
  const next = all[(from + step + all.length) % all.length];
  if (next && !next.hasAttribute('tabindex')) {
    next.tabIndex = -1;
  }
  next?.focus();
}
