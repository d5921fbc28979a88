// The clock of a hall in a window of its own, to be read from the last row: what time it is, when
// writing stops, how long that is, and for whom it stops later.
import { ErrorPanel } from '@/app/ErrorPanel';
import { useMoment } from '@/app/link';
import { useRoute } from '@/app/router';
import type { HallView } from '@/generated/protocol';
import { clock, hm, span } from '@/lib/time';
import { Said, t } from '@/lib/tongue';
import { words } from '@/lib/words';
import { useServerNow } from '@/live/clock';
import { useCall } from '@/live/queries';

import { endOf } from '../monitor/lanes';
import styles from './ClockPage.module.css';

/** From here on the time that is left is what matters most. */
const SOON_MS = 15 * 60_000;

function Finishes({ hall, now, zone }: { hall: HallView; now: number; zone: string }) {
  if (hall.finishes.length === 0) {
    return null;
  }
  return (
    <ul aria-label={t('hall-individual-finish-times')}>
      {hall.finishes.map((one) => (
        <li key={one.seat} data-over={Date.parse(one.at) <= now || undefined}>
          <Said
            id="hall-until"
            args={{
              seat: <bdi className="code">{one.seat}</bdi>,
              time: <b>{hm(Date.parse(one.at), zone)}</b>,
            }}
          />
        </li>
      ))}
    </ul>
  );
}

function Face({ hall }: { hall: HallView }) {
  const now = useServerNow();
  const { zone } = useMoment();
  const { view } = hall;
  const end = endOf(view);
  const left = end - now;
  const writing = view.phase === 'WRITING';
  return (
    <main className={styles.page}>
      <header>
        <h1>
          {view.venue?.name ?? view.room} <bdi className="code">{view.courseCode}</bdi>
        </h1>
        <p>{words.phase[view.phase]}</p>
      </header>
      <p className={styles.now} role="timer" aria-label={t('hall-hall-clock')}>
        {clock(now, zone)}
      </p>
      <dl>
        <div>
          <dt>{t('hall-writing-stops')}</dt>
          <dd>{hm(end, zone)}</dd>
        </div>
        {writing && left > 0 && (
          <div data-soon={left <= SOON_MS || undefined}>
            <dt>{t('hall-time-left')}</dt>
            <dd>{span(left)}</dd>
          </div>
        )}
      </dl>
      <Finishes {...{ hall, now, zone }} />
    </main>
  );
}

/** The window. */
export function ClockPage() {
  const { path } = useRoute();
  const sittingId = Number(path[1]);
  const { data, error, refetch } = useCall<HallView>('hall', { sittingId });
  if (data) {
    return <Face hall={data} />;
  }
  return error ? (
    <main className={styles.page}>
      <h1 className="visually-hidden">{t('hall-hall-clock')}</h1>
      <ErrorPanel failure={error} onAgain={() => void refetch()} />
    </main>
  ) : (
    <main className={styles.page} aria-busy="true">
      <h1 className="visually-hidden">{t('hall-hall-clock')}</h1>
    </main>
  );
}
