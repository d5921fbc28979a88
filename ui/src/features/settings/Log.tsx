// The console's own log: what it did, without names and without payloads.
import { t } from '@/lib/tongue';
import { useCall } from '@/live/queries';

import styles from './Settings.module.css';

/** A line of the log: `2026-11-24T10:31:07.118Z  WARN elms_client::run: the line is lost`. */
const LINE = /^\S+T(\d\d:\d\d:\d\d\.\d{3})\d*Z\s+([A-Z]+)\s+([\w:]+?):\s(.*)$/;

/** The last part of a module's name says where it was. */
function Line({ line }: { line: string }) {
  const [, time, level, module = '', words] = LINE.exec(line) ?? [];
  if (words === undefined) {
    return <li>{line}</li>;
  }
  return (
    <li data-level={level}>
      <time>{time}</time> <b>{module.split('::').at(-1)}</b> {words}
    </li>
  );
}

/** The newest lines, the last of them at the bottom. */
export function Log() {
  const lines = useCall<string[]>('log_lines').data ?? [];
  if (lines.length === 0) {
    return null;
  }
  return (
    <section className={styles.log} aria-label={t('settings-log')}>
      <h2>
        {t('settings-log')} <span className="muted">{t('settings-log-names-nobody')}</span>
      </h2>
      <ol tabIndex={0} aria-label={t('settings-log')} dir="ltr">
        {lines.map((line, at) => (
          // Lines come only at the end; the same words may come twice.
          // oxlint-disable-next-line react/no-array-index-key
          <Line key={`${at} ${line}`} line={line} />
        ))}
      </ol>
    </section>
  );
}
