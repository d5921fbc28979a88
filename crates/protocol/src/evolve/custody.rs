//! Events about handovers: the transfer, and who holds the batch once it is accepted.

use super::batches;
use crate::{BatchStatus, CustodyMoved, Event, Holder, Named, Record, Transfer, View};

/// A handover that moved on; the batch stays where it is.
pub(crate) fn moved(view: &dyn View, event: &Event, payload: &CustodyMoved) -> Vec<Record> {
    let known = view.transfer(payload.transfer_ref);
    let offered_at = known.map_or(event.happened_at(), |known| known.offered_at);
    vec![Record::Transfer(Transfer {
        reference: payload.transfer_ref,
        batch_id: payload.batch_id,
        from: Named {
            id: payload.from_user_id,
            name: payload.from_name.clone(),
        },
        to: receiver(payload),
        state: payload.state,
        count: payload.count,
        seal: payload.seal.clone(),
        seal_seen: payload.seal_seen.clone(),
        offered_at,
        count_received: payload.count_received,
        confirmed_by: payload.confirmed_by.clone(),
        expires_at: payload.expires_at,
    })]
}

/// From here on the receiver answers for the batch.
pub(crate) fn accepted(view: &dyn View, event: &Event, payload: &CustodyMoved) -> Vec<Record> {
    let mut records = moved(view, event, payload);
    let holder = receiver(payload);
    // Where the status changes too, an event of its own follows and makes the step.
    let settled = match &holder {
        Holder::Place { .. } => BatchStatus::Sealed,
        Holder::Person(_) | Holder::Hall { .. } => BatchStatus::InTransit,
    };
    records.extend(batches::change(view, event, payload.batch_id, |batch| {
        batch.holder = holder;
        if batch.status == settled {
            batches::step(batch, event, settled);
        }
    }));
    records
}

fn receiver(payload: &CustodyMoved) -> Holder {
    let name = payload.to_name.clone();
    match (payload.to_user_id, &payload.to_location) {
        (Some(id), _) => Holder::Person(Named { id, name }),
        (None, Some(id)) => Holder::Place {
            id: id.clone(),
            name,
        },
        (None, None) => Holder::Hall { name },
    }
}
