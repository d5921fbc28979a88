//! The copy: what comes from the server and what is counted of it.

use elms_protocol::{
    Epoch, Event, IncidentRef, Seq, Timestamp, View as _,
    frame::{Cursor, Snapshot},
    host::{InstitutionView, OutboxCounts, RecordCheck},
};

use super::{Desk, locked, off_thread};
use crate::{
    cache::{Applied, Cache, OutageEnd, Seen},
    error::CacheError,
    notices::Scene,
};

/// Positions of the log that are fetched at a time while the history is filled.
const STRETCH: i64 = 500;

/// Where the copy stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Known {
    /// Everything visible up to here is held.
    pub(crate) cursor: Option<Cursor>,
    /// The highest position held.
    pub(crate) last: Seq,
    /// The last event that the person was told of.
    pub(crate) notified: Seq,
}

/// What the frame of the window shows of the profile.
#[derive(Debug)]
pub(crate) struct Figures {
    pub(crate) institution: Option<InstitutionView>,
    pub(crate) last: Seq,
    pub(crate) outbox: OutboxCounts,
    pub(crate) cache_bytes: i64,
    pub(crate) unread: i64,
    /// Positions before the first copy whose events are still to come.
    pub(crate) older: i64,
    /// When the oldest event happened that is held, while older ones are to come.
    pub(crate) reaches_back: Option<Timestamp>,
    /// Until when the server had received what is no longer remembered here.
    pub(crate) begins: Option<Timestamp>,
    /// How far the log was proved.
    pub(crate) record: RecordCheck,
}

impl Figures {
    /// Those of nobody.
    pub(crate) fn none() -> Self {
        Self {
            institution: None,
            last: Seq::ZERO,
            outbox: OutboxCounts {
                waiting: 0,
                sending: 0,
                attention: 0,
            },
            cache_bytes: 0,
            unread: 0,
            older: 0,
            reaches_back: None,
            begins: None,
            record: RecordCheck::default(),
        }
    }
}

/// Why a batch of events was not written.
#[derive(Debug)]
pub(crate) enum Unapplied {
    /// It belongs to another log than the copy: a first copy is due.
    OtherLog,
    /// The disk; in one sentence.
    Disk(String),
}

impl Desk {
    /// Where the copy stands. Nothing, when it cannot be read.
    pub(crate) async fn known(&self) -> Known {
        let nothing = Known {
            cursor: None,
            last: Seq::ZERO,
            notified: Seq::ZERO,
        };
        let known = self.reading(|reader| {
            let (cursor, last, notified) = (reader.cursor(), reader.last(), reader.notified());
            Ok(Known {
                cursor,
                last,
                notified,
            })
        });
        known.await.unwrap_or(nothing)
    }

    /// Writes events and what they change, and that the copy is complete up to `confirmed`, in one
    /// commit; what was new.
    ///
    /// # Errors
    ///
    /// [`Unapplied`]; nothing has changed then. A file that turns out to be damaged is replaced by
    /// an empty one.
    pub(crate) async fn apply(
        &self,
        events: Vec<Event>,
        confirmed: Option<Cursor>,
        seen: Seen,
    ) -> Result<Applied, Unapplied> {
        self.forget_erased(&events).await;
        let applied = self
            .writing(move |cache| cache.apply(&events, confirmed, seen))
            .await;
        match applied {
            Ok(applied) => Ok(applied),
            Err(CacheError::OtherLog) => Err(Unapplied::OtherLog),
            Err(error) => {
                if error.is_damage() {
                    self.rebuild(seen.at).await;
                }
                Err(Unapplied::Disk(error.to_string()))
            }
        }
    }

