// Whom it is about: by the seat, by a scanned code, or by the index number. The list is on this station.
import { Check, ScanLine } from 'lucide-react';
import { useId, useState, type KeyboardEvent } from 'react';

import { announce } from '@/app/announce';
import { useScanner } from '@/app/scanner';
import type { Candidate } from '@/generated/protocol';
import { call } from '@/host';
import { t } from '@/lib/tongue';
import { useCall } from '@/live/queries';

import styles from './Report.module.css';

/** So many are shown; whoever looks for another types one more digit. */
const MOST = 5;
/** Fewer signs fit too many. */
const ENOUGH = 2;

type Choose = (candidate: Candidate) => void;

/** Takes whoever has exactly this code, or the only one whom it fits; says it when nobody has it. */
async function take(code: string, onChoose: Choose): Promise<boolean> {
  const wanted = code.trim().toUpperCase();
  const found = await call<Candidate[]>('candidates', { text: code.trim() }).catch(() => []);
  const only = found.length === 1 ? found[0] : undefined;
  const candidate = found.find((one) => one.indexNumber.toUpperCase() === wanted) ?? only;
  if (candidate) {
    onChoose(candidate);
    return true;
  }
  announce(t('app-not-scanned', { code: wanted }));
  return false;
}

/** Who begins with what is typed. */
function useFitting(text: string): Candidate[] {
  const wanted = text.trim();
  const enabled = wanted.length >= ENOUGH;
  const held = useCall<Candidate[]>('candidates', { text: wanted }, { enabled }).data;
  return enabled ? (held ?? []).slice(0, MOST) : [];
}

/** The number, with what was typed of it in another colour. */
function IndexNumber({ number, typed }: { number: string; typed: string }) {
  const begins = typed !== '' && number.toLowerCase().startsWith(typed.trim().toLowerCase());
  const length = begins ? typed.trim().length : 0;
  return (
    <bdi className="code">
      <span className={styles.typed}>{number.slice(0, length)}</span>
      {number.slice(length)}
    </bdi>
  );
}

function Fitting({
  candidates,
  typed,
  onChoose,
}: {
  candidates: Candidate[];
  typed: string;
  onChoose: Choose;
}) {
  return (
    // A press keeps the focus in the field: the list goes when the focus goes.
    <ul
      className={styles.fitting}
      aria-label={t('report-candidates')}
      onMouseDown={(event) => event.preventDefault()}
    >
      {candidates.map((one) => (
        <li key={one.id}>
          <button type="button" onClick={() => onChoose(one)}>
            <IndexNumber number={one.indexNumber} typed={typed} /> <span>{one.name}</span>
            <bdi className="code">{one.seat}</bdi>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Who sits on the seat; the field is beneath it and takes what is typed over it. */
function Known({ candidate, seat }: { candidate: Candidate | undefined; seat: string }) {
  if (candidate) {
    return (
      <>
        <bdi className="code">{candidate.indexNumber}</bdi> <span>{candidate.name}</span>
        <Check size={14} className={styles.found} aria-hidden="true" />
      </>
    );
  }
  return (
    <span className="muted">
      {seat.trim() === '' ? t('report-scan-or-type') : t('report-nobody-on-this-seat')}
    </span>
  );
}

/** The field. What a scanner reads anywhere in the report is taken, too. */
export function CandidateField({
  id,
  candidate,
  seat,
  onChoose,
}: {
  id: string;
  candidate: Candidate | undefined;
  seat: string;
  onChoose: Choose;
}) {
  const known = useId();
  const [text, setText] = useState('');
  // The list lies over the words of the report, and must not stay there when they are written.
  const [isHere, setHere] = useState(false);
  const fitting = useFitting(text);
  const choose = (chosen: Candidate) => {
    setText('');
    onChoose(chosen);
  };
  useScanner((code) => void take(code, choose));
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && text.trim() !== '') {
      event.preventDefault();
      void take(text, choose);
    } else if (event.key === 'Escape' && text !== '') {
      event.stopPropagation();
      setText('');
    }
  };
  return (
    <div
      className={styles.candidate}
      onFocus={() => setHere(true)}
      onBlur={(event) => setHere(event.currentTarget.contains(event.relatedTarget))}
    >
      <ScanLine size={14} aria-hidden="true" className={styles.scanner} />
      <input
        id={id}
        className="code"
        name="candidate"
        data-for-scanners
        autoComplete="off"
        spellCheck={false}
        aria-describedby={known}
        // Whoever has named the seat goes on with the words.
        tabIndex={seat.trim() === '' ? undefined : -1}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={keys}
      />
      <output id={known} className={styles.known} hidden={text !== ''}>
        <Known candidate={candidate} seat={seat} />
      </output>
      {isHere && fitting.length > 0 && (
        <Fitting candidates={fitting} typed={text} onChoose={choose} />
      )}
    </div>
  );
}
