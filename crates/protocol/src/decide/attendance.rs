//! Who is there: candidates and invigilators.

use super::{Asked, Decision};
use crate::{
    Action, AttendanceStatus, CheckInCandidate, CheckInInvigilator, Fact, InvigilatorMoved,
    ReassignInvigilator, Rejection, RejectionCode, Sitting, StudentCheckedIn, Subject, UserId,
};

pub(crate) fn check_in(asked: Asked<'_>, input: &CheckInCandidate) -> Decision {
    let sitting = asked.sitting(input.sitting_id)?;
    let very_late = input.attendance == AttendanceStatus::VeryLate;
    let action = if very_late {
        Action::OverrideAttendance
    } else {
        Action::TakeAttendance
    };
    asked.need_in(action, &sitting)?;
    let candidate = asked.view.candidate(sitting.id, input.student);
    let candidate = candidate.ok_or_else(|| Rejection::not_found("candidate"))?;
    if !candidate.attendance.may_become(input.attendance) {
        let allowed = candidate.attendance.next().iter();
        let allowed = allowed.map(|status| status.text().to_owned()).collect();
        let from = candidate.attendance.text();
        return Err(Rejection::illegal(
            "candidate",
            from,
            input.attendance.text(),
            allowed,
        ));
    }
    let late_sec = asked.happened().since_ms(sitting.starts_at) / 1_000;
    before_cutoff(asked, input.attendance, late_sec)?;
    Ok(vec![Fact::StudentCheckedIn(StudentCheckedIn {
        exam_entry_id: sitting.id,
        student_id: input.student,
        index_number: candidate.index_number,
        student_name: candidate.name,
        seat: candidate.seat,
        attendance: input.attendance,
        minutes_late: minutes_late(input.attendance, late_sec),
    })])
}

/// Late is up to the cut-off, to the second; after it only the exam office admits.
fn before_cutoff(
    asked: Asked<'_>,
    attendance: AttendanceStatus,
    late_sec: i64,
) -> Result<(), Rejection> {
    let cutoff_min = asked.policy().late_cutoff_min;
    let admitted = matches!(
        attendance,
        AttendanceStatus::Present | AttendanceStatus::Late
    );
    if !admitted || late_sec <= cutoff_min.saturating_mul(60) {
        return Ok(());
    }
    let message = format!("More than {cutoff_min} min late: only the exam office admits now.");
    Err(Rejection::new(RejectionCode::Forbidden, message))
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
    let sitting = asked.sitting(input.sitting_id)?;
    let own = asked.actor.user == Some(input.invigilator);
    let subject = Subject {
        sitting: Some(&sitting),
        own,
        ..Subject::default()
    };
    asked.need(Action::CheckInStaff, subject)?;
    if !sitting.has(input.invigilator) {
        return Err(Rejection::not_found("invigilator in this sitting"));
    }
    Ok(vec![Fact::InvigilatorCheckedIn(moved(
        asked,
        &sitting,
        input.invigilator,
    )?)])
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
