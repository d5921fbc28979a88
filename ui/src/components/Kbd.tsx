import styles from './Kbd.module.css';

/** A key, as printed on it. */
export function Kbd({ children }: { children: string }) {
  return (
    <kbd className={styles['kbd']} aria-hidden="true">
      {children}
    </kbd>
  );
}
