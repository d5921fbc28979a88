// The fields of the report, in the order of speech.
import {
  CircleHelp,
  Clock,
  FileQuestion,
  FileX,
  IdCard,
  MapPin,
  Scale,
  Stethoscope,
  Wrench,
  type LucideIcon,
} from 'lucide-react';
import { useId } from 'react';

import { Kbd } from '@/components/Kbd';
import type { Candidate, IncidentType, ReportOptions, Severity } from '@/generated/protocol';
import { SeverityGlyph } from '@/glyphs';
import { t } from '@/lib/tongue';
import { words } from '@/lib/words';

import { CandidateField } from './CandidateField';
import styles from './Report.module.css';

const ICONS: Partial<Record<IncidentType, LucideIcon>> = {
  ACADEMIC_MISCONDUCT: Scale,
  MEDICAL_EMERGENCY: Stethoscope,
  MISSING_SCRIPT: FileQuestion,
  DAMAGED_SCRIPT: FileX,
  LATE_ARRIVAL: Clock,
  IDENTITY_VERIFICATION: IdCard,
  TECHNICAL_ISSUE: Wrench,
  VENUE_ISSUE: MapPin,
};

export const SEVERITIES: Severity[] = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];

/** The nine kinds. */
export function Kinds({
  options,
  kind,
  onChoose,
}: {
  options: ReportOptions | undefined;
  kind: IncidentType | null;
  onChoose: (kind: IncidentType) => void;
}) {
  return (
    <fieldset className={styles.kinds}>
      <legend className="visually-hidden">{t('report-kind')}</legend>
      {options?.kinds.map((one, index) => {
        const Icon = ICONS[one.kind] ?? CircleHelp;
        return (
          <label
            key={one.kind}
            className={styles.card}
            data-chosen={kind === one.kind || undefined}
          >
            <input
              type="radio"
              name="kind"
              checked={kind === one.kind}
              onChange={() => onChoose(one.kind)}
            />
            <Icon size={15} strokeWidth={1.75} aria-hidden="true" />
            {words.kindLabel(one.kind, one.label)}
            {index < 9 && (
              <span className={styles.key} aria-hidden="true">
                {index + 1}
              </span>
            )}
          </label>
        );
      })}
    </fieldset>
  );
}

/** The four severities; one is always chosen, by the kind at first. */
export function Severities({
  severity,
  onChoose,
}: {
  severity: Severity;
  onChoose: (severity: Severity) => void;
}) {
  return (
    <fieldset className={styles.severities}>
      <legend className="visually-hidden">{t('report-severity')}</legend>
      {SEVERITIES.map((one, index) => (
        <label
          key={one}
          className={styles.card}
          data-severity={one}
          data-chosen={severity === one || undefined}
        >
          <input
            type="radio"
            name="severity"
            checked={severity === one}
            onChange={() => onChoose(one)}
          />
          <span className={styles.glyph} aria-hidden="true">
            <SeverityGlyph severity={one} />
          </span>
          {words.severity[one]}
          <span className={styles.key} aria-hidden="true">
            {t('report-alt', { index: index + 1 })}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** Hall, seat, and who sits there. */
export function Place(props: {
  options: ReportOptions | undefined;
  sittingId: number | null;
  seat: string;
  candidate: Candidate | undefined;
  seatField: React.RefObject<HTMLInputElement | null>;
  onHall: (sittingId: number) => void;
  onSeat: (seat: string) => void;
  onChoose: (candidate: Candidate) => void;
}) {
  const { options, sittingId, seat, candidate, seatField, onHall, onSeat, onChoose } = props;
  const id = useId();
  return (
    <div className={styles.place}>
      <label htmlFor={`${id}h`}>{t('report-hall')}</label>
      <label htmlFor={`${id}s`}>{t('report-seat')}</label>
      <label htmlFor={`${id}c`}>
        {t('report-candidate')}{' '}
        {candidate && (
          <span className="muted">{t('report-from-seat', { seat: candidate.seat })}</span>
        )}
      </label>
      <select
        id={`${id}h`}
        value={sittingId ?? ''}
        onChange={(event) => onHall(Number(event.target.value))}
      >
        {options?.halls.map((hall) => (
          <option key={hall.sittingId} value={hall.sittingId}>
            {hall.label}
          </option>
        ))}
      </select>
      <input
        id={`${id}s`}
        ref={seatField}
        className="code"
        autoComplete="off"
        spellCheck={false}
        value={seat}
        onChange={(event) => onSeat(event.target.value)}
      />
      <CandidateField id={`${id}c`} {...{ candidate, seat, onChoose }} />
    </div>
  );
}

/** The keys that end the form. */
export function Keys({ of }: { of: string[] }) {
  return (
    <span className={styles.combo}>
      {of.map((key) => (
        <Kbd key={key}>{key}</Kbd>
      ))}
    </span>
  );
}
