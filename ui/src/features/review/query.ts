import type { ReviewQuery, Severity } from '@/generated/protocol';

const SEVERITIES: readonly Severity[] = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];

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
 * (a channel) and `late`.
 */
export function parse(line: string): ReviewQuery {
  const query: ReviewQuery = { ...EVERYTHING, channels: [], severities: [], stations: [] };
  const words: string[] = [];
  for (const token of line.split(/\s+/).filter(Boolean)) {
    const [name = '', value = ''] = token.split(/:(.*)/s);
    const severity = SEVERITIES.find((found) => found === value.toUpperCase());
    if (name === 'sev' && severity) {
      query.severities.push(severity);
    } else if (name === 'by' && value) {
      query.stations.push(value.toUpperCase());
    } else if (name === 'in' && value) {
      query.channels.push(value);
    } else if (token === 'late') {
      query.lateOnly = true;
    } else {
      words.push(token);
    }
  }
  return { ...query, text: words.join(' ') };
}
