// Reporting an incident: kind, severity, hall and seat, words. Only kind and hall are needed.
import {
  useCallback,
  useEffect,
  useId,
  useRef,
  useState,
  type KeyboardEvent,
  type RefObject,
} from 'react';

import { announce } from '@/app/announce';
import { zoneOf } from '@/app/link';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { usePicked } from '@/features/evidence/attach';
import { Picked } from '@/features/evidence/Pick';
import type { Candidate, ReportOptions } from '@/generated/protocol';
import { failureOf, HostFailure } from '@/host';
import { t } from '@/lib/tongue';
import { copyText, troubleOf } from '@/lib/trouble';
import { words } from '@/lib/words';
import { useCall, useStatus, useSubmit } from '@/live/queries';

import {
  commandOf,
  EMPTY,
  hallOf,
  mayPause,
  placeOf,
  seatOf,
  severityOf,
  useDraft,
  type Draft,
} from './form';
import { Happened, occurredAt } from './Happened';
import { Keys, Kinds, Place, Severities, SEVERITIES } from './Fields';
import styles from './Report.module.css';
import { Travels } from './Travels';

/** Whether letters and digits are words where they are typed. */
function isWriting(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) {
    return target.type !== 'radio';
  }
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** Who sits on the seat. */
function useCandidate(sittingId: number | null, seat: string, studentId: number | null) {
  const wanted = seatOf(seat);
  const args = { sittingId, text: wanted };
  const { data } = useCall<Candidate[]>('candidates', args, {
    enabled: sittingId !== null && wanted !== '',
  });
  if (wanted === '') {
    return undefined;
  }
  const here = (data ?? []).filter((one) => one.sittingId === sittingId);
  return (
    here.find((one) => one.studentId === studentId) ??
    here.find((one) => seatOf(one.seat) === wanted)
  );
}

/** The words that tell what became of a report. */
export function reportedWords(live: boolean, localNumber: string | null): string {
  if (live) {
    return t('report-reported-sent');
  }
  return localNumber === null
    ? t('report-kept-waiting')
    : t('report-kept-as-waiting', { localNumber });
}

/** Stops the clock of a hall; a report that was kept already is not taken back when that fails. */
async function pause(submit: ReturnType<typeof useSubmit>, sittingId: number): Promise<void> {
  try {
    await submit({ command: 'setPhase', input: { sittingId, to: 'PAUSED' } });
    announce(words.toPhase.PAUSED);
  } catch (thrown) {
    announce(failureOf(thrown).message);
  }
}

function useReport(onClose: () => void, place: Partial<Draft>) {
  const options = useCall<ReportOptions>('report_options').data;
  const { draft, change, clear } = useDraft(place);
  const submit = useSubmit();
  const status = useStatus();
  const live = status?.link.state === 'live' && (status.server?.limits ?? null) === null;
  const zone = zoneOf(status);
  const [error, setError] = useState<HostFailure | null>(null);
  const picked = usePicked('report');
  const busy = useRef(false);
  const sittingId = hallOf(draft, options);
  const candidate = useCandidate(sittingId, draft.seat, draft.studentId);
  const report = async (next: boolean): Promise<boolean> => {
    const input = commandOf(draft, options, candidate?.studentId ?? null);
    if (input === null) {
      const missing = t('report-choose-what-kind-it-is');
      const text = draft.kind === null ? missing : t('report-there-is-no-hall-to');
      setError(new HostFailure('incomplete', text));
      return false;
    }
    if (busy.current) {
      return false;
    }
    busy.current = true;
    try {
      await picked.added();
      const { localNumber } = await submit(
        { command: 'reportIncident', input },
        occurredAt(draft.at, zone),
        'report',
      );
      clear(next ? { ...EMPTY, sittingId } : EMPTY);
      picked.forget();
      setError(null);
      announce(reportedWords(live, localNumber));
      if (draft.pause && mayPause(sittingId, options) && sittingId !== null) {
        await pause(submit, sittingId);
      }
      if (!next) {
        onClose();
      }
      return true;
    } catch (thrown) {
      setError(failureOf(thrown));
      return false;
    } finally {
      busy.current = false;
    }
  };
  return { options, draft, change, clear, sittingId, candidate, error, report, picked };
}

function Foot({
  onDiscard,
  onReport,
}: {
  onDiscard: () => void;
  onReport: (next: boolean) => void;
}) {
  return (
    <footer className={styles.foot}>
      <span className="muted">{t('report-the-draft-survives-closing-the')}</span>
      <Button variant="bare" onPress={onDiscard}>
        {t('report-discard')}
      </Button>
      <Button onPress={() => onReport(true)}>
        <span className={styles.combo}>
          {t('report-report-and-next')} <Keys of={['Ctrl', '⇧', '↵']} />
        </span>
      </Button>
      <Button variant="ink" onPress={() => onReport(false)}>
        <span className={styles.combo}>
          {t('report-report')} <Keys of={['Ctrl', '↵']} />
        </span>
      </Button>
    </footer>
  );
}

