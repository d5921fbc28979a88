import type { ReactNode } from 'react';

import { Band } from './Band';
import { useIsSecond } from './beside';
import { Guarded } from './ErrorPanel';
import styles from './Shell.module.css';
import { Sidebar } from './Sidebar';
import { StatusBar } from './StatusBar';
import { useWall } from './wall';

/** The frame around every screen. */
export function Shell({ children }: { children: ReactNode }) {
  const wall = useWall();
  const isSecond = useIsSecond();
  return (
    <div className={styles.window}>
      <div className={styles.upper}>
        {!wall && !isSecond && (
          <Guarded>
            <Sidebar />
          </Guarded>
        )}
        <div className={styles.main}>
          <Band />
          <main className={styles.screen}>{children}</main>
        </div>
      </div>
      <StatusBar />
    </div>
  );
}
