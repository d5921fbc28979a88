// The guide's sections "Frontend Integration", "Best Practices", "Troubleshooting" and "Adding New
// Event Types".
import { useQueryClient } from '@tanstack/react-query';
import { screen } from '@testing-library/react';
import { useEffect, type ReactNode } from 'react';
import { toast } from 'sonner';
import { beforeEach, expect, test, vi } from 'vitest';

import { useRealtime } from '@/hooks/useRealtime';
import {
  useRealtimeSubscription,
  useScriptSubmissionUpdates,
  type UseRealtimeSubscriptionOptions,
} from '@/hooks/useRealtimeSubscription';
import { RealtimeChannel } from '@/types/realtime';

import { event, put, useParams } from './stand';

vi.mock('sonner', () => ({ toast: { success: vi.fn(), info: vi.fn() } }));

const heard = vi.fn();

beforeEach(() => {
  vi.clearAllMocks();
});

function StatusIndicator({ connected }: { connected: boolean }) {
  return <output>{connected ? 'on' : 'off'}</output>;
}

function MyComponent() {
  const {
    isConnected, // Connection status
    connectionState, // 'connected' | 'disconnected' | 'reconnecting'
  } = useRealtime();

  return (
    <div>
      <StatusIndicator connected={isConnected} />
      {connectionState === 'reconnecting' && <p>Reconnecting...</p>}
    </div>
  );
}

test('the basic hook tells the state of the line in the three words of the guide', async () => {
  const stand = await put(<MyComponent />);
  expect(screen.getByRole('status').textContent).toBe('on');
  stand.line({ state: 'offline' });
  expect(screen.getByRole('status').textContent).toBe('off');
  expect(screen.getByText('Reconnecting...')).toBeDefined();
  stand.line({ state: 'auth_required' });
  expect(screen.queryByText('Reconnecting...')).toBeNull();
});

function BatchScriptDetailsPage() {
  const queryClient = useQueryClient();
  const { batchId } = useParams();

  // Subscribe to script submission events
  useRealtimeSubscription({
    channel: RealtimeChannel.SCRIPT_SUBMISSION,
    events: ['script:submitted', 'script:verified', 'script:collected'],
    room: `batch:${batchId}`,
    onEvent: (event) => {
      heard('New script event:', event);

      // Auto-refresh data
      void queryClient.invalidateQueries(['batch-scripts', batchId]);

      // Show toast notification
      toast.success(`Script ${event.payload.submissionId} submitted!`);
    },
  });

  return <div>...</div>;
}

test('a subscription hears its events in its room, once each, until its page is left', async () => {
  const stand = await put(<BatchScriptDetailsPage />);
  const ours = event('script:submitted', { submissionId: 123 }, 'batch:10');
  stand.hear(ours, event('script:graded', { submissionId: 124 }, 'batch:10'));
  expect(heard).toHaveBeenCalledExactlyOnceWith('New script event:', ours);
  expect(toast.success).toHaveBeenCalledExactlyOnceWith('Script 123 submitted!');
  stand.leave();
  stand.hear(ours);
  expect(heard).toHaveBeenCalledOnce();
});

function OfOneBatch() {
  const queryClient = useQueryClient();
  useRealtimeSubscription({
    channel: RealtimeChannel.BATCH_UPDATE,
    onEvent: (event) => {
      // Trigger refetch of relevant data
      void queryClient.invalidateQueries(['batches']);
      void queryClient.invalidateQueries(['batch-scripts', event.payload.batchId]);
    },
  });
  return null;
}

test('a whole channel can be heard, and its payloads name what is stale', async () => {
  const stand = await put(<OfOneBatch />);
  stand.client.setQueryData(['batch-scripts', 10], []);
  stand.client.setQueryData(['batch-scripts', 11], []);
  stand.hear(event('batch:stats_updated', { batchId: 10 }));
  expect(stand.client.getQueryState(['batch-scripts', 10])?.isInvalidated).toBe(true);
  expect(stand.client.getQueryState(['batch-scripts', 11])?.isInvalidated).toBe(false);
});

function Cleaner() {
  useScriptSubmissionUpdates({
    events: ['script:submitted', 'script:verified'],
    onEvent: (event) => heard(event.event),
  });
  return null;
}

test('the specialized hook hears its channel only', async () => {
  const stand = await put(<Cleaner />);
  stand.hear(event('script:verified', {}), event('batch:created', {}), event('script:graded', {}));
  expect(heard.mock.calls).toEqual([['script:verified']]);
});

function Alert({ children }: { children: ReactNode }) {
  return <div role="alert">{children}</div>;
}

function WithState() {
  const { isConnected, connectionState } = useRealtime();

  return (
    <div>
      {connectionState === 'reconnecting' && <Alert>Reconnecting to server...</Alert>}

      {!isConnected && <Alert>Connection lost. Updates may be delayed.</Alert>}
    </div>
  );
}

test('a page can say that the line is lost and that it comes back', async () => {
  const stand = await put(<WithState />);
  expect(screen.queryByRole('alert')).toBeNull();
  stand.line({ state: 'reconnecting' });
  expect(screen.getAllByRole('alert').map((alert) => alert.textContent)).toEqual([
    'Reconnecting to server...',
    'Connection lost. Updates may be delayed.',
  ]);
});

function Joined() {
  const { joinRoom, leaveRoom, subscribe } = useRealtime();
  const { batchId } = useParams();

  useEffect(() => subscribe({}, (event) => heard(event.rooms)), [subscribe]);
  useEffect(() => {
    joinRoom(`batch:${batchId}`);

    return () => {
      leaveRoom(`batch:${batchId}`);
    };
  }, [batchId, joinRoom, leaveRoom]);
  return null;
}

test('who joins a room by hand hears that room, until the line or the page ends', async () => {
  const stand = await put(<Joined />);
  stand.hear(event('script:submitted', {}, 'batch:10'), event('script:submitted', {}, 'batch:11'));
  expect(heard.mock.calls).toEqual([[['institution:1', 'batch:10']]]);
  stand.leave();
  stand.hear(event('script:submitted', {}, 'batch:10'));
  expect(heard).toHaveBeenCalledOnce();
});

function OfARoom() {
  const { batchId } = useParams();
  useRealtimeSubscription({
    room: `batch:${batchId}`, // Make sure batchId is defined
    onEvent: (event) => heard('Event received:', event.event),
  });
  return null;
}

test('a room can be heard on all its channels', async () => {
  const stand = await put(<OfARoom />);
  stand.hear(
    event('script:submitted', {}, 'batch:10'),
    event('batch:stats_updated', {}, 'batch:10'),
    event('batch:stats_updated', {}, 'batch:11'),
  );
  expect(heard.mock.calls).toEqual([
    ['Event received:', 'script:submitted'],
    ['Event received:', 'batch:stats_updated'],
  ]);
});

const useSomethingUpdates = (options: Omit<UseRealtimeSubscriptionOptions, 'channel'> = {}) => {
  useRealtimeSubscription({
    channel: RealtimeChannel.EXAM_LOGISTICS,
    events: ['hall_log'],
    ...options,
  });
};

function Something() {
  useSomethingUpdates({
    onEvent: (event) => {
      toast.info(event.payload.text);
    },
  });
  return null;
}

test('a specialized hook for another channel is three lines', async () => {
  const stand = await put(<Something />);
  stand.hear(event('hall_log', { text: 'Row F paused' }));
  expect(toast.info).toHaveBeenCalledExactlyOnceWith('Row F paused');
});
