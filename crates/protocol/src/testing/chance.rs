//! Commands by chance: every kind, about things that exist and some that do not, by anybody.

#![expect(
    clippy::too_many_lines,
    reason = "one strategy for each command, nothing nested"
)]

mod cases;

use proptest::{
    collection::vec,
    option,
    prelude::*,
    sample::{Index, select},
};
use uuid::Uuid;

use cases::{case_commands, incident_commands};

use super::{PEOPLE, actor, case, handover, report, system};
use crate::*;

/// Somebody asks for something some seconds after the last.
#[derive(Debug, Clone)]
pub(crate) struct Try {
    pub(crate) actor: Actor,
    pub(crate) command: Command,
    pub(crate) after_sec: i64,
}

/// A day from some hour of it: how far it has come, and then at most `longest` tries.
pub(crate) fn days(longest: usize) -> impl Strategy<Value = (usize, Vec<Try>)> {
    (0..=super::STAGES, vec(tries(), 1..longest))
}

fn tries() -> impl Strategy<Value = Try> {
    (actors(), commands(), 0_i64..600).prop_map(|(actor, command, after_sec)| Try {
        actor,
        command,
        after_sec,
    })
}

/// The system may do everything, so it drives a day deeper than people at random would.
fn actors() -> impl Strategy<Value = Actor> {
    let anybody = any::<Index>().prop_map(|index| actor(index.get(&PEOPLE).0));
    let officers = select(vec![3, 4]).prop_map(actor);
    let halls = select(vec![8, 9, 12, 6, 24]).prop_map(actor);
    prop_oneof![4 => Just(system()), 1 => anybody, 3 => officers, 3 => halls]
}

fn commands() -> impl Strategy<Value = Command> {
    prop_oneof![
        3 => incident_commands(),
        2 => case_commands(),
        4 => batch_commands(),
        3 => custody_commands(),
        5 => hall_commands(),
        3 => office_commands(),
    ]
}

fn user() -> impl Strategy<Value = UserId> {
    select(vec![2, 3, 4, 6, 8, 9, 12, 24, 77]).prop_map(UserId)
}

fn sitting_id() -> impl Strategy<Value = SittingId> {
    select(vec![1, 1, 1, 1, 2, 2, 9]).prop_map(SittingId)
}

fn batch_id() -> impl Strategy<Value = BatchId> {
    select(vec![1, 1, 1, 1, 2, 2, 9]).prop_map(BatchId)
}

fn student() -> impl Strategy<Value = StudentId> {
    select(vec![101, 102, 103, 104, 201, 202, 999]).prop_map(StudentId)
}

fn case_ref() -> impl Strategy<Value = IncidentRef> {
    (0_u128..4).prop_map(case)
}

/// A case by its name, or by the number of one that may have been reported.
fn case_name() -> impl Strategy<Value = CaseName> {
    let numbers = select(vec!["GH-A/001", "gh-a/2"]).prop_map(str::to_owned);
    prop_oneof![
        3 => case_ref().prop_map(CaseName::Ref),
        1 => numbers.prop_map(CaseName::Number),
    ]
}

fn handover_ref() -> impl Strategy<Value = TransferRef> {
    (0_u128..5).prop_map(handover)
}

fn text() -> impl Strategy<Value = String> {
    select(vec![
        "",
        "Noted.",
        "Ink on page 3; kept",
        "  blank at the ends  ",
    ])
    .prop_map(str::to_owned)
}

fn note() -> impl Strategy<Value = Option<String>> {
    option::of(text())
}

fn severity() -> impl Strategy<Value = Severity> {
    select(Severity::ALL.to_vec())
}

