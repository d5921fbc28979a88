//! The lawful course of a sitting, its hall log and who is there.

use super::{Asked, Decision, LONGEST_LINE, LONGEST_TEXT, words};
use crate::{
    Action, AttendanceStatus, CheckInCandidate, CheckInInvigilator, CheckinCounts, CheckinStats,
    Command, CountPresent, ExtendTime, Fact, HallLog, InvigilatorMoved, LogHall, Phase,
    PhaseChanged, ReassignInvigilator, Rejection, SetPhase, Sitting, StudentCheckedIn, Subject,
    TimeExtended,
};

pub(crate) fn decide(asked: Asked<'_>) -> Decision {
    match &asked.request.command {
        Command::SetPhase(input) => set_phase(asked, input),
        Command::ExtendTime(input) => extend(asked, input),
        Command::LogHall(input) => log(asked, input),
        Command::CountPresent(input) => count(asked, input),
        Command::CheckInCandidate(input) => check_in(asked, input),
        Command::CheckInInvigilator(input) => check_in_staff(asked, input),
        Command::ReassignInvigilator(input) => reassign(asked, input),
        _ => Ok(Vec::new()),
    }
}

fn set_phase(asked: Asked<'_>, input: &SetPhase) -> Decision {
    let sitting = asked.sitting(input.sitting_id)?;
    asked.need_in(Action::RunSitting, &sitting)?;
    if !sitting.phase.may_become(input.to) {
        let allowed = sitting.phase.next().iter().map(|phase| phase.text().to_owned()).collect();
        let from = sitting.phase.text();
        return Err(Rejection::illegal("sitting", from, input.to.text(), allowed));
    }
    let changed = PhaseChanged {
        exam_entry_id: sitting.id,
        course_code: sitting.course_code.clone(),
        old_phase: sitting.phase,
        new_phase: input.to,
        changed_by: asked.actor.name.clone(),
        reason: input.reason.clone(),
        paused_sec: paused_sec(asked, &sitting, input.to),
    };
    let fact = match (sitting.phase, input.to) {
        (Phase::Admitting, Phase::Writing) => Fact::SessionStarted(changed),
        (_, Phase::Closed) => Fact::SessionEnded(changed),
        _ => Fact::SessionStatusChanged(changed),
    };
    Ok(vec![fact])
}

/// How long the pause was that ends now, in seconds of corrected time.
fn paused_sec(asked: Asked<'_>, sitting: &Sitting, to: Phase) -> Option<i64> {
    let since = sitting.paused_at.filter(|_| to == Phase::Writing)?;
    Some(asked.happened().since_ms(since) / 1_000)
}

fn extend(asked: Asked<'_>, input: &ExtendTime) -> Decision {
    let sitting = asked.sitting(input.sitting_id)?;
    asked.need_in(Action::GiveTime, &sitting)?;
    if !(1..=4 * 3_600).contains(&input.added_sec) {
        return Err(Rejection::invalid("Between one second and four hours can be given back."));
    }
    let for_all = input.students.is_empty();
    let added_ms = input.added_sec.saturating_mul(1_000);
    Ok(vec![Fact::TimeExtended(TimeExtended {
        exam_entry_id: sitting.id,
        course_code: sitting.course_code.clone(),
        added_sec: input.added_sec,
        new_end: sitting.effective_end().plus_ms(if for_all { added_ms } else { 0 }),
        student_ids: input.students.clone(),
        reason: words(&input.reason, "reason", LONGEST_LINE)?,
        incident_ref: input.incident,
    })])
}

fn log(asked: Asked<'_>, input: &LogHall) -> Decision {
    let sitting = asked.sitting(input.sitting_id)?;
    asked.need_in(Action::WriteHallLog, &sitting)?;
    Ok(vec![Fact::HallLog(HallLog {
        exam_entry_id: sitting.id,
        action: words(&input.action, "action", LONGEST_LINE)?,
        text: words(&input.text, "text", LONGEST_TEXT)?,
        by: asked.actor.name.clone(),
        seat: input.seat.clone(),
        student_id: input.student,
        count: input.count,
    })])
}

fn count(asked: Asked<'_>, input: &CountPresent) -> Decision {
    let sitting = asked.sitting(input.sitting_id)?;
    asked.need_in(Action::TakeAttendance, &sitting)?;
    if !(0..=sitting.expected).contains(&input.checked_in) {
        let message = format!("{} registered: check the count.", sitting.expected);
        return Err(Rejection::invalid(message));
    }
    Ok(vec![Fact::CheckinStatsUpdated(CheckinStats {
        exam_entry_id: sitting.id,
        course_code: sitting.course_code.clone(),
        stats: CheckinCounts { expected: sitting.expected, checked_in: input.checked_in },
    })])
}

fn check_in(asked: Asked<'_>, input: &CheckInCandidate) -> Decision {
    let sitting = asked.sitting(input.sitting_id)?;
    let very_late = input.attendance == AttendanceStatus::VeryLate;
    let action = if very_late { Action::OverrideAttendance } else { Action::TakeAttendance };
    asked.need_in(action, &sitting)?;
    let candidate = asked.view.candidate(sitting.id, input.student);
    let candidate = candidate.ok_or_else(|| Rejection::not_found("candidate"))?;
    if !candidate.attendance.may_become(input.attendance) {
        let allowed = candidate.attendance.next().iter();
        let allowed = allowed.map(|status| status.text().to_owned()).collect();
        let from = candidate.attendance.text();
        return Err(Rejection::illegal("candidate", from, input.attendance.text(), allowed));
    }
    Ok(vec![Fact::StudentCheckedIn(StudentCheckedIn {
        exam_entry_id: sitting.id,
        student_id: input.student,
        index_number: candidate.index_number,
        student_name: candidate.name,
        seat: candidate.seat,
        attendance: input.attendance,
        minutes_late: input.minutes_late,
    })])
}

fn check_in_staff(asked: Asked<'_>, input: &CheckInInvigilator) -> Decision {
    let sitting = asked.sitting(input.sitting_id)?;
    let own = asked.actor.user == Some(input.invigilator);
    let subject = Subject { sitting: Some(&sitting), own, ..Subject::default() };
    asked.need(Action::CheckInStaff, subject)?;
    if !sitting.has(input.invigilator) {
        return Err(Rejection::not_found("invigilator in this sitting"));
    }
    Ok(vec![Fact::InvigilatorCheckedIn(moved(asked, &sitting, input.invigilator)?)])
}

fn reassign(asked: Asked<'_>, input: &ReassignInvigilator) -> Decision {
    let sitting = asked.sitting(input.sitting_id)?;
    let handing_over = input.chief && asked.actor.user.is_some_and(|user| sitting.is_chief(user));
    if !handing_over {
        asked.need_in(Action::AssignInvigilators, &sitting)?;
    }
    let mut moved = moved(asked, &sitting, input.invigilator)?;
    moved.instead_of = input.instead_of;
    moved.chief = input.chief;
    Ok(vec![Fact::InvigilatorReassigned(moved)])
}

fn moved(
    asked: Asked<'_>,
    sitting: &Sitting,
    invigilator: crate::UserId,
) -> Result<InvigilatorMoved, Rejection> {
    Ok(InvigilatorMoved {
        exam_entry_id: sitting.id,
        course_code: sitting.course_code.clone(),
        invigilator_id: invigilator,
        invigilator_name: asked.name_of(invigilator)?,
        instead_of: None,
        chief: sitting.is_chief(invigilator),
    })
}
