// What is asked: tokens as chips, words as they are typed, and the filters that write tokens.
import { Search, X } from 'lucide-react';
import type { KeyboardEvent } from 'react';

import { Button } from '@/components/Button';
import { kbdOf } from '@/lib/shortcuts';
import { hm } from '@/lib/time';
import { t } from '@/lib/tongue';

import { Filters } from './Filters';
import type { Review } from './useReview';
import styles from './Review.module.css';
import { chipsOf, cut, join, type Chip } from './tokens';

/** Tokens that are understood; each goes with a press, the last one with Backspace. */
function Chips({ chips, onDrop }: { chips: readonly Chip[]; onDrop: (name: string) => void }) {
  return chips.map(({ name, values }) => (
    <button
      key={name}
      type="button"
      className={styles['chip']}
      aria-label={t('review-without', {
        name: t(`review-token-${name}`),
        values: values.join(', '),
      })}
      onClick={() => onDrop(name)}
    >
      {t(`review-token-${name}`)} {values.length > 0 && <bdi>{values.join(', ')}</bdi>}
      <X size={11} aria-hidden="true" />
    </button>
  ));
}

/** How much was found, and how fast. */
function Found({ review }: { review: Review }) {
  const found = review.result.data;
  return (
    <span className="muted" role="status">
      {found && t('review-of-ms', { total: found.total, held: found.held, ms: found.ms })}
    </span>
  );
}

function Line({ review }: { review: Review }) {
  const { line, setLine, halls, spans } = review;
  const [tokens, rest] = cut(line, halls, spans);
  const drop = (name: string) => {
    const left = tokens.filter((token) => token.split(':')[0] !== name);
    setLine(join(left, rest));
  };
  const back = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Backspace' && rest === '' && tokens.length > 0) {
      setLine(join(tokens.slice(0, -1), rest));
    }
  };
  return (
    <div className={styles['line']}>
      <Search size={14} aria-hidden="true" />
      <Chips chips={chipsOf(tokens)} onDrop={drop} />
      <input
        data-search
        aria-label={t('review-search-the-record')}
        value={rest}
        placeholder={tokens.length === 0 ? t('review-words-or-hall-gh-sev') : ''}
        onChange={(event) => setLine(join(tokens, event.target.value))}
        onKeyDown={back}
      />
      <Found review={review} />
    </div>
  );
}

/** The line above the record. */
export function QueryLine({ review, zone }: { review: Review; zone: string }) {
  const { result, isOld, spanOf, setSpanOf } = review;
  return (
    <div className={styles['query']} role="search">
      <Line review={review} />
      {isOld && (
        <Button kbd={kbdOf('review.new')} onPress={() => void result.refetch()}>
          {t('review-show-what-is-new')}
        </Button>
      )}
      {spanOf && (
        <Button onPress={() => setSpanOf(undefined)}>
          {`${hm(spanOf.from, zone)} – ${hm(spanOf.to, zone)} ×`}
        </Button>
      )}
      <Filters review={review} zone={zone} />
    </div>
  );
}
