// What can be done on a seat, as commands. Who may is said by the console.
import { announce } from '@/app/announce';
import { goWith } from '@/app/router';
import type { Action, Command, HallView } from '@/generated/protocol';
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

function checkInCommand(hall: HallView, seat: Seat, now: number): Command {
  const late = now > Date.parse(hall.view.startsAt);
  return {
    command: 'checkInCandidate',
    input: {
      sittingId: hall.view.id,
      student: seat.candidate.studentId,
      attendance: late ? 'LATE' : 'PRESENT',
    },
  };
}

/** What can be done on `seat`. */
export function useHallDeeds(hall: HallView, seat: Seat | undefined, now: number): HallDeeds {
  const keep = useKeeping();
  const may = (action: Action) => hall.actions.some((one) => one.action === action && !one.reason);
  if (!seat) {
    return { report: null, out: null, script: null, checkIn: null };
  }
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
        ? () => keep(checkInCommand(hall, seat, now), t('hall-checked-in', { name: seat.name }))
        : null,
  };
}
