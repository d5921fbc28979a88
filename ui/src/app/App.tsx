// What is around everything, and which screen is shown.
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { Toaster } from 'sonner';

import { RealtimeProvider } from '@/contexts/RealtimeContext';
import { BatchesPage } from '@/features/batches/BatchesPage';
import { ClockPage } from '@/features/hall/ClockPage';
import { HallPage } from '@/features/hall/HallPage';
import { Incidents } from '@/features/incidents';
import { useIdleLock } from '@/features/lock/idle';
import { LockPage } from '@/features/lock/LockPage';
import { Monitor } from '@/features/monitor';
import { NotificationsPage } from '@/features/notifications/NotificationsPage';
import { OutboxPage } from '@/features/outbox/OutboxPage';
import { ReportDialog } from '@/features/report/ReportDialog';
import { ReviewPage } from '@/features/review/ReviewPage';
import { SettingsPage } from '@/features/settings/SettingsPage';
import { NewPassword } from '@/features/signin/NewPassword';
import { homeOf } from '@/features/setup/kinds';
import { isFirstStart, SetUp } from '@/features/setup/SetUp';
import { SignIn } from '@/features/signin/SignIn';
import { TimetablePage } from '@/features/timetable/TimetablePage';
import type { Status } from '@/generated/protocol';
import { call, onGo } from '@/host';
import { ConsoleQueryClient } from '@/lib/query';
import { locale, onTongue, tongue as spoken, useTongue } from '@/lib/tongue';
import { keepTrue, useClosed, useStatus } from '@/live/queries';
import { startLive } from '@/live/store';
import { keepTrips } from '@/live/trips';

import { LiveRegion } from './announce';
import { useIsSecond } from './beside';
import { Closed } from './Closed';
import { Guarded } from './ErrorPanel';
import { useEverywhereKeys } from './everywhere';
import { isReadOnly } from './link';
import { Palette } from './Palette';
import { go, goWith, useRoute } from './router';
import { Scanned } from './Scanned';
import { Shell } from './Shell';
import { ShortcutSheet } from './ShortcutSheet';
import { useAlarms } from './sound';

function Screen({ name }: { name: string }): ReactNode {
  switch (name) {
    case 'incidents':
      return <Incidents />;
    case 'batches':
      return <BatchesPage />;
    case 'timetable':
      return <TimetablePage />;
    case 'hall':
      return <HallPage />;
    case 'review':
      return <ReviewPage />;
    case 'outbox':
    case 'sent':
      return <OutboxPage />;
    case 'notifications':
      return <NotificationsPage />;
    case 'settings':
      return <SettingsPage />;
    default:
      return <Monitor />;
  }
}

/** What only the first window does: a second one neither sounds nor locks the station. */
function First() {
  useAlarms();
  useIdleLock();
  return null;
}

/** The report, for whoever may write one. */
function Reporting({ from }: { from: string | null }) {
  const barred = isReadOnly(useStatus());
  // In a hall it is written with a finger, as everything there.
  const touch = useRoute().path[0] === 'hall';
  return barred ? null : (
    <ReportDialog {...{ from, touch }} onClose={() => goWith('report', null)} />
  );
}

/** The window of somebody who works here. */
function Working() {
  const { path, search } = useRoute();
  const isSecond = useIsSecond();
  const name = path[0] ?? 'monitor';
  useEverywhereKeys();
  return (
    <>
      {!isSecond && <First />}
      <Shell>
        <Guarded key={name}>
          <Screen name={name} />
        </Guarded>
      </Shell>
      {!search.has('report') && <Scanned />}
      {search.has('jump') && <Palette onClose={() => goWith('jump', null)} />}
      {search.has('keys') && <ShortcutSheet onClose={() => goWith('keys', null)} />}
      {search.has('report') && <Reporting from={search.get('report')} />}
    </>
  );
}

/** A window that is opened at no place begins where this station does. */
function useHome(status: Status): void {
  const home = homeOf(status.station);
  useEffect(() => {
    if (/^#?\/?$/.test(window.location.hash)) {
      go(home);
    }
  }, [home]);
}

/** What one person asks for. Another one has other rights, and begins with nothing. */
function Desk({ status }: { status: Status }) {
  const { path } = useRoute();
  const [client] = useState(() => new ConsoleQueryClient());
  useEffect(() => keepTrue(client), [client]);
  useHome(status);
  const page =
    path[0] === 'clock' ? (
      <ClockPage />
    ) : path[0] === 'setup' ? (
      <SetUp status={status} />
    ) : (
      <Working />
    );
  return <QueryClientProvider client={client}>{page}</QueryClientProvider>;
}

function Place() {
  const status = useStatus();
  const closed = useClosed();
  const { path } = useRoute();
  const [later, setLater] = useState<number>();
  if (!status) {
    return closed ? <Closed failure={closed} /> : null;
  }
  // The clock of a hall goes on while nobody may work here.
  const isClock = path[0] === 'clock' && status.user !== null;
  if (
    (status.locked && path[0] !== 'sign-in' && !isClock) ||
    (!status.user && path[0] === 'people')
  ) {
    return <LockPage status={status} />;
  }
  const setsUp = path[0] === 'setup' || (path[0] !== 'sign-in' && isFirstStart(status));
  if (!status.user && setsUp) {
    return <SetUp status={status} />;
  }
  if (!status.user || path[0] === 'sign-in') {
    return <SignIn status={status} />;
  }
  if (status.user.mustChangePassword && later !== status.user.id && status.link.state === 'live') {
    const { id } = status.user;
    return <NewPassword user={status.user} onLater={() => setLater(id)} />;
  }
  return <Desk key={status.user.id} status={status} />;
}

/** Desktop messages, the tray and papers speak as the window does. */
function tellTongue(): () => void {
  const tell = () => {
    const tongue = spoken();
    void call('tongue', { tongue: tongue === 'pseudo' ? 'en' : tongue }).catch(() => {});
  };
  tell();
  return onTongue(tell);
}

/** The whole user interface. */
export function App() {
  useEffect(startLive, []);
  useEffect(keepTrips, []);
  useEffect(() => onGo(go), []);
  useEffect(tellTongue, []);
  const tongue = useTongue();
  return (
    <RealtimeProvider>
      <I18nProvider locale={locale()} key={tongue}>
        <Place />
        <Toaster position="bottom-center" duration={6000} dir={tongue === 'ar' ? 'rtl' : 'ltr'} />
        <LiveRegion />
      </I18nProvider>
    </RealtimeProvider>
  );
}
