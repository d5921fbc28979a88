import type { ReviewQuery, Severity } from '@/generated/protocol';

/** From the least to the worst. */
export const SEVERITIES: readonly Severity[] = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];

/** A review that asks for everything. */
export const EVERYTHING: ReviewQuery = {
  text: '',
  channels: [],
  severities: [],
  stations: [],
  sittings: [],
  from: null,
  to: null,
  lateOnly: false,
};

/**
 * Reads the query line: words, and tokens like `sev:high`, `by:GH-A` (a station), `in:incident`
 * (a channel), `seat:G3`, `hall:SB2` (a venue's code), `outage:10:31` (what came late in it) and `late`. `halls` gives the sittings of each code,
 * `outages` the span of each outage by the time it began.
 */
export function parse(
  line: string,
  halls: ReadonlyMap<string, readonly number[]> = new Map(),
  outages: ReadonlyMap<string, Pick<ReviewQuery, 'from' | 'to'>> = new Map(),
): ReviewQuery {
  const query: ReviewQuery = {
    ...EVERYTHING,
    channels: [],
    severities: [],
    stations: [],
    sittings: [],
  };
  const words: string[] = [];
  for (const token of line.split(/\s+/).filter(Boolean)) {
    const [name = '', value = ''] = token.split(/:(.*)/s);
    const severity = SEVERITIES.find((found) => found === value.toUpperCase());
    if (name === 'sev' && severity) {
      query.severities.push(severity);
    } else if (name === 'by' && value) {
      query.stations.push(value.toUpperCase());
    } else if (name === 'seat' && value) {
      // A seat is a word of the record like any other.
      words.push(value);
    } else if (name === 'in' && value) {
      query.channels.push(value);
    } else if (name === 'hall' && halls.has(value.toUpperCase())) {
      query.sittings.push(...(halls.get(value.toUpperCase()) ?? []));
    } else if (name === 'outage' && outages.has(value)) {
      Object.assign(query, outages.get(value), { lateOnly: true });
    } else if (token === 'late') {
      query.lateOnly = true;
    } else {
      words.push(token);
    }
  }
  return { ...query, text: words.join(' ') };
}

/** A stretch of text, and whether it was searched for. */
export interface Stretch {
  at: number;
  text: string;
  hit: boolean;
}

/** Cuts a text where the words of a search begin and end, in any case of letters. */
export function marked(text: string, search: string): Stretch[] {
  const words = search.split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    return [{ at: 0, text, hit: false }];
  }
  const escaped = words.map((word) => word.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`));
  const parts = text.split(new RegExp(`(${escaped.join('|')})`, 'giu'));
  let at = 0;
  return parts
    .map((part, index) => {
      const stretch = { at, text: part, hit: index % 2 === 1 };
      at += part.length;
      return stretch;
    })
    .filter((stretch) => stretch.text !== '');
}

/** Whether a search marks anything in a text. */
export function isHit(text: string, search: string): boolean {
  return marked(text, search).some((stretch) => stretch.hit);
}
