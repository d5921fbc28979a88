// The guide's usage examples, word for word but for what its own application had around them.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { screen } from '@testing-library/react';
import { useState } from 'react';
import { toast } from 'sonner';
import { beforeEach, expect, test, vi } from 'vitest';

import {
  useBatchUpdates,
  useIncidentUpdates,
  useNotifications,
  useRealtimeSubscription,
  useTimetableUpdates,
} from '@/hooks/useRealtimeSubscription';
import { RealtimeChannel, type AnyOf, type PayloadOf } from '@/types/realtime';

import { event, put, useAuthStore, useParams, type Stand } from './stand';

vi.mock('sonner', () => ({
  toast: { success: vi.fn(), info: vi.fn(), warning: vi.fn(), error: vi.fn() },
}));

beforeEach(() => {
  vi.clearAllMocks();
});

/** Puts an answer in the cache and tells whether it has become stale. */
function watched(stand: Stand, key: readonly unknown[]): () => boolean {
  stand.client.setQueryData(key, 'as it was');
  return () => stand.client.getQueryState(key)?.isInvalidated ?? false;
}

function ScriptSubmissionPage() {
  const queryClient = useQueryClient();
  const { batchId } = useParams();

  // Subscribe to all script submission events for this batch
  useRealtimeSubscription({
    channel: RealtimeChannel.SCRIPT_SUBMISSION,
    events: ['script:submitted', 'script:verified', 'script:collected', 'script:graded'],
    room: `batch:${batchId}`,
    onEvent: (event) => {
      // Invalidate and refetch data
      void queryClient.invalidateQueries(['batch-scripts', batchId]);
      void queryClient.invalidateQueries(['script-submissions', batchId]);

      // Show notification based on event type
      const { payload } = event;
      switch (event.event) {
        case 'script:submitted':
          toast.success(`${payload.studentName} submitted their script`);
          break;
        case 'script:verified':
          toast.info(`Script verified by ${payload.verifiedBy}`);
          break;
        case 'script:collected':
          toast.info(`Script collected by ${payload.collectedBy}`);
          break;
        case 'script:graded':
          toast.success(`Script graded: ${payload.grade}`);
          break;
      }
    },
  });

  return <div>Your component UI...</div>;
}

test('Example 1: the scripts of a batch are told of, and their lists read anew', async () => {
  const stand = await put(<ScriptSubmissionPage />);
  const scripts = watched(stand, ['batch-scripts', '10']);
  const submissions = watched(stand, ['script-submissions', '10']);
  const other = watched(stand, ['batch-scripts', '11']);
  stand.hear(
    event('script:submitted', { studentName: 'John Doe' }, 'batch:10'),
    event('script:verified', { verifiedBy: 'Dr. Smith' }, 'batch:10'),
    event('script:collected', { collectedBy: 'Ama Boateng' }, 'batch:10'),
    event('script:graded', { grade: 'A' }, 'batch:10'),
    event('script:submitted', { studentName: 'Somebody elsewhere' }, 'batch:11'),
  );
  expect(vi.mocked(toast.success).mock.calls).toEqual([
    ['John Doe submitted their script'],
    ['Script graded: A'],
  ]);
  expect(vi.mocked(toast.info).mock.calls).toEqual([
    ['Script verified by Dr. Smith'],
    ['Script collected by Ama Boateng'],
  ]);
  expect([scripts(), submissions(), other()]).toEqual([true, true, false]);
});

function BatchManagementPage() {
  const queryClient = useQueryClient();

  // Use the specialized hook for batch updates
  useBatchUpdates({
    events: ['batch:created', 'batch:sealed', 'batch:assigned', 'batch:stats_updated'],
    onEvent: (event) => {
      void queryClient.invalidateQueries(['batches']);

      if (event.event === 'batch:sealed') {
        toast.warning(`Batch ${event.payload.batchQRCode} has been sealed!`);
      }
    },
  });

  return <div>Batch list...</div>;
}

test('Example 2: a sealed batch is told of, though it travels on the script channel', async () => {
  const stand = await put(<BatchManagementPage />);
  const batches = watched(stand, ['batches']);
  stand.hear(event('batch:sealed', { batchQRCode: 'BATCH-CSC101-2025' }, 'batch:10'));
  expect(toast.warning).toHaveBeenCalledExactlyOnceWith('Batch BATCH-CSC101-2025 has been sealed!');
  expect(batches()).toBe(true);
});

function TimetableDashboard() {
  const queryClient = useQueryClient();

  useTimetableUpdates({
    events: ['timetable:published', 'timetable:updated', 'timetable:batches:created'],
    onEvent: (event) => {
      if (event.event === 'timetable:published') {
        toast.success(`New timetable published: ${event.payload.title}`);
        toast.info(`${event.payload.batchesCreated} batches created`);
      }

      void queryClient.invalidateQueries(['exam-timetables']);
    },
  });

  return <div>Timetable UI...</div>;
}

