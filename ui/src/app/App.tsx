// What is around everything, and which screen is shown.
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { Toaster } from 'sonner';

import { RealtimeProvider } from '@/contexts/RealtimeContext';
import { BatchesPage } from '@/features/batches/BatchesPage';
import { Incidents } from '@/features/incidents';
import { Monitor } from '@/features/monitor';
import { NotificationsPage } from '@/features/notifications/NotificationsPage';
import { OutboxPage } from '@/features/outbox/OutboxPage';
import { ReportDialog } from '@/features/report/ReportDialog';
import { ReviewPage } from '@/features/review/ReviewPage';
import { SettingsPage } from '@/features/settings/SettingsPage';
import { SignIn } from '@/features/signin/SignIn';
import { onGo } from '@/host';
import { ConsoleQueryClient } from '@/lib/query';
import { keepTrue, useStatus } from '@/live/queries';

import { LiveRegion } from './announce';
import { Guarded } from './ErrorPanel';
import { useEverywhereKeys } from './everywhere';
import { go, goWith, useRoute } from './router';
import { Shell } from './Shell';

function Screen({ name }: { name: string }): ReactNode {
  switch (name) {
    case 'incidents':
      return <Incidents />;
    case 'batches':
      return <BatchesPage />;
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

/** The window of somebody who works here. */
function Working() {
  const { path, search } = useRoute();
  const name = path[0] ?? 'monitor';
  useEverywhereKeys();
  return (
    <>
      <Shell>
        <Guarded key={name}>
          <Screen name={name} />
        </Guarded>
      </Shell>
      {search.has('report') && <ReportDialog onClose={() => goWith('report', null)} />}
    </>
  );
}

function Place() {
  const status = useStatus();
  const { path } = useRoute();
  if (!status) {
    return null;
  }
  if (!status.user || path[0] === 'sign-in') {
    return <SignIn status={status} />;
  }
  // Another person has other rights: nothing of the one before may stay on the screen.
  return <Working key={status.user.id} />;
}

/** Keeps the queries true while the window is open; another person begins with none. */
function Live({ client, children }: { client: ConsoleQueryClient; children: ReactNode }) {
  const user = useStatus()?.user?.id;
  useEffect(() => keepTrue(client), [client]);
  useEffect(() => onGo(go), []);
  useEffect(() => () => client.clear(), [client, user]);
  return children;
}

/** The whole user interface. */
export function App() {
  const [client] = useState(() => new ConsoleQueryClient());
  return (
    <QueryClientProvider client={client}>
      <RealtimeProvider>
        <Live client={client}>
          <Place />
        </Live>
        <Toaster position="bottom-center" duration={6000} />
        <LiveRegion />
      </RealtimeProvider>
    </QueryClientProvider>
  );
}
