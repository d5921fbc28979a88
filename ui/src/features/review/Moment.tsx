// A moment of what was found: moved with the arrows, it narrows the span (dragging over the bars has
// this other way) and shows the board as it was then.
import { useState } from 'react';

import { go } from '@/app/router';
import { Button } from '@/components/Button';
import type { ReviewResult } from '@/generated/protocol';
import { clock, hm } from '@/lib/time';
import { t } from '@/lib/tongue';

import styles from './Review.module.css';

const MINUTE = 60_000;

/** The first and the last moment of what was found; none when nothing was. */
export function reachOf(result: ReviewResult): [number, number] | undefined {
  const [first, last] = [result.histogram[0], result.histogram.at(-1)];
  return first && last && [first.from, last.from + result.barMs];
}

/** The line beneath the bars. */
export function Moment({
  result,
  zone,
  onSpan,
}: {
  result: ReviewResult;
  zone: string;
  onSpan: (from: number, to: number) => void;
}) {
  const reach = reachOf(result);
  const [chosen, setChosen] = useState<number>();
  if (!reach) {
    return null;
  }
  const [first, last] = reach;
  const at = Math.min(last, Math.max(first, chosen ?? last));
  const time = hm(at, zone);
  return (
    <section className={styles['moment']} aria-label={t('review-moment')}>
      <input
        type="range"
        aria-label={t('review-moment')}
        aria-valuetext={clock(at, zone)}
        min={first}
        max={last}
        step={MINUTE}
        value={at}
        onChange={(event) => setChosen(Number(event.target.value))}
      />
      <time>{time}</time>
      <Button variant="bare" isDisabled={at <= first} onPress={() => onSpan(first, at)}>
        {t('review-up-to-here')}
      </Button>
      <Button variant="bare" isDisabled={at >= last} onPress={() => onSpan(at, last)}>
        {t('review-from-here')}
      </Button>
      <Button variant="bare" onPress={() => go(`#/monitor?at=${at}`)}>
        {t('review-board-then')}
      </Button>
    </section>
  );
}