/** Why a report was not kept. When the disk takes nothing, the words can still be carried away. */
function Unsaved({ failure, text }: { failure: HostFailure; text: string }) {
  const stuck = troubleOf(failure).remedy === 'copy';
  const copy = async () =>
    announce((await copyText(text)) ? t('report-copied') : t('report-it-could-not-be-copied'));
  return (
    <div className={styles.error} role="alert" data-code={failure.code}>
      {failure.message}
      {stuck && <Button onPress={() => void copy()}>{t('report-copy-what-i-wrote')}</Button>}
    </div>
  );
}

/** The keys of the report: a digit is a kind, with Alt a severity; Ctrl Enter sends. */
function keysOf(
  { options, change }: Report,
  seatField: RefObject<HTMLInputElement | null>,
  send: (next: boolean) => void,
) {
  return (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      send(event.shiftKey);
      return;
    }
    const digit = Number(/^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1] ?? event.key);
    if (event.altKey && SEVERITIES[digit - 1]) {
      event.preventDefault();
      change({ severity: SEVERITIES[digit - 1] ?? null });
      return;
    }
    const kind = options?.kinds[digit - 1]?.kind;
    if (kind && !event.ctrlKey && !event.altKey && !isWriting(event.target)) {
      event.preventDefault();
      change({ kind, severity: null });
      seatField.current?.focus();
    }
  };
}

type Report = ReturnType<typeof useReport>;

function Fields({
  report,
  seatField,
}: {
  report: Report;
  seatField: RefObject<HTMLInputElement | null>;
}) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const { options, draft, change, sittingId, candidate, error } = report;
  // What comes next are the words.
  const choose = ({ sittingId: hall, seat, studentId }: Candidate) => {
    change({ sittingId: hall, seat, studentId });
    field.current?.focus();
  };
  return (
    <div className={styles.fields}>
      <Kinds
        options={options}
        kind={draft.kind}
        onChoose={(kind) => change({ kind, severity: null })}
      />
      <Severities
        severity={severityOf(draft, options)}
        onChoose={(severity) => change({ severity })}
      />
      <Place
        {...{ options, sittingId, candidate, seatField }}
        seat={draft.seat}
        onHall={(hall) => change({ sittingId: hall, studentId: null })}
        onSeat={(seat) => change({ seat, studentId: null })}
        onChoose={choose}
      />
      <label htmlFor={id}>{t('report-what-happened')}</label>
      <textarea
        id={id}
        ref={field}
        rows={3}
        value={draft.text}
        onChange={(event) => change({ text: event.target.value })}
      />
      {mayPause(sittingId, options) && (
        <label>
          <input
            type="checkbox"
            name="pause"
            checked={draft.pause}
            onChange={(event) => change({ pause: event.target.checked })}
          />{' '}
          {t('report-pause-too')}
        </label>
      )}
      <div className={styles.evidence}>
        <Picked picked={report.picked} />
      </div>
      {error && <Unsaved failure={error} text={draft.text} />}
    </div>
  );
}

/** Puts the focus on the kinds, as soon as they are there. */
function useKindFocus(form: RefObject<HTMLDivElement | null>, ready: boolean): () => void {
  const focus = useCallback(
    () =>
      (
        form.current?.querySelector<HTMLInputElement>('input[name="kind"]:checked') ??
        form.current?.querySelector<HTMLInputElement>('input[name="kind"]')
      )?.focus(),
    [form],
  );
  useEffect(() => {
    // The kinds may come after somebody has begun to write; they keep their place then.
    if (ready && !isWriting(document.activeElement)) {
      focus();
    }
  }, [ready, focus]);
  return focus;
}

/** The report. Escape closes it and keeps the draft. */
export function ReportDialog({
  from = null,
  touch = false,
  onClose,
}: {
  from?: string | null;
  touch?: boolean;
  onClose: () => void;
}) {
  const report = useReport(onClose, placeOf(from));
  const seatField = useRef<HTMLInputElement>(null);
  const form = useRef<HTMLDivElement>(null);
  const focusKind = useKindFocus(form, report.options !== undefined);
  const send = async (next: boolean) => {
    if ((await report.report(next)) && next) {
      focusKind();
    }
  };
  const discard = () => {
    report.clear();
    report.picked.forget();
    onClose();
  };
  return (
    <Dialog
      title={t('report-report-incident')}
      wide
      touch={touch}
      onClose={onClose}
      aside={<Happened at={report.draft.at} about={report.draft.about} onChange={report.change} />}
    >
      <div ref={form} onKeyDown={keysOf(report, seatField, (next) => void send(next))}>
        <div className={styles.body}>
          <Fields report={report} seatField={seatField} />
          <Travels
            sittingId={report.sittingId}
            studentId={report.candidate?.studentId ?? null}
            severity={severityOf(report.draft, report.options)}
          />
        </div>
        <Foot onDiscard={discard} onReport={(next) => void send(next)} />
      </div>
    </Dialog>
  );
}
