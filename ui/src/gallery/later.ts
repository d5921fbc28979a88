// The other days of the gallery's timetable: ten in all, some of them fuller than others.
import type { SittingView } from '@/generated/protocol';

const DAY_MS = 86_400_000;
/** Days from the one that is planned in detail, without the week's end, and how full they are. */
const DAYS: readonly [days: number, papers: number, from: number][] = [
  [-2, 5, 0],
  [1, 6, -4],
  [2, 4, -3],
  [5, 5, 0],
  [6, 6, -5],
  [7, 4, 1],
  [8, 6, -4],
  [9, 2, 0],
];

function shifted(sitting: SittingView, id: number, ms: number, past: boolean): SittingView {
  const at = (when: string) => new Date(Date.parse(when) + ms).toISOString();
  const phase = past ? ({ phase: 'CLOSED', startedAt: at(sitting.startsAt) } as const) : {};
  return {
    ...sitting,
    ...phase,
    id,
    startsAt: at(sitting.startsAt),
    endsAt: at(sitting.endsAt),
    effectiveEnd: at(sitting.effectiveEnd),
    lastEnd: at(sitting.effectiveEnd),
  };
}

/** Papers as those of `planned` on other days; one half of them at other hours. */
export function laterOf(planned: readonly SittingView[]): SittingView[] {
  return DAYS.flatMap(([days, papers, hours], nth) =>
    planned.slice(0, papers).map((sitting, n) => {
      const ms = days * DAY_MS + (n % 2 === 0 ? 0 : hours * 3_600_000);
      return shifted(sitting, 200 + nth * 10 + n, ms, days < 0);
    }),
  );
}
