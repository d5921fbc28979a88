import styles from './Skeleton.module.css';

/** Widths of the lines, in percent: lines of words are never the same length. */
const WIDTHS = [46, 58, 40, 66, 52, 44, 60, 48, 42, 56, 62, 50];

/** Rows that are to come. Says so to those who listen. */
export function Skeleton({ words }: { words: string }) {
  return (
    <div className={styles.rows} role="status" aria-busy="true">
      <span className="visually-hidden">{words}</span>
      {WIDTHS.map((width) => (
        <div key={width} className={styles.row} aria-hidden="true">
          <span />
          <span style={{ width: `${width}%` }} />
          <span />
        </div>
      ))}
    </div>
  );
}
