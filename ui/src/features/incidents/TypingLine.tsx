// Who writes to this case just now.
import { Said } from '@/lib/tongue';
import { useTyping } from '@/live/typing';

import styles from './Timeline.module.css';

/** Seen by who looks; a screen reader is not told each time, as it says nothing yet. */
export function TypingLine({ incident }: { incident: string }) {
  const typing = useTyping(incident);
  return typing.map(({ userId, userName, stationCode }) => {
    const name = <b>{userName}</b>;
    const station = <bdi className="code">{stationCode}</bdi>;
    return (
      <p key={userId} className={styles.typing} aria-live="off">
        <span className={styles.pen} aria-hidden="true" />
        <span>
          {stationCode === null ? (
            <Said id="incidents-is-typing" args={{ name }} />
          ) : (
            <Said id="incidents-is-typing-at" args={{ name, station }} />
          )}
        </span>
      </p>
    );
  });
}
