//! Who has come to the wrong hall, and where they sit.

use super::{Asked, Decision, LONGEST_LINE, words};
use crate::{
    Action, Candidate, Fact, HallLog, Kind, Record, Rejection, RejectionCode, SendOn, Sitting,
    StudentId,
};

/// What the line of the hall log is called that says who was sent on to another hall.
pub const SENT_ON: &str = "CANDIDATE_SENT_ON";

/// Where somebody sits who is not registered in the sitting they have come to.
struct Seat {
    candidate: Candidate,
    sitting: Box<Sitting>,
    venue: String,
}

impl Seat {
    /// The sitting nearest in time to `here` for which this candidate is registered.
    fn nearest(
        asked: Asked<'_>,
        here: &Sitting,
        is_meant: impl Fn(&Candidate) -> bool,
    ) -> Option<Self> {
        let all = asked.view.list(Kind::Candidate).into_iter();
        let registered = all.filter_map(|record| {
            let Record::Candidate(candidate) = record else {
                return None;
            };
            let sitting = asked.view.sitting(candidate.sitting_id)?;
            is_meant(&candidate).then_some((candidate, sitting))
        });
        let apart = |sitting: &Sitting| sitting.starts_at.since_ms(here.starts_at).abs();
        let (candidate, sitting) = registered.min_by_key(|(_, sitting)| apart(sitting))?;
        let venue = asked.view.venue(sitting.venue_id).map(|venue| venue.name);
        Some(Self {
            candidate,
            sitting,
            venue: venue.unwrap_or_default(),
        })
    }

    /// `Old Library, LIB-1, seat A2 (BUS101)`.
    fn words(&self) -> String {
        let Self {
            candidate,
            sitting,
            venue,
        } = self;
        format!(
            "{venue}, {}, seat {} ({})",
            sitting.room, candidate.seat, sitting.course_code
        )
    }
}

/// Who is not registered here is told where they are.
pub(super) fn not_here(asked: Asked<'_>, here: &Sitting, student: StudentId) -> Rejection {
    let Some(seat) = Seat::nearest(asked, here, |one| one.student_id == student) else {
        return Rejection::not_found("candidate");
    };
    let index_number = &seat.candidate.index_number;
    let message = format!("{index_number} sits in {}.", seat.words());
    Rejection::new(RejectionCode::NotFound, message).with_allowed(vec![seat.venue])
}

/// One line here, where they were told to go, and one there, so that they are waited for.
pub(crate) fn send_on(asked: Asked<'_>, input: &SendOn) -> Decision {
    let here = asked.sitting(input.sitting_id)?;
    asked.need_in(Action::TakeAttendance, &here)?;
    let index_number = words(&input.index_number, "index number", LONGEST_LINE)?;
    let is_meant = |one: &Candidate| one.index_number.eq_ignore_ascii_case(&index_number);
    let seat = Seat::nearest(asked, &here, is_meant)
        .ok_or_else(|| Rejection::not_found("candidate in any hall"))?;
    if seat.sitting.id == here.id {
        let message = format!("{index_number} sits here, seat {}.", seat.candidate.seat);
        return Err(Rejection::new(RejectionCode::AlreadyExists, message));
    }
    let index_number = &seat.candidate.index_number;
    let from = asked.view.venue(here.venue_id).map(|venue| venue.name);
    let from = from.unwrap_or_else(|| here.room.clone());
    let went = format!("{index_number} was sent on to {}.", seat.words());
    let coming = format!("{index_number} is on the way from {from}.");
    let line = |sitting: &Sitting, text: String| HallLog {
        exam_entry_id: sitting.id,
        action: SENT_ON.to_owned(),
        text,
        by: asked.actor.name.clone(),
        seat: None,
        student_id: Some(seat.candidate.student_id),
        count: None,
        entry_ref: None,
    };
    Ok(vec![
        Fact::HallLog(line(&here, went)),
        Fact::HallLog(line(&seat.sitting, coming)),
    ])
}
