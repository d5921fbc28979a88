//! From the draft of a timetable to its revisions on the day.

use super::code;
use crate::{
    ApprovalStatus, ConfirmTimetable, EntryStatus, Fact, Phase, PublishTimetable, Record,
    RejectionCode, Room, SetPhase, SittingId, TimetableId, TimetableStatus, UpdateTimetable,
    UserId, VenueId, View as _,
    testing::{Hall, actor, system},
};

const ID: TimetableId = TimetableId(1);

fn to(status: TimetableStatus, text: &str) -> UpdateTimetable {
    UpdateTimetable {
        timetable_id: ID,
        changes: vec!["status".to_owned()],
        text: text.to_owned(),
        status: Some(status),
        sitting_id: None,
        venue_id: None,
        room: None,
    }
}

fn moved() -> UpdateTimetable {
    UpdateTimetable {
        text: "CSE201 moved to the Annex".to_owned(),
        status: None,
        sitting_id: Some(SittingId(1)),
        venue_id: Some(VenueId(2)),
        room: Some("Annex 1".to_owned()),
        ..to(TimetableStatus::Draft, "")
    }
}

/// A draft, with an annex beside the great hall.
fn draft() -> Hall {
    let mut hall = Hall::new();
    let mut timetable = hall.timetable(ID).unwrap();
    timetable.status = TimetableStatus::Draft;
    hall.put(Record::Timetable(timetable));
    let mut annex = hall.venue(VenueId(1)).unwrap();
    annex.id = VenueId(2);
    annex.name = "Annex".to_owned();
    hall.put(Record::Venue(annex));
    hall
}

#[test]
fn nobody_approves_the_timetable_that_they_submitted() {
    let mut hall = draft();
    let submit = to(TimetableStatus::PendingApproval, "Please look");
    let approve = to(TimetableStatus::Approved, "Fine");
    hall.ask(&actor(31), submit).unwrap();
    assert_eq!(
        code(hall.ask(&actor(31), approve.clone())),
        RejectionCode::SeparationOfDuty
    );
    assert_eq!(
        code(hall.ask(&actor(3), approve.clone())),
        RejectionCode::Forbidden
    );
    hall.ask(&actor(2), approve).unwrap();
    let approval = hall.timetable(ID).unwrap().approval;
    assert_eq!(approval.status, ApprovalStatus::Approved);
    assert_eq!(
        (
            approval.submitted_by.unwrap().id,
            approval.approved_by.unwrap().id
        ),
        (UserId(31), UserId(2))
    );
}

#[test]
fn a_rejection_says_why_and_may_be_submitted_again() {
    let mut hall = draft();
    let submit = to(TimetableStatus::PendingApproval, "Please look");
    hall.ask(&actor(3), submit.clone()).unwrap();
    let silent = to(TimetableStatus::Draft, " ");
    assert_eq!(code(hall.ask(&actor(2), silent)), RejectionCode::Invalid);
    let reject = to(TimetableStatus::Draft, "Two papers of one class overlap");
    hall.ask(&actor(2), reject).unwrap();
    let approval = hall.timetable(ID).unwrap().approval;
    assert_eq!(approval.status, ApprovalStatus::Rejected);
    assert_eq!(
        approval.rejection_reason.as_deref(),
        Some("Two papers of one class overlap")
    );
    hall.ask(&actor(3), submit).unwrap();
    assert_eq!(hall.timetable(ID).unwrap().approval.rejection_reason, None);
}

#[test]
fn a_timetable_without_entries_is_not_submitted() {
    let mut hall = draft();
    let mut empty = hall.timetable(ID).unwrap();
    empty.id = TimetableId(9);
    hall.put(Record::Timetable(empty));
    let submit = UpdateTimetable {
        timetable_id: TimetableId(9),
        ..to(TimetableStatus::PendingApproval, "Please look")
    };
    assert_eq!(
        code(hall.ask(&actor(3), submit)),
        RejectionCode::IllegalTransition
    );
}

