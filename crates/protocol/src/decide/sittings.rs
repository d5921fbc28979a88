//! The lawful course of a sitting, its hall log and who is there.

use super::{Asked, Decision, LONGEST_LINE, LONGEST_TEXT, PAPERS_RECEIVED, note, papers, words};
use crate::{
    Action, BatchStatus, CheckinCounts, CheckinStats, CountPresent, DeclareRegister, ExtendTime,
    Fact, HallLog, Key, Kind, LogHall, Pause, Phase, PhaseChanged, Record, Rejection,
    RejectionCode, SetPhase, Sitting, Standing, TimeExtended,
};

pub(crate) fn set_phase(asked: Asked<'_>, input: &SetPhase) -> Decision {
    let sitting = asked.sitting(input.sitting_id)?;
    asked.need_in(right_for(input.to), &sitting)?;
    if !sitting.phase.may_become(input.to) {
        let allowed = sitting
            .phase
            .next()
            .iter()
            .map(|phase| phase.text().to_owned())
            .collect();
        let from = sitting.phase.text();
        let refusal = Rejection::illegal("sitting", from, input.to.text(), allowed);
        let what = from.to_lowercase();
        return Err(refusal.against(Standing::of(what, sitting.changed.as_ref())));
    }
    match input.to {
        Phase::Closed => closable(asked, &sitting)?,
        Phase::Paused => another_pause(asked, &sitting)?,
        Phase::Admitting => in_its_hall(asked, &sitting)?,
        Phase::Writing => {
            in_its_hall(asked, &sitting)?;
            its_own_pause(asked, &sitting)?;
        }
        Phase::Setup
        | Phase::Collecting
        | Phase::Reconciling
        | Phase::Cancelled
        | Phase::Postponed => {}
    }
    let changed = PhaseChanged {
        exam_entry_id: sitting.id,
        course_code: sitting.course_code.clone(),
        old_phase: sitting.phase,
        new_phase: input.to,
        changed_by: asked.actor.name.clone(),
        reason: note(input.reason.as_ref())?,
        paused_sec: paused_sec(asked, &sitting, input.to),
    };
    let fact = match (sitting.phase, input.to) {
        (Phase::Admitting, Phase::Writing) => Fact::SessionStarted(changed),
        (_, Phase::Closed) => Fact::SessionEnded(changed),
        _ => Fact::SessionStatusChanged(changed),
    };
    Ok(vec![fact])
}

/// Who calls a sitting off is the office that published it; the rest is run in the hall.
fn right_for(to: Phase) -> Action {
    match to {
        Phase::Cancelled | Phase::Postponed => Action::PublishTimetable,
        Phase::Setup
        | Phase::Admitting
        | Phase::Writing
        | Phase::Paused
        | Phase::Collecting
        | Phase::Reconciling
        | Phase::Closed => Action::RunSitting,
    }
}

/// A sitting that was moved is not started where it was.
fn in_its_hall(asked: Asked<'_>, sitting: &Sitting) -> Result<(), Rejection> {
    let code = asked.actor.station.as_ref();
    let station = code.and_then(|code| asked.view.record(&Key::new(Kind::Station, code)));
    let Some(Record::Station(station)) = station else {
        return Ok(());
    };
    if station
        .venue_id
        .is_none_or(|venue| venue == sitting.venue_id)
    {
        return Ok(());
    }
    let venue = asked.view.venue(sitting.venue_id).map(|venue| venue.name);
    let venue = venue.unwrap_or_default();
    let message = format!(
        "{} is in {venue}, {} now.",
        sitting.course_code, sitting.room
    );
    let refusal = Rejection::new(RejectionCode::IllegalTransition, message);
    Err(refusal.with_allowed(vec![venue]))
}

/// Two stations that write the same pause down, one of them late, make one pause.
fn another_pause(asked: Asked<'_>, sitting: &Sitting) -> Result<(), Rejection> {
    let known = |pause: &&Pause| asked.happened() <= pause.to;
    let Some(pause) = sitting.pauses.iter().rev().find(known) else {
        return Ok(());
    };
    let message = "Another station has written this pause down already.";
    let minutes = pause.to.since_ms(pause.from) / 60_000;
    let standing = Standing {
        at: Some(pause.from),
        ..Standing::of(
            format!("a pause of {minutes} min"),
            sitting.changed.as_ref(),
        )
    };
    Err(Rejection::new(RejectionCode::AlreadyExists, message).against(standing))
}

/// Nobody resumes before the pause: that was the end of another one, heard of late.
fn its_own_pause(asked: Asked<'_>, sitting: &Sitting) -> Result<(), Rejection> {
    if sitting
        .paused_at
        .is_none_or(|since| since <= asked.happened())
    {
        return Ok(());
    }
    let message = "The pause that goes on began after that.";
    Err(Rejection::new(RejectionCode::IllegalTransition, message))
}

