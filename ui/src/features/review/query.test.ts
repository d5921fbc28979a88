import { expect, it, test } from 'vitest';

import { EVERYTHING, marked, parse } from './query';

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

it('takes a hall by its code, and what is no hall for a word', () => {
  const halls = new Map([['SB2', [5, 21]]]);
  expect(parse('hall:sb2 booklet', halls).sittings).toEqual([5, 21]);
  expect(parse('hall:moon', halls).text).toBe('hall:moon');
  expect(parse('late').sittings).toEqual([]);
});

it('looks for a seat as for a word', () => {
  expect(parse('fans seat:G3').text).toBe('fans G3');
  expect(parse('seat:').text).toBe('seat:');
});

it('marks the words that were searched for, and nothing is lost', () => {
  const text = 'Torn Booklet (page 3) in the booklets of row C';
  const found = marked(text, 'booklet (page');
  expect(found.filter((one) => one.hit).map((one) => one.text)).toEqual([
    'Booklet',
    '(page',
    'booklet',
  ]);
  expect(found.map((one) => one.text).join('')).toBe(text);
  expect(marked(text, '')).toEqual([{ at: 0, text, hit: false }]);
});

test('an outage is named by the time it began, and shows what came late in it', () => {
  const outages = new Map([['10:31', { from: 5, to: 9 }]]);
  expect(parse('outage:10:31 booklet', new Map(), outages)).toEqual({
    ...EVERYTHING,
    text: 'booklet',
    from: 5,
    to: 9,
    lateOnly: true,
  });
  expect(parse('outage:11:00', new Map(), outages).text).toBe('outage:11:00');
});
