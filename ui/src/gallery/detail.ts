// All about an incident in the gallery and the tests.
import type { IncidentDetail, IncidentView, Offered } from '@/generated/protocol';

import { at } from './day';

const ACTIONS: Offered[] = [
  { action: 'acknowledge', reason: null },
  { action: 'assign', reason: null },
  { action: 'escalate', reason: null },
  { action: 'changeSeverity', reason: null },
  { action: 'noteIncident', reason: null },
  { action: 'resolve', reason: null },
  { action: 'closeIncident', reason: 'It must be resolved first.' },
];

/** An incident with its history and what may be done about it. */
export function detail(view: IncidentView): IncidentDetail {
  const entry = {
    event: 'incident:updated',
    by: 'Ama Boateng',
    station: 'EO-02',
    lagMs: 700,
    sync: 'server' as const,
  };
  return {
    view,
    timeline: [
      {
        ...entry,
        at: view.times.occurredAt,
        event: 'incident:reported',
        by: 'Kwame Asante',
        text: view.description,
        station: 'GH-01',
        seq: 1_482_898,
      },
      {
        ...entry,
        at: at('10:42:09'),
        text: 'Porter is on the way',
        seq: 1_482_903,
      },
      ...(view.sync === 'server'
        ? []
        : [{ ...entry, at: at('10:42:10'), text: 'Your note', seq: null, sync: 'kept' as const }]),
    ],
    actions: ACTIONS,
    candidates: [],
    batch: null,
    sitting: null,
    files: [],
    seenAt: at('10:41:27'),
    proposals: [],
  };
}
