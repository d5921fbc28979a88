// The stations that people of the institution have come to, and which of them may be signed in at.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { announce } from '@/app/announce';
import { zoneOf } from '@/app/link';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import {
  REACH,
  REACH_COLUMNS,
  type Role,
  type StationRow,
  type StationStanding,
} from '@/generated/protocol';
import { call, failureOf } from '@/host';
import { dayShort, hm } from '@/lib/time';
import { t } from '@/lib/tongue';
import { useCall, useStatus } from '@/live/queries';

import styles from './Settings.module.css';

/** Whether somebody of this role says which stations are let in. */
export function mayEnrol(role: Role | undefined): boolean {
  const column = REACH_COLUMNS.findIndex((one) => one === role);
  return REACH.enrolStation[column] === 'I';
}

const GROUPS: StationStanding[] = ['waiting', 'paired', 'suspended'];

const nameOf = (one: StationRow) => one.code ?? t('settings-no-station');

/** Says how a station stands; what was wrong is told, and the list is asked anew. */
function useSetting() {
  const client = useQueryClient();
  const [problem, setProblem] = useState<string>();
  const set = async (one: StationRow, standing: StationStanding) => {
    setProblem(undefined);
    try {
      await call('set_station', { fingerprint: one.fingerprint, standing });
      announce(t(`settings-station-now-${standing}`, { code: nameOf(one) }));
    } catch (thrown) {
      setProblem(failureOf(thrown).message);
    }
    await client.invalidateQueries({ queryKey: ['stations'] });
  };
  return { problem, set };
}

/** Who came last, and who said how the station stands. */
function Told({ one, zone }: { one: StationRow; zone: string }) {
  const when = (at: string) => `${dayShort(at, zone)} ${hm(at, zone)}`;
  const { seenBy, seenAt, saidBy, saidAt, standing } = one;
  const who = saidBy?.name ?? t('settings-station-operator');
  const said = saidAt !== null && standing !== 'waiting';
  return (
    <>
      <td>
        {seenBy.name}
        <span className="muted">{when(seenAt)}</span>
      </td>
      <td>
        {said ? who : ''}
        {said && <span className="muted">{when(saidAt)}</span>}
      </td>
    </>
  );
}

function Deed({
  one,
  onLetIn,
  onSuspend,
}: {
  one: StationRow;
  onLetIn: () => void;
  onSuspend: () => void;
}) {
  const code = nameOf(one);
  if (one.standing === 'paired') {
    return (
      <Button
        variant="danger"
        reason={one.here ? t('settings-station-here') : null}
        aria-label={t('settings-station-suspend-one', { code })}
        onPress={onSuspend}
      >
        {t('settings-station-suspend')}
      </Button>
    );
  }
  const again = one.standing === 'suspended' ? '-again' : '';
  return (
    <Button
      {...(again ? {} : { variant: 'ink' as const })}
      aria-label={t(`settings-station-let-in${again}-one`, { code })}
      onPress={onLetIn}
    >
      {t(`settings-station-let-in${again}`)}
    </Button>
  );
}

function Group({
  standing,
  rows,
  zone,
  onSet,
  onSuspend,
}: {
  standing: StationStanding;
  rows: StationRow[];
  zone: string;
  onSet: (one: StationRow, standing: StationStanding) => void;
  onSuspend: (one: StationRow) => void;
}) {
  const title = t(`settings-stations-${standing}`);
  if (rows.length === 0) {
    return null;
  }
  return (
    <section aria-label={title}>
      <h2>
        {title} <span className="muted">{rows.length}</span>
      </h2>
      <table>
        <thead>
          <tr>
            {['key', 'code', 'seen', 'said', 'deed'].map((name) => (
              <th key={name} scope="col">
                {t(`settings-station-${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((one) => (
            <tr key={one.fingerprint}>
              <td>
                <bdi className="code" dir="ltr">
                  {one.fingerprint}
                </bdi>
              </td>
              <td>
                <bdi className={one.code === null ? undefined : 'code'}>{nameOf(one)}</bdi>
                {one.here && <span className="muted">{t('settings-this-one')}</span>}
              </td>
              <Told one={one} zone={zone} />
              <td>
                <Deed
                  one={one}
                  onLetIn={() => onSet(one, 'paired')}
                  onSuspend={() => onSuspend(one)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Suspending ends what somebody does there: it is said before it is done. */
function Suspending({
  one,
  onDone,
  onClose,
}: {
  one: StationRow;
  onDone: () => void;
  onClose: () => void;
}) {
  return (
    <Dialog title={t('settings-station-suspend-one', { code: nameOf(one) })} onClose={onClose}>
      <div className={styles['suspending']}>
        <bdi className="code" dir="ltr">
          {one.fingerprint}
        </bdi>
        <p>{t('settings-station-suspend-what')}</p>
        <Button variant="danger" name="suspend" onPress={onDone}>
          {t('settings-station-suspend')}
        </Button>
      </div>
    </Dialog>
  );
}

/** The stations of the institution, those that ask first. */
export function StationsPage() {
  const status = useStatus();
  const may = mayEnrol(status?.user?.role);
  const found = useCall<StationRow[]>('stations', undefined, { enabled: may });
  const { problem, set } = useSetting();
  const [leaving, setLeaving] = useState<StationRow>();
  const trouble = may ? (problem ?? found.error?.message) : t('settings-stations-closed');
  const rows = found.data;
  return (
    <div className={`${styles['account']} ${styles['stations']}`}>
      <p>{t('settings-stations-what')}</p>
      {trouble && <p role="alert">{trouble}</p>}
      {rows?.length === 0 && <p className="muted">{t('settings-stations-none')}</p>}
      {GROUPS.map((standing) => (
        <Group
          key={standing}
          standing={standing}
          rows={rows?.filter((one) => one.standing === standing) ?? []}
          zone={zoneOf(status)}
          onSet={(one, said) => void set(one, said)}
          onSuspend={setLeaving}
        />
      ))}
      {leaving && (
        <Suspending
          one={leaving}
          onDone={() => void set(leaving, 'suspended').then(() => setLeaving(undefined))}
          onClose={() => setLeaving(undefined)}
        />
      )}
    </div>
  );
}
