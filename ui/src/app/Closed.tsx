// The whole window when the console behind it cannot be opened: nothing else would be true.
import { Mark } from '@/glyphs';
import type { HostFailure } from '@/host';
import { t } from '@/lib/tongue';
import { askAgain } from '@/live/store';

import styles from './Closed.module.css';
import { ErrorPanel } from './ErrorPanel';

/** What is wrong, what is still true, what helps. */
export function Closed({ failure }: { failure: HostFailure }) {
  return (
    <main className={styles.window}>
      <div className={styles.sheet}>
        <p className={styles.product}>
          <Mark size={28} /> {t('app-elms-console')}
        </p>
        <h1 className="visually-hidden">{t('app-the-console-cannot-be-opened')}</h1>
        <ErrorPanel
          failure={failure}
          onAgain={askAgain}
          title={t('app-the-console-cannot-be-opened-2')}
        />
      </div>
    </main>
  );
}
