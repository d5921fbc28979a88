// The glyphs of the design: told apart by shape first, by colour second.
import type { IncidentStatus, Severity, SyncMark } from '@/generated/protocol';
import { words } from '@/lib/words';

import styles from './glyphs.module.css';

const SEVERITY_CLASS: Record<Severity, string | undefined> = {
  CRITICAL: styles['critical'],
  HIGH: styles['high'],
  MEDIUM: styles['medium'],
  LOW: styles['low'],
};

/** Critical: filled diamond with a mark; high: triangle; medium: square with a bar; low: ring. */
export function SeverityGlyph({ severity, size = 14 }: { severity: Severity; size?: number }) {
  return (
    <svg
      className={`${styles['glyph']} ${SEVERITY_CLASS[severity] ?? ''}`}
      width={size}
      height={size}
      viewBox="0 0 14 14"
      role="img"
      aria-label={words.severity[severity]}
    >
      {severity === 'CRITICAL' && (
        <>
          <path d="M7 0.4 13.6 7 7 13.6 0.4 7Z" fill="currentColor" />
          <path d="M7 3.8v3.6" stroke="var(--bg-surface)" strokeWidth="1.5" />
          <circle cx="7" cy="9.6" r="0.9" fill="var(--bg-surface)" />
        </>
      )}
      {severity === 'HIGH' && <path d="M7 1.2 13.3 12.4H0.7Z" fill="currentColor" />}
      {severity === 'MEDIUM' && (
        <>
          <rect
            x="1.9"
            y="1.9"
            width="10.2"
            height="10.2"
            rx="1.8"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.6"
          />
          <path d="M4.6 7.8h4.8" stroke="currentColor" strokeWidth="1.8" />
        </>
      )}
      {severity === 'LOW' && (
        <circle cx="7" cy="7" r="4.4" fill="none" stroke="currentColor" strokeWidth="1.6" />
      )}
    </svg>
  );
}

/** Dashed ring: nobody yet; half: somebody is on it; arrow: escalated; check: done. */
export function StatusGlyph({ status }: { status: IncidentStatus }) {
  const done = status === 'RESOLVED' || status === 'CLOSED';
  const tone = done ? (status === 'RESOLVED' ? styles['ok'] : styles['quiet']) : styles['plain'];
  return (
    <svg
      className={`${styles['glyph']} ${tone ?? ''}`}
      width="14"
      height="14"
      viewBox="0 0 14 14"
      role="img"
      aria-label={words.incidentStatus[status]}
    >
      {status === 'REPORTED' && (
        <circle
          cx="7"
          cy="7"
          r="5.4"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.6"
          strokeDasharray="2 2.2"
        />
      )}
      {status === 'UNDER_INVESTIGATION' && (
        <g className={styles['accent']}>
          <circle cx="7" cy="7" r="5.4" fill="none" stroke="currentColor" strokeWidth="1.6" />
          <path d="M7 3.4a3.6 3.6 0 0 1 0 7.2Z" fill="currentColor" />
        </g>
      )}
      {status === 'ESCALATED' && (
        <g className={styles['critical']}>
          <circle cx="7" cy="7" r="5.4" fill="none" stroke="currentColor" strokeWidth="1.6" />
          <path
            d="M7 10V4.6M4.8 6.6 7 4.4l2.2 2.2"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.5"
          />
        </g>
      )}
      {done && (
        <>
          <circle cx="7" cy="7" r="6.2" fill="currentColor" />
          <path d="m4.2 7.2 2 2 3.6-4" fill="none" stroke="var(--bg-surface)" strokeWidth="1.6" />
        </>
      )}
    </svg>
  );
}

/** Clock: kept here; dotted ring: sending; check: the server has it; mark: needs a decision. */
export function SyncGlyph({ sync }: { sync: SyncMark }) {
  return (
    <svg
      className={`${styles['glyph']} ${(sync === 'attention' ? styles['high'] : sync === 'server' ? styles['ok'] : styles['plain']) ?? ''}`}
      width="14"
      height="14"
      viewBox="0 0 14 14"
      role="img"
      aria-label={words.sync[sync]}
    >
      {sync === 'kept' && (
        <>
          <circle cx="7" cy="7" r="5.6" fill="none" stroke="currentColor" strokeWidth="1.5" />
          <path d="M7 3.8V7l2.2 1.4" fill="none" stroke="currentColor" strokeWidth="1.5" />
        </>
      )}
      {sync === 'sending' && (
        <circle
          cx="7"
          cy="7"
          r="5.4"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeDasharray="1.6 2"
        />
      )}
      {sync === 'server' && (
        <path d="m2.6 7.4 3 3 5.8-6.4" fill="none" stroke="currentColor" strokeWidth="1.6" />
      )}
      {sync === 'attention' && (
        <>
          <path d="M7 2v6.2" stroke="currentColor" strokeWidth="2" />
          <circle cx="7" cy="11.2" r="1.3" fill="currentColor" />
        </>
      )}
    </svg>
  );
}

/** The mark of the product. */
export function Mark({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      <rect width="20" height="20" rx="4.6" fill="var(--bg-ink)" />
      <g fill="var(--text-on-ink)">
        <rect x="4" y="4.8" width="7" height="2" rx="1" />
        <rect x="4" y="9" width="9" height="2" rx="1" />
        <rect x="4" y="13.2" width="5" height="2" rx="1" />
        <rect x="15" y="4" width="1.4" height="12" rx="0.7" opacity="0.55" />
      </g>
    </svg>
  );
}
