//! What of the copy may go, by what the institution wants and what is still worked with here.

use std::collections::BTreeSet;

use elms_protocol::{Key, Kind, Record, Seq, Timestamp, UserId, View as _};

use super::{Desk, locked};
use crate::{
    cache::{Cache, LetGo, Records, Retention},
    error::{CacheError, DiskError},
};

impl Desk {
    /// What stays whatever its age: notifications that nobody has read here, the cases that they are
    /// about, and those that something waits here for.
    pub(crate) async fn pinned(&self) -> Result<BTreeSet<Key>, String> {
        let me = self.card().account.user;
        let unread = self.reading(move |reader| Ok(unread(&reader.records(), me)));
        let mut pinned = unread.await.map_err(|error| error.to_string())?;
        let cases = self.posting(|outbox| outbox.cases()).await;
        pinned.extend(cases.map_err(|error| error.to_string())?);
        Ok(pinned)
    }

    /// Lets go of a few of the oldest events after `from`.
    ///
    /// # Errors
    ///
    /// [`CacheError`]; nothing has changed then.
    pub(crate) async fn forget_events(
        &self,
        (now, from): (Timestamp, Seq),
        pinned: BTreeSet<Key>,
    ) -> Result<LetGo, CacheError> {
        self.writing(move |cache| cache.let_go(rule(cache), (now, from), &pinned))
            .await
    }

    /// Whether a question came upon a page of the copy that is not as it was written. It is told once.
    pub(crate) fn came_upon_damage(&self) -> bool {
        locked(&self.readers).take_damage()
    }

    /// Reads the copy through, unless its damage is known already. One that is damaged is put aside,
    /// and an empty one begun; why, then.
    pub(crate) async fn look_through(&self, is_damaged: bool, now: Timestamp) -> Option<String> {
        let sound = if is_damaged {
            Ok(false)
        } else {
            self.reading(|reader| reader.is_sound()).await
        };
        let damage = match sound {
            Ok(true) => return None,
            Ok(false) => DiskError::Damaged.to_string(),
            Err(error) if error.is_damage() => error.to_string(),
            Err(error) => {
                tracing::warn!(%error, "the copy could not be read through");
                return None;
            }
        };
        self.rebuild(now).await;
        Some(damage)
    }

    /// Whether older events than those held would not be let stay.
    ///
    /// # Errors
    ///
    /// [`CacheError`] when it cannot be read or written.
    pub(crate) async fn is_full(&self, now: Timestamp) -> Result<bool, CacheError> {
        self.writing(move |cache| cache.is_full(rule(cache), now))
            .await
    }
}

fn rule(cache: &Cache) -> Retention {
    let policy = cache.records().institution().map(|found| found.policy);
    Retention::of(&policy.unwrap_or_default())
}

fn unread(records: &Records, me: UserId) -> BTreeSet<Key> {
    let mut keys = BTreeSet::new();
    for (key, record) in records.of(Kind::Notification) {
        let Record::Notification(known) = record else {
            continue;
        };
        if known.user_ids.contains(&me) && !known.read_by.contains(&me) {
            keys.insert(key.clone());
            keys.extend(known.incident.map(|id| Key::new(Kind::Incident, id)));
        }
    }
    keys
}
