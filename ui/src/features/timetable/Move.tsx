// A paper to another hall: with the keyboard, from the panel, or where it was let go.
import { ArrowRightLeft } from 'lucide-react';
import { useId, useState } from 'react';

import { Button } from '@/components/Button';
import type { Monitor, SittingView, TimetableView } from '@/generated/protocol';
import { t } from '@/lib/tongue';
import { useCall } from '@/live/queries';

import { useAsking } from '../incidents/commands';
import { Confirm, Frame } from '../incidents/Frame';
import styles from './Timetable.module.css';

/** A hall, and the room that a paper gets there: that of its other papers, else its own name. */
interface Hall {
  id: number;
  name: string;
  room: string;
}

/** The halls it can be moved to. */
function useHalls(sitting: SittingView): Hall[] {
  const halls = useCall<TimetableView>('timetable').data?.halls ?? [];
  const sittings = useCall<Monitor>('monitor').data?.sittings ?? [];
  return halls
    .filter((hall) => hall.id !== sitting.venueId)
    .map(({ id, name }) => ({
      id,
      name,
      room: sittings.find((one) => one.venueId === id)?.room ?? name,
    }))
    .toSorted((one, other) => one.name.localeCompare(other.name));
}

/** What is chosen and written, and the asking for it. */
function useMove(sitting: SittingView, to: number | null, onClose: () => void) {
  const { ask, error, busy } = useAsking();
  const halls = useHalls(sitting);
  const [venueId, setVenueId] = useState(to ?? halls[0]?.id);
  const [written, setWritten] = useState<string>();
  const hall = halls.find((one) => one.id === venueId);
  const words =
    written ?? t('timetable-move-words', { code: sitting.courseCode, hall: hall?.name ?? '' });
  const send = async () => {
    if (!hall || words.trim() === '') {
      return;
    }
    const input = {
      timetableId: sitting.timetableId,
      changes: ['venue'],
      text: words.trim(),
      sittingId: sitting.id,
      venueId: hall.id,
      room: hall.room,
    };
    if (await ask({ command: 'updateTimetable', input }, t('timetable-move-done'))) {
      onClose();
    }
  };
  return { halls, venueId, setVenueId, words, setWritten, send, error, busy };
}

/** Which hall, and the words that those concerned read. */
function MoveForm({
  sitting,
  to,
  onClose,
}: {
  sitting: SittingView;
  to: number | null;
  onClose: () => void;
}) {
  const id = useId();
  const move = useMove(sitting, to, onClose);
  return (
    <Frame label={t('timetable-move')} onClose={onClose} onSubmit={() => void move.send()}>
      <label htmlFor={`${id}-hall`}>{t('timetable-move-to')}</label>
      <select
        id={`${id}-hall`}
        autoFocus
        value={move.venueId}
        onChange={(event) => move.setVenueId(Number(event.target.value))}
      >
        {move.halls.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </select>
      <label htmlFor={`${id}-words`}>{t('timetable-move-say')}</label>
      <input
        id={`${id}-words`}
        value={move.words}
        onChange={(event) => move.setWritten(event.target.value)}
      />
      {move.error && (
        <p role="alert" className={styles.refused}>
          {move.error}
        </p>
      )}
      <Confirm name={t('timetable-move-now')} busy={move.busy} onClose={onClose} />
    </Frame>
  );
}

/** The paper that is being moved, and where to, as far as that was chosen. */
export interface Moving {
  id: number;
  to: number | null;
}

/** The button; or the form, once it was pressed or a paper was let go over another hall. */
export function Move({
  sitting,
  moving,
  onMoving,
}: {
  sitting: SittingView;
  moving: Moving | undefined;
  onMoving: (moving: Moving | undefined) => void;
}) {
  if (moving?.id !== sitting.id) {
    return (
      <Button
        data-opens="move"
        icon={<ArrowRightLeft size={14} aria-hidden="true" />}
        onPress={() => onMoving({ id: sitting.id, to: null })}
      >
        {t('timetable-move')}
      </Button>
    );
  }
  const { to } = moving;
  return <MoveForm key={to} {...{ sitting, to }} onClose={() => onMoving(undefined)} />;
}
