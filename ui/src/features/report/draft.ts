// What is being written in the report form; kept on this station as it is typed.
import { useEffect, useRef, useState } from 'react';

import type { IncidentType, Severity, SittingId } from '@/generated/protocol';
import { call } from '@/host';

/** The name under which the draft is kept. */
const KIND = 'report';
/** A pause in typing of this length keeps the draft. */
const PAUSE_MS = 300;

/** What is in the form. */
export interface Draft {
  kind: IncidentType | null;
  /** None: the usual one of the kind. */
  severity: Severity | null;
  sittingId: SittingId | null;
  seat: string;
  /** The candidate that was found by hand; else who sits there. */
  studentId: number | null;
  words: string;
  /** `HH:MM` when it was not now. */
  happened: string | null;
}

export const EMPTY: Draft = {
  kind: null,
  severity: null,
  sittingId: null,
  seat: '',
  studentId: null,
  words: '',
  happened: null,
};

/** A draft that is kept while it is written and found again after a power cut. */
export function useDraft(): [Draft, (part: Partial<Draft>) => void, () => void] {
  const [draft, setDraft] = useState<Draft>(EMPTY);
  const touched = useRef(false);
  useEffect(() => {
    let current = true;
    call<Partial<Draft> | null>('draft_load', { kind: KIND }).then(
      (kept) => current && kept && !touched.current && setDraft({ ...EMPTY, ...kept }),
      () => {},
    );
    return () => {
      current = false;
    };
  }, []);
  const last = useRef(draft);
  last.current = draft;
  useEffect(() => {
    if (!touched.current) {
      return undefined;
    }
    const timer = setTimeout(() => keep(draft), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [draft]);
  // What was typed in the last moment before closing is kept too.
  useEffect(() => () => void (touched.current && keep(last.current)), []);
  const change = (part: Partial<Draft>) => {
    touched.current = true;
    setDraft((before) => ({ ...before, ...part }));
  };
  const clear = () => {
    touched.current = false;
    setDraft(EMPTY);
    void call('draft_clear', { kind: KIND }).catch(() => {});
  };
  return [draft, change, clear];
}

function keep(draft: Draft): void {
  void call('draft_save', { kind: KIND, form: draft }).catch(() => {});
}