/// Published, and then moved to the annex.
fn moved_on_the_day() -> Hall {
    let mut hall = draft();
    let mut timetable = hall.timetable(ID).unwrap();
    timetable.status = TimetableStatus::Approved;
    hall.put(Record::Timetable(timetable));
    hall.ask(
        &actor(3),
        PublishTimetable {
            timetable_id: ID,
            in_spite_of: None,
        },
    )
    .unwrap();
    hall.ask(&actor(3), moved()).unwrap();
    hall
}

#[test]
fn a_move_before_publication_is_no_revision_and_asks_nobody() {
    let mut hall = draft();
    let facts = hall.ask(&actor(3), moved()).unwrap();
    assert_eq!(facts.len(), 1);
    assert_eq!(hall.timetable(ID).unwrap().revision, 0);
}

#[test]
fn a_revision_asks_those_whom_it_affects_and_only_them() {
    let hall = moved_on_the_day();
    let timetable = hall.timetable(ID).unwrap();
    assert_eq!(timetable.revision, 2);
    let affected = [UserId(8), UserId(9), UserId(24)];
    assert_eq!(timetable.unconfirmed, affected);
    let [.., updated, told] = hall.log.as_slice() else {
        panic!("no log")
    };
    let Some(Fact::NotificationNew(told)) = told.fact() else {
        panic!("{told:?}")
    };
    assert_eq!(told.user_ids, affected);
    // Both halls' stations hear it, and the history shows before and after.
    for room in [Room::Venue(1), Room::Venue(2), Room::User(9)] {
        assert!(updated.rooms.contains(&room), "{:?}", updated.rooms);
    }
    assert_eq!(
        (&updated.payload["venueBefore"], &updated.payload["venueId"]),
        (&1.into(), &2.into())
    );
    assert_eq!(updated.payload["roomBefore"], "Ground floor");
    assert_eq!(
        timetable.entry_status(&hall.sitting_now(1)),
        EntryStatus::Rescheduled
    );
    assert_eq!(
        timetable.entry_status(&hall.sitting_now(2)),
        EntryStatus::Confirmed
    );
}

#[test]
fn who_has_confirmed_leaves_the_call_list() {
    let mut hall = moved_on_the_day();
    let confirm = ConfirmTimetable { timetable_id: ID };
    assert_eq!(
        code(hall.ask(&actor(12), confirm.clone())),
        RejectionCode::AlreadyExists
    );
    for user in [8, 9, 24] {
        hall.ask(&actor(user), confirm.clone()).unwrap();
    }
    assert_eq!(
        code(hall.ask(&actor(8), confirm)),
        RejectionCode::AlreadyExists
    );
    let timetable = hall.timetable(ID).unwrap();
    assert!(timetable.unconfirmed.is_empty());
    assert_eq!(
        timetable.entry_status(&hall.sitting_now(1)),
        EntryStatus::Confirmed
    );
}

#[test]
fn a_moved_sitting_is_not_started_from_the_station_of_the_old_hall() {
    let mut hall = moved_on_the_day();
    let admit = |to| SetPhase {
        sitting_id: SittingId(1),
        to,
        reason: None,
    };
    let refusal = hall.ask(&actor(8), admit(Phase::Admitting)).unwrap_err();
    assert_eq!(refusal.code, RejectionCode::IllegalTransition);
    assert_eq!(refusal.allowed, ["Annex"]);
    let mut there = actor(8);
    there.station = Some("AX-1".to_owned());
    hall.ask(&there, admit(Phase::Admitting)).unwrap();
    hall.ask(&system(), admit(Phase::Writing)).unwrap();
    let timetable = hall.timetable(ID).unwrap();
    assert_eq!(
        timetable.entry_status(&hall.sitting_now(1)),
        EntryStatus::InProgress
    );
}