fn batch_commands() -> impl Strategy<Value = Command> {
    let seals = (
        batch_id(),
        select(vec![0, 1, 4, 4, 4]),
        0_i64..40,
        option::of(user()),
        option::of(case_name()),
    );
    let seals = seals.prop_map(|(batch_id, count, seal, witness, incident)| {
        let seal_number = format!("S-{seal}");
        SealBatch {
            batch_id,
            count,
            seal_number,
            witness,
            incident,
        }
        .into()
    });
    let steps = select(vec![
        ScriptStep::Submitted,
        ScriptStep::Verified,
        ScriptStep::Collected,
    ]);
    let moves = (batch_id(), student(), steps, option::of(batch_id()));
    let moves = moves.prop_map(|(batch_id, student, step, from_batch)| {
        MoveScript {
            batch_id,
            student,
            step,
            withheld: false,
            from_batch,
        }
        .into()
    });
    let places = option::of(Just("loc:strong-room".to_owned()));
    let stages = (batch_id(), select(BatchStatus::ALL.to_vec()), places);
    let stages = stages.prop_map(|(batch_id, to, location)| {
        SetBatchStatus {
            batch_id,
            to,
            location,
            location_name: None,
            count: Some(4),
        }
        .into()
    });
    prop_oneof![
        3 => batch_id().prop_map(|batch_id| OpenCollection { batch_id }.into()),
        2 => (batch_id(), -2_i64..70)
            .prop_map(|(batch_id, collected)| CountScripts { batch_id, collected }.into()),
        1 => (batch_id(), 0_i64..5)
            .prop_map(|(batch_id, count)| DeclareCount { batch_id, count }.into()),
        1 => (batch_id(), -1_i64..40, select(vec![0, 2]), select(vec!["Print room", " "]))
            .prop_map(|(batch_id, copies, spare, place)| {
                let (place, printed_at) = (place.to_owned(), None);
                NotePrinted { batch_id, copies, spare, place, printed_at }.into()
            }),
        6 => seals,
        1 => (batch_id(), user(), text())
            .prop_map(|(batch_id, witness, reason)| UnsealBatch { batch_id, witness, reason }.into()),
        1 => (batch_id(), user(), 0_i64..5)
            .prop_map(|(batch_id, lecturer, count)| ReceiveBatch { batch_id, lecturer, count }.into()),
        2 => stages,
        2 => moves,
        1 => marks(),
        1 => (batch_id(), select(vec![24, 33]).prop_map(UserId))
            .prop_map(|(batch_id, lecturer)| AssignBatch { batch_id, lecturer }.into()),
        2 => (batch_id(), student()).prop_map(|(batch_id, student)| {
            GradeScript { batch_id, student, grade: "B+".to_owned(), max_score: None }.into()
        }),
    ]
}

fn marks() -> impl Strategy<Value = Command> {
    let exceptions = select(ScriptException::ALL.to_vec());
    (batch_id(), student(), exceptions, option::of(case_name())).prop_map(
        |(batch_id, student, exception, incident)| {
            SetScriptException {
                batch_id,
                student,
                exception,
                note: None,
                incident,
            }
            .into()
        },
    )
}

fn custody_commands() -> impl Strategy<Value = Command> {
    let places = option::of(Just("loc:strong-room".to_owned()));
    let offers = (handover_ref(), batch_id(), option::of(user()), places);
    let offers = offers.prop_map(|(transfer, batch_id, to_user, to_location)| {
        OfferBatch {
            transfer,
            batch_id,
            to_user,
            to_location,
            to_location_name: None,
        }
        .into()
    });
    prop_oneof![
        4 => offers,
        3 => (handover_ref(), note(), option::of(3_i64..5))
            .prop_map(|(transfer, note, count)| AcceptBatch { transfer, note, count, seal_seen: None }.into()),
        1 => (handover_ref(), text())
            .prop_map(|(transfer, note)| RefuseBatch { transfer, note }.into()),
        1 => (handover_ref(), text(), note()).prop_map(|(transfer, note, seal_seen)| {
            DisputeBatch { transfer, note, seal_seen }.into()
        }),
        1 => (handover_ref(), note())
            .prop_map(|(transfer, note)| CancelOffer { transfer, note }.into()),
        1 => handover_ref().prop_map(|transfer| ExpireOffer { transfer }.into()),
    ]
}

fn hall_commands() -> impl Strategy<Value = Command> {
    let actions = select(vec![
        "TEMPORARY_ABSENCE_OUT",
        "TEMPORARY_ABSENCE_IN",
        "PAPERS_RECEIVED",
        "NOTE",
    ]);
    let seats = option::of(select(vec!["a1", "A1 ", "A2"]).prop_map(str::to_owned));
    let logs = (sitting_id(), actions, text(), seats);
    let logs = logs.prop_map(|(sitting_id, action, text, seat)| {
        let action = action.to_owned();
        LogHall {
            sitting_id,
            action,
            text,
            seat,
            student: None,
            count: None,
            entry: None,
        }
        .into()
    });
    let times = (sitting_id(), -5_i64..4_000, vec(student(), 0..2));
    let times = times.prop_map(|(sitting_id, added_sec, students)| {
        let reason = "power cut".to_owned();
        ExtendTime {
            sitting_id,
            added_sec,
            reason,
            students,
            incident: None,
        }
        .into()
    });
    let comings = (
        sitting_id(),
        student(),
        option::of(select(AttendanceStatus::ALL.to_vec())),
    );
    let comings = comings.prop_map(|(sitting_id, student, attendance)| {
        CheckInCandidate {
            sitting_id,
            student,
            attendance,
            minutes_late: None,
            reason: None,
        }
        .into()
    });
    let duties = (sitting_id(), user(), option::of(user()), any::<bool>());
    let duties = duties.prop_map(|(sitting_id, invigilator, instead_of, chief)| {
        ReassignInvigilator {
            sitting_id,
            invigilator,
            instead_of,
            chief,
        }
        .into()
    });
    prop_oneof![
        6 => (sitting_id(), select(Phase::ALL[..7].to_vec()), note())
            .prop_map(|(sitting_id, to, reason)| SetPhase { sitting_id, to, reason }.into()),
        1 => times,
        2 => logs,
        1 => (sitting_id(), -1_i64..6)
            .prop_map(|(sitting_id, checked_in)| CountPresent { sitting_id, checked_in }.into()),
        2 => comings,
        1 => (sitting_id(), student()).prop_map(|(sitting_id, student)| {
            let index_number = format!("AUT/{student}");
            SendOn { sitting_id, index_number }.into()
        }),
        1 => sitting_id().prop_map(|sitting_id| DeclareRegister { sitting_id }.into()),
        1 => (sitting_id(), user()).prop_map(|(sitting_id, invigilator)| {
            CheckInInvigilator { sitting_id, invigilator }.into()
        }),
        1 => (sitting_id(), user()).prop_map(|(sitting_id, invigilator)| {
            CheckOutInvigilator { sitting_id, invigilator }.into()
        }),
        1 => duties,
    ]
}