/// A sitting closes when its scripts are sealed and nobody is out of the hall.
fn closable(asked: Asked<'_>, sitting: &Sitting) -> Result<(), Rejection> {
    let open = [BatchStatus::Pending, BatchStatus::InCollection];
    let batch = sitting.batch_id.and_then(|id| asked.view.batch(id));
    if batch.is_some_and(|batch| open.contains(&batch.status)) {
        let message = "Seal the batch before you close the sitting.";
        return Err(Rejection::new(RejectionCode::IllegalTransition, message));
    }
    if !sitting.register_complete {
        let message = "Declare the register complete before you close the sitting.";
        let refusal = Rejection::new(RejectionCode::IllegalTransition, message);
        return Err(refusal.with_allowed(vec!["declareRegister".to_owned()]));
    }
    if !sitting.out.is_empty() {
        let message = format!("Still out of the hall: {}.", sitting.out.join(", "));
        return Err(Rejection::new(RejectionCode::IllegalTransition, message));
    }
    Ok(())
}

/// How long the pause was that ends now, in seconds of corrected time.
fn paused_sec(asked: Asked<'_>, sitting: &Sitting, to: Phase) -> Option<i64> {
    let since = sitting.paused_at.filter(|_| to == Phase::Writing)?;
    Some(asked.happened().since_ms(since).max(0) / 1_000)
}

pub(crate) fn extend(asked: Asked<'_>, input: &ExtendTime) -> Decision {
    let sitting = asked.sitting(input.sitting_id)?;
    asked.need_in(Action::GiveTime, &sitting)?;
    if !(1..=4 * 3_600).contains(&input.added_sec) {
        return Err(Rejection::invalid(
            "Between one second and four hours can be given back.",
        ));
    }
    within_pauses(asked, &sitting, input)?;
    for student in &input.students {
        let found = asked.view.candidate(sitting.id, *student);
        found.ok_or_else(|| Rejection::not_found("candidate"))?;
    }
    let incident = asked.linked(input.incident.as_ref())?;
    let for_all = input.students.is_empty();
    let added_ms = input.added_sec.saturating_mul(1_000);
    Ok(vec![Fact::TimeExtended(TimeExtended {
        exam_entry_id: sitting.id,
        course_code: sitting.course_code.clone(),
        added_sec: input.added_sec,
        new_end: sitting
            .effective_end()
            .plus_ms(if for_all { added_ms } else { 0 }),
        student_ids: input.students.clone(),
        reason: words(&input.reason, "reason", LONGEST_LINE)?,
        incident_ref: incident,
    })])
}

/// A chief gives back what pauses took, no more; the exam office decides about the rest.
fn within_pauses(asked: Asked<'_>, sitting: &Sitting, input: &ExtendTime) -> Result<(), Rejection> {
    let given = input.students.iter();
    let given = given.filter_map(|student| asked.view.candidate(sitting.id, *student));
    let own_sec = given
        .map(|candidate| candidate.added_sec)
        .max()
        .unwrap_or(0);
    let total_sec = sitting.added_sec.saturating_add(own_sec);
    let total_sec = total_sec.saturating_add(input.added_sec);
    if total_sec <= sitting.paused_sec || asked.need_by_office(Action::GiveTime, sitting).is_ok() {
        return Ok(());
    }
    let message = format!(
        "Pauses took {} min: the exam office gives more.",
        sitting.paused_sec / 60
    );
    Err(Rejection::new(RejectionCode::Forbidden, message))
}

pub(crate) fn log(asked: Asked<'_>, input: &LogHall) -> Decision {
    let sitting = asked.sitting(input.sitting_id)?;
    asked.need_in(Action::WriteHallLog, &sitting)?;
    if input.action == PAPERS_RECEIVED {
        papers::signed_for(input.count)?;
    }
    Ok(vec![Fact::HallLog(HallLog {
        exam_entry_id: sitting.id,
        action: words(&input.action, "action", LONGEST_LINE)?,
        text: words(&input.text, "text", LONGEST_TEXT)?,
        by: asked.actor.name.clone(),
        seat: input.seat.as_ref().map(|seat| seat.trim().to_uppercase()),
        student_id: input.student,
        count: input.count,
        entry_ref: input.entry,
    })])
}

pub(crate) fn count(asked: Asked<'_>, input: &CountPresent) -> Decision {
    let sitting = asked.sitting(input.sitting_id)?;
    asked.need_in(Action::TakeAttendance, &sitting)?;
    if !(0..=sitting.expected).contains(&input.checked_in) {
        let message = format!("{} registered: check the count.", sitting.expected);
        return Err(Rejection::invalid(message));
    }
    Ok(vec![stats(&sitting, input.checked_in, None)])
}

/// The register is complete: from here on who has not come is absent.
pub(crate) fn declare_register(asked: Asked<'_>, input: &DeclareRegister) -> Decision {
    let sitting = asked.sitting(input.sitting_id)?;
    asked.need_in(Action::TakeAttendance, &sitting)?;
    if sitting.register_complete {
        let message = "The register is complete already.";
        return Err(Rejection::new(RejectionCode::AlreadyExists, message));
    }
    if sitting.started_at.is_none() {
        let message = "Writing has not begun: candidates may still come.";
        return Err(Rejection::new(RejectionCode::IllegalTransition, message));
    }
    Ok(vec![stats(&sitting, sitting.present, Some(true))])
}

fn stats(sitting: &Sitting, checked_in: i64, register_complete: Option<bool>) -> Fact {
    let absent = sitting.expected.saturating_sub(checked_in);
    Fact::CheckinStatsUpdated(CheckinStats {
        exam_entry_id: sitting.id,
        course_code: sitting.course_code.clone(),
        stats: CheckinCounts {
            expected: sitting.expected,
            checked_in,
            absent: register_complete.map(|_| absent),
            register_complete,
        },
    })
}
