// The clock of a hall: what has passed, when writing stops, and for whom it stops later.
import { Button } from '@/components/Button';
import type { HallView, Phase } from '@/generated/protocol';
import { SeverityGlyph } from '@/glyphs';
import { newRef } from '@/lib/ref';
import { clock, hm, span } from '@/lib/time';
import { Said, t } from '@/lib/tongue';
import { words } from '@/lib/words';

import { happenedAt } from '../incidents/groups';
import { endOf, startOf } from '../monitor/lanes';
import { useKeeping } from './deeds';
import styles from './Hall.module.css';

/** So many finish times are shown before the rest is counted. */
const FEW = 6;

function Bar({ hall, now, zone }: { hall: HallView; now: number; zone: string }) {
  const [from, to] = [startOf(hall.view), endOf(hall.view)];
  const place = (at: number) => Math.min(100, Math.max(0, ((at - from) / (to - from)) * 100));
  return (
    <>
      <p className={styles.times}>
        <span>{hm(from, zone)}</span>
        <span>
          <Said
            id="hall-stop-writing-at"
            args={{ time: <b>{clock(now, zone)}</b>, end: hm(to, zone) }}
          />
        </span>
        <span>{hm(to, zone)}</span>
      </p>
      <div className={styles.bar} aria-hidden="true">
        <span style={{ width: `${place(now)}%` }} />
        {hall.incidents.map((incident) => (
          <i key={incident.ref} style={{ insetInlineStart: `${place(happenedAt(incident))}%` }}>
            <SeverityGlyph severity={incident.severity} size={11} />
          </i>
        ))}
      </div>
    </>
  );
}

/** Who may write longer, each with their own time. */
function Finishes({ hall, zone }: { hall: HallView; zone: string }) {
  const { finishes } = hall;
  if (finishes.length === 0) {
    return null;
  }
  const rest = finishes.length - FEW;
  return (
    <ul className={styles.finishes} aria-label={t('hall-individual-finish-times')}>
      {finishes.slice(0, FEW).map((one) => (
        <li key={one.seat}>
          <Said
            id="hall-until"
            args={{
              seat: <bdi className="code">{one.seat}</bdi>,
              time: <b>{hm(Date.parse(one.at), zone)}</b>,
            }}
          />
        </li>
      ))}
      {rest > 0 && <li className="muted">{t('hall-and-more', { rest })}</li>}
    </ul>
  );
}

/** How long before the end it is said. */
const BEFORE_MIN = 15;

/** What the pauses took is given back, to the second. */
function GiveBack({ hall }: { hall: HallView }) {
  const keep = useKeeping();
  const { owedSec: addedSec, view } = hall;
  if (addedSec <= 0) {
    return null;
  }
  const long = { span: span(addedSec * 1000) };
  const reason = t('hall-for-pauses', long);
  const give = () =>
    keep(
      { command: 'extendTime', input: { sittingId: view.id, addedSec, reason, students: [] } },
      t('hall-given-back', long),
    );
  return <Button onPress={give}>{t('hall-give-back', long)}</Button>;
}

function Session({ hall }: { hall: HallView }) {
  const keep = useKeeping();
  const { id } = hall.view;
  const may = (action: string) => hall.actions.some((one) => one.action === action);
  const become = (to: Phase) =>
    keep({ command: 'setPhase', input: { sittingId: id, to } }, words.toPhase[to]);
  const say = () =>
    keep(
      {
        command: 'issueAnnouncement',
        input: {
          announcement: newRef(),
          sittings: [id],
          text: t('hall-you-have-minutes-left', { minutes: BEFORE_MIN }),
          requiresAck: false,
        },
      },
      t('hall-minutes-were-announced', { minutes: BEFORE_MIN }),
    );
  const complete = () =>
    keep(
      { command: 'declareRegister', input: { sittingId: id } },
      t('hall-the-register-is-complete'),
    );
  // Without it the hall cannot be closed; before writing begins candidates may still come.
  const isOpen = hall.view.startedAt !== null && !hall.view.registerComplete;
  const forward = hall.next.filter(({ to }) => to !== 'CANCELLED' && to !== 'POSTPONED');
  return (
    <div className={styles.session}>
      {may('announce') && hall.view.phase === 'WRITING' && (
        <Button onPress={say}>{t('hall-announce-min', { minutes: BEFORE_MIN })}</Button>
      )}
      {may('takeAttendance') && isOpen && hall.view.phase !== 'CLOSED' && (
        <Button onPress={complete}>{t('hall-register-is-complete')}</Button>
      )}
      <GiveBack hall={hall} />
      {forward.map(({ to, reason }) => (
        <Button key={to} reason={reason} onPress={() => become(to)}>
          {hall.view.phase === 'PAUSED' && to === 'WRITING'
            ? t('hall-go-on-writing')
            : words.toPhase[to]}
        </Button>
      ))}
    </div>
  );
}

/** The clock and what is done with the whole hall. */
export function HallClock({ hall, now, zone }: { hall: HallView; now: number; zone: string }) {
  return (
    <footer className={styles.clock} aria-label={t('hall-hall-clock')}>
      <Bar {...{ hall, now, zone }} />
      <Finishes hall={hall} zone={zone} />
      <Session hall={hall} />
    </footer>
  );
}
