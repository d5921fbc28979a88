//! What is asked about handovers.

use serde::{Deserialize, Serialize};

use super::inputs;
use crate::{BatchId, TransferRef, UserId};

inputs! {
    /// Offer a batch to a person or a place.
    OfferBatch {
        transfer: TransferRef,
        batch_id: BatchId,
        #[serde(default)] to_user: Option<UserId>,
        #[serde(default)] to_location: Option<String>,
        #[serde(default)] to_location_name: Option<String>,
    }
    /// Accept an offered batch after checking count and seal; one that differs makes it a dispute.
    /// In a dispute: confirm that it may go on.
    AcceptBatch {
        transfer: TransferRef,
        #[serde(default)] note: Option<String>,
        #[serde(default)] count: Option<i64>,
        #[serde(default)] seal_seen: Option<String>,
    }
    /// Refuse an offered batch.
    RefuseBatch {
        transfer: TransferRef,
        note: String,
    }
    /// Say that count or seal of an offered batch differ.
    DisputeBatch {
        transfer: TransferRef,
        note: String,
        #[serde(default)] seal_seen: Option<String>,
    }
    /// Take an offer back.
    CancelOffer {
        transfer: TransferRef,
        #[serde(default)] note: Option<String>,
    }
    /// Note that nobody has accepted an offer in time. Only the clock does this.
    ExpireOffer { transfer: TransferRef }
}
