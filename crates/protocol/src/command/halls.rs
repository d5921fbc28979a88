//! What is asked about sittings and who is in them.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::inputs;
use crate::{AttendanceStatus, CaseName, Phase, SittingId, StudentId, UserId};

inputs! {
    /// Take a sitting to another phase.
    SetPhase {
        sitting_id: SittingId,
        to: Phase,
        #[serde(default)] reason: Option<String>,
    }
    /// Give time back, to all or to some.
    ExtendTime {
        sitting_id: SittingId,
        added_sec: i64,
        reason: String,
        #[serde(default)] students: Vec<StudentId>,
        #[serde(default)] incident: Option<CaseName>,
    }
    /// Write a routine line.
    LogHall {
        sitting_id: SittingId,
        action: String,
        text: String,
        #[serde(default)] seat: Option<String>,
        #[serde(default)] student: Option<StudentId>,
        #[serde(default)] count: Option<i64>,
        #[serde(default)] entry: Option<Uuid>,
    }
    /// Say that the register is complete: who has not come is absent.
    DeclareRegister { sitting_id: SittingId }
    /// Say how many candidates are in so far.
    CountPresent {
        sitting_id: SittingId,
        checked_in: i64,
    }
    /// Admit or refuse a candidate. Where it does not say how they came, the clock does.
    CheckInCandidate {
        sitting_id: SittingId,
        student: StudentId,
        #[serde(default)] attendance: Option<AttendanceStatus>,
        #[serde(default)] minutes_late: Option<i64>,
        #[serde(default)] reason: Option<String>,
    }
    /// Send a candidate who has come to the wrong hall on to the right one: both halls get a line.
    SendOn {
        sitting_id: SittingId,
        index_number: String,
    }
    /// An invigilator has come.
    CheckInInvigilator {
        sitting_id: SittingId,
        invigilator: UserId,
    }
    /// An invigilator has left.
    CheckOutInvigilator {
        sitting_id: SittingId,
        invigilator: UserId,
    }
    /// Put an invigilator on a sitting, in place of another or as its chief.
    ReassignInvigilator {
        sitting_id: SittingId,
        invigilator: UserId,
        #[serde(default)] instead_of: Option<UserId>,
        #[serde(default)] chief: bool,
    }
}
