import type { ReactNode } from 'react';

import styles from './Tag.module.css';

/** A short label with a border or a soft tint. */
export function Tag({
  tone = 'plain',
  children,
}: {
  tone?: 'plain' | 'critical' | 'high' | 'medium' | 'low' | 'ok' | 'late' | 'accent';
  children: ReactNode;
}) {
  return <span className={`${styles['tag']} ${styles[tone] ?? ''}`}>{children}</span>;
}
