import { useQueryClient } from '@tanstack/react-query';

import { ErrorPanel } from '@/app/ErrorPanel';
import { Header } from '@/app/Header';
import { Button } from '@/components/Button';
import type { NotificationView, Severity } from '@/generated/protocol';
import { SeverityGlyph } from '@/glyphs';
import { useNotifications } from '@/hooks/useRealtimeSubscription';
import { hm } from '@/lib/time';
import { useCall, useStatus, useSubmit } from '@/live/queries';

import styles from './Notifications.module.css';

const SEVERITY_OF: Record<string, Severity> = {
  critical: 'CRITICAL',
  high: 'HIGH',
  warning: 'MEDIUM',
  info: 'LOW',
};

/** What was told to this person; read here is read on every station. */
export function NotificationsPage() {
  const status = useStatus();
  const zone = status?.institution?.timezone ?? 'UTC';
  const list = useCall<NotificationView[]>('notifications');
  const client = useQueryClient();
  const submit = useSubmit();
  useNotifications({
    events: ['notification:new', 'notification:read'],
    ...(status?.user ? { room: `user:${status.user.id}` } : {}),
    onEvent: () => void client.invalidateQueries(['notifications']),
  });
  const read = (id: number) =>
    void submit({ command: 'readNotification', input: { notificationId: id } });
  const all = list.data ?? [];
  const groups: [string, NotificationView[]][] = [
    ['Unread', all.filter((notification) => !notification.read)],
    ['Earlier', all.filter((notification) => notification.read)],
  ];
  return (
    <div className={styles['page']}>
      <Header title="Notifications">
        {status && !status.notifications.ok && (
          <span role="status">{status.notifications.reason ?? 'Desktop messages are off'}</span>
        )}
      </Header>
      <div className={styles['scroll']}>
        {list.error && !list.data && (
          <ErrorPanel failure={list.error} onAgain={() => void list.refetch()} />
        )}
        {list.isSuccess && all.length === 0 && (
          <p className={styles['empty']}>Nothing was sent to you yet.</p>
        )}
        {groups.map(
          ([title, members]) =>
            members.length > 0 && (
              <section key={title}>
                <h2>
                  {title} <span className="muted">{members.length}</span>
                </h2>
                <ul>
                  {members.map((notification) => (
                    <li key={notification.id} data-read={notification.read}>
                      <SeverityGlyph severity={SEVERITY_OF[notification.priority] ?? 'LOW'} />
                      <span className={styles['words']}>
                        {notification.incident ? (
                          <a href={`#/incidents/${notification.incident}`}>{notification.title}</a>
                        ) : (
                          notification.title
                        )}
                        <span className="muted">{notification.message}</span>
                      </span>
                      <span className="muted">{hm(notification.createdAt, zone)}</span>
                      {notification.read ? (
                        <span />
                      ) : (
                        <Button variant="bare" onPress={() => read(notification.id)}>
                          Mark read
                        </Button>
                      )}
                    </li>
                  ))}
                </ul>
              </section>
            ),
        )}
      </div>
    </div>
  );
}
