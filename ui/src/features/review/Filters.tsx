// The filters of the record: each box writes a token into the query line, so that both say the same.
import { Filter } from 'lucide-react';
import { Dialog, DialogTrigger, Popover } from 'react-aria-components';

import { Button } from '@/components/Button';
import { CHANNELS } from '@/generated/protocol';
import { span, hm } from '@/lib/time';
import { t } from '@/lib/tongue';
import { words } from '@/lib/words';

import { SEVERITIES } from './query';
import type { Review } from './useReview';
import styles from './Review.module.css';
import { cut, toggled } from './tokens';

type Choice = readonly [token: string, words: string];

function useChoices(review: Review, zone: string): readonly [string, readonly Choice[]][] {
  const outages = review.outages.map(({ from, to }): Choice => {
    const length = to === null ? '' : span(Date.parse(to) - Date.parse(from));
    return [`outage:${hm(from, zone)}`, `${hm(from, zone)} ${length}`];
  });
  return [
    ['review-token-hall', [...review.halls.keys()].map((code): Choice => [`hall:${code}`, code])],
    [
      'review-token-sev',
      SEVERITIES.toReversed().map(
        (one): Choice => [`sev:${one.toLowerCase()}`, words.severity[one]],
      ),
    ],
    [
      'review-token-in',
      CHANNELS.map(
        ({ seed }): Choice => [`in:${seed}`, t(`review-channel-${seed.replaceAll('_', '-')}`)],
      ),
    ],
    ['review-token-outage', [...outages, ['late', t('review-token-late')]]],
  ];
}

function Boxes({ review, zone }: { review: Review; zone: string }) {
  const { line, setLine, halls, spans } = review;
  const chosen = new Set(cut(`${line} `, halls, spans)[0].map((token) => token.toUpperCase()));
  return useChoices(review, zone).map(([name, choices]) => (
    <fieldset key={name}>
      <legend>{t(name)}</legend>
      {choices.map(([token, said]) => (
        <label key={token}>
          <input
            type="checkbox"
            checked={chosen.has(token.toUpperCase())}
            onChange={() => setLine(toggled(line, token, halls, spans))}
          />
          <bdi>{said}</bdi>
        </label>
      ))}
    </fieldset>
  ));
}

/** The button, and what it opens. */
export function Filters({ review, zone }: { review: Review; zone: string }) {
  return (
    <DialogTrigger>
      <Button variant="bare" data-opens="filters" icon={<Filter size={14} aria-hidden="true" />}>
        {t('review-filters')}
      </Button>
      <Popover placement="bottom end" className={styles['filters'] ?? ''}>
        <Dialog aria-label={t('review-filters')} className={styles['filtersBody'] ?? ''}>
          <Boxes review={review} zone={zone} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
