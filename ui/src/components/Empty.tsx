import type { ReactNode } from 'react';

import styles from './Empty.module.css';

/** A quiet place: that there is nothing, and that the line is alive. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <svg width="120" height="46" viewBox="0 0 120 46" aria-hidden="true">
        <g fill="none" stroke="var(--text-3)">
          <rect x="0.5" y="6.5" width="118" height="9" rx="3.5" />
          <rect x="0.5" y="20.5" width="84" height="9" rx="3.5" />
          <rect x="0.5" y="34.5" width="102" height="9" rx="3.5" />
        </g>
        <path d="M61 0v46" stroke="var(--text-1)" strokeWidth="1.5" />
      </svg>
      <p className={styles.title}>{title}</p>
      {children}
    </div>
  );
}
