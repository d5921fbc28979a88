//! Events about sittings and who is in them.

use crate::{
    AttendanceStatus, Candidate, CheckinStats, Counted, Event, HallLog, Invigilator,
    InvigilatorMoved, InvigilatorRole, PAPERS_RECEIVED, Papers, Pause, Phase, PhaseChanged, Record,
    Sitting, SittingId, StudentCheckedIn, TimeExtended, Timestamp, Trace, View,
};

/// The sitting after `change`; nothing when this copy does not have it.
pub(crate) fn change(
    view: &dyn View,
    event: &Event,
    id: SittingId,
    change: impl FnOnce(&mut Sitting),
) -> Vec<Record> {
    let Some(mut sitting) = view.sitting(id) else {
        return Vec::new();
    };
    change(&mut sitting);
    sitting.seq = event.seq;
    vec![Record::Sitting(sitting)]
}

/// It entered another phase.
pub(crate) fn phase(view: &dyn View, event: &Event, payload: &PhaseChanged) -> Vec<Record> {
    let at = event.happened_at();
    change(view, event, payload.exam_entry_id, |sitting| {
        match payload.new_phase {
            Phase::Writing if sitting.started_at.is_none() => sitting.started_at = Some(at),
            Phase::Paused => sitting.paused_at = Some(at),
            Phase::Collecting if sitting.stopped_at.is_none() => sitting.stopped_at = Some(at),
            Phase::Setup
            | Phase::Admitting
            | Phase::Writing
            | Phase::Collecting
            | Phase::Reconciling
            | Phase::Closed
            | Phase::Cancelled
            | Phase::Postponed => {}
        }
        if payload.old_phase == Phase::Paused {
            if let Some(from) = sitting.paused_at.take() {
                let to = at.max(from);
                sitting.pauses.push(Pause { from, to });
            }
            let seconds = payload.paused_sec.unwrap_or_default();
            sitting.paused_sec = sitting.paused_sec.saturating_add(seconds);
        }
        sitting.phase = payload.new_phase;
        sitting.changed = Some(Trace::of(event));
    })
}

/// Time was given back; to some candidates only, it does not move the end of the sitting.
pub(crate) fn extended(view: &dyn View, event: &Event, payload: &TimeExtended) -> Vec<Record> {
    let mut records = change(view, event, payload.exam_entry_id, |sitting| {
        if payload.student_ids.is_empty() {
            sitting.added_sec = sitting.added_sec.saturating_add(payload.added_sec);
        }
    });
    for student in &payload.student_ids {
        if let Some(mut candidate) = view.candidate(payload.exam_entry_id, *student) {
            candidate.added_sec = candidate.added_sec.saturating_add(payload.added_sec);
            records.push(Record::Candidate(candidate));
        }
    }
    records
}

/// A line of the hall log; who goes out, comes back, moves or leaves early changes records.
pub(crate) fn logged(view: &dyn View, event: &Event, payload: &HallLog) -> Vec<Record> {
    let mut records = change(view, event, payload.exam_entry_id, |sitting| {
        if payload.action == PAPERS_RECEIVED {
            let (count, signed) = (payload.count, Trace::of(event));
            sitting.papers = Some(Papers { count, signed });
        }
        let Some(seat) = &payload.seat else {
            return;
        };
        sitting
            .out
            .retain(|out| out != seat || payload.action != "TEMPORARY_ABSENCE_IN");
        if payload.action == "TEMPORARY_ABSENCE_OUT" && !sitting.out.contains(seat) {
            sitting.out.push(seat.clone());
        }
    });
    records.extend(about_candidate(view, event, payload));
    records
}

/// Who moved or left early, where the line names the candidate.
fn about_candidate(view: &dyn View, event: &Event, payload: &HallLog) -> Option<Record> {
    let mut candidate = view.candidate(payload.exam_entry_id, payload.student_id?)?;
    match payload.action.as_str() {
        "CANDIDATE_MOVED" => {
            let seat = payload.seat.clone()?;
            candidate.moved_from = Some(std::mem::replace(&mut candidate.seat, seat));
        }
        "CANDIDATE_LEFT_EARLY" | "CANDIDATE_WITHDRAWN" => {
            candidate.left_at = Some(event.happened_at());
        }
        _ => return None,
    }
    Some(Record::Candidate(candidate))
}

/// The number of candidates who are in.
pub(crate) fn counted(view: &dyn View, event: &Event, payload: &CheckinStats) -> Vec<Record> {
    let complete = payload.stats.register_complete == Some(true);
    let mut records = change(view, event, payload.exam_entry_id, |sitting| {
        if sitting.present != payload.stats.checked_in || !complete {
            present(sitting, event, payload.stats.checked_in);
        }
        sitting.register_complete |= complete;
    });
    if complete {
        records.extend(stayed_away(view, payload));
    }
    records
}

