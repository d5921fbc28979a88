// What is written in the report form. It survives closing the window: the console keeps it on disk.
import { useCallback, useEffect, useRef, useState } from 'react';

import type { IncidentType, ReportIncident, ReportOptions, Severity } from '@/generated/protocol';
import { call } from '@/host';
import { newRef } from '@/lib/ref';

/** The form. Its shape is kept in drafts: add fields, never change their meaning. */
export interface Draft {
  kind: IncidentType | null;
  severity: Severity | null;
  sittingId: number | null;
  seat: string;
  /** The candidate that was chosen by hand; else who sits there. */
  studentId: number | null;
  text: string;
  /** Whether that time is about right only. */
  about: boolean;
  /** Whether the clock of the hall stops with the report. */
  pause: boolean;
  /** When it happened, `10:31` in the institution's zone; empty is now. */
  at: string;
}

export const EMPTY: Draft = {
  kind: null,
  severity: null,
  sittingId: null,
  seat: '',
  studentId: null,
  text: '',
  about: false,
  pause: false,
  at: '',
};

/** A draft is written this long after the last key. */
const SAVE_AFTER_MS = 300;

/** `c-09` is the seat `C9`. */
export function seatOf(text: string): string {
  return text
    .trim()
    .toUpperCase()
    .replaceAll(/[\s-]/g, '')
    .replace(/^([A-Z]*)0+(?=\d)/, '$1');
}

/** Where a report begins when a seat was tapped: `3:C9` is seat C9 of sitting 3. */
export function placeOf(report: string | null): Partial<Draft> {
  const [sitting = '', seat] = (report ?? '').split(':');
  return seat === undefined || seat === '' ? {} : { sittingId: Number(sitting), seat };
}

/** The severity that was chosen, else the one that is usual for the kind. */
export function severityOf(draft: Draft, options: ReportOptions | undefined): Severity {
  const usual = options?.kinds.find((one) => one.kind === draft.kind)?.severity;
  return draft.severity ?? usual ?? 'MEDIUM';
}

/** The hall that was chosen, else the first: the person's own. */
export function hallOf(draft: Draft, options: ReportOptions | undefined): number | null {
  const chosen = options?.halls.find((hall) => hall.sittingId === draft.sittingId);
  return (chosen ?? options?.halls[0])?.sittingId ?? null;
}

/** Whether the clock of the hall may be stopped with the report. */
export function mayPause(sittingId: number | null, options: ReportOptions | undefined): boolean {
  return options?.halls.find((hall) => hall.sittingId === sittingId)?.mayPause ?? false;
}

/** The command; none while kind or hall is missing. */
export function commandOf(
  draft: Draft,
  options: ReportOptions | undefined,
  studentId: number | null,
): ReportIncident | null {
  const sittingId = hallOf(draft, options);
  if (draft.kind === null || sittingId === null) {
    return null;
  }
  const seat = seatOf(draft.seat);
  return {
    ref: newRef(),
    type: draft.kind,
    severity: severityOf(draft, options),
    description: draft.text.trim(),
    sittingId,
    ...(seat === '' ? {} : { seat }),
    candidates: studentId === null ? [] : [studentId],
    confidential: false,
    ...(draft.about && draft.at !== '' ? { precision: { is: 'ABOUT' as const } } : {}),
  };
}

/** The draft as it was left, at `place` if one was tapped, and ways to change and to end it. */
export function useDraft(place: Partial<Draft>) {
  const begin = useRef({ ...EMPTY, ...place });
  const [draft, setDraft] = useState<Draft>(begin.current);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const latest = useRef(draft);
  const save = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = undefined;
    void call('draft_save', { kind: 'report', form: latest.current }).catch(() => {});
  }, []);
  const change = useCallback(
    (part: Partial<Draft>) => {
      latest.current = { ...latest.current, ...part };
      setDraft(latest.current);
      clearTimeout(timer.current);
      timer.current = setTimeout(save, SAVE_AFTER_MS);
    },
    [save],
  );
  const clear = useCallback((next: Draft = EMPTY) => {
    clearTimeout(timer.current);
    timer.current = undefined;
    latest.current = next;
    setDraft(next);
    void call('draft_clear', { kind: 'report' }).catch(() => {});
  }, []);
  useEffect(() => {
    call<Draft | null>('draft_load', { kind: 'report' }).then(
      (kept) => {
        // Who has begun to write already keeps what they wrote.
        if (kept && latest.current === begin.current) {
          const { sittingId, seat } = begin.current;
          const tapped = seat === '' ? {} : { sittingId, seat, studentId: null };
          latest.current = { ...EMPTY, ...kept, ...tapped };
          setDraft(latest.current);
        }
      },
      () => {},
    );
    return () => {
      if (timer.current !== undefined) {
        save();
      }
    };
  }, [save]);
  return { draft, change, clear };
}
