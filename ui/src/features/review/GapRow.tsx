// A line between events: the station heard nothing from here on, or the line came back here.
import type { Outage, ReviewRow } from '@/generated/protocol';
import { clock, span } from '@/lib/time';
import { t } from '@/lib/tongue';

import { outageOf, type Gap } from './gaps';
import styles from './Review.module.css';

/** What is known of a gap: by the outage, or only that there was one. */
function wordsOf(gap: Gap, outage: Outage | undefined): string {
  if (!outage) {
    return t(gap.kind === 'lost' ? 'review-line-lost' : 'review-line-back');
  }
  if (gap.kind === 'lost') {
    const to = outage.to === null ? null : Date.parse(outage.to) - Date.parse(outage.from);
    return to === null ? t('review-line-lost') : t('review-line-lost-for', { span: span(to) });
  }
  const { replayed, missing, kept } = outage;
  return t('review-line-back-with', { replayed, missing, kept });
}

/** When the line was lost or came back. */
function timeOf(gap: Gap, outage: Outage | undefined): string | null {
  return (gap.kind === 'lost' ? outage?.from : outage?.to) ?? null;
}

/** The row of a gap; it is read like the others, and cannot be chosen. */
export function GapRow({
  gap,
  witness,
  index,
  top,
  zone,
  outages,
}: {
  gap: Gap;
  /** The event that says which outage it was; none until its page has come. */
  witness: ReviewRow | undefined;
  index: number;
  top: number;
  zone: string;
  outages: readonly Outage[];
}) {
  const outage = witness && outageOf(witness, outages);
  const at = timeOf(gap, outage);
  const isMissing = gap.kind === 'back' && (outage?.missing ?? 0) > 0;
  return (
    <div
      className={styles['gapRow']}
      role="row"
      aria-rowindex={index + 1}
      data-gap={gap.kind}
      style={{ transform: `translateY(${top}px)` }}
    >
      <span role="gridcell" aria-colspan={6}>
        <span className={`hatch ${styles['gapHatch']}`} aria-hidden="true" />
        {at !== null && <b>{clock(at, zone)}</b>}
        <span data-missing={isMissing || undefined}>{wordsOf(gap, outage)}</span>
        {gap.kind === 'lost' && outage && (
          <span className={styles['gapCount']}>
            {t('review-gap-events', { n: outage.replayed })}
          </span>
        )}
      </span>
    </div>
  );
}
