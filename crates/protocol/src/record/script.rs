//! Single scripts, known from the first thing that was said about them.

use serde::{Deserialize, Serialize};

use crate::{
    BatchId, IncidentRef, Named, ScriptException, ScriptStatus, Seq, SittingId, StudentId,
    Timestamp,
};

/// The script of one candidate in one sitting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Script {
    /// `sitting/student`, like the registration.
    pub id: String,
    /// Whose.
    pub student_id: StudentId,
    /// Of which sitting.
    pub sitting_id: SittingId,
    /// Index number on it.
    pub index_number: String,
    /// The bundle it is in.
    pub batch_id: BatchId,
    /// Where it stands; it follows its batch.
    pub status: ScriptStatus,
    /// What is out of the ordinary about it.
    pub exception: ScriptException,
    /// Why, in words.
    pub note: Option<String>,
    /// The case that is about it.
    pub incident: Option<IncidentRef>,
    /// When it was handed in, corrected.
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    pub collected_at: Option<Timestamp>,
    /// Who took it.
    pub collected_by: Option<Named>,
    /// The last event about it.
    pub seq: Seq,
}
