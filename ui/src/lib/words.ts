// The words of the user interface, in one place. Plain and short, no blame, no jargon.
import type {
  Action,
  AttendanceStatus,
  BatchStatus,
  IncidentOutcome,
  IncidentStatus,
  IncidentType,
  OutboxState,
  Phase,
  Role,
  Severity,
  SyncMark,
  TimetableStatus,
  Stop,
} from '@/generated/protocol';

import { t, table, tongue } from './tongue';

export const severity: Record<Severity, string> = table('severity', [
  'LOW',
  'MEDIUM',
  'HIGH',
  'CRITICAL',
]);

export const incidentStatus: Record<IncidentStatus, string> = table('incident-status', [
  'REPORTED',
  'UNDER_INVESTIGATION',
  'ESCALATED',
  'RESOLVED',
  'CLOSED',
]);

export const batchStatus: Record<BatchStatus, string> = table('batch-status', [
  'PENDING',
  'IN_COLLECTION',
  'SEALED',
  'IN_TRANSIT',
  'WITH_LECTURER',
  'GRADING_IN_PROGRESS',
  'GRADING_COMPLETED',
  'RETURNED_TO_REGISTRY',
  'ARCHIVED',
]);

export const stop: Record<Stop, string> = table('way', [
  'PRINTED',
  'ISSUED',
  'COLLECTED',
  'COUNTED',
  'SEALED',
  'IN_TRANSIT',
  'WITH_LECTURER',
  'RETURNED',
]);

const PHASES: readonly Phase[] = [
  'SETUP',
  'ADMITTING',
  'WRITING',
  'PAUSED',
  'COLLECTING',
  'RECONCILING',
  'CLOSED',
  'CANCELLED',
  'POSTPONED',
];

const ATTENDANCES: readonly AttendanceStatus[] = [
  'EXPECTED',
  'PRESENT',
  'LATE',
  'VERY_LATE',
  'REFUSED',
  'ABSENT',
  'WITHDRAWN',
  'FINISHED',
];

export const phase: Record<Phase, string> = table('phase', PHASES);

export const attendance: Record<AttendanceStatus, string> = table('attendance', ATTENDANCES);

/** Writes down that somebody is at the door, as a button. */
export const toAttendance: Record<AttendanceStatus, string> = table('to-attendance', ATTENDANCES);

/** What leads to a phase, as a button. */
export const toPhase: Record<Phase, string> = table('to-phase', PHASES);

export const timetableStatus: Record<TimetableStatus, string> = table('timetable-status', [
  'DRAFT',
  'PENDING_APPROVAL',
  'APPROVED',
  'PUBLISHED',
  'IN_PROGRESS',
  'COMPLETED',
  'ARCHIVED',
]);

export const role: Record<Role, string> = table('role', [
  'SUPER_ADMIN',
  'ADMIN',
  'FACULTY_ADMIN',
  'DEAN',
  'HOD',
  'EXAMS_OFFICER',
  'SCRIPT_HANDLER',
  'INVIGILATOR',
  'LECTURER',
  'STUDENT',
]);

export const sync: Record<SyncMark, string> = table('sync', [
  'kept',
  'sending',
  'server',
  'attention',
]);

export const outboxState: Record<OutboxState, string> = table('outbox-state', [
  'waiting',
  'sending',
  'done',
  'attention',
  'withdrawn',
]);

/** Of what still lies in another station. */
export function waitsFor(what: string): string {
  return t('waits-for', { what });
}

export const outcome: Record<IncidentOutcome, string> = table('outcome', [
  'NO_ACTION',
  'WARNED',
  'TIME_ADDED',
  'SCRIPT_WITHHELD',
  'REFERRED',
  'MEDICAL_REFERRED',
  'FOUND',
  'NOT_FOUND',
  'VERIFIED_LATER',
  'ERRATUM_READ',
  'RELIEF_ASSIGNED',
  'DEFERRED_APPLICATION',
  'DUPLICATE',
  'ENTERED_IN_ERROR',
]);

export const action: Partial<Record<Action, string>> = table('action', [
  'acknowledge',
  'assign',
  'escalate',
  'noteIncident',
  'resolve',
  'closeIncident',
  'changeSeverity',
  'collectScripts',
  'declareCount',
  'notePrinted',
  'seal',
  'unseal',
  'offerHandover',
  'decideHandover',
]);

/** `ACADEMIC_MISCONDUCT` as `Academic misconduct`. */
export function incidentType(type: IncidentType): string {
  return t(`kind-${type.toLowerCase().replaceAll('_', '-')}`);
}

/** The short name of a kind: the institution's own in English, in other languages what the kind is called. */
export function kindLabel(kind: IncidentType, label: string): string {
  return tongue() === 'en' ? label : incidentType(kind);
}

export const words = {
  severity,
  incidentStatus,
  batchStatus,
  stop,
  phase,
  toPhase,
  attendance,
  toAttendance,
  timetableStatus,
  role,
  sync,
  outboxState,
  waitsFor,
  outcome,
  action,
  incidentType,
  kindLabel,
};
