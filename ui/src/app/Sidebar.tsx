import {
  Activity,
  Armchair,
  Bell,
  CalendarDays,
  History,
  Package,
  Plus,
  Search,
  Send,
  Settings,
  TriangleAlert,
  type LucideIcon,
} from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';

import { Avatar } from '@/components/Avatar';
import { Kbd } from '@/components/Kbd';
import { useConcern } from '@/features/batches/useConcern';
import { lock } from '@/features/lock/idle';
import { Leaving, signOut } from '@/features/lock/Leaving';
import type { BatchView, IncidentView, Status } from '@/generated/protocol';
import { Mark } from '@/glyphs';
import { kbdOf } from '@/lib/shortcuts';
import { t } from '@/lib/tongue';
import { words } from '@/lib/words';
import { useCall, useStatus } from '@/live/queries';

import { isReadOnly } from './link';
import { goWith, Link, useRoute } from './router';
import styles from './Sidebar.module.css';
import { Watching } from './Watch';

const OPEN = new Set(['REPORTED', 'UNDER_INVESTIGATION', 'ESCALATED']);

function Place({
  to,
  name,
  icon: Icon,
  count,
}: {
  to: string;
  name: string;
  icon: LucideIcon;
  count?: ReactNode;
}) {
  const { path } = useRoute();
  const here = `#/${path[0] ?? ''}` === to;
  return (
    <Link to={to} className={styles.place} aria-current={here ? 'page' : undefined} title={name}>
      <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
      <span className={styles.name}>{name}</span>
      {count ? <span className={styles.count}>{count}</span> : null}
    </Link>
  );
}

/** Open incidents; those that the server has not yet are counted apart. */
function openCount(incidents: IncidentView[] | undefined): string {
  const open = (incidents ?? []).filter((incident) => OPEN.has(incident.status));
  const kept = open.filter((incident) => incident.number === null).length;
  const sent = open.length - kept;
  return kept > 0 ? `${sent} + ${kept}` : sent > 0 ? String(sent) : '';
}

function Places() {
  const incidents = useCall<IncidentView[]>('incidents').data;
  const batches = useCall<BatchView[]>('batches').data;
  const concernOf = useConcern();
  const toLookAt = batches?.filter((batch) => concernOf(batch)).length ?? 0;
  return (
    <nav className={styles.places} aria-label={t('app-places')}>
      <Place to="#/monitor" name={t('app-monitor')} icon={Activity} />
      <Place
        to="#/incidents"
        name={t('app-incidents')}
        icon={TriangleAlert}
        count={openCount(incidents)}
      />
      <Place to="#/batches" name={t('app-batches')} icon={Package} count={toLookAt || ''} />
      <Place to="#/timetable" name={t('app-timetable')} icon={CalendarDays} />
      <Place to="#/review" name={t('app-review')} icon={History} />
      <Place to="#/hall" name={t('app-hall-view')} icon={Armchair} />
    </nav>
  );
}

function UserMenu({ status }: { status: Status }) {
  const [open, setOpen] = useState(false);
  const [unsent, setUnsent] = useState<string>();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) {
      return undefined;
    }
    const leave = (event: Event) => {
      const outside = !(event.target instanceof Node && box.current?.contains(event.target));
      if (
        (event instanceof KeyboardEvent && event.key === 'Escape') ||
        (event.type === 'pointerdown' && outside)
      ) {
        setOpen(false);
      }
    };
    window.addEventListener('pointerdown', leave);
    window.addEventListener('keydown', leave);
    return () => {
      window.removeEventListener('pointerdown', leave);
      window.removeEventListener('keydown', leave);
    };
  }, [open]);
  const { user } = status;
  if (!user) {
    return null;
  }
  return (
    <div className={styles.you} ref={box}>
      {open && (
        <div className={styles.menu}>
          <p className={styles.mail}>{user.email}</p>
          <button type="button" data-testid="change-over" onClick={() => void lock()}>
            {t('app-change-over')}
          </button>
          <button type="button" onClick={() => void signOut(false).then(setUnsent)}>
            {t('app-sign-out')}
          </button>
        </div>
      )}
      {unsent && <Leaving message={unsent} onClose={() => setUnsent(undefined)} />}
      <button
        type="button"
        className={styles.person}
        aria-expanded={open}
        data-testid="user-menu"
        onClick={() => setOpen(!open)}
      >
        <span aria-hidden="true">
          <Avatar name={user.name} />
        </span>
        <span className={styles.who}>
          <strong>{user.name}</strong> <span>{words.role[user.role]}</span>
        </span>
      </button>
    </div>
  );
}

/** The column at the side: the station, Report, the places, and who works here. */
export function Sidebar() {
  const status = useStatus();
  if (!status) {
    return <aside className={styles.sidebar} />;
  }
  const { waiting, sending, attention } = status.outbox;
  const unsent = waiting + sending + attention;
  return (
    <aside className={styles.sidebar}>
      <div className={styles.station}>
        <Mark />
        <span className={styles.who}>
          <strong>{status.institution?.name ?? t('app-elms-console')}</strong>
          <span>
            {status.station.label} · <bdi className="code">{status.station.code}</bdi>
          </span>
        </span>
      </div>
      {!isReadOnly(status) && (
        <button type="button" className={styles.report} onClick={() => goWith('report', 'new')}>
          <Plus size={16} aria-hidden="true" />
          <span className={styles.name}>{t('app-report-incident')}</span>
          <Kbd>{kbdOf('report')}</Kbd>
        </button>
      )}
      <button type="button" className={styles.jump} onClick={() => goWith('jump', 'on')}>
        <Search size={15} aria-hidden="true" />
        <span className={styles.name}>{t('app-jump-to-2')}</span>
        <Kbd>{kbdOf('jump')}</Kbd>
      </button>
      <Places />
      <Watching />
      <nav className={styles.bottom} aria-label={t('app-station')}>
        <Place to="#/outbox" name={t('app-sent-from-here')} icon={Send} count={unsent || ''} />
        <Place
          to="#/notifications"
          name={t('app-notifications')}
          icon={Bell}
          count={status.unread || ''}
        />
        <Place to="#/settings" name={t('app-settings')} icon={Settings} />
      </nav>
      <UserMenu status={status} />
    </aside>
  );
}
