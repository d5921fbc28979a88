// What can be done on a seat, as commands. Who may is said by the console.
import { announce } from '@/app/announce';
import { goWith } from '@/app/router';
import type { Action, Arrival, Command, HallView } from '@/generated/protocol';
import { failureOf } from '@/host';
import { ago } from '@/lib/time';
import { t } from '@/lib/tongue';
import { useSubmit } from '@/live/queries';

import type { Seat } from './seats';

/** What is offered for a seat; nothing for what cannot be. */
export interface HallDeeds {
  report: (() => void) | null;
  out: (() => void) | null;
  script: (() => void) | null;
  checkIn: (() => void) | null;
  /** The exam office admits who was refused; with a reason. */
  admit: ((reason: string) => void) | null;
  /** How whoever comes now is written down, and what they are told. */
  arrival: Arrival | null;
}

/** Keeps a command, and says what came of it. */
export function useKeeping(): (command: Command, said: string) => void {
  const submit = useSubmit();
  return (command, said) => {
    submit(command).then(
      () => announce(said),
      (thrown: unknown) => announce(failureOf(thrown).message),
    );
  };
}

/** Somebody goes out, or comes back: one line of the hall log. */
export function outCommand(hall: HallView, seat: Seat, now: number): Command {
  const isOut = hall.away.some((one) => one.seat === seat.candidate.seat || one.seat === seat.name);
  const after = seat.outSince === null ? '' : t('hall-after', { span: ago(now - seat.outSince) });
  return {
    command: 'logHall',
    input: {
      sittingId: hall.view.id,
      action: isOut ? 'TEMPORARY_ABSENCE_IN' : 'TEMPORARY_ABSENCE_OUT',
      text: isOut
        ? t('hall-back-2', { name: seat.name, after })
        : t('hall-out-2', { name: seat.name }),
      seat: seat.candidate.seat,
      student: seat.candidate.studentId,
    },
  };
}

/** How whoever comes now is written down; the console has the cut-offs. */
export function arrivalNow(hall: HallView, now: number): Arrival | null {
  const begun = (one: Arrival) => one.from === null || Date.parse(one.from) <= now;
  return hall.arrivals.findLast(begun) ?? null;
}

/** Somebody is at the door. Left open, the rules write down how, by the time on the command. */
function checkInCommand(hall: HallView, seat: Seat, reason?: string): Command {
  const whom = { sittingId: hall.view.id, student: seat.candidate.studentId };
  return {
    command: 'checkInCandidate',
    input: reason === undefined ? whom : { ...whom, attendance: 'VERY_LATE', reason },
  };
}

const NOT_IN = new Set(['REFUSED', 'ABSENT']);

/** What can be done on `seat`. */
export function useHallDeeds(hall: HallView, seat: Seat | undefined, now: number): HallDeeds {
  const keep = useKeeping();
  const may = (action: Action) => hall.actions.some((one) => one.action === action && !one.reason);
  if (!seat) {
    return { report: null, out: null, script: null, checkIn: null, admit: null, arrival: null };
  }
  const arrival = arrivalNow(hall, now);
  const { attendance } = seat.candidate;
  const refused = arrival?.attendance === 'REFUSED';
  const isOutside = attendance === 'EXPECTED' || NOT_IN.has(attendance);
  const { batchId, id } = hall.view;
  const isOut = hall.away.some((one) => one.seat === seat.candidate.seat || one.seat === seat.name);
  const isIn = hall.scriptsIn.includes(seat.candidate.studentId);
  const writes = seat.candidate.attendance !== 'EXPECTED' && seat.state !== 'absent' && !isIn;
  const script: Command | null =
    batchId === null
      ? null
      : {
          command: 'moveScript',
          input: {
            batchId,
            student: seat.candidate.studentId,
            step: 'SUBMITTED',
            withheld: false,
          },
        };
  return {
    report: may('reportIncident') ? () => goWith('report', `${id}:${seat.name}`) : null,
    out:
      may('writeHallLog') && (writes || isOut)
        ? () => keep(outCommand(hall, seat, now), `${seat.name} ${isOut ? 'back' : 'out'}`)
        : null,
    script:
      may('collectScripts') && writes && script
        ? () => keep(script, t('hall-script-of-in', { name: seat.name }))
        : null,
    checkIn:
      may('takeAttendance') && seat.candidate.attendance === 'EXPECTED'
        ? () =>
            keep(
              checkInCommand(hall, seat),
              t(refused ? 'hall-refused' : 'hall-checked-in', { name: seat.name }),
            )
        : null,
    admit:
      may('overrideAttendance') && isOutside && (refused || attendance !== 'EXPECTED')
        ? (reason) =>
            keep(checkInCommand(hall, seat, reason), t('hall-admitted', { name: seat.name }))
        : null,
    arrival: isOutside ? arrival : null,
  };
}
