// The buttons of an incident. What a role never may is absent; what cannot be now says why.
import { Check, UserPlus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';

import { Button } from '@/components/Button';
import type { Action, IncidentDetail, Offered } from '@/generated/protocol';
import { useShortcut } from '@/lib/keys';
import { kbdOf, SHORTCUTS } from '@/lib/shortcuts';
import { t } from '@/lib/tongue';
import { said } from '@/lib/said';
import { useStatus } from '@/live/queries';

import styles from './Actions.module.css';
import { CallHall } from './CallHall';
import { useAsking } from './commands';
import { ActionForm, type FormName } from './Forms';
import { isDone, isUnnoticed } from './groups';

const FORMS: readonly FormName[] = [
  'assign',
  'escalate',
  'changeSeverity',
  'resolve',
  'closeIncident',
  'amend',
  'refer',
  'statement',
  'merge',
  'void',
];

/** What stands in the line above the screen, when there is one for it. */
const ABOVE = new Set<FormName>(['assign', 'escalate']);

/** What the console calls the right behind a form, where it is not its name. */
const RIGHTS: Partial<Record<FormName, Action>> = {
  statement: 'witness',
  merge: 'resolve',
  void: 'deleteIncident',
};

/** What is there when it is needed, and is seldom the next thing to do. */
const QUIET = new Set<FormName>([
  'resolve',
  'closeIncident',
  'amend',
  'refer',
  'statement',
  'merge',
  'void',
]);

/** What comes next for an incident that is open, or that is over. */
function formsOf(done: boolean): typeof FORMS {
  const open = new Set<FormName>(['resolve', 'merge']);
  return FORMS.filter((name) => (name === 'closeIncident' ? done : !open.has(name) || !done));
}

function offerOf(actions: readonly Offered[], action: Action): Offered | undefined {
  return actions.find((offered) => offered.action === action);
}

function FormButton({
  name,
  closed,
  offer,
  onOpen,
}: {
  name: FormName;
  closed: boolean;
  offer: Offered | undefined;
  onOpen: () => void;
}) {
  const id = `incident.${name}` as const;
  useShortcut(id, onOpen, offer !== undefined && offer.reason === null);
  if (!offer) {
    return null;
  }
  return (
    <Button
      kbd={kbdOf(id)}
      variant={QUIET.has(name) ? 'bare' : 'plain'}
      reason={said(offer.reason)}
      icon={name === 'assign' ? <UserPlus size={15} aria-hidden="true" /> : undefined}
      onPress={onOpen}
    >
      {name === 'closeIncident' && closed ? t('incidents-open-again') : SHORTCUTS[id].words}
    </Button>
  );
}

function Take({
  reason,
  busy,
  onPress,
}: {
  reason: string | null;
  busy: boolean;
  onPress: () => void;
}) {
  return (
    <Button
      variant="ink"
      kbd={kbdOf('incident.acknowledge')}
      icon={<Check size={15} aria-hidden="true" />}
      reason={reason}
      isDisabled={busy}
      onPress={onPress}
    >
      {t('incidents-acknowledge')}
    </Button>
  );
}

/** Taking notice of an incident, if it waits for that. */
function useTaking({ view, actions }: IncidentDetail, { ask, busy }: ReturnType<typeof useAsking>) {
  const notice = isUnnoticed(view) ? offerOf(actions, 'acknowledge') : undefined;
  const acknowledge = () => {
    const input = { incident: view.ref };
    void ask({ command: 'acknowledgeIncident', input }, t('incidents-acknowledged'));
  };
  const may = notice !== undefined && notice.reason === null && !busy;
  useShortcut('incident.acknowledge', acknowledge, may);
  return (
    notice && (
      <Take key="acknowledge" reason={said(notice.reason)} busy={busy} onPress={acknowledge} />
    )
  );
}

/**
 * The buttons and the form that one of them opened. `slot` is where what comes next is put: the
 * line above the screen.
 */
export function Actions({
  detail,
  onNote,
  slot,
}: {
  detail: IncidentDetail;
  onNote: () => void;
  slot?: HTMLElement | null | undefined;
}) {
  const { view, actions } = detail;
  const [open, setOpen] = useState<FormName | null>(null);
  const asking = useAsking();
  const { ask, error, busy } = asking;
  const link = useStatus()?.link.state;
  // While this station catches up, the line is there.
  const waits = link !== 'live' && link !== 'catching_up';
  useEffect(() => setOpen(null), [view.ref]);
  const take = useTaking(detail, asking);
  useShortcut('incident.note', onNote, offerOf(actions, 'noteIncident')?.reason === null);
  const forms = formsOf(isDone(view));
  const buttons = (names: readonly FormName[]) =>
    names.map((name) => (
      <FormButton
        key={name}
        name={name}
        closed={view.status === 'CLOSED'}
        offer={offerOf(actions, RIGHTS[name] ?? (name as Action))}
        onOpen={() => setOpen(open === name ? null : name)}
      />
    ));
  return (
    <div>
      {slot && createPortal([...buttons(forms.filter((name) => ABOVE.has(name))), take], slot)}
      <div className={styles.line}>
        {!slot && take}
        {buttons(slot ? forms.filter((name) => !ABOVE.has(name)) : forms)}
        {slot !== undefined && <CallHall view={view} />}
        {waits && <span className={styles.wait}>{t('incidents-changes-wait-here-until-the')}</span>}
      </div>
      {error && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
      {open && (
        <ActionForm
          name={open}
          incident={view}
          ask={ask}
          busy={busy}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}
