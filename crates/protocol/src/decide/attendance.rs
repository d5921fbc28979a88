//! Who is there: candidates and invigilators.

use super::{Asked, Decision, LONGEST_LINE, note, strays::not_here, words};
use crate::{
    Action, Arrival, AttendanceStatus, Candidate, CheckInCandidate, CheckInInvigilator,
    CheckOutInvigilator, Fact, InvigilatorMoved, ReassignInvigilator, Rejection, RejectionCode,
    Sitting, SittingId, Standing, StudentCheckedIn, Subject, UserId, admission::arrival_after,
};

pub(crate) fn check_in(asked: Asked<'_>, input: &CheckInCandidate) -> Decision {
    let sitting = asked.sitting(input.sitting_id)?;
    let late_sec = asked.happened().since_ms(sitting.starts_at) / 1_000;
    let arrival = arrival_after(&asked.policy(), late_sec);
    let attendance = input.attendance.unwrap_or(arrival.attendance);
    let very_late = attendance == AttendanceStatus::VeryLate;
    let action = if very_late {
        Action::OverrideAttendance
    } else {
        Action::TakeAttendance
    };
    asked.need_in(action, &sitting)?;
    let candidate = asked.view.candidate(sitting.id, input.student);
    let candidate = candidate.ok_or_else(|| not_here(asked, &sitting, input.student))?;
    once(&candidate, attendance)?;
    if !candidate.attendance.may_become(attendance) {
        let allowed = candidate.attendance.next().iter();
        let allowed = allowed.map(|status| status.text().to_owned()).collect();
        let from = candidate.attendance.text();
        return Err(Rejection::illegal(
            "candidate",
            from,
            attendance.text(),
            allowed,
        ));
    }
    before_cutoff(asked, attendance, &arrival)?;
    while_writing(asked, &sitting, attendance)?;
    let reason = override_reason(input, very_late)?;
    Ok(vec![Fact::StudentCheckedIn(StudentCheckedIn {
        exam_entry_id: sitting.id,
        student_id: input.student,
        index_number: candidate.index_number,
        student_name: candidate.name,
        seat: candidate.seat,
        attendance,
        minutes_late: minutes_late(attendance, late_sec),
        reason,
        board_form: (very_late && arrival.board_form).then_some(true),
    })])
}

/// Nobody comes in twice: the second card of the same number is looked at by a person.
fn once(candidate: &Candidate, attendance: AttendanceStatus) -> Result<(), Rejection> {
    if !admits(attendance) || !admits(candidate.attendance) {
        return Ok(());
    }
    let Candidate {
        index_number, seat, ..
    } = candidate;
    let message = format!("{index_number} is in already, on seat {seat}.");
    let standing = Standing::of(format!("in, seat {seat}"), candidate.came.as_ref());
    Err(Rejection::new(RejectionCode::AlreadyExists, message).against(standing))
}

/// Whether somebody is let in with it.
fn admits(attendance: AttendanceStatus) -> bool {
    matches!(
        attendance,
        AttendanceStatus::Present | AttendanceStatus::Late | AttendanceStatus::VeryLate
    )
}

/// Nobody is let in after the scripts were called in.
fn while_writing(
    asked: Asked<'_>,
    sitting: &Sitting,
    attendance: AttendanceStatus,
) -> Result<(), Rejection> {
    let stopped = sitting.stopped_at.is_some_and(|at| at <= asked.happened());
    if !admits(attendance) || !stopped {
        return Ok(());
    }
    let message = "The scripts are being collected: nobody is admitted any more.";
    let refusal = Rejection::new(RejectionCode::IllegalTransition, message);
    Err(refusal.with_allowed(vec![AttendanceStatus::Absent.text().to_owned()]))
}

/// Admitting somebody very late is an exception and needs its reason.
fn override_reason(input: &CheckInCandidate, very_late: bool) -> Result<Option<String>, Rejection> {
    let reason = input.reason.clone().unwrap_or_default();
    if very_late {
        return words(&reason, "reason", LONGEST_LINE).map(Some);
    }
    note(input.reason.as_ref())
}

/// Late is up to the cut-off, to the second; after it only the exam office admits.
fn before_cutoff(
    asked: Asked<'_>,
    attendance: AttendanceStatus,
    arrival: &Arrival,
) -> Result<(), Rejection> {
    let cutoff_min = asked.policy().late_cutoff_min;
    let admitted = matches!(
        attendance,
        AttendanceStatus::Present | AttendanceStatus::Late
    );
    if !admitted || arrival.attendance != AttendanceStatus::Refused {
        return Ok(());
    }
    let message = format!("More than {cutoff_min} min late: only the exam office admits now.");
    let allowed = [AttendanceStatus::Refused, AttendanceStatus::VeryLate];
    let allowed = allowed.map(|status| status.text().to_owned());
    Err(Rejection::new(RejectionCode::Forbidden, message).with_allowed(allowed.to_vec()))
}

/// Full minutes after the planned start, by the corrected time, for those who came late.
fn minutes_late(attendance: AttendanceStatus, late_sec: i64) -> Option<i64> {
    match attendance {
        AttendanceStatus::Late | AttendanceStatus::VeryLate | AttendanceStatus::Refused => {
            Some(late_sec.max(0) / 60)
        }
        AttendanceStatus::Expected
        | AttendanceStatus::Present
        | AttendanceStatus::Absent
        | AttendanceStatus::Withdrawn
        | AttendanceStatus::Finished => None,
    }
}

pub(crate) fn check_in_staff(asked: Asked<'_>, input: &CheckInInvigilator) -> Decision {
    let sitting = on_duty(asked, input.sitting_id, input.invigilator)?;
    Ok(vec![Fact::InvigilatorCheckedIn(moved(
        asked,
        &sitting,
        input.invigilator,
    )?)])
}

/// Who has not come does not leave.
pub(crate) fn check_out_staff(asked: Asked<'_>, input: &CheckOutInvigilator) -> Decision {
    let sitting = on_duty(asked, input.sitting_id, input.invigilator)?;
    let mut staff = sitting.invigilators.iter();
    let came = staff.any(|one| one.user_id == input.invigilator && one.checked_in_at.is_some());
    if !came {
        let message = "This invigilator has not checked in yet.";
        let refusal = Rejection::new(RejectionCode::IllegalTransition, message);
        return Err(refusal.with_allowed(vec!["checkInInvigilator".to_owned()]));
    }
    Ok(vec![Fact::InvigilatorCheckedOut(moved(
        asked,
        &sitting,
        input.invigilator,
    )?)])
}

/// The sitting, if the actor notes there whether this invigilator is present.
fn on_duty(
    asked: Asked<'_>,
    sitting: SittingId,
    invigilator: UserId,
) -> Result<Box<Sitting>, Rejection> {
    let sitting = asked.sitting(sitting)?;
    let subject = Subject {
        sitting: Some(&sitting),
        own: asked.actor.user == Some(invigilator),
        ..Subject::default()
    };
    asked.need(Action::CheckInStaff, subject)?;
    if !sitting.has(invigilator) {
        return Err(Rejection::not_found("invigilator in this sitting"));
    }
    Ok(sitting)
}

pub(crate) fn reassign(asked: Asked<'_>, input: &ReassignInvigilator) -> Decision {
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
    invigilator: UserId,
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
