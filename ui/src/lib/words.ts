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
} from '@/generated/protocol';

export const severity: Record<Severity, string> = {
  LOW: 'Low',
  MEDIUM: 'Medium',
  HIGH: 'High',
  CRITICAL: 'Critical',
};

export const incidentStatus: Record<IncidentStatus, string> = {
  REPORTED: 'Reported',
  UNDER_INVESTIGATION: 'Investigating',
  ESCALATED: 'Escalated',
  RESOLVED: 'Resolved',
  CLOSED: 'Closed',
};

export const batchStatus: Record<BatchStatus, string> = {
  PENDING: 'Issued',
  IN_COLLECTION: 'Collecting',
  SEALED: 'Sealed',
  IN_TRANSIT: 'In transit',
  WITH_LECTURER: 'With lecturer',
  GRADING_IN_PROGRESS: 'Grading',
  GRADING_COMPLETED: 'Graded',
  RETURNED_TO_REGISTRY: 'Returned',
  ARCHIVED: 'Archived',
};

export const phase: Record<Phase, string> = {
  SETUP: 'Setting up',
  ADMITTING: 'Doors open',
  WRITING: 'Writing',
  PAUSED: 'Paused',
  COLLECTING: 'Collecting',
  RECONCILING: 'Counting',
  CLOSED: 'Closed',
  CANCELLED: 'Cancelled',
  POSTPONED: 'Postponed',
};

export const attendance: Record<AttendanceStatus, string> = {
  EXPECTED: 'Not in yet',
  PRESENT: 'In',
  LATE: 'In, late',
  VERY_LATE: 'In, very late',
  REFUSED: 'Refused',
  ABSENT: 'Absent',
  WITHDRAWN: 'Withdrawn',
  FINISHED: 'Finished',
};

/** What leads to a phase, as a button. */
export const toPhase: Record<Phase, string> = {
  SETUP: 'Back to setting up',
  ADMITTING: 'Open the doors',
  WRITING: 'Start writing',
  PAUSED: 'Pause the clock',
  COLLECTING: 'Start collecting',
  RECONCILING: 'Count scripts',
  CLOSED: 'Close the hall',
  CANCELLED: 'Cancel',
  POSTPONED: 'Postpone',
};

export const timetableStatus: Record<TimetableStatus, string> = {
  DRAFT: 'draft',
  PENDING_APPROVAL: 'waits for approval',
  APPROVED: 'approved',
  PUBLISHED: 'published',
  IN_PROGRESS: 'in progress',
  COMPLETED: 'completed',
  ARCHIVED: 'archived',
};

export const role: Record<Role, string> = {
  SUPER_ADMIN: 'System administrator',
  ADMIN: 'Registrar',
  FACULTY_ADMIN: 'Faculty administrator',
  DEAN: 'Dean',
  HOD: 'Head of department',
  EXAMS_OFFICER: 'Exams officer',
  SCRIPT_HANDLER: 'Script handler',
  INVIGILATOR: 'Invigilator',
  LECTURER: 'Lecturer',
  STUDENT: 'Student',
};

export const sync: Record<SyncMark, string> = {
  kept: 'Kept on this station, waiting to send',
  sending: 'Sending',
  server: 'The server has it',
  attention: 'Needs your decision',
};

export const outboxState: Record<OutboxState, string> = {
  waiting: 'Waiting to send',
  sending: 'Sending',
  done: 'Sent',
  attention: 'Needs your decision',
  withdrawn: 'Withdrawn',
};

/** Of what still lies in another station. */
export function waitsFor(what: string): string {
  return `Waiting for ${what}`;
}

export const outcome: Record<IncidentOutcome, string> = {
  NO_ACTION: 'No action needed',
  WARNED: 'Warned',
  TIME_ADDED: 'Time given back',
  SCRIPT_WITHHELD: 'Script withheld',
  REFERRED: 'Referred',
  MEDICAL_REFERRED: 'Referred to a doctor',
  FOUND: 'Found',
  NOT_FOUND: 'Not found',
  VERIFIED_LATER: 'Verified later',
  ERRATUM_READ: 'Erratum read out',
  RELIEF_ASSIGNED: 'Relief assigned',
  DEFERRED_APPLICATION: 'Deferred paper',
  DUPLICATE: 'Duplicate',
  ENTERED_IN_ERROR: 'Entered in error',
};

export const action: Partial<Record<Action, string>> = {
  acknowledge: 'Acknowledge',
  assign: 'Assign',
  escalate: 'Escalate',
  noteIncident: 'Add note',
  resolve: 'Resolve',
  closeIncident: 'Close',
  changeSeverity: 'Change severity',
  collectScripts: 'Open collection',
  declareCount: 'Declare count',
  seal: 'Seal batch',
  unseal: 'Open the seal',
  offerHandover: 'Offer handover',
  decideHandover: 'Accept handover',
};

/** `ACADEMIC_MISCONDUCT` as `Academic misconduct`. */
export function incidentType(type: IncidentType): string {
  const text = type.toLowerCase().replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export const words = {
  severity,
  incidentStatus,
  batchStatus,
  phase,
  toPhase,
  attendance,
  timetableStatus,
  role,
  sync,
  outboxState,
  waitsFor,
  outcome,
  action,
  incidentType,
};
