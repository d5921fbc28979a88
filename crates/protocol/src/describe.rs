//! One sentence for each event, for lists, search and people who read the log aloud.

use crate::{
    BatchPrinted, BatchStatsUpdated, Event, Fact, IncidentChange, IncidentUpdated, StationEnrolled,
};

/// The event in one sentence. Unknown kinds say so.
pub fn describe(event: &Event) -> String {
    match event.fact() {
        Some(fact) => sentence(&fact),
        None if event.is_erased() => "Erased".to_owned(),
        None => format!("Unknown kind of event: {}", event.event),
    }
}

#[expect(
    clippy::too_many_lines,
    reason = "one arm for each event, nothing nested"
)]
fn sentence(fact: &Fact) -> String {
    match fact {
        Fact::ScriptSubmitted(p) => format!("{} handed in, {}", p.index_number, p.course_code),
        Fact::ScriptVerified(p) => format!("{} verified, {}", p.index_number, p.course_code),
        Fact::ScriptCollected(p) => format!("{} collected, {}", p.index_number, p.course_code),
        Fact::ScriptGraded(p) => format!("Script {} graded: {}", p.script_id, p.grade),
        Fact::ScriptMarked(p) => {
            let note = p.note.as_deref().map(|note| format!(": {note}"));
            let what = words(p.exception.text());
            format!("{} {what}{}", p.index_number, note.unwrap_or_default())
        }
        Fact::BatchSealed(p) => format!(
            "{} sealed, {} scripts for {} present, seal {}",
            p.batch_qr_code, p.declared_count, p.present, p.seal_number
        ),
        Fact::BatchAssigned(p) if p.old_status == p.new_status => {
            format!("{} assigned to {}", p.batch_qr_code, p.lecturer_name)
        }
        Fact::BatchAssigned(p) => {
            format!(
                "{} with {}, receipt for {}",
                p.batch_qr_code, p.lecturer_name, p.count
            )
        }
        Fact::BatchCreated(p) => {
            format!(
                "{} created, {} registered",
                p.batch_qr_code, p.total_registered
            )
        }
        Fact::BatchStatusChanged(p) => {
            let reason = p.reason.as_deref().map(|reason| format!(": {reason}"));
            let to = words(p.new_status.text());
            format!("{} {to}{}", p.batch_qr_code, reason.unwrap_or_default())
        }
        Fact::BatchStatsUpdated(p) => counted(p),
        Fact::BatchPrinted(p) => printed(p),
        Fact::TimetablePublished(p) => {
            format!("{} published, {} papers", p.title, p.total_exams)
        }
        Fact::TimetableUpdated(p) => p.text.clone(),
        Fact::TimetableConfirmed(p) => {
            format!("{} confirms revision {}", p.user_name, p.revision)
        }
        Fact::TimetableBatchesCreated(p) => {
            format!("{} batches created from the timetable", p.total_created)
        }
        Fact::IncidentReported(p) if p.description == p.title => p.title.clone(),
        Fact::IncidentReported(p) => p.description.clone(),
        Fact::IncidentUpdated(p) => updated(p),
        Fact::IncidentResolved(p) if p.voided.is_some() => {
            format!("Entered in error: {}", p.resolution)
        }
        Fact::IncidentResolved(p) => format!("Resolved: {}", p.resolution),
        Fact::EvidenceAttached(p) => {
            let note = p.note.as_deref().map(|note| format!(": {note}"));
            format!("{} attached{}", p.name, note.unwrap_or_default())
        }
        Fact::EvidenceReceived(p) => format!("{} has reached the server whole", p.name),
        Fact::EvidenceOpened(p) => {
            format!("{} opened the original of {}", p.handled_by_name, p.name)
        }
        Fact::NotificationNew(p) => p.title.clone(),
        Fact::NotificationRead(p) => format!("Notification {} read", p.id),
        Fact::AnnouncementIssued(p) => format!("Announcement: {}", p.text),
        Fact::AnnouncementAcknowledged(p) => p.text.clone(),
        Fact::SessionStarted(p) => format!("{} started", p.course_code),
        Fact::SessionEnded(p) => format!("{} closed", p.course_code),
        Fact::SessionStatusChanged(p) => {
            let reason = p.reason.as_deref().map(|reason| format!(" ({reason})"));
            let to = words(p.new_phase.text());
            format!("{} {to}{}", p.course_code, reason.unwrap_or_default())
        }
        Fact::TimeExtended(p) => {
            format!(
                "{}: {} min given back, {}",
                p.course_code,
                p.added_sec / 60,
                p.reason
            )
        }
        Fact::HallLog(p) => p.text.clone(),
        Fact::InvigilatorCheckedIn(p) => {
            format!("{} checked in for {}", p.invigilator_name, p.course_code)
        }
        Fact::InvigilatorCheckedOut(p) => {
            format!("{} checked out of {}", p.invigilator_name, p.course_code)
        }
        Fact::InvigilatorReassigned(p) => {
            let what = if p.chief { "is chief of" } else { "put on" };
            format!("{} {what} {}", p.invigilator_name, p.course_code)
        }
        Fact::DayReconciled(p) => format!(
            "Day reconciled: {} registered, {} present, {} scripts, {} missing",
            p.registered, p.present, p.scripts, p.missing
        ),
        Fact::RecordsImported(p) => p.text.clone(),
        Fact::ReportExported(p) => p.text.clone(),
        Fact::LogNoted(p) => p.text.clone(),
        Fact::StudentCheckedIn(p) => {
            let late = p
                .minutes_late
                .map(|minutes| format!(", {minutes} min late"));
            let how = words(p.attendance.text());
            format!(
                "{} {how}, seat {}{}",
                p.index_number,
                p.seat,
                late.unwrap_or_default()
            )
        }
        Fact::CheckinStatsUpdated(p) => {
            format!(
                "{}: {} of {} present",
                p.course_code, p.stats.checked_in, p.stats.expected
            )
        }
        Fact::CustodyOffered(p) => format!("{} offered to {}", p.batch_qr_code, p.to_name),
        Fact::CustodyAccepted(p)
        | Fact::CustodyRefused(p)
        | Fact::CustodyDisputed(p)
        | Fact::CustodyCancelled(p)
        | Fact::CustodyExpired(p) => {
            let state = words(p.state.text());
            let note = p.note.as_deref().map(|note| format!(": {note}"));
            format!(
                "{} handover {state}{}",
                p.batch_qr_code,
                note.unwrap_or_default()
            )
        }
        Fact::StationOnline(p)
        | Fact::StationOffline(p)
        | Fact::StationClockSkew(p)
        | Fact::StationUserSwitched(p)
        | Fact::StationSignedOut(p) => p.text.clone(),
        Fact::StationWaiting(p) => {
            let station = station(p);
            match &p.by {
                Some(by) => format!("{station} asks to be let in: {by} wants to sign in there"),
                None => format!("{station} asks to be let in"),
            }
        }
        Fact::StationPaired(p) => format!("{} let in by {}", station(p), sayer(p)),
        Fact::StationSuspended(p) => format!("{} suspended by {}", station(p), sayer(p)),
    }
}

