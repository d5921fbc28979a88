import type { ReactNode } from 'react';

import styles from './Header.module.css';

/** The line above a screen: where you are, and what may be done with all of it. */
export function Header({
  title,
  sub,
  children,
}: {
  title: ReactNode;
  sub?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <header className={styles.header}>
      <h1 className={styles.title}>{title}</h1>
      {sub && <span className={styles.sub}>{sub}</span>}
      <span className={styles.rest}>{children}</span>
    </header>
  );
}