test('Example 3: a published timetable is told of with its batches', async () => {
  const stand = await put(<TimetableDashboard />);
  const timetables = watched(stand, ['exam-timetables']);
  stand.hear(
    event('timetable:published', { title: 'Final Exams - Fall 2025', batchesCreated: 25 }),
  );
  expect(toast.success).toHaveBeenCalledExactlyOnceWith(
    'New timetable published: Final Exams - Fall 2025',
  );
  expect(toast.info).toHaveBeenCalledExactlyOnceWith('25 batches created');
  expect(timetables()).toBe(true);
});

type Reported = AnyOf<PayloadOf<'incident:reported' | 'incident:updated' | 'incident:resolved'>>;

function IncidentCard({ incident }: { incident: Reported }) {
  return <article>{incident.description}</article>;
}

function IncidentMonitoring() {
  const queryClient = useQueryClient();
  const [incidents, setIncidents] = useState<Reported[]>([]);

  useIncidentUpdates({
    events: ['incident:reported', 'incident:updated', 'incident:resolved'],
    onEvent: (event) => {
      const { payload } = event;

      if (event.event === 'incident:reported') {
        toast.error(`New ${payload.severity} incident: ${payload.type}`);

        // Add to local state for real-time display
        setIncidents((prev) => [payload, ...prev]);
      }

      void queryClient.invalidateQueries(['incidents']);
    },
  });

  return (
    <div>
      {incidents.map((incident) => (
        <IncidentCard key={incident.incidentId} incident={incident} />
      ))}
    </div>
  );
}

test('Example 4: a reported incident stands on the screen at once, a resolved one makes the list stale', async () => {
  const stand = await put(<IncidentMonitoring />);
  const incidents = watched(stand, ['incidents']);
  stand.hear(
    event('incident:reported', {
      incidentId: 7,
      type: 'MISSING_SCRIPT',
      severity: 'HIGH',
      description: 'Student claims script was submitted but not found',
    }),
  );
  expect(screen.getByRole('article').textContent).toBe(
    'Student claims script was submitted but not found',
  );
  expect(toast.error).toHaveBeenCalledExactlyOnceWith('New HIGH incident: MISSING_SCRIPT');
  expect(incidents()).toBe(true);
  stand.hear(event('incident:resolved', {}));
  expect(toast.error).toHaveBeenCalledOnce();
});

const play = vi.fn(() => Promise.resolve());

function NotificationCenter() {
  const { user } = useAuthStore();
  const queryClient = useQueryClient();

  useNotifications({
    events: ['notification:new', 'notification:read'],
    room: `user:${user?.id}`, // Only this user's notifications
    onEvent: (event) => {
      if (event.event === 'notification:new') {
        const { payload } = event;

        // Show toast
        toast.info(payload.title, {
          description: payload.message,
        });

        // Play sound (optional)
        void new Audio('/notification.mp3').play();
      }

      void queryClient.invalidateQueries(['notifications']);
    },
  });

  return <div>Notification list...</div>;
}

test('Example 5: only notifications of this user are shown and heard', async () => {
  vi.spyOn(window.HTMLMediaElement.prototype, 'play').mockImplementation(play);
  const stand = await put(<NotificationCenter />);
  const notifications = watched(stand, ['notifications']);
  stand.hear(event('notification:new', { title: 'Not for us', message: '' }, 'user:9'));
  expect(notifications()).toBe(false);
  stand.hear(
    event(
      'notification:new',
      { title: 'Script Submission Reminder', message: 'You have 24 hours left' },
      'user:678',
    ),
  );
  expect(toast.info).toHaveBeenCalledExactlyOnceWith('Script Submission Reminder', {
    description: 'You have 24 hours left',
  });
  expect(play).toHaveBeenCalledOnce();
  expect(notifications()).toBe(true);
});

function AskedTwice() {
  const queryClient = useQueryClient();
  const { data } = useQuery({ queryKey: ['batches', { day: 1 }], queryFn: nextAnswer });
  return (
    <button type="button" onClick={() => void queryClient.invalidateQueries(['batches'])}>
      {data}
    </button>
  );
}

let answers = 0;
function nextAnswer(): Promise<string> {
  answers += 1;
  return Promise.resolve(`answer ${answers}`);
}

test('the array form of invalidateQueries reads anew what is on the screen, as the guide expects', async () => {
  const stand = await put(<AskedTwice />);
  const button = await screen.findByRole('button', { name: 'answer 1' });
  button.click();
  await screen.findByRole('button', { name: 'answer 2' });
  expect(stand.client.isFetching()).toBe(0);
});
