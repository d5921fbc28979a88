import styles from './Kbd.module.css';

/** Keys, as printed on them; several with spaces between. */
export function Kbd({ children }: { children: string }) {
  return (
    <span className={styles['keys']} aria-hidden="true">
      {children.split(' ').map((cap) => (
        <kbd key={cap} className={styles['kbd']}>
          {cap}
        </kbd>
      ))}
    </span>
  );
}
