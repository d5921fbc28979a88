// The query line as it is shown: what is understood as a token, and the words that are left.
import { parse } from './query';

type Halls = Parameters<typeof parse>[1];
type Outages = Parameters<typeof parse>[2];

/** Tokens of one name: `hall` of `SB2` and `EC3`. */
export interface Chip {
  name: string;
  values: string[];
}

/** Whether a word is understood as a token. */
export function isToken(word: string, halls: Halls, outages: Outages): boolean {
  return parse(word, halls, outages).text === '';
}

/** Cuts a line into the tokens that are finished, with a space behind them, and the rest of it. */
export function cut(
  line: string,
  halls: Halls,
  outages: Outages,
): [tokens: string[], rest: string] {
  const tokens: string[] = [];
  const rest = line.replaceAll(/(\S+)\s+/g, (whole, word: string) => {
    if (!isToken(word, halls, outages)) {
      return whole;
    }
    tokens.push(word);
    return '';
  });
  return [tokens, rest];
}

/** The line of these tokens and words. */
export function join(tokens: readonly string[], rest: string): string {
  return [...tokens.map((token) => `${token} `), rest].join('');
}

/** The line with a token, or without it when it was there. */
export function toggled(line: string, token: string, halls: Halls, outages: Outages): string {
  const [tokens, rest] = cut(`${line} `, halls, outages);
  const others = tokens.filter((one) => one.toUpperCase() !== token.toUpperCase());
  return join(others.length < tokens.length ? others : [...tokens, token], rest.trimStart());
}

/** Tokens of the same name are one chip. */
export function chipsOf(tokens: readonly string[]): Chip[] {
  const chips = new Map<string, string[]>();
  for (const token of tokens) {
    const [name = '', value = ''] = token.split(/:(.*)/s);
    chips.set(name, [...(chips.get(name) ?? []), value]);
  }
  return [...chips].map(([name, values]) => ({ name, values: values.filter(Boolean) }));
}
