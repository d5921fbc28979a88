// Whom it is about, by a scanned code or by the index number: the list is on this station.
import { QrCode } from 'lucide-react';
import { useId, useState, type KeyboardEvent } from 'react';

import { announce } from '@/app/announce';
import { useScanner } from '@/app/scanner';
import { Button } from '@/components/Button';
import type { Candidate } from '@/generated/protocol';
import { call } from '@/host';
import { t } from '@/lib/tongue';
import { useCall } from '@/live/queries';

import forms from '../incidents/Forms.module.css';
import styles from './Report.module.css';

/** So many are shown; whoever looks for another types one more digit. */
const MOST = 5;
/** Fewer signs fit too many. */
const ENOUGH = 2;

type Choose = (candidate: Candidate) => void;

/** Takes whoever has exactly this code; says it when nobody has. */
async function take(code: string, onChoose: Choose): Promise<boolean> {
  const wanted = code.trim().toUpperCase();
  const found = await call<Candidate[]>('candidates', { text: code.trim() }).catch(() => []);
  const candidate = found.find((one) => one.indexNumber.toUpperCase() === wanted);
  if (candidate) {
    onChoose(candidate);
    return true;
  }
  announce(t('app-not-scanned', { code: wanted }));
  return false;
}

function Field({ onChoose, onClose }: { onChoose: Choose; onClose: () => void }) {
  const id = useId();
  const [text, setText] = useState('');
  const enabled = text.trim().length >= ENOUGH;
  const held = useCall<Candidate[]>('candidates', { text: text.trim() }, { enabled }).data;
  const fits = enabled ? (held ?? []).slice(0, MOST) : [];
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      void take(text, onChoose);
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      onClose();
    }
  };
  return (
    <div className={styles.scan}>
      <label htmlFor={id}>{t('report-scan-field')}</label>
      <input
        id={id}
        className="code"
        data-for-scanners
        autoFocus
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={keys}
      />
      {fits.length > 0 && (
        <ul className={forms['people']} aria-label={t('report-candidates')}>
          {fits.map((one) => (
            <li key={one.id}>
              <button type="button" onClick={() => onChoose(one)}>
                <bdi className="code">{one.indexNumber}</bdi> <span>{one.name}</span>
                <bdi className="code">{one.seat}</bdi>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The button, and the field it opens. What a scanner reads anywhere in the report is taken, too. */
export function Scan({ onChoose }: { onChoose: Choose }) {
  const [open, setOpen] = useState(false);
  const choose = (candidate: Candidate) => {
    setOpen(false);
    onChoose(candidate);
  };
  useScanner((code) => void take(code, choose));
  return (
    <>
      <Button
        variant="bare"
        data-opens="scan"
        aria-expanded={open}
        icon={<QrCode size={14} aria-hidden="true" />}
        onPress={() => setOpen(!open)}
      >
        {t('report-scan')}
      </Button>
      {open && <Field onChoose={choose} onClose={() => setOpen(false)} />}
    </>
  );
}