/// A station with its key, or the key alone where it has no name.
fn station(p: &StationEnrolled) -> String {
    let key = &p.fingerprint;
    let code = p.station.as_deref();
    code.map_or_else(|| key.clone(), |code| format!("{code} ({key})"))
}

fn sayer(p: &StationEnrolled) -> &str {
    p.by.as_deref().unwrap_or("whoever runs the server")
}

/// What somebody declares is their own count; the scripts that were ticked off stand beside it.
fn counted(p: &BatchStatsUpdated) -> String {
    let code = &p.batch_qr_code;
    match p.declared_count {
        Some(count) => format!("{code}: {count} scripts counted"),
        None => format!(
            "{code}: {} of {} scripts in",
            p.stats.scripts_collected, p.stats.total_registered
        ),
    }
}

/// What was said before stays beside what corrects it.
fn printed(p: &BatchPrinted) -> String {
    let (code, copies, spare, place) = (&p.batch_qr_code, p.copies, p.spare, &p.place);
    let Some(before) = &p.before else {
        return format!("{code} printed: {copies} copies and {spare} spare, {place}");
    };
    format!(
        "{code} printing corrected: {copies} copies and {spare} spare, {place}; it said {} and {}, {}",
        before.copies, before.spare, before.place
    )
}

fn updated(payload: &IncidentUpdated) -> String {
    let change = &payload.updates;
    let what = if let Some(acknowledged) = change.acknowledged {
        let words = if acknowledged {
            "Acknowledged"
        } else {
            "Acknowledgement taken back"
        };
        Some(words.to_owned())
    } else if let Some(name) = &change.assignee_name {
        Some(format!("Assigned to {name}"))
    } else if let Some(severity) = change.severity {
        Some(format!("Severity is now {}", severity.text()))
    } else if let Some(level) = change.escalation_level {
        Some(format!("Escalated to level {level}"))
    } else if let Some(what) = added(change) {
        Some(what)
    } else {
        let changed = payload.updates == IncidentChange::default();
        changed
            .then(|| words(payload.status.text()))
            .filter(|_| payload.notes.is_none())
    };
    match (what, &payload.notes) {
        (Some(what), Some(notes)) => format!("{what}: {notes}"),
        (Some(what), None) => what,
        (None, notes) => notes.clone().unwrap_or_default(),
    }
}

/// What was corrected, stated or linked.
fn added(change: &IncidentChange) -> Option<String> {
    if let Some(statement) = &change.statement {
        return Some(format!(
            "Statement of {}: {}",
            statement.name, statement.statement
        ));
    }
    if let Some(confidential) = change.confidential {
        let what = if confidential {
            "Confidential"
        } else {
            "No longer confidential"
        };
        return Some(what.to_owned());
    }
    if let Some(referral) = &change.referred {
        let file = referral.file_number.as_deref();
        let file = file.map(|number| format!(", file {number}"));
        let sent = "Sent to the malpractice committee";
        return Some(format!("{sent}{}", file.unwrap_or_default()));
    }
    if change.merged_from.is_some() {
        return Some("Another report of it was merged into this one".to_owned());
    }
    if change.unmerged_from.is_some() {
        return Some("A report that was merged into this one stands alone again".to_owned());
    }
    let corrections = change.amended.iter();
    let corrections: Vec<String> = corrections
        .map(|one| {
            format!(
                "{}: \u{201c}{}\u{201d} is now \u{201c}{}\u{201d}",
                one.field, one.before, one.after
            )
        })
        .collect();
    (!corrections.is_empty()).then(|| format!("Amended {}", corrections.join("; ")))
}

/// `IN_COLLECTION` as `in collection`.
pub fn words(value: &str) -> String {
    value.to_lowercase().replace('_', " ")
}
