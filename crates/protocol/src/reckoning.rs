//! The sum of a day, counted from the records: registered = present + absent, and
//! present = in custody + explained, or something is missing.

use serde::{Deserialize, Serialize};

use crate::{Batch, BatchStatus, Kind, Phase, Record, Sitting, Timestamp, View};

/// The figures of a stretch of time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Reckoning {
    /// Registered for the sittings that took place.
    pub registered: i64,
    /// Present.
    pub present: i64,
    /// Registered and not present.
    pub absent: i64,
    /// Scripts in sealed batches.
    pub in_custody: i64,
    /// Scripts that are not there and have a case.
    pub explained: i64,
    /// Scripts that are not there and have none.
    pub missing: i64,
    /// Scripts beyond those who were present.
    pub extra: i64,
    /// Batches that are not sealed yet although candidates were present, by code.
    pub open: Vec<String>,
}

impl Reckoning {
    /// Whether nothing is missing, too many or still open.
    pub fn is_even(&self) -> bool {
        self.missing == 0 && self.extra == 0 && self.open.is_empty()
    }
}

/// The sum of the sittings that started in `from..to`; what was cancelled or postponed does not
/// count.
pub fn reconcile(view: &dyn View, from: Timestamp, to: Timestamp) -> Reckoning {
    let mut sum = Reckoning::default();
    for record in view.list(Kind::Sitting) {
        let Record::Sitting(sitting) = record else {
            continue;
        };
        let off = matches!(sitting.phase, Phase::Cancelled | Phase::Postponed);
        if off || sitting.starts_at < from || to <= sitting.starts_at {
            continue;
        }
        sum.registered = sum.registered.saturating_add(sitting.expected);
        sum.present = sum.present.saturating_add(sitting.present);
        if let Some(batch) = sitting.batch_id.and_then(|id| view.batch(id)) {
            add(&mut sum, &sitting, &batch);
        }
    }
    sum.absent = sum.registered.saturating_sub(sum.present);
    sum.open.sort();
    sum
}

fn add(sum: &mut Reckoning, sitting: &Sitting, batch: &Batch) {
    let open = [BatchStatus::Pending, BatchStatus::InCollection];
    if open.contains(&batch.status) {
        if 0 < sitting.present {
            sum.open.push(batch.code.clone());
        }
        return;
    }
    sum.in_custody = sum.in_custody.saturating_add(batch.scripts_collected);
    let short = sitting.present.saturating_sub(batch.scripts_collected);
    sum.extra = sum.extra.saturating_add(short.saturating_neg().max(0));
    let short = short.max(0);
    if batch.incident.is_some() {
        sum.explained = sum.explained.saturating_add(short);
    } else {
        sum.missing = sum.missing.saturating_add(short);
    }
}

#[cfg(test)]
mod tests;
