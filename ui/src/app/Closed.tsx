// The whole window when the console behind it cannot be opened: nothing else would be true.
import { Mark } from '@/glyphs';
import type { HostFailure } from '@/host';
import { askAgain } from '@/live/store';

import styles from './Closed.module.css';
import { ErrorPanel } from './ErrorPanel';

/** What is wrong, what is still true, what helps. */
export function Closed({ failure }: { failure: HostFailure }) {
  return (
    <main className={styles.window}>
      <div className={styles.sheet}>
        <p className={styles.product}>
          <Mark size={28} /> ELMS Console
        </p>
        <h1 className="visually-hidden">The console cannot be opened</h1>
        <ErrorPanel failure={failure} onAgain={askAgain} title="The console cannot be opened." />
      </div>
    </main>
  );
}