fn office_commands() -> impl Strategy<Value = Command> {
    let statuses = option::of(select(TimetableStatus::ALL.to_vec()));
    let changes = (
        statuses,
        option::of(sitting_id()),
        option::of(Just(VenueId(1))),
    );
    let changes = changes.prop_map(|(status, sitting_id, venue_id)| {
        UpdateTimetable {
            timetable_id: TimetableId(1),
            changes: Vec::new(),
            text: "Moved".to_owned(),
            status,
            sitting_id,
            venue_id,
            room: None,
        }
        .into()
    });
    let told = (vec(user(), 0..3), text());
    let news = select(vec![
        StationEvent::Online,
        StationEvent::Offline,
        StationEvent::ClockSkew,
        StationEvent::UserSwitched,
        StationEvent::SignedOut,
    ]);
    prop_oneof![
        4 => Just(ConfirmTimetable { timetable_id: TimetableId(1) }.into()),
        3 => Just(PublishTimetable { timetable_id: TimetableId(1), in_spite_of: None }.into()),
        3 => changes,
        2 => told.prop_map(|(users, title)| {
            let (message, priority) = (String::new(), "info".to_owned());
            Notify { users, title, message, priority, incident: None }.into()
        }),
        1 => (0_i64..5).prop_map(|id| {
            ReadNotification { notification_id: NotificationId(id) }.into()
        }),
        1 => (vec(sitting_id(), 0..2), text()).prop_map(|(sittings, text)| {
            let announcement = Uuid::from_u128(1);
            IssueAnnouncement { announcement, sittings, text, requires_ack: true }.into()
        }),
        1 => (sitting_id(), text()).prop_map(|(sitting_id, text)| {
            let announcement = Uuid::from_u128(1);
            ConfirmAnnouncement { announcement, sitting_id, text }.into()
        }),
        4 => (news, text()).prop_map(|(news, text)| {
            let station = "GH-A".to_owned();
            NoteStation {
                station,
                news,
                text,
                clock_offset_ms: 140,
                last_seen: None,
                delivered: None,
                unsent: None,
            }
            .into()
        }),
        2 => enrolments(),
        1 => select(vec![(8, 4, 4), (8, 4, 3), (4, 4, 4)]).prop_map(|(registered, present, scripts)| {
            ReconcileDay { registered, present, scripts, missing: 0 }.into()
        }),
        1 => text().prop_map(|text| NoteImport { text, by: "Exam office".to_owned() }.into()),
        1 => text().prop_map(|text| NoteExport { format: vec!["pdf".to_owned()], text }.into()),
        1 => text().prop_map(|text| NoteLog { noted: LogNoted {
            change: LogChange::Hold, text, by: String::new(),
            origin: None, before: None, keys: None, erased: Vec::new(), records: vec![Key::new(Kind::Sitting, 1)],
        } }.into()),
    ]
}

/// Two keys, both of stations that call themselves the same or nothing.
fn enrolments() -> impl Strategy<Value = Command> {
    let keys = select(vec!["7c1f 90aa 0001", "7c1f 90aa 0002"]);
    let codes = option::of(Just("GH-A".to_owned()));
    let by = option::of(Just(Named {
        id: UserId(3),
        name: "Ama Boateng".to_owned(),
    }));
    let standings = select(StationStanding::ALL.to_vec());
    (keys, codes, standings, by).prop_map(|(fingerprint, station, standing, by)| {
        let fingerprint = fingerprint.to_owned();
        NoteEnrolment {
            fingerprint,
            station,
            standing,
            by,
        }
        .into()
    })
}
