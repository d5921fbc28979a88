// Generated from crates/protocol; do not edit. To write it anew: ELMS_WRITE_GENERATED=1 cargo test -p elms-tests generated

export type Timestamp = string;
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | JsonValue[]
  | { [key: string]: JsonValue };
/** The name of an event that this version knows. */
export type EventName = Fact["event"];
/** The payload of an event by its name. */
export type PayloadOf<E extends EventName> = Extract<Fact, { event: E }>["payload"];
export type InstitutionId = number;
export type UserId = number;
export type StudentId = number;
export type FacultyId = number;
export type DepartmentId = number;
export type VenueId = number;
export type SittingId = number;
export type BatchId = number;
export type TimetableId = number;
export type NotificationId = number;
export type IncidentRef = string;
export type EvidenceId = string;
export type FileKind = "JPEG" | "PNG" | "WEBP" | "HEIC" | "PDF" | "MP4" | "TEXT";
export type CaseName = IncidentRef | string;
export type TransferRef = string;
export type CommandId = string;
export type Epoch = string;
export type Seq = number;
export type Role = "SUPER_ADMIN" | "ADMIN" | "FACULTY_ADMIN" | "DEAN" | "HOD" | "EXAMS_OFFICER" | "SCRIPT_HANDLER" | "INVIGILATOR" | "LECTURER" | "STUDENT";
export type IncidentType = "ACADEMIC_MISCONDUCT" | "TECHNICAL_ISSUE" | "MEDICAL_EMERGENCY" | "MISSING_SCRIPT" | "DAMAGED_SCRIPT" | "LATE_ARRIVAL" | "IDENTITY_VERIFICATION" | "VENUE_ISSUE" | "OTHER" | "STUDENT_ABSENCE" | "INVIGILATOR_ABSENCE" | "SECURITY_BREACH" | "MATERIAL_MISSING" | "PAPER_ERROR" | "EVACUATION" | "DISTURBANCE" | "CUSTODY_DISCREPANCY" | "STAFF_CONDUCT" | "ACCESS_ARRANGEMENT";
export type Severity = "LOW" | "MEDIUM" | "HIGH" | "CRITICAL";
export type IncidentStatus = "REPORTED" | "UNDER_INVESTIGATION" | "RESOLVED" | "CLOSED" | "ESCALATED";
export type BatchStatus = "PENDING" | "IN_COLLECTION" | "SEALED" | "IN_TRANSIT" | "WITH_LECTURER" | "GRADING_IN_PROGRESS" | "GRADING_COMPLETED" | "RETURNED_TO_REGISTRY" | "ARCHIVED";
export type ScriptStatus = "GENERATED" | "DISTRIBUTED" | "COLLECTED" | "VERIFIED" | "SCANNED" | "DISPATCHED" | "RECEIVED_FOR_GRADING" | "GRADING_IN_PROGRESS" | "GRADED" | "RETURNED";
export type ScriptException = "NONE" | "MISSING" | "DAMAGED" | "EXTRA" | "DUPLICATE" | "MISFILED" | "WITHHELD" | "BLANK" | "VOID";
export type TimetableStatus = "DRAFT" | "PENDING_APPROVAL" | "APPROVED" | "PUBLISHED" | "IN_PROGRESS" | "COMPLETED" | "ARCHIVED";
export type ApprovalStatus = "NOT_SUBMITTED" | "PENDING" | "APPROVED" | "REJECTED" | "REVISION_REQUIRED";
export type EntryStatus = "DRAFT" | "SCHEDULED" | "CONFIRMED" | "IN_PROGRESS" | "COMPLETED" | "CANCELLED" | "RESCHEDULED";
export type Phase = "SETUP" | "ADMITTING" | "WRITING" | "PAUSED" | "COLLECTING" | "RECONCILING" | "CLOSED" | "CANCELLED" | "POSTPONED";
export type AttendanceStatus = "EXPECTED" | "PRESENT" | "LATE" | "VERY_LATE" | "REFUSED" | "ABSENT" | "WITHDRAWN" | "FINISHED";
export type CustodyState = "OFFERED" | "ACCEPTED" | "REFUSED" | "DISPUTED" | "CANCELLED" | "EXPIRED";
export type InvigilatorRole = "CHIEF_INVIGILATOR" | "INVIGILATOR" | "RELIEF_INVIGILATOR";
export type IncidentOutcome = "NO_ACTION" | "WARNED" | "TIME_ADDED" | "SCRIPT_WITHHELD" | "REFERRED" | "MEDICAL_REFERRED" | "FOUND" | "NOT_FOUND" | "VERIFIED_LATER" | "ERRATUM_READ" | "RELIEF_ASSIGNED" | "DEFERRED_APPLICATION" | "DUPLICATE" | "ENTERED_IN_ERROR";
export type Part = "SUBJECT" | "AFFECTED" | "WITNESS";
export type SignMethod = "PIN" | "INK";
export type Action = "signIn" | "seeBoard" | "seeCandidates" | "takeAttendance" | "overrideAttendance" | "verifyIdentity" | "runSitting" | "giveTime" | "writeHallLog" | "reportIncident" | "readIncident" | "readConfidential" | "noteIncident" | "amend" | "acknowledge" | "assign" | "changeSeverity" | "escalate" | "resolve" | "closeIncident" | "deleteIncident" | "witness" | "refer" | "seeBatches" | "collectScripts" | "declareCount" | "notePrinted" | "seal" | "witnessSeal" | "unseal" | "offerHandover" | "decideHandover" | "assignBatch" | "grade" | "archive" | "editTimetable" | "approveTimetable" | "publishTimetable" | "resolveConflict" | "assignInvigilators" | "checkInStaff" | "announce" | "confirmAnnouncement" | "enrolStation" | "manageUsers" | "manageVenues" | "editPolicy" | "export" | "verifyRecord" | "readAudit" | "keepMachine" | "joinInstitution" | "joinNarrow" | "joinOwn";
export type Times = { 
/**
 * When the person says it happened, by the station's clock.
 */
occurredAt: string, 
/**
 * When it was written down, by the station's clock.
 */
recordedAt: string, 
/**
 * Station clock minus server clock, in milliseconds, as measured then.
 */
clockOffsetMs: number, };
export type Author = { 
/**
 * The person.
 */
userId: UserId | null, 
/**
 * Their name as shown.
 */
name: string | null, 
/**
 * The station it was written on.
 */
stationCode: string | null, };
export type Event = { 
/**
 * Channel in the guide's spelling.
 */
channel: string, 
/**
 * Event in the guide's spelling.
 */
event: string, 
/**
 * What the event says; see [`Fact`].
 */
payload: { [key: string]: unknown }, 
/**
 * When the server received it.
 */
timestamp: string, 
/**
 * Position in the institution's log.
 */
seq: Seq, 
/**
 * Its own id.
 */
eventId: string, 
/**
 * Version of the payload.
 */
schema: number, 
/**
 * The log it belongs to.
 */
institutionId: InstitutionId, 
/**
 * Who hears it.
 */
rooms: string[], 
/**
 * Who caused it.
 */
actor: Author, 
/**
 * The command that caused it.
 */
causeRef: CommandId | null, 
/**
 * When the person says it happened, by the station's clock.
 */
occurredAt: string, 
/**
 * When it was written down, by the station's clock.
 */
recordedAt: string, 
/**
 * Station clock minus server clock, in milliseconds, as measured then.
 */
clockOffsetMs: number, };
export type ScriptMoved = { submissionId: number, scriptId: number, batchScriptId: BatchId, batchId: BatchId, batchQRCode: string, studentId: StudentId, indexNumber: string, studentName: string, scriptNumber: string, courseCode: string, courseName: string, institutionId: InstitutionId, withheld: boolean, fromBatchId?: BatchId, submittedBy?: string, submittedById?: UserId, submittedAt: string, verifiedBy?: string, verifiedById?: UserId, verifiedAt: string, collectedBy?: string, collectedById?: UserId, collectedAt: string, };
export type ScriptGraded = { submissionId: number, scriptId: number, batchScriptId: BatchId, batchId: BatchId, studentId: StudentId, grade: string, marks: string, score: string, maxScore?: string, gradedBy: string, gradedById: UserId, gradedAt: string, };
export type ScriptMarked = { scriptId: number, batchScriptId: BatchId, batchId: BatchId, batchQRCode: string, studentId: StudentId, indexNumber: string, studentName: string, courseCode: string, exception: ScriptException, before: ScriptException, note?: string, incidentRef?: IncidentRef, markedBy: string, markedById: UserId, markedAt: string, };
export type BatchSealed = { batchId: BatchId, batchQRCode: string, totalScripts: number, submittedScripts: number, verifiedScripts: number, sealedBy: string, sealedById: UserId, sealedByName: string, sealedAt: string, sealNumber: string, declaredCount: number, present: number, discrepancy: number, witnessId?: UserId, witnessName?: string, incidentRef?: IncidentRef, oldStatus: BatchStatus, newStatus: BatchStatus, };
export type BatchAssigned = { batchId: BatchId, batchQRCode: string, assignedLecturerId: UserId, lecturerName: string, assignedTo: string, assignedBy: string, assignedById: UserId, count: number, oldStatus: BatchStatus, newStatus: BatchStatus, };
export type BatchCreated = { batchId: BatchId, batchQRCode: string, courseCode: string, courseName: string, totalScripts: number, totalRegistered: number, examEntryId: SittingId, createdBy: string, };
export type BatchStatusChanged = { batchId: BatchId, batchQRCode: string, oldStatus: BatchStatus, newStatus: BatchStatus, changedBy: string, location?: string, locationName?: string, holderId?: UserId, reason?: string, brokenSeal?: string, };
export type BatchStats = { totalRegistered: number, scriptsSubmitted: number, scriptsCollected: number, scriptsGraded: number, };
export type BatchStatsUpdated = { batchId: BatchId, batchQRCode: string, stats: BatchStats, declaredCount?: number, };
export type PrintRun = { copies: number, spare: number, place: string, printedAt: string, };
export type BatchPrinted = { batchId: BatchId, batchQRCode: string, copies: number, spare: number, place: string, printedAt: string, notedBy: string, notedById: UserId, before?: PrintRun, };
export type TimetablePublished = { timetableId: TimetableId, title: string, publishedBy: string, publishedByName: string, publishedAt: string, totalExams: number, totalEntries: number, batchesCreated: number, revision: number, inSpiteOf?: string, };
export type TimetableUpdated = { timetableId: TimetableId, changes: Array<string>, text: string, updatedBy: string, revision: number, status?: TimetableStatus, examEntryId?: SittingId, venueId?: VenueId, room?: string, askedToConfirm: Array<UserId>, venueBefore?: VenueId, roomBefore?: string, };
export type TimetableConfirmed = { timetableId: TimetableId, revision: number, userId: UserId, userName: string, confirmedAt: string, };
export type TimetableBatchesCreated = { timetableId: TimetableId, totalCreated: number, batchesCreated: number, batchIds: Array<BatchId>, };
export type IncidentReported = { incidentId?: number, clientRef: IncidentRef, number?: string, localNumber?: string, type: IncidentType, typeLabel: string, severity: Severity, status: IncidentStatus, title: string, description: string, reportedBy: string, reportedById?: UserId, reportedByName: string, reportedAt: string, ackDueAt: string, batchId?: BatchId, examId?: SittingId, examEntryId?: SittingId, venueId?: VenueId, seat?: string, candidates: Array<StudentId>, confidential: boolean, institutionId: InstitutionId, subtype?: string, actionTaken?: string, parts: Array<Involved>, fromLog?: string, precision?: Precision, };
export type IncidentChange = { acknowledged?: boolean, ackDueAt: string, assigneeId?: UserId, assigneeName?: string, severity?: Severity, escalationLevel?: number, evidence: Array<string>, witnessId?: UserId, witnessName?: string, amended: Array<Amended>, parts?: Array<Involved>, statement?: Statement, confidential?: boolean, referred?: Referral, mergedFrom?: IncidentRef, unmergedFrom?: IncidentRef, };
export type IncidentUpdated = { incidentId?: number, batchScriptId?: BatchId, clientRef: IncidentRef, status: IncidentStatus, updatedBy?: UserId, updatedByName: string, notes?: string, updates: IncidentChange, confidential: boolean, };
export type IncidentResolved = { incidentId?: number, batchScriptId?: BatchId, clientRef: IncidentRef, status: IncidentStatus, outcome: IncidentOutcome, resolution: string, resolvedBy?: UserId, resolvedByName: string, resolvedAt: string, mergedInto?: IncidentRef, voided?: string, confidential: boolean, };
export type EvidenceAttached = { evidenceId: EvidenceId, clientRef: IncidentRef, incidentId?: number, batchScriptId?: BatchId, sha256: string, size: number, kind: FileKind, name: string, note?: string, attachedBy?: UserId, attachedByName: string, capturedAt: string, confidential: boolean, };
export type EvidenceHandled = { evidenceId: EvidenceId, clientRef: IncidentRef, incidentId?: number, sha256: string, name: string, handledBy?: UserId, handledByName: string, confidential: boolean, };
export type NotificationNew = { id: NotificationId, notificationId: NotificationId, type: string, title: string, message: string, userId?: UserId, userIds: Array<UserId>, createdAt: string, isRead: boolean, priority: string, incidentRef?: IncidentRef, link?: string, data: JsonValue, };
export type NotificationRead = { id: NotificationId, notificationId: NotificationId, userId: UserId, readAt: string, };
export type Announcement = { announcementId: string, examEntryIds: Array<SittingId>, text: string, requiresAck: boolean, by: string, };
export type PhaseChanged = { examEntryId: SittingId, courseCode: string, oldPhase: Phase, newPhase: Phase, changedBy: string, reason?: string, pausedSec?: number, };
export type TimeExtended = { examEntryId: SittingId, courseCode: string, addedSec: number, newEnd: string, studentIds: Array<StudentId>, reason: string, incidentRef?: IncidentRef, };
export type HallLog = { examEntryId: SittingId, action: string, text: string, by: string, seat?: string, studentId?: StudentId, count?: number, entryRef?: string, };
export type InvigilatorMoved = { examEntryId: SittingId, courseCode: string, invigilatorId: UserId, invigilatorName: string, insteadOf?: UserId, chief: boolean, };
export type DayReconciled = { registered: number, present: number, scripts: number, missing: number, absent?: number, explained?: number, extra?: number, };
export type RecordsImported = { by: string, text: string, };
export type ReportExported = { format: Array<string>, by: string, text: string, };
export type Digest = string;
export type LogChange = "LIFE" | "KEY" | "ERASURE" | "HOLD" | "RELEASE";
export type LogEnd = { origin: string, size: number, root: Digest, };
export type KeyChange = { old: string, new: string, byOld: string, byNew: string, };
export type LogNoted = { change: LogChange, text: string, by: string, origin?: string, before?: LogEnd, keys?: KeyChange, erased: Array<Seq>, records: Array<Key>, };
export type StudentCheckedIn = { examEntryId: SittingId, studentId: StudentId, indexNumber: string, studentName: string, seat: string, attendance: AttendanceStatus, minutesLate?: number, reason?: string, boardForm?: boolean, };
export type CheckinCounts = { expected: number, checkedIn: number, absent?: number, registerComplete?: boolean, };
export type CheckinStats = { examEntryId: SittingId, courseCode: string, stats: CheckinCounts, };
export type CustodyMoved = { transferRef: TransferRef, batchId: BatchId, batchQRCode: string, state: CustodyState, fromUserId: UserId, fromName: string, toUserId?: UserId, toLocation?: string, toName: string, count: number, seal?: string, sealSeen?: string, note?: string, by: string, expiresAt: string, countReceived?: number, confirmedBy: Array<UserId>, };
export type StationNews = { station: string, text: string, clockOffsetMs: number, lastSeen: string, delivered?: number, unsent?: number, };
export type StationEnrolled = { fingerprint: string, station?: string, by?: string, byId?: UserId, };
export type Fact = { "event": "script:submitted", "payload": ScriptMoved } | { "event": "script:verified", "payload": ScriptMoved } | { "event": "script:collected", "payload": ScriptMoved } | { "event": "script:graded", "payload": ScriptGraded } | { "event": "script:marked", "payload": ScriptMarked } | { "event": "batch:sealed", "payload": BatchSealed } | { "event": "batch:assigned", "payload": BatchAssigned } | { "event": "batch:created", "payload": BatchCreated } | { "event": "batch:status_changed", "payload": BatchStatusChanged } | { "event": "batch:stats_updated", "payload": BatchStatsUpdated } | { "event": "batch:printed", "payload": BatchPrinted } | { "event": "timetable:published", "payload": TimetablePublished } | { "event": "timetable:updated", "payload": TimetableUpdated } | { "event": "timetable:confirmed", "payload": TimetableConfirmed } | { "event": "timetable:batches:created", "payload": TimetableBatchesCreated } | { "event": "incident:reported", "payload": IncidentReported } | { "event": "incident:updated", "payload": IncidentUpdated } | { "event": "incident:resolved", "payload": IncidentResolved } | { "event": "evidence:attached", "payload": EvidenceAttached } | { "event": "evidence:received", "payload": EvidenceHandled } | { "event": "evidence:opened", "payload": EvidenceHandled } | { "event": "notification:new", "payload": NotificationNew } | { "event": "notification:read", "payload": NotificationRead } | { "event": "announcement:issued", "payload": Announcement } | { "event": "announcement:acknowledged", "payload": Announcement } | { "event": "session_started", "payload": PhaseChanged } | { "event": "session_ended", "payload": PhaseChanged } | { "event": "session_status_changed", "payload": PhaseChanged } | { "event": "time_extended", "payload": TimeExtended } | { "event": "hall_log", "payload": HallLog } | { "event": "invigilator_checked_in", "payload": InvigilatorMoved } | { "event": "invigilator_checked_out", "payload": InvigilatorMoved } | { "event": "invigilator_reassigned", "payload": InvigilatorMoved } | { "event": "day_reconciled", "payload": DayReconciled } | { "event": "records_imported", "payload": RecordsImported } | { "event": "report_exported", "payload": ReportExported } | { "event": "log_noted", "payload": LogNoted } | { "event": "student:checked-in", "payload": StudentCheckedIn } | { "event": "checkin:stats:updated", "payload": CheckinStats } | { "event": "custody:offered", "payload": CustodyMoved } | { "event": "custody:accepted", "payload": CustodyMoved } | { "event": "custody:refused", "payload": CustodyMoved } | { "event": "custody:disputed", "payload": CustodyMoved } | { "event": "custody:cancelled", "payload": CustodyMoved } | { "event": "custody:expired", "payload": CustodyMoved } | { "event": "station:online", "payload": StationNews } | { "event": "station:offline", "payload": StationNews } | { "event": "station:clock_skew", "payload": StationNews } | { "event": "station:user_switched", "payload": StationNews } | { "event": "station:signed_out", "payload": StationNews } | { "event": "station:waiting", "payload": StationEnrolled } | { "event": "station:paired", "payload": StationEnrolled } | { "event": "station:suspended", "payload": StationEnrolled };
export type ReportIncident = { ref: IncidentRef, type: IncidentType, severity: Severity, title?: string, description: string, sittingId?: SittingId, venueId?: VenueId, seat?: string, candidates: Array<StudentId>, batchId?: BatchId, localNumber?: string, confidential: boolean, subtype?: string, actionTaken?: string, parts?: Array<Involved>, fromLog?: string, precision?: Precision, };
export type AcknowledgeIncident = { incident: IncidentRef, note?: string, };
export type UnacknowledgeIncident = { incident: IncidentRef, note?: string, };
export type AssignIncident = { incident: IncidentRef, assignee: UserId, note?: string, };
export type NoteIncident = { incident: CaseName, text: string, evidence: Array<string>, witness?: UserId, };
export type SetSeverity = { incident: IncidentRef, severity: Severity, note?: string, };
export type EscalateIncident = { incident: IncidentRef, note?: string, expectedLevel?: number, };
export type ResolveIncident = { incident: IncidentRef, outcome: IncidentOutcome, resolution: string, mergedInto?: IncidentRef, };
export type CloseIncident = { incident: IncidentRef, note?: string, };
export type ReopenIncident = { incident: IncidentRef, reason: string, };
export type AmendIncident = { incident: IncidentRef, title?: string, description?: string, actionTaken?: string, seat?: string, type?: IncidentType, subtype?: string, parts?: Array<Involved>, note?: string, };
export type SignStatement = { incident: CaseName, statement: string, method: SignMethod, witness?: UserId, name?: string, };
export type SetConfidential = { incident: IncidentRef, confidential: boolean, note?: string, };
export type ReferIncident = { incident: IncidentRef, fileNumber?: string, note?: string, };
export type MergeIncident = { incident: IncidentRef, mergedInto: IncidentRef, note?: string, };
export type UnmergeIncident = { incident: IncidentRef, reason: string, };
export type VoidIncident = { incident: IncidentRef, reason: string, };
export type AttachEvidence = { incident: IncidentRef, evidence: EvidenceId, sha256: string, size: number, kind: FileKind, name: string, note?: string, };
export type ReceiveEvidence = { incident: IncidentRef, evidence: EvidenceId, };
export type OpenEvidence = { incident: IncidentRef, evidence: EvidenceId, };
export type OpenCollection = { batchId: BatchId, };
export type CountScripts = { batchId: BatchId, collected: number, };
export type DeclareCount = { batchId: BatchId, count: number, };
export type NotePrinted = { batchId: BatchId, copies: number, spare: number, place: string, printedAt: string, };
export type SealBatch = { batchId: BatchId, count: number, sealNumber: string, witness?: UserId, incident?: CaseName, };
export type UnsealBatch = { batchId: BatchId, witness: UserId, reason: string, };
export type OfferBatch = { transfer: TransferRef, batchId: BatchId, toUser?: UserId, toLocation?: string, toLocationName?: string, };
export type AcceptBatch = { transfer: TransferRef, note?: string, count?: number, sealSeen?: string, };
export type RefuseBatch = { transfer: TransferRef, note: string, };
export type DisputeBatch = { transfer: TransferRef, note: string, sealSeen?: string, };
export type CancelOffer = { transfer: TransferRef, note?: string, };
export type ExpireOffer = { transfer: TransferRef, };
export type ReceiveBatch = { batchId: BatchId, lecturer: UserId, count: number, };
export type SetBatchStatus = { batchId: BatchId, to: BatchStatus, location?: string, locationName?: string, count?: number, };
export type MoveScript = { batchId: BatchId, student: StudentId, step: ScriptStep, withheld: boolean, fromBatch?: BatchId, };
export type GradeScript = { batchId: BatchId, student: StudentId, grade: string, maxScore?: string, };
export type AssignBatch = { batchId: BatchId, lecturer: UserId, };
export type SetScriptException = { batchId: BatchId, student: StudentId, exception: ScriptException, note?: string, incident?: CaseName, };
export type PublishTimetable = { timetableId: TimetableId, 
/**
 * Why it is published in spite of what clashes; none publishes only what does not.
 */
inSpiteOf?: string, };
export type UpdateTimetable = { timetableId: TimetableId, changes: Array<string>, text: string, status?: TimetableStatus, sittingId?: SittingId, venueId?: VenueId, room?: string, };
export type ConfirmTimetable = { timetableId: TimetableId, };
export type SetPhase = { sittingId: SittingId, to: Phase, reason?: string, };
export type ExtendTime = { sittingId: SittingId, addedSec: number, reason: string, students: Array<StudentId>, incident?: CaseName, };
export type LogHall = { sittingId: SittingId, action: string, text: string, seat?: string, student?: StudentId, count?: number, entry?: string, };
export type CountPresent = { sittingId: SittingId, checkedIn: number, };
export type DeclareRegister = { sittingId: SittingId, };
export type CheckInCandidate = { sittingId: SittingId, student: StudentId, attendance?: AttendanceStatus, minutesLate?: number, reason?: string, };
export type SendOn = { sittingId: SittingId, indexNumber: string, };
export type CheckInInvigilator = { sittingId: SittingId, invigilator: UserId, };
export type CheckOutInvigilator = { sittingId: SittingId, invigilator: UserId, };
export type ReassignInvigilator = { sittingId: SittingId, invigilator: UserId, insteadOf?: UserId, chief: boolean, };
export type Notify = { users: Array<UserId>, title: string, message: string, priority: string, incident?: IncidentRef, };
export type ReadNotification = { notificationId: NotificationId, };
export type IssueAnnouncement = { announcement: string, sittings: Array<SittingId>, text: string, requiresAck: boolean, };
export type ConfirmAnnouncement = { announcement: string, sittingId: SittingId, text: string, };
export type NoteStation = { station: string, news: StationEvent, text: string, clockOffsetMs: number, lastSeen: string, delivered?: number, unsent?: number, };
export type NoteEnrolment = { fingerprint: string, station?: string, standing: StationStanding, by?: Named, };
export type ReconcileDay = { registered: number, present: number, scripts: number, missing: number, };
export type NoteImport = { text: string, 
/**
 * Who had it brought in.
 */
by: string, };
export type NoteExport = { format: Array<string>, text: string, };
export type NoteLog = { noted: LogNoted, };
export type CommandRequest = { 
/**
 * Made by the station; sending it again has no further effect.
 */
commandId: CommandId, 
/**
 * When the person says it happened, by the station's clock.
 */
occurredAt: string, 
/**
 * When it was written down, by the station's clock.
 */
recordedAt: string, 
/**
 * Station clock minus server clock, in milliseconds, as measured then.
 */
clockOffsetMs: number, } & ({ "command": "reportIncident", "input": ReportIncident } | { "command": "acknowledgeIncident", "input": AcknowledgeIncident } | { "command": "unacknowledgeIncident", "input": UnacknowledgeIncident } | { "command": "assignIncident", "input": AssignIncident } | { "command": "noteIncident", "input": NoteIncident } | { "command": "setSeverity", "input": SetSeverity } | { "command": "escalateIncident", "input": EscalateIncident } | { "command": "resolveIncident", "input": ResolveIncident } | { "command": "closeIncident", "input": CloseIncident } | { "command": "reopenIncident", "input": ReopenIncident } | { "command": "amendIncident", "input": AmendIncident } | { "command": "signStatement", "input": SignStatement } | { "command": "setConfidential", "input": SetConfidential } | { "command": "referIncident", "input": ReferIncident } | { "command": "mergeIncident", "input": MergeIncident } | { "command": "unmergeIncident", "input": UnmergeIncident } | { "command": "voidIncident", "input": VoidIncident } | { "command": "attachEvidence", "input": AttachEvidence } | { "command": "receiveEvidence", "input": ReceiveEvidence } | { "command": "openEvidence", "input": OpenEvidence } | { "command": "openCollection", "input": OpenCollection } | { "command": "countScripts", "input": CountScripts } | { "command": "declareCount", "input": DeclareCount } | { "command": "notePrinted", "input": NotePrinted } | { "command": "sealBatch", "input": SealBatch } | { "command": "unsealBatch", "input": UnsealBatch } | { "command": "offerBatch", "input": OfferBatch } | { "command": "acceptBatch", "input": AcceptBatch } | { "command": "refuseBatch", "input": RefuseBatch } | { "command": "disputeBatch", "input": DisputeBatch } | { "command": "cancelOffer", "input": CancelOffer } | { "command": "expireOffer", "input": ExpireOffer } | { "command": "receiveBatch", "input": ReceiveBatch } | { "command": "setBatchStatus", "input": SetBatchStatus } | { "command": "moveScript", "input": MoveScript } | { "command": "gradeScript", "input": GradeScript } | { "command": "assignBatch", "input": AssignBatch } | { "command": "setScriptException", "input": SetScriptException } | { "command": "publishTimetable", "input": PublishTimetable } | { "command": "updateTimetable", "input": UpdateTimetable } | { "command": "confirmTimetable", "input": ConfirmTimetable } | { "command": "setPhase", "input": SetPhase } | { "command": "extendTime", "input": ExtendTime } | { "command": "logHall", "input": LogHall } | { "command": "countPresent", "input": CountPresent } | { "command": "declareRegister", "input": DeclareRegister } | { "command": "checkInCandidate", "input": CheckInCandidate } | { "command": "sendOn", "input": SendOn } | { "command": "checkInInvigilator", "input": CheckInInvigilator } | { "command": "checkOutInvigilator", "input": CheckOutInvigilator } | { "command": "reassignInvigilator", "input": ReassignInvigilator } | { "command": "notify", "input": Notify } | { "command": "readNotification", "input": ReadNotification } | { "command": "issueAnnouncement", "input": IssueAnnouncement } | { "command": "confirmAnnouncement", "input": ConfirmAnnouncement } | { "command": "noteStation", "input": NoteStation } | { "command": "noteEnrolment", "input": NoteEnrolment } | { "command": "reconcileDay", "input": ReconcileDay } | { "command": "noteImport", "input": NoteImport } | { "command": "noteExport", "input": NoteExport } | { "command": "noteLog", "input": NoteLog });
export type Command = { "command": "reportIncident", "input": ReportIncident } | { "command": "acknowledgeIncident", "input": AcknowledgeIncident } | { "command": "unacknowledgeIncident", "input": UnacknowledgeIncident } | { "command": "assignIncident", "input": AssignIncident } | { "command": "noteIncident", "input": NoteIncident } | { "command": "setSeverity", "input": SetSeverity } | { "command": "escalateIncident", "input": EscalateIncident } | { "command": "resolveIncident", "input": ResolveIncident } | { "command": "closeIncident", "input": CloseIncident } | { "command": "reopenIncident", "input": ReopenIncident } | { "command": "amendIncident", "input": AmendIncident } | { "command": "signStatement", "input": SignStatement } | { "command": "setConfidential", "input": SetConfidential } | { "command": "referIncident", "input": ReferIncident } | { "command": "mergeIncident", "input": MergeIncident } | { "command": "unmergeIncident", "input": UnmergeIncident } | { "command": "voidIncident", "input": VoidIncident } | { "command": "attachEvidence", "input": AttachEvidence } | { "command": "receiveEvidence", "input": ReceiveEvidence } | { "command": "openEvidence", "input": OpenEvidence } | { "command": "openCollection", "input": OpenCollection } | { "command": "countScripts", "input": CountScripts } | { "command": "declareCount", "input": DeclareCount } | { "command": "notePrinted", "input": NotePrinted } | { "command": "sealBatch", "input": SealBatch } | { "command": "unsealBatch", "input": UnsealBatch } | { "command": "offerBatch", "input": OfferBatch } | { "command": "acceptBatch", "input": AcceptBatch } | { "command": "refuseBatch", "input": RefuseBatch } | { "command": "disputeBatch", "input": DisputeBatch } | { "command": "cancelOffer", "input": CancelOffer } | { "command": "expireOffer", "input": ExpireOffer } | { "command": "receiveBatch", "input": ReceiveBatch } | { "command": "setBatchStatus", "input": SetBatchStatus } | { "command": "moveScript", "input": MoveScript } | { "command": "gradeScript", "input": GradeScript } | { "command": "assignBatch", "input": AssignBatch } | { "command": "setScriptException", "input": SetScriptException } | { "command": "publishTimetable", "input": PublishTimetable } | { "command": "updateTimetable", "input": UpdateTimetable } | { "command": "confirmTimetable", "input": ConfirmTimetable } | { "command": "setPhase", "input": SetPhase } | { "command": "extendTime", "input": ExtendTime } | { "command": "logHall", "input": LogHall } | { "command": "countPresent", "input": CountPresent } | { "command": "declareRegister", "input": DeclareRegister } | { "command": "checkInCandidate", "input": CheckInCandidate } | { "command": "sendOn", "input": SendOn } | { "command": "checkInInvigilator", "input": CheckInInvigilator } | { "command": "checkOutInvigilator", "input": CheckOutInvigilator } | { "command": "reassignInvigilator", "input": ReassignInvigilator } | { "command": "notify", "input": Notify } | { "command": "readNotification", "input": ReadNotification } | { "command": "issueAnnouncement", "input": IssueAnnouncement } | { "command": "confirmAnnouncement", "input": ConfirmAnnouncement } | { "command": "noteStation", "input": NoteStation } | { "command": "noteEnrolment", "input": NoteEnrolment } | { "command": "reconcileDay", "input": ReconcileDay } | { "command": "noteImport", "input": NoteImport } | { "command": "noteExport", "input": NoteExport } | { "command": "noteLog", "input": NoteLog };
export type ScriptStep = "SUBMITTED" | "VERIFIED" | "COLLECTED";
export type StationEvent = "online" | "offline" | "clock_skew" | "user_switched" | "signed_out";
export type StationStanding = "waiting" | "paired" | "suspended";
export type Outcome = { "outcome": "applied", 
/**
 * The command.
 */
commandId: CommandId, 
/**
 * Its first event.
 */
firstSeq: Seq, 
/**
 * Its last event.
 */
seq: Seq, 
/**
 * The leaves of its events in the tree of the log: the reporter's receipt.
 */
leaves?: Array<Digest>, } | { "outcome": "rejected", 
/**
 * The command.
 */
commandId: CommandId, 
/**
 * Why.
 */
rejection: Rejection, };
export type RejectionCode = "FORBIDDEN" | "NOT_FOUND" | "ILLEGAL_TRANSITION" | "INVALID" | "SEPARATION_OF_DUTY" | "DISCREPANCY" | "SEAL_TAKEN" | "ALREADY_EXISTS" | "KEY_REUSED";
export type Standing = { 
/**
 * What it says, in a few words: `71 scripts counted`.
 */
what: string, 
/**
 * Who wrote it down; none is the system.
 */
by: string | null, 
/**
 * When it happened, corrected.
 */
at: string | null, 
/**
 * At which station.
 */
station: string | null, };
export type Rejection = { 
/**
 * The reason.
 */
code: RejectionCode, 
/**
 * The reason in one sentence.
 */
message: string, 
/**
 * What would be allowed instead.
 */
allowed?: Array<string>, 
/**
 * The record that is not known, as the command names it, where a station may have made it
 * that has not been heard since: it can still come.
 */
missing?: Key, 
/**
 * What stands in the record instead, where somebody else was there before.
 */
standing?: Standing, };
export type Actor = { 
/**
 * The person; none is the system itself.
 */
user: UserId | null, 
/**
 * Their name as shown.
 */
name: string, 
/**
 * Where they work.
 */
institution: InstitutionId, 
/**
 * What they are.
 */
roles: Array<Role>, 
/**
 * Their faculty.
 */
faculty: FacultyId | null, 
/**
 * Their department.
 */
department: DepartmentId | null, 
/**
 * The station they sit at.
 */
station: string | null, };
export type Kind = "institution" | "venue" | "person" | "candidate" | "timetable" | "sitting" | "incident" | "batch" | "transfer" | "notification" | "station" | "script" | "enrolment";
export type Key = { 
/**
 * Which kind.
 */
kind: Kind, 
/**
 * Its id as text.
 */
id: string, };
export type Record = { "kind": "institution", "record": Institution } | { "kind": "venue", "record": Venue } | { "kind": "person", "record": Person } | { "kind": "candidate", "record": Candidate } | { "kind": "timetable", "record": Timetable } | { "kind": "sitting", "record": Sitting } | { "kind": "incident", "record": Incident } | { "kind": "batch", "record": Batch } | { "kind": "transfer", "record": Transfer } | { "kind": "notification", "record": Notification } | { "kind": "station", "record": Station } | { "kind": "script", "record": Script } | { "kind": "enrolment", "record": Enrolment };
export type Named = { 
/**
 * Their account.
 */
id: UserId, 
/**
 * Title and name as shown.
 */
name: string, };
export type Trace = { 
/**
 * Their name; none is the system.
 */
by: string | null, 
/**
 * When it happened, corrected.
 */
at: string, 
/**
 * The station's code.
 */
station: string | null, };
export type Institution = { 
/**
 * Its id.
 */
id: InstitutionId, 
/**
 * Its name.
 */
name: string, 
/**
 * Its short code.
 */
code: string, 
/**
 * IANA zone in which its times are shown.
 */
timezone: string, 
/**
 * Its rules.
 */
policy: Policy, };
export type Policy = { 
/**
 * Minutes after the start when a candidate is refused.
 */
lateCutoffMin: number, 
/**
 * Minutes after the start from which the board decides about a candidate.
 */
veryLateMin: number, 
/**
 * A station clock further off than this is warned about, in milliseconds.
 */
clockSkewWarnMs: number, 
/**
 * Minutes in which somebody must acknowledge an incident, by severity: low, medium, high,
 * critical.
 */
ackWithinMin: [number, number, number, number], 
/**
 * Minutes after which an offer that nobody accepted lapses.
 */
offerExpiresMin: number, 
/**
 * Minutes after the end of a paper by which its scripts are under seal.
 */
sealWithinMin: number, 
/**
 * Minutes after the seal by which somebody has taken a batch along.
 */
fetchWithinMin: number, 
/**
 * Days after which a lecturer has brought the scripts back.
 */
markWithinDays: number, 
/**
 * The finer kinds that this institution uses, by kind; kinds that are not here use the
 * usual ones.
 */
subtypes: { [key in IncidentType]?: Array<string> }, 
/**
 * Whether a seal needs a witness who is not the sealer.
 */
sealNeedsTwoPeople: boolean, 
/**
 * Days that a station remembers an event.
 */
stationKeepDays: number, 
/**
 * The most MiB that a station remembers.
 */
stationKeepMib: number, };
export type Venue = { 
/**
 * Its id.
 */
id: VenueId, 
/**
 * Short code, as on the door.
 */
code: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Where it is.
 */
location: string, 
/**
 * Seats.
 */
capacity: number, 
/**
 * The telephone at its desk; none where it has none.
 */
phone?: string, };
export type Person = { 
/**
 * Their account.
 */
id: UserId, 
/**
 * Title and name as shown.
 */
name: string, 
/**
 * What they are.
 */
role: Role, 
/**
 * Limits an officer to one faculty.
 */
facultyId: FacultyId | null, 
/**
 * Limits a head to one department.
 */
departmentId: DepartmentId | null, };
export type Candidate = { 
/**
 * `sitting/student`, one registration.
 */
id: string, 
/**
 * The student.
 */
studentId: StudentId, 
/**
 * The sitting.
 */
sittingId: SittingId, 
/**
 * Index number.
 */
indexNumber: string, 
/**
 * Name as shown.
 */
name: string, 
/**
 * Seat, like `C9`.
 */
seat: string, 
/**
 * Extra time in percent.
 */
extraTimePct: number, 
/**
 * Whether and how they came.
 */
attendance: AttendanceStatus, 
/**
 * Minutes after the start, when late.
 */
minutesLate: number | null, 
/**
 * The seat before the candidate was moved.
 */
movedFrom: string | null, 
/**
 * When they left before the end, corrected.
 */
leftAt: string | null, 
/**
 * Seconds given back to this candidate alone.
 */
addedSec: number, 
/**
 * Who wrote down how they came.
 */
came?: Trace, };
export type Timetable = { 
/**
 * Its id.
 */
id: TimetableId, 
/**
 * Its title.
 */
title: string, 
/**
 * First day, `2026-12-07`.
 */
startDate: string, 
/**
 * Last day.
 */
endDate: string, 
/**
 * Where it stands.
 */
status: TimetableStatus, 
/**
 * Counts up with every change after publication.
 */
revision: number, 
/**
 * Who asked for approval, and what was said.
 */
approval: Approval, 
/**
 * People who were asked to confirm a revision and have not.
 */
unconfirmed: Array<UserId>, };
export type Approval = { 
/**
 * Where it stands.
 */
status: ApprovalStatus, 
/**
 * Who asked for it.
 */
submittedBy: Named | null, 
/**
 * Who approved it.
 */
approvedBy: Named | null, 
/**
 * Why it was rejected.
 */
rejectionReason: string | null, };
export type Invigilator = { 
/**
 * Their account.
 */
userId: UserId, 
/**
 * Their name.
 */
name: string, 
/**
 * What they do there.
 */
role: InvigilatorRole, 
/**
 * When they checked in.
 */
checkedInAt: string | null, 
/**
 * When they left.
 */
checkedOutAt: string | null, };
export type Counted = { 
/**
 * When, corrected.
 */
at: string, 
/**
 * How many by then.
 */
n: number, };
export type Papers = { 
/**
 * How many, if they were counted.
 */
count: number | null, 
/**
 * Who signed, when and where.
 */
signed: Trace, };
export type Sitting = { 
/**
 * Its id, `examEntryId` on the wire.
 */
id: SittingId, 
/**
 * The timetable it belongs to.
 */
timetableId: TimetableId, 
/**
 * Course code, like `CSE201`.
 */
courseCode: string, 
/**
 * Course name.
 */
courseName: string, 
/**
 * Faculty of the course.
 */
facultyId: FacultyId, 
/**
 * Department of the course.
 */
departmentId: DepartmentId, 
/**
 * Where.
 */
venueId: VenueId, 
/**
 * Which rooms, as shown.
 */
room: string, 
/**
 * Planned start.
 */
startsAt: string, 
/**
 * Planned end.
 */
endsAt: string, 
/**
 * Where it stands.
 */
phase: Phase, 
/**
 * Who took it to that phase.
 */
changed?: Trace, 
/**
 * Real start.
 */
startedAt: string | null, 
/**
 * When writing stopped.
 */
stoppedAt: string | null, 
/**
 * Start of the pause that goes on.
 */
pausedAt: string | null, 
/**
 * Seconds of finished pauses.
 */
pausedSec: number, 
/**
 * Finished pauses.
 */
pauses: Array<Pause>, 
/**
 * Whether the register was declared complete.
 */
registerComplete: boolean, 
/**
 * Seconds given back to everybody.
 */
addedSec: number, 
/**
 * Registered.
 */
expected: number, 
/**
 * Present.
 */
present: number, 
/**
 * Check-ins over time.
 */
checkIns: Array<Counted>, 
/**
 * Seats whose candidates are out of the hall.
 */
out: Array<string>, 
/**
 * Who invigilates.
 */
invigilators: Array<Invigilator>, 
/**
 * The question papers that the hall signed for.
 */
papers?: Papers, 
/**
 * Its batch.
 */
batchId: BatchId | null, 
/**
 * The last event about it.
 */
seq: Seq, };
export type Incident = { 
/**
 * The name the reporting station gave it.
 */
ref: IncidentRef, 
/**
 * The server's number; none before it arrived.
 */
id: number | null, 
/**
 * The official number, `INC-26-0147`; none before it arrived.
 */
number: string | null, 
/**
 * The number the station gave at once, `GH-A/017`.
 */
localNumber: string | null, 
/**
 * Which sitting.
 */
sittingId: SittingId | null, 
/**
 * Which venue.
 */
venueId: VenueId | null, 
/**
 * Which seat.
 */
seat: string | null, 
/**
 * What kind.
 */
type: IncidentType, 
/**
 * How bad.
 */
severity: Severity, 
/**
 * Where it stands.
 */
status: IncidentStatus, 
/**
 * One line.
 */
title: string, 
/**
 * What was written.
 */
description: string, 
/**
 * Who reported it; none when the system did.
 */
reportedBy: Named | null, 
/**
 * The station it was written on.
 */
station: string | null, 
/**
 * Who works on it.
 */
assignee: Named | null, 
/**
 * When somebody took notice.
 */
acknowledgedAt: string | null, 
/**
 * Who took notice.
 */
acknowledgedBy: Named | null, 
/**
 * When somebody must have taken notice.
 */
ackDueAt: string | null, 
/**
 * 0 to 3.
 */
escalationLevel: number, 
/**
 * Candidates it is about.
 */
candidates: Array<StudentId>, 
/**
 * Names of files and photos.
 */
evidence: Array<string>, 
/**
 * People who signed a statement.
 */
witnesses: Array<Named>, 
/**
 * The batch it is about.
 */
batchId: BatchId | null, 
/**
 * Only officers and its author see it.
 */
confidential: boolean, 
/**
 * How it ended.
 */
outcome: IncidentOutcome | null, 
/**
 * How it ended, in words.
 */
resolution: string | null, 
/**
 * Who resolved it.
 */
resolvedBy: Named | null, 
/**
 * When it was resolved.
 */
resolvedAt: string | null, 
/**
 * The case this one was merged into.
 */
mergedInto: IncidentRef | null, 
/**
 * The cases that were merged into this one.
 */
mergedFrom: Array<IncidentRef>, 
/**
 * The finer kind, like `phone`.
 */
subtype: string | null, 
/**
 * What was done in the hall.
 */
actionTaken: string | null, 
/**
 * How each candidate is involved.
 */
parts: Array<Involved>, 
/**
 * What witnesses state.
 */
statements: Array<Statement>, 
/**
 * When it went to the malpractice committee.
 */
referred: Referral | null, 
/**
 * It was entered in error: shown struck through.
 */
voided: Voided | null, 
/**
 * The line of the hall log that it was made from.
 */
fromLog: string | null, 
/**
 * How exactly it is known when it happened; absent where it is known to the minute.
 */
precision: Precision | null, 
/**
 * Its files.
 */
files?: Array<Evidence>, 
/**
 * Happened, recorded and the clock offset.
 */
times: Times, 
/**
 * When the server received it.
 */
receivedAt: string, 
/**
 * Events about it so far.
 */
nEvents: number, 
/**
 * The last event about it.
 */
seq: Seq, };
export type Evidence = { 
/**
 * The name the station gave it.
 */
id: EvidenceId, 
/**
 * SHA-256 of the file when it was attached, in hexadecimal.
 */
sha256: string, 
/**
 * What it is, by its content.
 */
kind: FileKind, 
/**
 * Its size in bytes.
 */
size: number, 
/**
 * What it was called where it came from.
 */
name: string, 
/**
 * What it shows.
 */
note: string | null, 
/**
 * Who attached it.
 */
by: Named | null, 
/**
 * The station it was attached at.
 */
station: string | null, 
/**
 * When, corrected.
 */
capturedAt: string, 
/**
 * When the server had all of it; none while it is on its way.
 */
receivedAt: string | null, };
export type Involved = { 
/**
 * Who.
 */
studentId: StudentId, 
/**
 * How.
 */
part: Part, };
export type Precision = { "is": "ABOUT" } | { "is": "RANGE", 
/**
 * The latest it can have been, corrected.
 */
until: string, };
export type Statement = { 
/**
 * Their account, if they have one.
 */
userId: UserId | null, 
/**
 * Their name.
 */
name: string, 
/**
 * Their words.
 */
statement: string, 
/**
 * How it was signed.
 */
method: SignMethod, 
/**
 * When, corrected.
 */
signedAt: string, };
export type Voided = { 
/**
 * Why.
 */
reason: string, 
/**
 * Who.
 */
by: Named | null, 
/**
 * When, corrected.
 */
at: string, };
export type Referral = { 
/**
 * Who sent it.
 */
by: string, 
/**
 * When, corrected.
 */
at: string, 
/**
 * The number of its file.
 */
fileNumber: string | null, };
export type Amended = { 
/**
 * `title`, `description`, `actionTaken`, `seat`, `type`, `subtype` or `parts`.
 */
field: string, 
/**
 * Before; empty when there was nothing.
 */
before: string, 
/**
 * Now; empty when there is nothing.
 */
after: string, };
export type Holder = { "at": "hall", 
/**
 * The venue's name.
 */
name: string, } | { "at": "person" } & Named | { "at": "place", 
/**
 * Its id.
 */
id: string, 
/**
 * Its name.
 */
name: string, };
export type Step = { 
/**
 * What it became.
 */
status: BatchStatus, 
/**
 * When, corrected.
 */
at: string, 
/**
 * Who did it.
 */
by: Named | null, 
/**
 * Who holds it since.
 */
holder: string, 
/**
 * At which station it was written down.
 */
station?: string, };
export type Batch = { 
/**
 * Its id.
 */
id: BatchId, 
/**
 * Its sitting.
 */
sittingId: SittingId, 
/**
 * The printed code, `BATCH-CSE201-2026-01`.
 */
batchQRCode: string, 
/**
 * Course code.
 */
courseCode: string, 
/**
 * Course name.
 */
courseName: string, 
/**
 * Where it stands.
 */
status: BatchStatus, 
/**
 * Registered for the sitting.
 */
totalRegistered: number, 
/**
 * Scripts handed in.
 */
scriptsSubmitted: number, 
/**
 * Scripts collected.
 */
scriptsCollected: number, 
/**
 * Scripts graded.
 */
scriptsGraded: number, 
/**
 * What was printed for it; none where nobody has said so.
 */
printed?: Printed, 
/**
 * The counts declared so far, each with who counted.
 */
counts: Array<DeclaredCount>, 
/**
 * Collected minus present, when sealed.
 */
discrepancy: number, 
/**
 * The case that explains a difference.
 */
incident: IncidentRef | null, 
/**
 * The number on the seal.
 */
sealNumber: string | null, 
/**
 * Numbers of seals that were opened.
 */
brokenSeals: Array<string>, 
/**
 * Who sealed.
 */
sealedBy: Named | null, 
/**
 * Who witnessed the seal.
 */
sealWitness: Named | null, 
/**
 * When it was sealed.
 */
sealedAt: string | null, 
/**
 * Who answers for it now.
 */
holder: Holder, 
/**
 * Who will grade it.
 */
lecturer: Named | null, 
/**
 * Its way so far.
 */
steps: Array<Step>, 
/**
 * Scripts over time.
 */
collected: Array<Counted>, 
/**
 * The last event about it.
 */
seq: Seq, };
export type DeclaredCount = { 
/**
 * Who counted.
 */
by: Named, 
/**
 * How many.
 */
count: number, 
/**
 * When and where.
 */
trace?: Trace, };
export type Printed = { 
/**
 * Papers for the candidates.
 */
copies: number, 
/**
 * Papers beyond those.
 */
spare: number, 
/**
 * Where, like `Print room`.
 */
place: string, 
/**
 * When.
 */
at: string, 
/**
 * Who wrote it down, when and where.
 */
noted: Trace, 
/**
 * Whether something else was said before.
 */
corrected: boolean, };
export type Transfer = { 
/**
 * The name the offering station gave it.
 */
ref: TransferRef, 
/**
 * The batch.
 */
batchId: BatchId, 
/**
 * Who gives.
 */
from: Named, 
/**
 * Who is to receive.
 */
to: Holder, 
/**
 * Where it stands.
 */
state: CustodyState, 
/**
 * Scripts on the label.
 */
count: number, 
/**
 * Seal on the label.
 */
seal: string | null, 
/**
 * Seal as the receiver read it.
 */
sealSeen: string | null, 
/**
 * When it was offered.
 */
offeredAt: string, 
/**
 * Scripts as the receiver counted them.
 */
countReceived: number | null, 
/**
 * After a dispute: who has confirmed that it may go on.
 */
confirmedBy: Array<UserId>, 
/**
 * When the offer lapses, by the server's clock; counted from its receipt.
 */
expiresAt: string | null, };
export type Notification = { 
/**
 * Its id.
 */
id: NotificationId, 
/**
 * To whom.
 */
userIds: Array<UserId>, 
/**
 * What it is about, like `incident`.
 */
type: string, 
/**
 * One line.
 */
title: string, 
/**
 * More words.
 */
message: string, 
/**
 * `info`, `warning`, `high` or `critical`.
 */
priority: string, 
/**
 * The case it is about.
 */
incident: IncidentRef | null, 
/**
 * When it was made.
 */
createdAt: string, 
/**
 * Who has read it.
 */
readBy: Array<UserId>, };
export type Station = { 
/**
 * Its code, like `GH-A`.
 */
code: string, 
/**
 * What it is, in words.
 */
label: string, 
/**
 * Where it stands.
 */
venueId: VenueId | null, 
/**
 * Whether the server hears it.
 */
online: boolean, 
/**
 * Since when.
 */
since: string | null, 
/**
 * Its clock minus the server's, in milliseconds.
 */
clockOffsetMs: number, 
/**
 * Silences: from, to (none while it lasts).
 */
outages: Array<Silence>, };
export type Enrolment = { 
/**
 * By what people tell the key from others.
 */
fingerprint: string, 
/**
 * What the station called itself.
 */
code: string | null, 
/**
 * How it stands.
 */
standing: StationStanding, 
/**
 * Who said so, or who tried to sign in there while it waits; none is whoever runs the server.
 */
by: Named | null, 
/**
 * Since when.
 */
since: string, };
export type Silence = { 
/**
 * Last heard.
 */
from: string, 
/**
 * Heard again.
 */
to: string | null, };
export type Script = { 
/**
 * `sitting/student`, like the registration.
 */
id: string, 
/**
 * Whose.
 */
studentId: StudentId, 
/**
 * Of which sitting.
 */
sittingId: SittingId, 
/**
 * Index number on it.
 */
indexNumber: string, 
/**
 * The bundle it is in.
 */
batchId: BatchId, 
/**
 * Where it stands; it follows its batch.
 */
status: ScriptStatus, 
/**
 * What is out of the ordinary about it.
 */
exception: ScriptException, 
/**
 * Why, in words.
 */
note: string | null, 
/**
 * The case that is about it.
 */
incident: IncidentRef | null, 
/**
 * When it was handed in, corrected.
 */
collectedAt: string | null, 
/**
 * Who took it.
 */
collectedBy: Named | null, 
/**
 * The last event about it.
 */
seq: Seq, };
export type Pause = { 
/**
 * Its start, corrected.
 */
from: string, 
/**
 * Its end, corrected.
 */
to: string, };
export type Cursor = { 
/**
 * The life of the log.
 */
epoch: Epoch, 
/**
 * The last position that is held.
 */
seq: Seq, 
/**
 * The first eight bytes of the leaf of the event at `seq`, in hexadecimal; tells a
 * restored backup with other content from the log that the cursor was taken from. Zero for
 * the beginning of the log.
 */
tag: ChainTag, };
export type ChainTag = string;
export type ResyncReason = "scope" | "trimmed" | "diverged";
export type Link = { 
/**
 * How it stands.
 */
state: LinkState, 
/**
 * Since when.
 */
since: string, 
/**
 * Attempts since it was last up.
 */
attempt: number, 
/**
 * Milliseconds until the next attempt, when one is due.
 */
retryInMs: number | null, 
/**
 * Why it is down, in one sentence.
 */
reason: string | null, 
/**
 * Events still to come while catching up.
 */
behind: number | null, 
/**
 * The last measured round trip.
 */
roundTripMs: number | null, 
/**
 * How the open line is encrypted; none when it is not, or when none is open.
 */
tls: TlsView | null, };
export type TlsView = { 
/**
 * `TLS 1.3`
 */
version: string, 
/**
 * Until when the server's certificate holds; none when it does not say so readably.
 */
until: string | null, };
export type ServerView = { 
/**
 * Its address.
 */
url: string, 
/**
 * Whether it plays or holds demo data.
 */
demo: boolean, 
/**
 * What it cannot do, in one sentence; none for ours.
 */
limits: string | null, };
export type UserView = { 
/**
 * Their account.
 */
id: UserId, 
/**
 * Their name.
 */
name: string, 
/**
 * Their e-mail address.
 */
email: string, 
/**
 * What they are.
 */
role: Role, 
/**
 * Two letters.
 */
initials: string, 
/**
 * Whether their office lets them change nothing of an exam day, only look at it.
 */
readsOnly: boolean, 
/**
 * Whether the password is still the first one, which somebody else knows too.
 */
mustChangePassword: boolean, };
export type InstitutionView = { 
/**
 * Its id.
 */
id: InstitutionId, 
/**
 * Its name.
 */
name: string, 
/**
 * IANA zone in which times are shown.
 */
timezone: string, };
export type StationKind = "office" | "hall" | "review";
export type StationsTaken = "any" | "paired";
export type StationHall = { 
/**
 * The venue.
 */
id: VenueId, 
/**
 * Its name, for when no timetable is here.
 */
name: string, };
export type StationView = { 
/**
 * Its code.
 */
code: string, 
/**
 * In words.
 */
label: string, 
/**
 * What it is used for.
 */
kind: StationKind, 
/**
 * The hall that it stands in, when that was said.
 */
hall: StationHall | null, 
/**
 * Its key for the server, once somebody has signed in with it.
 */
key: StationKeyView | null, };
export type StationKeyView = { 
/**
 * By what people tell it from others: five groups of four.
 */
fingerprint: string, 
/**
 * How it stands.
 */
standing: StationStanding, 
/**
 * Who said so; with a time and no name it was whoever runs the server.
 */
by: string | null, 
/**
 * When; none while nobody has said anything.
 */
since: string | null, };
export type StationRow = { 
/**
 * By what people tell its key from others.
 */
fingerprint: string, 
/**
 * What it calls itself.
 */
code: string | null, 
/**
 * How it stands.
 */
standing: StationStanding, 
/**
 * When somebody signed in there last, or tried to.
 */
seenAt: string, 
/**
 * Who that was.
 */
seenBy: Named, 
/**
 * When somebody said how it stands; none while nobody has.
 */
saidAt: string | null, 
/**
 * Who said so; with a time and no name it was whoever runs the server.
 */
saidBy: Named | null, 
/**
 * Whether it is this one.
 */
here: boolean, };
export type SetStation = { 
/**
 * Which, by its fingerprint.
 */
fingerprint: string, 
/**
 * How it stands from now on: paired or suspended.
 */
standing: StationStanding, };
export type DescribeStation = { 
/**
 * Its code.
 */
code?: string, 
/**
 * In words.
 */
label?: string, 
/**
 * The server; once there is one it is changed in `station.json` only.
 */
server?: string, 
/**
 * What it is used for, and with `hall` where.
 */
kind?: StationKind, 
/**
 * The hall that it stands in; looked at when `kind` is given.
 */
hall?: StationHall, };
export type DiskView = { 
/**
 * Bytes of the copy of the record.
 */
copy: number, 
/**
 * Of these, the index of its words.
 */
words: number, 
/**
 * Bytes of the outbox.
 */
outbox: number, 
/**
 * Of these, files of evidence that the server does not have yet.
 */
evidence: number, 
/**
 * Events held.
 */
events: number, 
/**
 * When the oldest of them happened.
 */
since: string | null, };
export type ClockView = { 
/**
 * The server's clock when this was sent, in milliseconds since 1970.
 */
serverNow: number, 
/**
 * How fast it runs: 1 except while a demo day is played.
 */
rate: number, 
/**
 * Station clock minus server clock, in milliseconds.
 */
offsetMs: number, 
/**
 * How uncertain that is.
 */
uncertaintyMs: number, 
/**
 * Whether it has been measured at all.
 */
measured: boolean, };
export type OutboxCounts = { 
/**
 * Kept, not sent.
 */
waiting: number, 
/**
 * Sent, not answered.
 */
sending: number, 
/**
 * Refused.
 */
attention: number, };
export type Works = { 
/**
 * It does.
 */
ok: boolean, 
/**
 * Why not, in one sentence.
 */
reason: string | null, };
export type RecordCheck = { 
/**
 * Events of the log when it was last proved; 0 when it never was.
 */
size: number, 
/**
 * When that was.
 */
checkedAt: string | null, 
/**
 * The words of the key that signs it.
 */
key: string | null, 
/**
 * Where a restored backup has ended that has lost events which were seen here.
 */
restored: number | null, 
/**
 * What has contradicted what was seen here, in one sentence.
 */
trouble: string | null, };
export type CaseCheck = { 
/**
 * Events of the case that this station holds.
 */
held: number, 
/**
 * Of those, the events that the server's log has byte for byte.
 */
proved: number, 
/**
 * How far the log itself was proved.
 */
record: RecordCheck, };
export type Status = { 
/**
 * The link.
 */
link: Link, 
/**
 * The server, once one is known.
 */
server: ServerView | null, 
/**
 * Who works here.
 */
user: UserView | null, 
/**
 * The institution.
 */
institution: InstitutionView | null, 
/**
 * This console.
 */
station: StationView, 
/**
 * The last event held.
 */
lastSeq: Seq, 
/**
 * Positions of the log before the first copy whose events are still to come; 0 when the
 * history is whole.
 */
older: number, 
/**
 * When the oldest event happened that a search reaches, while older ones are to come.
 */
reachesBack: string | null, 
/**
 * What the server had received until then this station does not remember any more, but for
 * what is still worked with; none when it remembers everything.
 */
begins: string | null, 
/**
 * How far the server's log was proved.
 */
record: RecordCheck, 
/**
 * Everything visible up to this instant is held.
 */
asOf: string | null, 
/**
 * The outbox.
 */
outbox: OutboxCounts, 
/**
 * The time.
 */
clock: ClockView, 
/**
 * Bytes of the cache on disk.
 */
cacheBytes: number, 
/**
 * Whether desktop messages reach the person.
 */
notifications: Works, 
/**
 * Whether secrets can be kept.
 */
keystore: Works, 
/**
 * Unread notifications.
 */
unread: number, 
/**
 * Sentences that the person should read.
 */
warnings: Array<string>, 
/**
 * Whether nothing is shown until somebody has said who they are.
 */
locked: boolean, };
export type Batched = { 
/**
 * The frame.
 */
status: Status, 
/**
 * What may be stale.
 */
changed: Array<Topic>, 
/**
 * The events themselves, for the hooks; at most 200, the newest.
 */
events: Array<Event>, 
/**
 * Who has begun or gone on to write to a case.
 */
typing: Array<Typing>, };
export type Typing = { 
/**
 * The case.
 */
clientRef: IncidentRef, 
/**
 * Who.
 */
userId: UserId, 
/**
 * Their name.
 */
userName: string, 
/**
 * At which station.
 */
stationCode: string | null, };
export type Offered = { 
/**
 * The action.
 */
action: Action, 
/**
 * Why it may not be done now; none when it may.
 */
reason: string | null, };
export type Proposal = { 
/**
 * How likely, from 0 to 100; only the order means something.
 */
score: number, 
/**
 * The bundle to look in, if it is one.
 */
batchId: BatchId | null, 
/**
 * The reason in one sentence.
 */
reason: string, };
export type Reckoning = { 
/**
 * Registered for the sittings that took place.
 */
registered: number, 
/**
 * Present.
 */
present: number, 
/**
 * Registered and not present.
 */
absent: number, 
/**
 * Scripts in sealed batches.
 */
inCustody: number, 
/**
 * Scripts that are not there and have a case.
 */
explained: number, 
/**
 * Scripts that are not there and have none.
 */
missing: number, 
/**
 * Scripts beyond those who were present.
 */
extra: number, 
/**
 * Batches that are not sealed yet although candidates were present, by code.
 */
open: Array<string>, };
export type IncidentView = { 
/**
 * Whether its last change has reached the server.
 */
sync: SyncMark, 
/**
 * Whether it arrived here during an outage and nobody has looked at it yet.
 */
arrivedLate: boolean, 
/**
 * The venue's code.
 */
venueCode: string | null, 
/**
 * The venue's name.
 */
venueName: string | null, 
/**
 * The telephone of the venue.
 */
venuePhone: string | null, 
/**
 * The paper.
 */
courseCode: string | null, 
/**
 * The name the reporting station gave it.
 */
ref: IncidentRef, 
/**
 * The server's number; none before it arrived.
 */
id: number | null, 
/**
 * The official number, `INC-26-0147`; none before it arrived.
 */
number: string | null, 
/**
 * The number the station gave at once, `GH-A/017`.
 */
localNumber: string | null, 
/**
 * Which sitting.
 */
sittingId: SittingId | null, 
/**
 * Which venue.
 */
venueId: VenueId | null, 
/**
 * Which seat.
 */
seat: string | null, 
/**
 * What kind.
 */
type: IncidentType, 
/**
 * How bad.
 */
severity: Severity, 
/**
 * Where it stands.
 */
status: IncidentStatus, 
/**
 * One line.
 */
title: string, 
/**
 * What was written.
 */
description: string, 
/**
 * Who reported it; none when the system did.
 */
reportedBy: Named | null, 
/**
 * The station it was written on.
 */
station: string | null, 
/**
 * Who works on it.
 */
assignee: Named | null, 
/**
 * When somebody took notice.
 */
acknowledgedAt: string | null, 
/**
 * Who took notice.
 */
acknowledgedBy: Named | null, 
/**
 * When somebody must have taken notice.
 */
ackDueAt: string | null, 
/**
 * 0 to 3.
 */
escalationLevel: number, 
/**
 * Candidates it is about.
 */
candidates: Array<StudentId>, 
/**
 * Names of files and photos.
 */
evidence: Array<string>, 
/**
 * People who signed a statement.
 */
witnesses: Array<Named>, 
/**
 * The batch it is about.
 */
batchId: BatchId | null, 
/**
 * Only officers and its author see it.
 */
confidential: boolean, 
/**
 * How it ended.
 */
outcome: IncidentOutcome | null, 
/**
 * How it ended, in words.
 */
resolution: string | null, 
/**
 * Who resolved it.
 */
resolvedBy: Named | null, 
/**
 * When it was resolved.
 */
resolvedAt: string | null, 
/**
 * The case this one was merged into.
 */
mergedInto: IncidentRef | null, 
/**
 * The cases that were merged into this one.
 */
mergedFrom: Array<IncidentRef>, 
/**
 * The finer kind, like `phone`.
 */
subtype: string | null, 
/**
 * What was done in the hall.
 */
actionTaken: string | null, 
/**
 * How each candidate is involved.
 */
parts: Array<Involved>, 
/**
 * What witnesses state.
 */
statements: Array<Statement>, 
/**
 * When it went to the malpractice committee.
 */
referred: Referral | null, 
/**
 * It was entered in error: shown struck through.
 */
voided: Voided | null, 
/**
 * The line of the hall log that it was made from.
 */
fromLog: string | null, 
/**
 * How exactly it is known when it happened; absent where it is known to the minute.
 */
precision: Precision | null, 
/**
 * Its files.
 */
files?: Array<Evidence>, 
/**
 * Happened, recorded and the clock offset.
 */
times: Times, 
/**
 * When the server received it.
 */
receivedAt: string, 
/**
 * Events about it so far.
 */
nEvents: number, 
/**
 * The last event about it.
 */
seq: Seq, };
export type TimelineEntry = { 
/**
 * When it happened, corrected.
 */
at: string, 
/**
 * The event's name; empty for what waits here.
 */
event: string, 
/**
 * Who.
 */
by: string | null, 
/**
 * On which station.
 */
station: string | null, 
/**
 * In one sentence.
 */
text: string, 
/**
 * Its number; none for what waits here.
 */
seq: Seq | null, 
/**
 * Milliseconds from writing to the server's receipt.
 */
lagMs: number, 
/**
 * Whether it has reached the server.
 */
sync: SyncMark, };
export type FileState = "waiting" | "sending" | "kept" | "refused";
export type FileView = { 
/**
 * How far it has come.
 */
state: FileState, 
/**
 * Bytes that the server has, as far as this station knows.
 */
sent: number, 
/**
 * Whether it lies on this station.
 */
here: boolean, 
/**
 * What stands in its way, in one sentence.
 */
reason: string | null, 
/**
 * The name the station gave it.
 */
id: EvidenceId, 
/**
 * SHA-256 of the file when it was attached, in hexadecimal.
 */
sha256: string, 
/**
 * What it is, by its content.
 */
kind: FileKind, 
/**
 * Its size in bytes.
 */
size: number, 
/**
 * What it was called where it came from.
 */
name: string, 
/**
 * What it shows.
 */
note: string | null, 
/**
 * Who attached it.
 */
by: Named | null, 
/**
 * The station it was attached at.
 */
station: string | null, 
/**
 * When, corrected.
 */
capturedAt: string, 
/**
 * When the server had all of it; none while it is on its way.
 */
receivedAt: string | null, };
export type ShownFile = { 
/**
 * Its media type.
 */
mime: string, 
/**
 * Its bytes.
 */
base64: string, };
export type AttachFile = { 
/**
 * The incident.
 */
incident: IncidentRef, 
/**
 * What the file is called where it comes from.
 */
name: string, 
/**
 * Its bytes.
 */
base64: string, 
/**
 * What it shows.
 */
note?: string, };
export type AddDraftFile = { 
/**
 * The form that it was chosen in.
 */
kind: string, 
/**
 * What the file is called where it comes from.
 */
name: string, 
/**
 * Its bytes.
 */
base64: string, };
export type DraftFile = { 
/**
 * It is called this as evidence, too.
 */
id: EvidenceId, 
/**
 * What it is called where it came from.
 */
name: string, 
/**
 * Its bytes.
 */
size: number, };
export type OfDraftFile = { 
/**
 * The file.
 */
id: EvidenceId, };
export type OfFile = { 
/**
 * The incident.
 */
incident: IncidentRef, 
/**
 * The file.
 */
evidence: EvidenceId, };
export type IncidentDetail = { 
/**
 * The incident.
 */
view: IncidentView, 
/**
 * What happened since, oldest first.
 */
timeline: Array<TimelineEntry>, 
/**
 * What may be done.
 */
actions: Array<Offered>, 
/**
 * The candidates.
 */
candidates: Array<Candidate>, 
/**
 * The batch.
 */
batch: Batch | null, 
/**
 * The sitting.
 */
sitting: Sitting | null, 
/**
 * When this station first saw it.
 */
seenAt: string | null, 
/**
 * Its files.
 */
files: Array<FileView>, 
/**
 * Where its missing script may be, the likeliest place first.
 */
proposals: Array<Proposal>, };
export type SittingView = { 
/**
 * Whether a change waits here.
 */
sync: SyncMark, 
/**
 * The venue.
 */
venue: Venue | null, 
/**
 * Its batch.
 */
batch: Batch | null, 
/**
 * The stations of its venue.
 */
stations: Array<Station>, 
/**
 * Its end with the time given back.
 */
effectiveEnd: string, 
/**
 * The longest access arrangement of its candidates, in percent.
 */
longestExtraPct: number, 
/**
 * When the last candidate finishes, with access arrangements and given-back time.
 */
lastEnd: string, 
/**
 * Its id, `examEntryId` on the wire.
 */
id: SittingId, 
/**
 * The timetable it belongs to.
 */
timetableId: TimetableId, 
/**
 * Course code, like `CSE201`.
 */
courseCode: string, 
/**
 * Course name.
 */
courseName: string, 
/**
 * Faculty of the course.
 */
facultyId: FacultyId, 
/**
 * Department of the course.
 */
departmentId: DepartmentId, 
/**
 * Where.
 */
venueId: VenueId, 
/**
 * Which rooms, as shown.
 */
room: string, 
/**
 * Planned start.
 */
startsAt: string, 
/**
 * Planned end.
 */
endsAt: string, 
/**
 * Where it stands.
 */
phase: Phase, 
/**
 * Who took it to that phase.
 */
changed?: Trace, 
/**
 * Real start.
 */
startedAt: string | null, 
/**
 * When writing stopped.
 */
stoppedAt: string | null, 
/**
 * Start of the pause that goes on.
 */
pausedAt: string | null, 
/**
 * Seconds of finished pauses.
 */
pausedSec: number, 
/**
 * Finished pauses.
 */
pauses: Array<Pause>, 
/**
 * Whether the register was declared complete.
 */
registerComplete: boolean, 
/**
 * Seconds given back to everybody.
 */
addedSec: number, 
/**
 * Registered.
 */
expected: number, 
/**
 * Present.
 */
present: number, 
/**
 * Check-ins over time.
 */
checkIns: Array<Counted>, 
/**
 * Seats whose candidates are out of the hall.
 */
out: Array<string>, 
/**
 * Who invigilates.
 */
invigilators: Array<Invigilator>, 
/**
 * The question papers that the hall signed for.
 */
papers?: Papers, 
/**
 * Its batch.
 */
batchId: BatchId | null, 
/**
 * The last event about it.
 */
seq: Seq, };
export type Monitor = { 
/**
 * The lanes, in order of start, then venue.
 */
sittings: Array<SittingView>, 
/**
 * All incidents.
 */
incidents: Array<IncidentView>, };
export type Arrival = { 
/**
 * Its beginning, corrected; none is since the doors were opened.
 */
from: string | null, 
/**
 * What the hall writes down: `PRESENT`, `LATE` or `REFUSED`.
 */
attendance: AttendanceStatus, 
/**
 * Whether the exam office needs the form of the board to admit somebody all the same.
 */
boardForm: boolean, 
/**
 * What the candidate is told, in one sentence.
 */
tell: string, };
export type MonitorAt = { 
/**
 * The moment.
 */
at: string, 
/**
 * The last event that the server had by then.
 */
seq: Seq, 
/**
 * Whether this station holds the log from its beginning; else cases may be missing.
 */
whole: boolean, 
/**
 * The lanes and the incidents of that moment.
 */
monitor: Monitor, };
export type SavedPaper = { 
/**
 * The whole name of the file.
 */
file: string, 
/**
 * SHA-256 of what is written on it, in hexadecimal.
 */
hash: string, 
/**
 * Its size in bytes.
 */
bytes: number, };
export type Away = { 
/**
 * The seat.
 */
seat: string, 
/**
 * Since when, corrected; none when the station has not heard of it.
 */
since: string | null, };
export type Stray = { 
/**
 * When that was said, corrected.
 */
at: string, 
/**
 * Who, from where or to where, in one sentence.
 */
text: string, };
export type Finish = { 
/**
 * The seat.
 */
seat: string, 
/**
 * Who sits there.
 */
name: string, 
/**
 * When they stop, with access arrangement and given-back time.
 */
at: string, };
export type NextPhase = { 
/**
 * The phase.
 */
to: Phase, 
/**
 * Why not now; none when it may.
 */
reason: string | null, };
export type HallView = { 
/**
 * Its lane.
 */
view: SittingView, 
/**
 * Its candidates by seat.
 */
candidates: Array<Candidate>, 
/**
 * Its incidents, the newest first.
 */
incidents: Array<IncidentView>, 
/**
 * Whose scripts are in, as far as they were taken in one by one.
 */
scriptsIn: Array<StudentId>, 
/**
 * Who is out.
 */
away: Array<Away>, 
/**
 * How whoever comes now is written down: the last of these that has begun.
 */
arrivals: Array<Arrival>, 
/**
 * Who writes longer, the earliest first.
 */
finishes: Array<Finish>, 
/**
 * Who was sent on to another hall or is on the way from one, the latest first.
 */
strays: Array<Stray>, 
/**
 * What may be done in it.
 */
actions: Array<Offered>, 
/**
 * Invigilators who have not come yet, as far as whoever looks may note that they have.
 */
awaited: Array<UserId>, 
/**
 * Seconds that pauses took and whoever looks may give back now.
 */
owedSec: number, 
/**
 * What it may become.
 */
next: Array<NextPhase>, };
export type Clash = { 
/**
 * The sittings that stand in each other's way, in order of start.
 */
sittings: Array<SittingId>, 
/**
 * Why, in one sentence.
 */
text: string, };
export type TimetableView = { 
/**
 * The timetables, the latest first.
 */
timetables: Array<Timetable>, 
/**
 * What cannot be as it is planned.
 */
clashes: Array<Clash>, 
/**
 * What was published and changed, oldest first.
 */
changes: Array<TimelineEntry>, 
/**
 * Sittings that are written elsewhere than they first were.
 */
moved: Array<MovedSitting>, 
/**
 * Sittings that whoever looks may move to another hall.
 */
movable: Array<SittingId>, 
/**
 * The halls to which they may be moved, by name; none when nothing may be moved.
 */
halls: Array<Venue>, };
export type MovedSitting = { 
/**
 * The sitting.
 */
sittingId: SittingId, 
/**
 * Its venue before.
 */
venueId: VenueId, 
/**
 * Its room before.
 */
room: string | null, };
export type Stop = "PRINTED" | "ISSUED" | "COLLECTED" | "COUNTED" | "SEALED" | "IN_TRANSIT" | "WITH_LECTURER" | "RETURNED";
export type StopState = "PASSED" | "UNNOTED" | "HERE" | "TO_COME";
export type WayStop = { 
/**
 * Which stop.
 */
stop: Stop, 
/**
 * Whether the batch was there.
 */
state: StopState, 
/**
 * When, corrected.
 */
at: string | null, 
/**
 * Until when, where it took some time.
 */
until: string | null, 
/**
 * By when it is to be there, as the institution wants it; none once it was, and where nothing is
 * known from which that could be counted.
 */
by: string | null, 
/**
 * Who did it or answers for it, in the order in which they did.
 */
people: Array<string>, 
/**
 * Where, or who held it.
 */
place: string | null, 
/**
 * Papers or scripts.
 */
n: number | null, };
export type BatchView = { 
/**
 * Whether its last change has reached the server.
 */
sync: SyncMark, 
/**
 * Present in its sitting.
 */
present: number, 
/**
 * The venue's name.
 */
venueName: string | null, 
/**
 * Planned start of the sitting.
 */
startsAt: string | null, 
/**
 * End of the sitting.
 */
endsAt: string | null, 
/**
 * The handover that is open.
 */
openTransfer: Transfer | null, 
/**
 * Its way, in eight stops.
 */
way: Array<WayStop>, 
/**
 * Its id.
 */
id: BatchId, 
/**
 * Its sitting.
 */
sittingId: SittingId, 
/**
 * The printed code, `BATCH-CSE201-2026-01`.
 */
batchQRCode: string, 
/**
 * Course code.
 */
courseCode: string, 
/**
 * Course name.
 */
courseName: string, 
/**
 * Where it stands.
 */
status: BatchStatus, 
/**
 * Registered for the sitting.
 */
totalRegistered: number, 
/**
 * Scripts handed in.
 */
scriptsSubmitted: number, 
/**
 * Scripts collected.
 */
scriptsCollected: number, 
/**
 * Scripts graded.
 */
scriptsGraded: number, 
/**
 * What was printed for it; none where nobody has said so.
 */
printed?: Printed, 
/**
 * The counts declared so far, each with who counted.
 */
counts: Array<DeclaredCount>, 
/**
 * Collected minus present, when sealed.
 */
discrepancy: number, 
/**
 * The case that explains a difference.
 */
incident: IncidentRef | null, 
/**
 * The number on the seal.
 */
sealNumber: string | null, 
/**
 * Numbers of seals that were opened.
 */
brokenSeals: Array<string>, 
/**
 * Who sealed.
 */
sealedBy: Named | null, 
/**
 * Who witnessed the seal.
 */
sealWitness: Named | null, 
/**
 * When it was sealed.
 */
sealedAt: string | null, 
/**
 * Who answers for it now.
 */
holder: Holder, 
/**
 * Who will grade it.
 */
lecturer: Named | null, 
/**
 * Its way so far.
 */
steps: Array<Step>, 
/**
 * Scripts over time.
 */
collected: Array<Counted>, 
/**
 * The last event about it.
 */
seq: Seq, };
export type BatchDetail = { 
/**
 * The batch.
 */
view: BatchView, 
/**
 * Its history, oldest first.
 */
timeline: Array<TimelineEntry>, 
/**
 * What may be done.
 */
actions: Array<Offered>, 
/**
 * Incidents about it.
 */
incidents: Array<IncidentView>, 
/**
 * Invigilators who may witness.
 */
witnesses: Array<Person>, };
export type ReportKind = { 
/**
 * The kind.
 */
kind: IncidentType, 
/**
 * Its name.
 */
label: string, 
/**
 * The usual severity.
 */
severity: Severity, 
/**
 * The finer kinds that this institution uses.
 */
subtypes: Array<string>, };
export type ReportHall = { 
/**
 * The sitting.
 */
sittingId: SittingId, 
/**
 * The hall and the paper.
 */
label: string, 
/**
 * Whether it is the person's own.
 */
own: boolean, 
/**
 * Whether the person may stop its clock now.
 */
mayPause: boolean, };
export type ReportOptions = { 
/**
 * Kinds, in the order of the keys 1 to 9.
 */
kinds: Array<ReportKind>, 
/**
 * Halls that the person may report from.
 */
halls: Array<ReportHall>, };
export type Submitted = { 
/**
 * The command.
 */
commandId: CommandId, 
/**
 * The number that was given at once to a report.
 */
localNumber: string | null, 
/**
 * Why the server will refuse it, as far as this station can tell; nothing was kept then.
 */
rejection: Rejection | null, };
export type OutboxItem = { 
/**
 * Its id.
 */
commandId: CommandId, 
/**
 * Where it stands.
 */
state: OutboxState, 
/**
 * What it asks for.
 */
command: Command, 
/**
 * In one sentence.
 */
text: string, 
/**
 * When it was written.
 */
recordedAt: string, 
/**
 * Times it was sent.
 */
tries: number, 
/**
 * Why it was refused.
 */
rejection: Rejection | null, 
/**
 * The case it is about.
 */
incident: IncidentRef | null, 
/**
 * Its own number in the order of this station.
 */
stationSeq: number, 
/**
 * What it waits for, in words: it lies in another station that has not sent it yet.
 */
waitsFor: string | null, };
export type ReviewQuery = { 
/**
 * Words, all of which must occur.
 */
text: string, 
/**
 * Channels.
 */
channels: Array<string>, 
/**
 * Severities of incidents.
 */
severities: Array<Severity>, 
/**
 * Station codes.
 */
stations: Array<string>, 
/**
 * Sittings.
 */
sittings: Array<SittingId>, 
/**
 * Not before, in milliseconds since 1970.
 */
from: number | null, 
/**
 * Not after, in milliseconds since 1970.
 */
to: number | null, 
/**
 * Only what was seen late.
 */
lateOnly: boolean, };
export type Bar = { 
/**
 * Its start, in milliseconds since 1970.
 */
from: number, 
/**
 * Events seen at once.
 */
n: number, 
/**
 * Events seen late.
 */
late: number, };
export type LateRows = { 
/**
 * The first of them.
 */
from: number, 
/**
 * The row after the last of them.
 */
to: number, };
export type ReviewResult = { 
/**
 * Names this result for `review_rows`.
 */
handle: number, 
/**
 * Events that match.
 */
total: number, 
/**
 * Events held.
 */
held: number, 
/**
 * At most 120 bars.
 */
histogram: Array<Bar>, 
/**
 * Width of a bar.
 */
barMs: number, 
/**
 * Where the rows stand that were seen late because of outages here, in their order.
 */
late: Array<LateRows>, 
/**
 * How long it took.
 */
ms: number, };
export type ReviewRow = { 
/**
 * Its number.
 */
seq: Seq, 
/**
 * When it happened, corrected.
 */
happenedAt: string, 
/**
 * When the server received it.
 */
receivedAt: string, 
/**
 * When it was seen here.
 */
seenAt: string, 
/**
 * The channel.
 */
channel: string, 
/**
 * The event.
 */
event: string, 
/**
 * In one sentence.
 */
text: string, 
/**
 * On which station.
 */
station: string | null, 
/**
 * By whom.
 */
by: string | null, 
/**
 * How bad, for incidents.
 */
severity: Severity | null, 
/**
 * The case it is about.
 */
incident: IncidentRef | null, 
/**
 * Whether it was seen late because of an outage here.
 */
late: boolean, };
export type Outage = { 
/**
 * Lost.
 */
from: string, 
/**
 * Back and complete; none while it lasts.
 */
to: string | null, 
/**
 * Events that came afterwards.
 */
replayed: number, 
/**
 * Events that are missing; 0 when completeness is proved.
 */
missing: number, 
/**
 * Commands kept here meanwhile.
 */
kept: number, };
export type EventDetail = { 
/**
 * The event as it came.
 */
event: Event, 
/**
 * In one sentence.
 */
text: string, 
/**
 * When it was seen here.
 */
seenAt: string, 
/**
 * Whether late.
 */
late: boolean, };
export type NotificationView = { 
/**
 * Whether the person has read it.
 */
read: boolean, 
/**
 * Its id.
 */
id: NotificationId, 
/**
 * To whom.
 */
userIds: Array<UserId>, 
/**
 * What it is about, like `incident`.
 */
type: string, 
/**
 * One line.
 */
title: string, 
/**
 * More words.
 */
message: string, 
/**
 * `info`, `warning`, `high` or `critical`.
 */
priority: string, 
/**
 * The case it is about.
 */
incident: IncidentRef | null, 
/**
 * When it was made.
 */
createdAt: string, 
/**
 * Who has read it.
 */
readBy: Array<UserId>, };
export type Lookup = { 
/**
 * The first address it has.
 */
address: string, 
/**
 * How long it took.
 */
ms: number, };
export type ServerCheck = { 
/**
 * It answers as an ELMS server.
 */
ok: boolean, 
/**
 * Round trip.
 */
ms: number, 
/**
 * Whether it holds demo data.
 */
demo: boolean, 
/**
 * At which stations people sign in there; none when it does not say.
 */
stations: StationsTaken | null, 
/**
 * The version of its program; none when it does not say.
 */
version: string | null, 
/**
 * The version of this program.
 */
ownVersion: string, 
/**
 * What is wrong, in one sentence.
 */
message: string | null, 
/**
 * What the name of the server led to, and how long that took; none when it is not known.
 */
lookup: Lookup | null, 
/**
 * The fingerprint of this station's key for it; none when no server answers there.
 */
fingerprint: string | null, };
export type DemoAccount = { 
/**
 * Address to sign in with.
 */
email: string, 
/**
 * Name.
 */
name: string, 
/**
 * What they are.
 */
role: Role, 
/**
 * Where, in words.
 */
place: string, 
/**
 * The password, shown only for demo accounts.
 */
password: string, };
export type HostError = { 
/**
 * For programs.
 */
code: string, 
/**
 * For people.
 */
message: string, 
/**
 * What to set up before a sign-in; with the code `second_factor_needed` only.
 */
setUp?: SecondFactorSetUp, 
/**
 * How this station stands; with the codes `station_waits` and `station_suspended` only.
 */
station?: StationKeyView, };
export type SecondFactorSetUp = { 
/**
 * To be typed into an app.
 */
secret: string, 
/**
 * The rows of a picture that an app reads: `#` is dark, `.` is light.
 */
picture: Array<string>, 
/**
 * Each opens the account once in place of a code.
 */
recoveryCodes: Array<string>, };
export type SecondFactorView = { 
/**
 * Since when a code is asked for; none when it is not.
 */
since: string | null, 
/**
 * Whether the server lets nobody of this role in without one.
 */
wanted: boolean, 
/**
 * Recovery codes that are left.
 */
codesLeft: number, };
export type SetUpSecondFactor = { 
/**
 * The password, asked for again.
 */
password: string, };
export type ConfirmSecondFactor = { 
/**
 * The first code of the app.
 */
code: string, };
export type BothFactors = { 
/**
 * The password.
 */
password: string, 
/**
 * A code of the app, or one of those for recovery.
 */
code: string, };
export type SignIn = { 
/**
 * The server's address.
 */
server: string, 
/**
 * The person's e-mail address.
 */
email: string, 
/**
 * The password.
 */
password: string, 
/**
 * A code of the second factor, when it was asked for.
 */
code?: string, 
/**
 * Whether to stay signed in after the console is closed.
 */
keep: boolean, 
/**
 * What guards what this station keeps, where the key store cannot.
 */
guard?: Guard, };
export type Guard = "session" | { "passphrase": string };
export type WorkOffline = { 
/**
 * The words that open what this station keeps, where the key store does not.
 */
passphrase?: string, };
export type ChangePassword = { 
/**
 * The password until now.
 */
current: string, 
/**
 * The one from now on.
 */
new: string, };
export type EndSignIns = { 
/**
 * The one to end; all but this one when there is none.
 */
id: string | null, };
export type SignInView = { 
/**
 * Names it.
 */
id: string, 
/**
 * The station, as it calls itself.
 */
station: string | null, 
/**
 * When they signed in.
 */
begunAt: string, 
/**
 * When it was last used.
 */
usedAt: string, 
/**
 * Whether it is this one.
 */
current: boolean, };
export type SignOut = { 
/**
 * Whether what was not sent may stay here, sealed until the person signs in again.
 */
keepUnsent: boolean, };
export type Unlock = { 
/**
 * Who it is: `PersonHere::id`.
 */
person: string, 
/**
 * Their PIN, password or passphrase.
 */
secret: string, };
export type SetPin = { 
/**
 * Six to twelve digits; none takes the PIN away.
 */
pin: string | null, };
export type PersonHere = { 
/**
 * For `unlock`.
 */
id: string, 
/**
 * Their name.
 */
name: string, 
/**
 * Two letters.
 */
initials: string, 
/**
 * Their e-mail address.
 */
email: string, 
/**
 * What they are.
 */
role: Role, 
/**
 * The server's address.
 */
server: string, 
/**
 * What opens their work here without the server; nothing: only a sign-in does.
 */
opensWith: Array<OpensWith>, 
/**
 * Wrong tries that are left.
 */
triesLeft: number, 
/**
 * Entries of theirs that were not sent when they left.
 */
waiting: number, 
/**
 * Whether the station is open or locked for them now.
 */
here: boolean, };
export type OpensWith = "pin" | "password" | "passphrase";
export type Submit = { 
/**
 * What is asked.
 */
command: Command, 
/**
 * When it happened, if not now, in server time.
 */
occurredAt: string | null, 
/**
 * The form that it was written in. The draft is forgotten in the same breath, and the files
 * that were chosen in the form go with the report.
 */
draft?: string, };
export type LinkState = "signed_out" | "reconnecting" | "offline" | "catching_up" | "live" | "auth_required";
export type SyncMark = "kept" | "sending" | "server" | "attention";
export type OutboxState = "waiting" | "sending" | "done" | "attention" | "withdrawn";
export type Topic = "incidents" | "batches" | "sittings" | "stations" | "notifications" | "events" | "outbox";
/** Channels: the guide's spelling, the original's server, its web client. */
export const CHANNELS = [
  {"seed":"script_submission","backend":"script:submission","frontend":"script_submission"},
  {"seed":"batch_update","backend":"batch:update","frontend":"batch_update"},
  {"seed":"exam_timetable","backend":"exam:timetable","frontend":"exam_timetable"},
  {"seed":"incident","backend":"incident","frontend":"incident"},
  {"seed":"notification","backend":"notification","frontend":"notification"},
  {"seed":"exam_logistics","backend":"exam-logistics","frontend":"exam_logistics"},
  {"seed":"exam_checkin","backend":"exam:checkin","frontend":"exam_checkin"},
  {"seed":"custody","backend":"custody","frontend":"custody"},
  {"seed":"station","backend":"station","frontend":"station"},
] as const;
/** Events, with the channel of each. */
export const EVENTS = [
  {"channel":"script_submission","seed":"script:submitted","backend":"script:submitted","frontend":"script_submitted"},
  {"channel":"script_submission","seed":"script:verified","backend":"script:verified","frontend":"script_verified"},
  {"channel":"script_submission","seed":"script:collected","backend":"script:collected","frontend":"script_collected"},
  {"channel":"script_submission","seed":"script:graded","backend":"script:graded","frontend":"script_graded"},
  {"channel":"script_submission","seed":"script:marked","backend":"script:marked","frontend":"script:marked"},
  {"channel":"script_submission","seed":"batch:sealed","backend":"batch:sealed","frontend":"batch_sealed"},
  {"channel":"script_submission","seed":"batch:assigned","backend":"batch:assigned","frontend":"batch_assigned"},
  {"channel":"batch_update","seed":"batch:created","backend":"batch:created","frontend":"batch_created"},
  {"channel":"batch_update","seed":"batch:status_changed","backend":"batch:status:changed","frontend":"batch_status_changed"},
  {"channel":"batch_update","seed":"batch:stats_updated","backend":"batch:stats:updated","frontend":"batch_stats_updated"},
  {"channel":"batch_update","seed":"batch:printed","backend":"batch:printed","frontend":"batch:printed"},
  {"channel":"exam_timetable","seed":"timetable:published","backend":"timetable:published","frontend":"timetable_published"},
  {"channel":"exam_timetable","seed":"timetable:updated","backend":"timetable:updated","frontend":"timetable_updated"},
  {"channel":"exam_timetable","seed":"timetable:batches:created","backend":"timetable:batches:created","frontend":"batches_created"},
  {"channel":"exam_timetable","seed":"timetable:confirmed","backend":"timetable:confirmed","frontend":"timetable:confirmed"},
  {"channel":"incident","seed":"incident:reported","backend":"incident:reported","frontend":"incident_reported"},
  {"channel":"incident","seed":"incident:updated","backend":"incident:updated","frontend":"incident_updated"},
  {"channel":"incident","seed":"incident:resolved","backend":"incident:resolved","frontend":"incident_resolved"},
  {"channel":"incident","seed":"evidence:attached","backend":"evidence:attached","frontend":"evidence:attached"},
  {"channel":"incident","seed":"evidence:received","backend":"evidence:received","frontend":"evidence:received"},
  {"channel":"incident","seed":"evidence:opened","backend":"evidence:opened","frontend":"evidence:opened"},
  {"channel":"notification","seed":"notification:new","backend":"notification:new","frontend":"new_notification"},
  {"channel":"notification","seed":"notification:read","backend":"notification:read","frontend":"notification_read"},
  {"channel":"notification","seed":"announcement:issued","backend":"announcement:issued","frontend":"announcement:issued"},
  {"channel":"notification","seed":"announcement:acknowledged","backend":"announcement:acknowledged","frontend":"announcement:acknowledged"},
  {"channel":"exam_logistics","seed":"session_started","backend":"session_started","frontend":"session_started"},
  {"channel":"exam_logistics","seed":"session_ended","backend":"session_ended","frontend":"session_ended"},
  {"channel":"exam_logistics","seed":"session_status_changed","backend":"session_status_changed","frontend":"session_status_changed"},
  {"channel":"exam_logistics","seed":"time_extended","backend":"time_extended","frontend":"time_extended"},
  {"channel":"exam_logistics","seed":"hall_log","backend":"hall_log","frontend":"hall_log"},
  {"channel":"exam_logistics","seed":"invigilator_checked_in","backend":"invigilator_checked_in","frontend":"invigilator_checked_in"},
  {"channel":"exam_logistics","seed":"invigilator_checked_out","backend":"invigilator_checked_out","frontend":"invigilator_checked_out"},
  {"channel":"exam_logistics","seed":"invigilator_reassigned","backend":"invigilator_reassigned","frontend":"invigilator_reassigned"},
  {"channel":"exam_logistics","seed":"day_reconciled","backend":"day_reconciled","frontend":"day_reconciled"},
  {"channel":"exam_logistics","seed":"records_imported","backend":"records_imported","frontend":"records_imported"},
  {"channel":"exam_logistics","seed":"report_exported","backend":"report_exported","frontend":"report_exported"},
  {"channel":"exam_logistics","seed":"log_noted","backend":"log_noted","frontend":"log_noted"},
  {"channel":"exam_checkin","seed":"student:checked-in","backend":"student:checked-in","frontend":"student:checked-in"},
  {"channel":"exam_checkin","seed":"checkin:stats:updated","backend":"checkin:stats:updated","frontend":"checkin:stats:updated"},
  {"channel":"custody","seed":"custody:offered","backend":"custody:offered","frontend":"custody:offered"},
  {"channel":"custody","seed":"custody:accepted","backend":"custody:accepted","frontend":"custody:accepted"},
  {"channel":"custody","seed":"custody:refused","backend":"custody:refused","frontend":"custody:refused"},
  {"channel":"custody","seed":"custody:disputed","backend":"custody:disputed","frontend":"custody:disputed"},
  {"channel":"custody","seed":"custody:cancelled","backend":"custody:cancelled","frontend":"custody:cancelled"},
  {"channel":"custody","seed":"custody:expired","backend":"custody:expired","frontend":"custody:expired"},
  {"channel":"station","seed":"station:online","backend":"station:online","frontend":"station:online"},
  {"channel":"station","seed":"station:offline","backend":"station:offline","frontend":"station:offline"},
  {"channel":"station","seed":"station:clock_skew","backend":"station:clock_skew","frontend":"station:clock_skew"},
  {"channel":"station","seed":"station:user_switched","backend":"station:user_switched","frontend":"station:user_switched"},
  {"channel":"station","seed":"station:signed_out","backend":"station:signed_out","frontend":"station:signed_out"},
  {"channel":"station","seed":"station:waiting","backend":"station:waiting","frontend":"station:waiting"},
  {"channel":"station","seed":"station:paired","backend":"station:paired","frontend":"station:paired"},
  {"channel":"station","seed":"station:suspended","backend":"station:suspended","frontend":"station:suspended"},
] as const;
/** The calls of the console. */
export const CALLS = [
  "status",
  "sign_in",
  "sign_out",
  "work_offline",
  "lock",
  "unlock",
  "set_pin",
  "people_here",
  "check_server",
  "demo_accounts",
  "try_now",
  "change_password",
  "sign_ins",
  "end_sign_ins",
  "stations",
  "set_station",
  "second_factor",
  "set_up_second_factor",
  "confirm_second_factor",
  "end_second_factor",
  "new_recovery_codes",
  "tongue",
  "reaches",
  "notify_test",
  "monitor",
  "monitor_at",
  "incidents",
  "incident",
  "batches",
  "batch",
  "candidates",
  "timetable",
  "hall",
  "people",
  "report_options",
  "submit",
  "typing",
  "review",
  "review_rows",
  "review_place",
  "outages",
  "disk",
  "log_lines",
  "outbox",
  "outbox_withdraw",
  "outbox_resend",
  "notifications",
  "draft_save",
  "draft_load",
  "draft_clear",
  "draft_files",
  "draft_file_add",
  "draft_file_drop",
  "event",
  "check_case",
  "evidence_attach",
  "evidence_shown",
  "evidence_open",
  "paper",
  "export",
  "open_window",
  "describe_station",
] as const;
/** Why a command may be refused. */
export const REJECTION_CODES = [
  "FORBIDDEN",
  "NOT_FOUND",
  "ILLEGAL_TRANSITION",
  "INVALID",
  "SEPARATION_OF_DUTY",
  "DISCREPANCY",
  "SEAL_TAKEN",
  "ALREADY_EXISTS",
  "KEY_REUSED",
] as const;
/** The columns of `REACH`. */
export const REACH_COLUMNS = [
  "SUPER_ADMIN",
  "ADMIN",
  "FACULTY_ADMIN",
  "DEAN",
  "HOD",
  "EXAMS_OFFICER",
  "CHIEF_INVIGILATOR",
  "INVIGILATOR",
  "SCRIPT_HANDLER",
  "LECTURER",
  "STUDENT",
] as const;
/** How far each role may go: S machine, I institution, F faculty, D department, A assigned, O own, - no. */
export const REACH: { readonly [A in Action]: string } = {
  signIn: "SIFFDiAAAA-",
  seeBoard: "SIFFDiAAA--",
  seeCandidates: "-IFFDiAA-AO",
  takeAttendance: "-----iAA---",
  overrideAttendance: "-I---i-----",
  verifyIdentity: "--F-Di---A-",
  runSitting: "-----iA----",
  giveTime: "-----iA----",
  writeHallLog: "-----iAA---",
  reportIncident: "-IFFDiAAAAO",
  readIncident: "SIFFDiAAAAO",
  readConfidential: "-I-F-iOO---",
  noteIncident: "-IF-DiAAAA-",
  amend: "-OOOOOOOOO-",
  acknowledge: "-IF--i-----",
  assign: "-IF--i-----",
  changeSeverity: "-IF--iA----",
  escalate: "-IFFDiAAA--",
  resolve: "-IF--iA----",
  closeIncident: "-I---i-----",
  deleteIncident: "-----------",
  witness: "-OOOOOOOOO-",
  refer: "-IF--i-----",
  seeBatches: "SIFFDiAAAA-",
  collectScripts: "-----iAA---",
  declareCount: "-----iAA---",
  notePrinted: "-----i--A--",
  seal: "-----iA----",
  witnessSeal: "-----iAAA--",
  unseal: "-I---i-----",
  offerHandover: "-----iA-AA-",
  decideHandover: "-----iA-AA-",
  assignBatch: "-IF-Di-----",
  grade: "---------A-",
  archive: "-I---i-----",
  editTimetable: "-IF-Di-----",
  approveTimetable: "-IF--------",
  publishTimetable: "-I---i-----",
  resolveConflict: "-IF--i-----",
  assignInvigilators: "-IF-Di-----",
  checkInStaff: "-----iAO---",
  announce: "-IF--i-----",
  confirmAnnouncement: "-----iAA---",
  enrolStation: "SI---I-----",
  manageUsers: "SIF--i-----",
  manageVenues: "SIF--i-----",
  editPolicy: "SI---------",
  export: "-IFFDiA----",
  verifyRecord: "SI---I-----",
  readAudit: "SI---I-----",
  keepMachine: "SI---------",
  joinInstitution: "SIIIIIIII--",
  joinNarrow: "SIFFDiAAAA-",
  joinOwn: "OOOOOOOOOOO",
};
