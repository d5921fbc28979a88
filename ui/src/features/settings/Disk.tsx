// What lies on the disk of this station, as a bar and in words.
import type { DiskView, Status } from '@/generated/protocol';
import { clock, dayShort, grouped } from '@/lib/time';
import { t, tenths } from '@/lib/tongue';
import { useCall } from '@/live/queries';

import { Pairs } from './Pairs';
import styles from './Settings.module.css';

/** A part of the disk's bar; its name is the last word of its message. */
type Part = readonly [name: 'events' | 'words' | 'evidence' | 'outbox', bytes: number];

function partsOf(disk: DiskView): Part[] {
  return [
    ['events', Math.max(0, disk.copy - disk.words)],
    ['words', disk.words],
    ['evidence', disk.evidence],
    ['outbox', Math.max(0, disk.outbox - disk.evidence)],
  ];
}

const mb = (bytes: number) => t('settings-mb', { n: tenths(bytes / 1_048_576) });

/** The bar, and what its colours mean. */
function Bar({ parts }: { parts: readonly Part[] }) {
  const whole = Math.max(1, ...[parts.reduce((sum, [, bytes]) => sum + bytes, 0)]);
  return (
    <>
      <div className={styles.bar} aria-hidden="true">
        {parts.map(([name, bytes]) => (
          <span key={name} data-part={name} style={{ width: `${(bytes / whole) * 100}%` }} />
        ))}
      </div>
      <ul className={styles.legend}>
        {parts.map(([name, bytes]) => (
          <li key={name} data-part={name}>
            {t(`settings-disk-${name}`)} {mb(bytes)}
          </li>
        ))}
      </ul>
    </>
  );
}

function pairsOf(status: Status, disk: DiskView | undefined, zone: string): [string, string][] {
  const since = disk?.since ? dayShort(disk.since, zone) : t('settings-not-yet');
  const proved = status.record.checkedAt;
  return [
    [t('settings-events-kept'), disk ? grouped(disk.events) : t('settings-not-yet')],
    [t('settings-kept-from'), since],
    [t('settings-last-event'), `#${grouped(status.lastSeq)}`],
    [t('settings-complete-until'), status.asOf ? clock(status.asOf, zone) : t('settings-not-yet')],
    [
      t('settings-encrypted'),
      t(
        status.keystore.ok
          ? 'settings-encrypted-with-the-key-store'
          : 'settings-encrypted-otherwise',
      ),
    ],
    [t('settings-record-proved'), proved ? clock(proved, zone) : t('settings-not-yet')],
    [t('settings-station'), `${status.station.code}, ${status.station.label}`],
  ];
}

/** The section beside the links. */
export function Disk({ status, zone }: { status: Status; zone: string }) {
  const disk = useCall<DiskView>('disk').data;
  return (
    <Pairs title={t('settings-on-this-station')} pairs={pairsOf(status, disk, zone)}>
      {disk && <Bar parts={partsOf(disk)} />}
    </Pairs>
  );
}
