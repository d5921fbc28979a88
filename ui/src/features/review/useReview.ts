import { useDeferredValue, useEffect, useMemo, useState } from 'react';

import { zoneOf } from '@/app/link';
import { useRoute } from '@/app/router';
import type { Monitor, Outage, ReviewQuery, ReviewResult } from '@/generated/protocol';
import { useShortcut } from '@/lib/keys';
import { hm } from '@/lib/time';
import { useCall, useStatus } from '@/live/queries';

import { parse } from './query';

const NONE: Outage[] = [];

/** The sittings of each hall, by the code of its venue. */
function useHalls(): ReadonlyMap<string, readonly number[]> {
  const sittings = useCall<Monitor>('monitor').data?.sittings;
  return useMemo(() => {
    const halls = new Map<string, number[]>();
    for (const { id, venue } of sittings ?? []) {
      if (venue) {
        const code = venue.code.toUpperCase();
        halls.set(code, [...(halls.get(code) ?? []), id]);
      }
    }
    return halls;
  }, [sittings]);
}

/** The outages of this station, and the span of each by the time it began. */
function useOutages() {
  const outages = useCall<Outage[]>('outages').data ?? NONE;
  const zone = zoneOf(useStatus());
  const spans = useMemo(
    () => new Map(outages.map((one) => [hm(one.from, zone), spanOfOutage(one)])),
    [outages, zone],
  );
  return { outages, spans };
}

/** What is asked of the record, and what it answers. */
export function useReview() {
  const { search } = useRoute();
  const [line, setLine] = useState(() => (search.get('q') ?? '').replace(/(?<=\S)$/, ' '));
  const [spanOf, setSpanOf] = useState<{ from: number; to: number }>();
  const [selected, setSelected] = useState<number>();
  const asked = useDeferredValue(line);
  const halls = useHalls();
  const { outages, spans } = useOutages();
  const query = useMemo<ReviewQuery>(
    () => ({ ...parse(asked, halls, spans), ...spanOf }),
    [asked, halls, spanOf, spans],
  );
  const result = useCall<ReviewResult>('review', { ...query });
  const isOld = result.isStale && !result.isFetching;
  useShortcut('review.new', () => void result.refetch(), isOld);
  useShortcut('review.outage.before', () => setSpanOf(beside(outages, spanOf?.from, -1)));
  useShortcut('review.outage.next', () => setSpanOf(beside(outages, spanOf?.from, 1)));
  // Another question has other answers: what was selected may not be among them.
  const question = JSON.stringify(query);
  const named = Number(search.get('event')) || undefined;
  useEffect(() => setSelected(named), [question, named]);
  const asking = { line, setLine, spanOf, setSpanOf, query, halls, outages, spans };
  return { ...asking, selected, setSelected, result, isOld };
}

/** What is asked and answered. */
export type Review = ReturnType<typeof useReview>;

/** From the moment the line was lost until it was back. */
export function spanOfOutage(outage: Outage) {
  const to = outage.to === null ? Number.MAX_SAFE_INTEGER : Date.parse(outage.to);
  return { from: Date.parse(outage.from), to };
}

function beside(outages: readonly Outage[], from: number | undefined, by: 1 | -1) {
  const spans = outages.map(spanOfOutage).sort((a, b) => a.from - b.from);
  const at = spans.findIndex((found) => found.from === from);
  const next = at < 0 ? (by > 0 ? 0 : spans.length - 1) : at + by;
  return spans[next] ?? spans[at];
}
