import { expect, it } from 'vitest';

import { parse } from './query';

it('tells tokens from words', () => {
  const query = parse('sev:high by:gh-a phone in:incident late G3');
  expect(query.severities).toEqual(['HIGH']);
  expect(query.stations).toEqual(['GH-A']);
  expect(query.channels).toEqual(['incident']);
  expect(query.lateOnly).toBe(true);
  expect(query.text).toBe('phone G3');
});

it('takes a token that means nothing for a word', () => {
  expect(parse('sev:enormous 12:30').text).toBe('sev:enormous 12:30');
});