/// Who has not come by the end of the register is absent, where each one was checked in by name.
fn stayed_away(view: &dyn View, payload: &CheckinStats) -> Vec<Record> {
    let registered = view.candidates(payload.exam_entry_id);
    let named = registered
        .iter()
        .filter(|one| is_in(one.attendance))
        .count();
    if i64::try_from(named) != Ok(payload.stats.checked_in) {
        // They were counted, not named: nobody knows which of them are missing.
        return Vec::new();
    }
    let missing = registered.into_iter();
    let missing = missing.filter(|one| one.attendance == AttendanceStatus::Expected);
    missing
        .map(|one| {
            Record::Candidate(Candidate {
                attendance: AttendanceStatus::Absent,
                ..one
            })
        })
        .collect()
}

/// One candidate was admitted or refused. Who comes in counts as present at once.
pub(crate) fn student_checked_in(
    view: &dyn View,
    event: &Event,
    payload: &StudentCheckedIn,
) -> Vec<Record> {
    let Some(mut candidate) = view.candidate(payload.exam_entry_id, payload.student_id) else {
        return Vec::new();
    };
    let comes_in = is_in(payload.attendance) && !is_in(candidate.attendance);
    candidate.attendance = payload.attendance;
    candidate.came = Some(Trace::of(event));
    candidate.minutes_late = payload.minutes_late.or(candidate.minutes_late);
    let mut records = vec![Record::Candidate(candidate)];
    if comes_in {
        records.extend(change(view, event, payload.exam_entry_id, |sitting| {
            let n = sitting.present.saturating_add(1).min(sitting.expected);
            present(sitting, event, n);
        }));
    }
    records
}

/// An invigilator has come; the first time counts.
pub(crate) fn staff_checked_in(
    view: &dyn View,
    event: &Event,
    payload: &InvigilatorMoved,
) -> Vec<Record> {
    staff_moved(view, event, payload, |person| &mut person.checked_in_at)
}

/// An invigilator has left; the first time counts.
pub(crate) fn staff_checked_out(
    view: &dyn View,
    event: &Event,
    payload: &InvigilatorMoved,
) -> Vec<Record> {
    staff_moved(view, event, payload, |person| &mut person.checked_out_at)
}

fn staff_moved(
    view: &dyn View,
    event: &Event,
    payload: &InvigilatorMoved,
    time: impl Fn(&mut Invigilator) -> &mut Option<Timestamp>,
) -> Vec<Record> {
    let at = event.happened_at();
    change(view, event, payload.exam_entry_id, |sitting| {
        for person in &mut sitting.invigilators {
            if person.user_id == payload.invigilator_id {
                time(person).get_or_insert(at);
            }
        }
    })
}

/// An invigilator was put on it, in place of another or as its only chief.
pub(crate) fn reassigned(
    view: &dyn View,
    event: &Event,
    payload: &InvigilatorMoved,
) -> Vec<Record> {
    change(view, event, payload.exam_entry_id, |sitting| {
        reassign(sitting, payload);
    })
}

fn reassign(sitting: &mut Sitting, payload: &InvigilatorMoved) {
    let replaced = payload
        .instead_of
        .filter(|user| *user != payload.invigilator_id);
    sitting
        .invigilators
        .retain(|person| Some(person.user_id) != replaced);
    let role = if payload.chief {
        InvigilatorRole::ChiefInvigilator
    } else {
        InvigilatorRole::ReliefInvigilator
    };
    let mut known = false;
    for person in &mut sitting.invigilators {
        let is_named = person.user_id == payload.invigilator_id;
        let was_chief = person.role == InvigilatorRole::ChiefInvigilator;
        known |= is_named;
        if is_named && (payload.chief || !was_chief) {
            person.role = role;
        } else if payload.chief && was_chief {
            person.role = InvigilatorRole::Invigilator;
        }
    }
    if !known {
        sitting.invigilators.push(Invigilator {
            user_id: payload.invigilator_id,
            name: payload.invigilator_name.clone(),
            role,
            checked_in_at: None,
            checked_out_at: None,
        });
    }
}

fn present(sitting: &mut Sitting, event: &Event, n: i64) {
    sitting.present = n;
    sitting.check_ins.push(Counted {
        at: event.happened_at(),
        n,
    });
}

/// Whether somebody with this attendance is, or was, in the hall.
fn is_in(attendance: AttendanceStatus) -> bool {
    match attendance {
        AttendanceStatus::Present
        | AttendanceStatus::Late
        | AttendanceStatus::VeryLate
        | AttendanceStatus::Withdrawn
        | AttendanceStatus::Finished => true,
        AttendanceStatus::Expected | AttendanceStatus::Refused | AttendanceStatus::Absent => false,
    }
}
