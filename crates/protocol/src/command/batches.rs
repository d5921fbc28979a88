//! What is asked about batches and their scripts.

use serde::{Deserialize, Serialize};

use super::inputs;
use crate::{
    BatchId, BatchStatus, CaseName, ScriptException, ScriptStep, StudentId, Timestamp, UserId,
};

inputs! {
    /// Start to collect the scripts of a batch.
    OpenCollection { batch_id: BatchId }
    /// Say how many scripts are in so far.
    CountScripts {
        batch_id: BatchId,
        collected: i64,
    }
    /// Declare one person's count of a batch.
    DeclareCount {
        batch_id: BatchId,
        count: i64,
    }
    /// Say that the papers of a batch are printed; saying it again corrects what was said.
    NotePrinted {
        batch_id: BatchId,
        copies: i64,
        #[serde(default)] spare: i64,
        place: String,
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        #[serde(default)] printed_at: Option<Timestamp>,
    }
    /// Seal a batch before a witness.
    SealBatch {
        batch_id: BatchId,
        count: i64,
        seal_number: String,
        #[serde(default)] witness: Option<UserId>,
        #[serde(default)] incident: Option<CaseName>,
    }
    /// Open a sealed batch before a witness; burns the seal number.
    UnsealBatch {
        batch_id: BatchId,
        witness: UserId,
        reason: String,
    }
    /// Hand a sealed batch to its lecturer, who signs for it.
    ReceiveBatch {
        batch_id: BatchId,
        lecturer: UserId,
        count: i64,
    }
    /// Say where a batch stands: grading, returned, archived, in a store.
    SetBatchStatus {
        batch_id: BatchId,
        to: BatchStatus,
        #[serde(default)] location: Option<String>,
        #[serde(default)] location_name: Option<String>,
        #[serde(default)] count: Option<i64>,
    }
    /// Name the lecturer who will grade a batch.
    AssignBatch {
        batch_id: BatchId,
        lecturer: UserId,
    }
    /// Say what is out of the ordinary about a script, or that nothing is any more.
    SetScriptException {
        batch_id: BatchId,
        student: StudentId,
        exception: ScriptException,
        #[serde(default)] note: Option<String>,
        #[serde(default)] incident: Option<CaseName>,
    }
    /// A script was handed in, verified or collected.
    MoveScript {
        batch_id: BatchId,
        student: StudentId,
        step: ScriptStep,
        #[serde(default)] withheld: bool,
        #[serde(default)] from_batch: Option<BatchId>,
    }
    /// A script was graded.
    GradeScript {
        batch_id: BatchId,
        student: StudentId,
        grade: String,
        #[serde(default)] max_score: Option<String>,
    }
}