    /// Puts a damaged file aside and begins an empty one.
    pub(super) async fn rebuild(&self, now: Timestamp) {
        let (cache, readers) = (
            std::sync::Arc::clone(&self.cache),
            std::sync::Arc::clone(&self.readers),
        );
        let (path, key) = (self.path.clone(), self.key.clone());
        off_thread(move || {
            let mut cache = locked(&cache);
            // Nobody may hold the file while it is moved.
            drop(cache.take());
            locked(&readers).change_file();
            match Cache::replace(&path, &key, now) {
                Ok((empty, quarantined)) => {
                    tracing::error!(path = %quarantined.path.display(), "a damaged copy was put aside");
                    *cache = Some(empty);
                }
                Err(error) => tracing::error!(%error, "a damaged copy could not be replaced"),
            }
        })
        .await;
    }

    /// Takes a first copy in place of what is held.
    ///
    /// # Errors
    ///
    /// A sentence; nothing has changed then.
    pub(crate) async fn replace(&self, copy: Snapshot, at: Timestamp) -> Result<(), String> {
        let installed = self.writing(move |cache| cache.install(&copy, at)).await;
        if let Err(error) = &installed
            && error.is_damage()
        {
            self.rebuild(at).await;
        }
        installed.map_err(|error| error.to_string())
    }

    /// The newest stretch of events that the first copy includes and that is not held: after the
    /// one, up to the other, in this life of the log. None when all are held, or were let go of.
    pub(crate) async fn gap(&self) -> Option<(Seq, Seq, Epoch)> {
        let known = self.reading(|reader| {
            let (upto, floor) = (reader.filled(), reader.floor());
            Ok((reader.cursor(), upto, floor))
        });
        let (cursor, upto, floor) = known.await.ok()?;
        let after = Seq(upto.0.saturating_sub(STRETCH)).max(floor);
        (floor < upto).then_some((after, upto, cursor?.epoch))
    }

    /// Takes in the older events after `after`.
    ///
    /// # Errors
    ///
    /// [`CacheError`]; they are asked for again.
    pub(crate) async fn fill(
        &self,
        events: Vec<Event>,
        after: Seq,
        at: Timestamp,
    ) -> Result<(), CacheError> {
        self.forget_erased(&events).await;
        self.writing(move |cache| cache.fill(&events, after, at))
            .await
    }

    /// The person was told of everything up to `seq`.
    pub(crate) async fn set_notified(&self, seq: Seq) {
        report(self.writing(move |cache| cache.set_notified(seq)).await);
    }

    /// Somebody here has looked at the case: it no longer counts as arrived late.
    pub(crate) async fn look_at(&self, incident: IncidentRef) {
        report(self.writing(move |cache| cache.look(incident)).await);
    }

    /// The link is lost since `at`.
    pub(crate) async fn outage_began(&self, at: Timestamp, reason: String) {
        report(
            self.writing(move |cache| cache.outage_began(at, &reason))
                .await,
        );
    }

    /// The link is back and the copy complete. Nothing happens unless an outage lasts, be it from
    /// before the console was opened.
    pub(crate) async fn outage_over(&self, at: Timestamp, replayed: i64) {
        let outages = self.reading(|reader| reader.outages()).await;
        let lasting = outages
            .unwrap_or_default()
            .into_iter()
            .find(|outage| outage.to.is_none());
        let Some(outage) = lasting else { return };
        let kept = self
            .posting(move |outbox| outbox.kept_since(outage.from))
            .await;
        let kept = kept.unwrap_or_default();
        let end = OutageEnd {
            at,
            replayed,
            missing: 0,
            kept,
        };
        report(self.writing(move |cache| cache.outage_over(end)).await);
    }

    /// How the place of a scene is called.
    pub(crate) async fn place_of(&self, scene: Scene) -> Option<String> {
        let place = self.reading(move |reader| {
            let records = reader.records();
            let sitting = scene.sitting.and_then(|id| records.sitting(id));
            let venue = scene.venue.or(sitting.map(|sitting| sitting.venue_id));
            Ok(venue
                .and_then(|id| records.venue(id))
                .map(|venue| venue.name))
        });
        place.await.ok().flatten()
    }
}

/// What is lost by a mark that was not written comes back with the next one.
fn report(written: Result<(), CacheError>) {
    if let Err(error) = written {
        tracing::error!(%error, "a mark was not written to the copy");
    }
}
