//! The first copy for a new station: the records that a person may see, and where the log stood
//! with exactly them.

use elms_protocol::{Actor, Sight, frame::Snapshot};

use crate::store::{Store, StoreError};

/// What `actor` may see now.
pub(crate) fn snapshot(store: &Store, actor: Actor) -> Result<Snapshot, StoreError> {
    // Records and cursor come from one commit: the station resumes from there without a hole.
    let (records, cursor) = store.state(actor.institution)?;
    let sight = Sight::of(&actor, &records);
    let visible = records.iter().filter(|record| sight.sees_record(record));
    Ok(Snapshot {
        cursor,
        records: visible.cloned().collect(),
        actor,
    })
}
