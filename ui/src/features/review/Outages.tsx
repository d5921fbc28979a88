// The outages of this station: each shows what came late in it.
import { History } from 'lucide-react';
import { Dialog, DialogTrigger, Popover } from 'react-aria-components';

import { Button } from '@/components/Button';
import type { Outage } from '@/generated/protocol';
import { dayShort, hm, span } from '@/lib/time';
import { t } from '@/lib/tongue';

import styles from './Review.module.css';
import { spanOfOutage, type Review } from './useReview';

function Row({ outage, zone, onShow }: { outage: Outage; zone: string; onShow: () => void }) {
  const { from, to, replayed, missing, kept } = outage;
  return (
    <li>
      <button type="button" onClick={onShow} data-missing={missing > 0 || undefined}>
        <b>
          {dayShort(from, zone)} {hm(from, zone)} – {to === null ? t('review-now') : hm(to, zone)}
        </b>
        <span>
          {t('review-replayed-missing-kept-here', {
            span: to === null ? '' : span(Date.parse(to) - Date.parse(from)),
            replayed,
            missing,
            kept,
          })}
        </span>
      </button>
    </li>
  );
}

/** The button, and the list it opens, the latest first. */
export function Outages({ review, zone }: { review: Review; zone: string }) {
  const { outages, setSpanOf } = review;
  if (outages.length === 0) {
    return <span className="muted">{t('review-no-outages')}</span>;
  }
  return (
    <DialogTrigger>
      <Button variant="bare" data-opens="outages" icon={<History size={14} aria-hidden="true" />}>
        {t('review-outages')} <span className="muted">{outages.length}</span>
      </Button>
      <Popover placement="bottom end" className={styles['filters'] ?? ''}>
        <Dialog aria-label={t('review-outages')} className={styles['outages'] ?? ''}>
          {({ close }) => (
            <ul>
              {outages.map((outage) => {
                const show = () => {
                  setSpanOf(spanOfOutage(outage));
                  close();
                };
                return <Row key={outage.from} outage={outage} zone={zone} onShow={show} />;
              })}
            </ul>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
