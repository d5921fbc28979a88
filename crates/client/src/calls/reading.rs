//! The calls that only look.
//!
//! | call | arguments | answer |
//! |---|---|---|
//! | `monitor` | – | `Monitor` |
//! | `monitor_at` | `{at}` | `MonitorAt`: the Monitor as it was |
//! | `incidents` | – | `IncidentView[]` |
//! | `incident` | `{ref}` | `IncidentDetail`; from then on it counts as looked at |
//! | `batches` | – | `BatchView[]` |
//! | `batch` | `{id}` | `BatchDetail` |
//! | `candidates` | `{sittingId?, text?}` | `Candidate[]`; all of a sitting when no text is given |
//! | `timetable` | – | `TimetableView` |
//! | `hall` | `{sittingId}` | `HallView` |
//! | `people` | `{text?}` | `Person[]` |
//! | `report_options` | – | `ReportOptions` |
//! | `review` | `ReviewQuery` | `ReviewResult` |
//! | `review_rows` | `{handle, from, to}` | `ReviewRow[]`, at most 200 |
//! | `review_place` | `{handle, seq}` | the row at which this event stands, or nothing |
//! | `outages` | – | `Outage[]` |
//! | `disk` | – | `DiskView` |
//! | `outbox` | – | `OutboxItem[]` |
//! | `notifications` | – | `NotificationView[]` |
//! | `event` | `{seq}` | `EventDetail` |

use std::sync::Arc;

