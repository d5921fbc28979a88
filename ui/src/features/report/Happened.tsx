// When an incident happened, if not now.
import { useState } from 'react';

import { zoneOf } from '@/app/link';
import { atClock, clock, hm } from '@/lib/time';
import { t } from '@/lib/tongue';
import { useServerNow } from '@/live/clock';
import { useStatus } from '@/live/queries';
import { serverNow } from '@/live/store';

import styles from './Report.module.css';

/** The instant of `10:31`, the last time it was; none is now. */
export function occurredAt(at: string, zone: string): string | undefined {
  const instant = at === '' ? undefined : atClock(at, serverNow(), zone);
  return instant === undefined ? undefined : new Date(instant).toISOString();
}

/** What is said about the time; `about`: it is not known to the minute. */
interface Told {
  at: string;
  about: boolean;
}

/** When it happened: now, until another time is given. */
export function Happened({ at, about, onChange }: Told & { onChange: (told: Told) => void }) {
  const now = useServerNow();
  const zone = zoneOf(useStatus());
  const [changing, setChanging] = useState(false);
  if (at !== '' || changing) {
    return (
      <span className={styles.at}>
        <label>
          {t('report-happened-at')}{' '}
          <input
            type="time"
            value={at}
            max={hm(now, zone)}
            // Who asked for another time is going to type it.
            autoFocus={changing && at === ''}
            onChange={(event) => onChange({ at: event.target.value, about })}
          />
        </label>{' '}
        <label>
          <input
            type="checkbox"
            checked={about}
            onChange={(event) => onChange({ at, about: event.target.checked })}
          />{' '}
          {t('report-about')}
        </label>{' '}
        <button
          type="button"
          onClick={() => {
            onChange({ at: '', about: false });
            setChanging(false);
          }}
        >
          {t('report-now')}
        </button>
      </span>
    );
  }
  return (
    <span className={styles.at}>
      {t('report-happened-now', { time: clock(now, zone) })}{' '}
      <button type="button" onClick={() => setChanging(true)}>
        {t('report-change-time')}
      </button>
    </span>
  );
}
