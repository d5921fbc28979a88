// What a station is used for: three kinds, and for a hall which one and how large things are.
import { useId } from 'react';

import type { Monitor, StationHall, StationKind, Status } from '@/generated/protocol';
import { t } from '@/lib/tongue';
import { useCall } from '@/live/queries';

import type { Density } from '../settings/appearance';
import { hallsOf, KINDS } from './kinds';
import styles from './SetUp.module.css';

/** What was chosen so far. */
export interface Use {
  kind: StationKind;
  hall: StationHall | null;
  density: Density;
}

/** The three kinds, each with what it opens, what it does and what it keeps. */
function Cards({ chosen, onChoose }: { chosen: StationKind; onChoose: (to: StationKind) => void }) {
  const name = useId();
  return (
    <fieldset className={styles['cards']}>
      <legend className="visually-hidden">{t('setup-use-title')}</legend>
      {KINDS.map((kind) => (
        <label key={kind} data-kind={kind}>
          <input
            type="radio"
            name={name}
            value={kind}
            checked={chosen === kind}
            onChange={() => onChoose(kind)}
          />
          <strong>{t(`setup-kind-${kind}`)}</strong>
          <span className={styles['opens']}>{t(`setup-opens-${kind}`)}</span>
          <span className={styles['does']}>{t(`setup-does-${kind}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** Which hall; known once a timetable is here. */
function Hall({
  halls,
  hall,
  onChange,
}: {
  halls: readonly StationHall[];
  hall: StationHall | null;
  onChange: (hall: StationHall | null) => void;
}) {
  const id = useId();
  const all = hall && !halls.some((one) => one.id === hall.id) ? [hall, ...halls] : halls;
  return (
    <div className={styles['field']}>
      <label htmlFor={id}>{t('setup-hall')}</label>
      <select
        id={id}
        name="hall"
        value={hall?.id ?? ''}
        aria-describedby={`${id}-what`}
        onChange={(event) =>
          onChange(all.find((one) => String(one.id) === event.target.value) ?? null)
        }
      >
        <option value="">{t('setup-own-hall')}</option>
        {all.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </select>
      <p id={`${id}-what`} className="muted">
        {all.length === 0 ? t('setup-halls-later') : t('setup-hall-what')}
      </p>
    </div>
  );
}

function Size({ density, onChange }: { density: Density; onChange: (density: Density) => void }) {
  const id = useId();
  return (
    <div className={styles['field']}>
      <label htmlFor={id}>{t('setup-size')}</label>
      <select
        id={id}
        name="size"
        value={density === 'touch' ? 'touch' : 'compact'}
        onChange={(event) => onChange(event.target.value === 'touch' ? 'touch' : 'compact')}
      >
        <option value="touch">{t('settings-touch')}</option>
        <option value="compact">{t('setup-size-normal')}</option>
      </select>
    </div>
  );
}

interface Props {
  use: Use;
  onChange: (part: Partial<Use>) => void;
}

/** The choice, with the halls that are given. */
function Fields({ use, halls, onChange }: Props & { halls: readonly StationHall[] }) {
  const choose = (kind: StationKind) =>
    // A hall is worked in with fingers, unless somebody says otherwise.
    onChange({ kind, density: kind === 'hall' ? 'touch' : 'compact' });
  return (
    <>
      <Cards chosen={use.kind} onChoose={choose} />
      {use.kind === 'hall' && (
        <div className={styles['where']}>
          <Hall halls={halls} hall={use.hall} onChange={(hall) => onChange({ hall })} />
          <Size density={use.density} onChange={(density) => onChange({ density })} />
        </div>
      )}
    </>
  );
}

function Known(props: Props) {
  const sittings = useCall<Monitor>('monitor').data?.sittings ?? [];
  return <Fields {...props} halls={hallsOf(sittings)} />;
}

/** The choice; the halls are those of the timetable, once somebody is signed in. */
export function UseFields({ status, ...props }: Props & { status: Status }) {
  return status.user ? <Known {...props} /> : <Fields {...props} halls={[]} />;
}
