//! Bundles of scripts, who holds them, and handovers.

use serde::{Deserialize, Serialize};

use crate::{
    BatchId, BatchStatus, Counted, CustodyState, IncidentRef, Named, Policy, Seq, SittingId,
    Timestamp, Trace, TransferRef, UserId,
};

/// Who holds a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "at", rename_all = "snake_case")]
pub enum Holder {
    /// Still in its hall.
    Hall {
        /// The venue's name.
        name: String,
    },
    /// A person.
    Person(Named),
    /// A place, like `loc:strong-room`.
    Place {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
    },
}

impl Holder {
    /// As shown.
    pub fn name(&self) -> &str {
        match self {
            Self::Hall { name } | Self::Place { name, .. } => name,
            Self::Person(person) => &person.name,
        }
    }

    /// Whether `user` holds it.
    pub fn is(&self, user: UserId) -> bool {
        matches!(self, Self::Person(person) if person.id == user)
    }
}

/// One step of a batch on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Step {
    /// What it became.
    pub status: BatchStatus,
    /// When, corrected.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub at: Timestamp,
    /// Who did it.
    pub by: Option<Named>,
    /// Who holds it since.
    pub holder: String,
    /// At which station it was written down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub station: Option<String>,
}

/// A bundle of scripts of one sitting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Batch {
    /// Its id.
    pub id: BatchId,
    /// Its sitting.
    pub sitting_id: SittingId,
    /// The printed code, `BATCH-CSE201-2026-01`.
    #[serde(rename = "batchQRCode")]
    pub code: String,
    /// Course code.
    pub course_code: String,
    /// Course name.
    pub course_name: String,
    /// Where it stands.
    pub status: BatchStatus,
    /// Registered for the sitting.
    pub total_registered: i64,
    /// Scripts handed in.
    pub scripts_submitted: i64,
    /// Scripts collected.
    pub scripts_collected: i64,
    /// Scripts graded.
    pub scripts_graded: i64,
    /// What was printed for it; none where nobody has said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub printed: Option<Printed>,
    /// The counts declared so far, each with who counted.
    pub counts: Vec<DeclaredCount>,
    /// Collected minus present, when sealed.
    pub discrepancy: i64,
    /// The case that explains a difference.
    pub incident: Option<IncidentRef>,
    /// The number on the seal.
    pub seal_number: Option<String>,
    /// Numbers of seals that were opened.
    pub broken_seals: Vec<String>,
    /// Who sealed.
    pub sealed_by: Option<Named>,
    /// Who witnessed the seal.
    pub seal_witness: Option<Named>,
    /// When it was sealed.
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    pub sealed_at: Option<Timestamp>,
    /// Who answers for it now.
    pub holder: Holder,
    /// Who will grade it.
    pub lecturer: Option<Named>,
    /// Its way so far.
    pub steps: Vec<Step>,
    /// Scripts over time.
    pub collected: Vec<Counted>,
    /// The last event about it.
    pub seq: Seq,
}

impl Batch {
    /// A batch to which nothing has happened yet; it lies in its hall. What the course, the
    /// register and the lecturer are is for the caller to say.
    pub fn pending(id: BatchId, sitting_id: SittingId, code: String, hall: String) -> Self {
        Self {
            id,
            sitting_id,
            code,
            course_code: String::new(),
            course_name: String::new(),
            status: BatchStatus::Pending,
            total_registered: 0,
            scripts_submitted: 0,
            scripts_collected: 0,
            scripts_graded: 0,
            printed: None,
            counts: Vec::new(),
            discrepancy: 0,
            incident: None,
            seal_number: None,
            broken_seals: Vec::new(),
            sealed_by: None,
            seal_witness: None,
            sealed_at: None,
            holder: Holder::Hall { name: hall },
            lecturer: None,
            steps: Vec::new(),
            collected: Vec::new(),
            seq: Seq::ZERO,
        }
    }
}

/// What was printed for a batch: a paper for each candidate, and spare ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Printed {
    /// Papers for the candidates.
    pub copies: i64,
    /// Papers beyond those.
    pub spare: i64,
    /// Where, like `Print room`.
    pub place: String,
    /// When.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub at: Timestamp,
    /// Who wrote it down, when and where.
    pub noted: Trace,
    /// Whether something else was said before.
    pub corrected: bool,
}

impl Printed {
    /// All papers, the spare ones too.
    pub fn papers(&self) -> i64 {
        self.copies.saturating_add(self.spare)
    }
}

/// A count that somebody declared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct DeclaredCount {
    /// Who counted.
    pub by: Named,
    /// How many.
    pub count: i64,
    /// When and where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub trace: Option<Trace>,
}

/// A handover of a batch from one holder to the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Transfer {
    /// The name the offering station gave it.
    #[serde(rename = "ref")]
    pub reference: TransferRef,
    /// The batch.
    pub batch_id: BatchId,
    /// Who gives.
    pub from: Named,
    /// Who is to receive.
    pub to: Holder,
    /// Where it stands.
    pub state: CustodyState,
    /// Scripts on the label.
    pub count: i64,
    /// Seal on the label.
    pub seal: Option<String>,
    /// Seal as the receiver read it.
    pub seal_seen: Option<String>,
    /// When it was offered.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub offered_at: Timestamp,
    /// Scripts as the receiver counted them.
    #[serde(default)]
    pub count_received: Option<i64>,
    /// After a dispute: who has confirmed that it may go on.
    #[serde(default)]
    pub confirmed_by: Vec<UserId>,
    /// When the offer lapses, by the server's clock; counted from its receipt.
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    #[serde(default)]
    pub expires_at: Option<Timestamp>,
}

impl Transfer {
    /// When this offer lapses. Offers from before that was kept count from when they were made.
    pub fn lapses_at(&self, policy: &Policy) -> Timestamp {
        let after_ms = policy.offer_expires_min.saturating_mul(60_000);
        self.expires_at
            .unwrap_or_else(|| self.offered_at.plus_ms(after_ms))
    }
}