use elms_protocol::{
    BatchId, IncidentRef, Key, Kind, Seq, SittingId, Timestamp,
    host::{HostError, MonitorAt, ReviewQuery, Topic},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{json, read};
use crate::{
    console::Console,
    desk::Desk,
    error::CacheError,
    overlay::Overlay,
    run::{Ask, sentence},
    screens::{self, Scene},
};

#[derive(Deserialize)]
struct OfEvent {
    seq: Seq,
}

#[derive(Deserialize)]
struct OfIncident {
    #[serde(rename = "ref", alias = "reference", alias = "id", alias = "incident")]
    reference: IncidentRef,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OfSitting {
    sitting_id: SittingId,
}

#[derive(Deserialize)]
struct OfMoment {
    at: Timestamp,
}

#[derive(Deserialize)]
struct OfBatch {
    #[serde(alias = "batchId")]
    id: BatchId,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Among {
    #[serde(alias = "sitting")]
    sitting_id: Option<SittingId>,
    text: String,
}

#[derive(Deserialize)]
struct OfRows {
    handle: i64,
    from: usize,
    to: usize,
}

#[derive(Deserialize)]
struct OfPlace {
    handle: i64,
    seq: Seq,
}

/// Answers the call `name`.
pub(super) async fn answer(console: &Console, name: &str, args: Value) -> Result<Value, HostError> {
    let look = Look::begin(console)?;
    match name {
        "monitor_at" => look.monitor_at(read(args)?).await,
        "incident" => look.incident(console, read(args)?).await,
        "batch" => look.batch(read(args)?).await,
        "outbox" => look.outbox().await,
        "timetable" => look.timetable().await,
        "hall" => look.hall(read(args)?).await,
        "review" => look.review(read(args)?).await,
        "review_rows" => look.rows(read(args)?).await,
        "review_place" => look.place(read(args)?).await,
        "outages" => look.outages().await,
        "disk" => json(look.desk.disk().await.map_err(unread)?),
        "event" => look.event(read(args)?).await,
        _ => look.list(name, args).await,
    }
}

/// One look at the open profile.
struct Look {
    desk: Arc<Desk>,
    now: Timestamp,
}

impl Look {
    fn begin(console: &Console) -> Result<Self, HostError> {
        let now = console.shared.now();
        let now = console.shared.clock(|clock| clock.server_or_wall(now));
        Ok(Self {
            desk: console.desk()?,
            now,
        })
    }

    /// What is made from the records alone.
    async fn list(&self, name: &str, args: Value) -> Result<Value, HostError> {
        match name {
            "monitor" => self.scene(|scene| screens::monitor(&scene)).await,
            "incidents" => self.scene(|scene| screens::incidents(&scene)).await,
            "batches" => self.scene(|scene| screens::batches(&scene)).await,
            "report_options" => self.scene(|scene| screens::report_options(&scene)).await,
            "notifications" => self.scene(|scene| screens::notifications(&scene)).await,
            "candidates" => {
                let Among { sitting_id, text } = read_or_default(args)?;
                self.scene(move |scene| screens::candidates(&scene, sitting_id, &text))
                    .await
            }
            "people" => {
                let Among { text, .. } = read_or_default(args)?;
                self.scene(move |scene| screens::people(&scene, &text))
                    .await
            }
            _ => Err(sentence(
                "no_such_call",
                format_args!("There is no call `{name}`."),
            )),
        }
    }

    async fn scene<T: Serialize + Send + 'static>(
        &self,
        show: impl FnOnce(Scene<'_>) -> T + Send + 'static,
    ) -> Result<Value, HostError> {
        let shown = self
            .desk
            .show(self.now, move |_, scene, _| Ok(show(scene)))
            .await;
        json(shown.map_err(unread)?)
    }

    async fn monitor_at(&self, asked: OfMoment) -> Result<Value, HostError> {
        let OfMoment { at } = asked;
        let (actor, closed) = self.desk.sight();
        let shown = self.desk.reading(move |reader| {
            let past = reader.past(at)?;
            let overlay = Overlay::new(&past.records, &[], &actor);
            let scene = Scene {
                overlay: &overlay,
                actor: &actor,
                now: at,
                closed,
            };
            Ok(MonitorAt {
                at,
                seq: past.seq,
                whole: reader.to_come() == 0 && reader.begins().is_none_or(|begins| begins < at),
                monitor: screens::monitor(&scene),
            })
        });
        json(shown.await.map_err(unread)?)
    }

    async fn incident(&self, console: &Console, asked: OfIncident) -> Result<Value, HostError> {
        let reference = asked.reference;
        let shown = self.desk.show(self.now, move |reader, scene, _| {
            let history = reader.history(&Key::new(Kind::Incident, reference))?;
            Ok(screens::incident(&scene, reference, &history))
        });
        let found = shown.await.map_err(unread)?;
        let mut detail =
            found.ok_or_else(|| sentence("not_found", "There is no such incident."))?;
        let here = self.desk.files_of(reference).await;
        detail.files = screens::files(&detail.view.incident, &here);
        if detail.view.arrived_late {
            self.desk.look_at(reference).await;
            console.ask(Ask::Changed(vec![Topic::Incidents])).await?;
        }
        json(detail)
    }

    async fn batch(&self, asked: OfBatch) -> Result<Value, HostError> {
        let shown = self.desk.show(self.now, move |reader, scene, _| {
            let history = reader.history(&Key::new(Kind::Batch, asked.id))?;
            Ok(screens::batch(&scene, asked.id, &history))
        });
        let found = shown.await.map_err(unread)?;
        json(found.ok_or_else(|| sentence("not_found", "There is no such batch."))?)
    }

    async fn timetable(&self) -> Result<Value, HostError> {
        let shown = self.desk.show(self.now, |reader, scene, _| {
            let mut history = Vec::new();
            for key in screens::timetable_keys(&scene) {
                history.extend(reader.history(&key)?);
            }
            Ok(screens::timetable(&scene, &history))
        });
        json(shown.await.map_err(unread)?)
    }

    async fn hall(&self, asked: OfSitting) -> Result<Value, HostError> {
        let id = asked.sitting_id;
        let shown = self.desk.show(self.now, move |reader, scene, _| {
            let mut history = Vec::new();
            for key in screens::hall_keys(&scene, id) {
                history.extend(reader.history(&key)?);
            }
            Ok(screens::hall(&scene, id, &history))
        });
        let found = shown.await.map_err(unread)?;
        json(found.ok_or_else(|| sentence("not_found", "There is no such hall."))?)
    }

    async fn outbox(&self) -> Result<Value, HostError> {
        let shown = self.desk.show(self.now, |_, scene, items| {
            Ok(screens::outbox(&scene, items))
        });
        json(shown.await.map_err(unread)?)
    }

    async fn outages(&self) -> Result<Value, HostError> {
        json(
            self.desk
                .reading(|reader| reader.outages())
                .await
                .map_err(unread)?,
        )
    }

    async fn review(&self, query: ReviewQuery) -> Result<Value, HostError> {
        json(
            self.desk
                .reading(move |reader| reader.review(&query))
                .await
                .map_err(unread)?,
        )
    }

    async fn rows(&self, asked: OfRows) -> Result<Value, HostError> {
        let OfRows { handle, from, to } = asked;
        let rows = self
            .desk
            .reading(move |reader| reader.rows(handle, from, to))
            .await;
        json(rows.map_err(unread)?)
    }

    async fn place(&self, asked: OfPlace) -> Result<Value, HostError> {
        let OfPlace { handle, seq } = asked;
        let place = self
            .desk
            .reading(move |reader| reader.place(handle, seq))
            .await;
        json(place.map_err(unread)?)
    }

    async fn event(&self, asked: OfEvent) -> Result<Value, HostError> {
        let found = self
            .desk
            .reading(move |reader| reader.event(asked.seq))
            .await;
        let found = found.map_err(unread)?;
        json(found.ok_or_else(|| sentence("not_found", "This event is not held here."))?)
    }
}

/// Arguments of which none must be given.
fn read_or_default(args: Value) -> Result<Among, HostError> {
    if args.is_null() {
        Ok(Among::default())
    } else {
        read(args)
    }
}

/// A copy that cannot be read, for the user interface.
fn unread(error: CacheError) -> HostError {
    let code = match &error {
        CacheError::TooBroad => "too_broad",
        CacheError::NoSuchResult => "no_such_result",
        CacheError::Disk(_) | CacheError::OtherLog | CacheError::Unreadable(_) => "cache",
    };
    sentence(code, error)
}
