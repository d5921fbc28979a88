// Who writes to this case just now.
import { t } from '@/lib/tongue';
import { useTyping } from '@/live/typing';

import styles from './Timeline.module.css';

/** Seen by who looks; a screen reader is not told each time, as it says nothing yet. */
export function TypingLine({ incident }: { incident: string }) {
  const typing = useTyping(incident);
  return typing.map(({ userId, userName: name, stationCode: station }) => (
    <p key={userId} className={styles.typing} aria-live="off">
      <span className={styles.pen} aria-hidden="true" />
      {station === null
        ? t('incidents-is-typing', { name })
        : t('incidents-is-typing-at', { name, station })}
    </p>
  ));
}
