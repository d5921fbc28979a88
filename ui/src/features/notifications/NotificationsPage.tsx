import { useQueryClient } from '@tanstack/react-query';

import { zoneOf } from '@/app/link';
import { ErrorPanel } from '@/app/ErrorPanel';
import { Header } from '@/app/Header';
import { Button } from '@/components/Button';
import type { NotificationView, Severity } from '@/generated/protocol';
import { SeverityGlyph } from '@/glyphs';
import { useNotifications } from '@/hooks/useRealtimeSubscription';
import { useShortcut } from '@/lib/keys';
import { kbdOf } from '@/lib/shortcuts';
import { hm } from '@/lib/time';
import { t } from '@/lib/tongue';
import { said } from '@/lib/said';
import { useCall, useStatus, useSubmit } from '@/live/queries';

import { QuietButton } from './Quiet';
import { Reaches } from './Reaches';
import styles from './Notifications.module.css';

const SEVERITY_OF: Record<string, Severity> = {
  critical: 'CRITICAL',
  high: 'HIGH',
  warning: 'MEDIUM',
  info: 'LOW',
};

/** Where is done what a notification asks for. */
const PLACES: Readonly<Record<string, string>> = {
  station: '#/settings/stations',
  timetable: '#/timetable',
};

function Row({
  notification,
  zone,
  onRead,
}: {
  notification: NotificationView;
  zone: string;
  onRead: (id: number) => void;
}) {
  const { id, incident, type } = notification;
  const to = incident ? `#/incidents/${incident}` : PLACES[type];
  const title = said(notification.title);
  return (
    <li data-read={notification.read}>
      <span className={styles['unread']} aria-hidden="true" />
      <SeverityGlyph severity={SEVERITY_OF[notification.priority] ?? 'LOW'} />
      <span className={styles['words']}>
        {to ? <a href={to}>{title}</a> : <b>{title}</b>}
        <span className="muted">{said(notification.message)}</span>
      </span>
      <span className="muted">{hm(notification.createdAt, zone)}</span>
      {notification.read ? (
        <span />
      ) : (
        <Button variant="bare" onPress={() => onRead(id)}>
          {t('notifications-mark-read')}
        </Button>
      )}
    </li>
  );
}

function Group({
  title,
  members,
  ...row
}: {
  title: string;
  members: readonly NotificationView[];
  zone: string;
  onRead: (id: number) => void;
}) {
  if (members.length === 0) {
    return null;
  }
  return (
    <section>
      <h2>
        {title} <span className="muted">{members.length}</span>
      </h2>
      <ul>
        {members.map((notification) => (
          <Row key={notification.id} notification={notification} {...row} />
        ))}
      </ul>
    </section>
  );
}

/** The notifications, kept true by their events. */
function useTold() {
  const status = useStatus();
  const client = useQueryClient();
  useNotifications({
    events: ['notification:new', 'notification:read'],
    ...(status?.user ? { room: `user:${status.user.id}` } : {}),
    onEvent: () => void client.invalidateQueries(['notifications']),
  });
  return useCall<NotificationView[]>('notifications');
}

/** What was told to this person; read here is read on every station. */
export function NotificationsPage() {
  const status = useStatus();
  const zone = zoneOf(status);
  const list = useTold();
  const submit = useSubmit();
  const read = (id: number) =>
    void submit({ command: 'readNotification', input: { notificationId: id } });
  const all = list.data ?? [];
  const unread = all.filter((notification) => !notification.read);
  const readAll = () => unread.forEach(({ id }) => read(id));
  useShortcut('notifications.read', readAll, unread.length > 0);
  return (
    <div className={styles['page']}>
      <Header
        title={t('notifications-notifications')}
        sub={unread.length > 0 ? t('notifications-unread', { n: unread.length }) : undefined}
      >
        <QuietButton zone={zone} />
        {unread.length > 0 && (
          <Button variant="bare" kbd={kbdOf('notifications.read')} onPress={readAll}>
            {t('notifications-mark-all-read')}
          </Button>
        )}
      </Header>
      <div className={styles['body']}>
        <div className={styles['scroll']}>
          {list.error && !list.data && (
            <ErrorPanel failure={list.error} onAgain={() => void list.refetch()} />
          )}
          {list.isSuccess && all.length === 0 && (
            <p className={styles['empty']}>{t('notifications-nothing-was-sent-to-you')}</p>
          )}
          <Group title={t('notifications-unread-2')} members={unread} zone={zone} onRead={read} />
          <Group
            title={t('notifications-earlier')}
            members={all.filter((notification) => notification.read)}
            zone={zone}
            onRead={read}
          />
        </div>
        {status && <Reaches desktop={status.notifications} />}
      </div>
    </div>
  );
}
