//! Payloads about timetables, messages, stations and the sum of the day.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::payloads;
use crate::{
    BatchId, IncidentRef, NotificationId, SittingId, Timestamp, TimetableId, TimetableStatus,
    UserId, VenueId,
};

payloads! {
    /// A timetable was published.
    TimetablePublished {
        timetable_id: TimetableId,
        title: String,
        published_by: String,
        published_by_name: String,
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        published_at: Timestamp,
        total_exams: i64,
        total_entries: i64,
        batches_created: i64,
        revision: i64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        in_spite_of: Option<String>,
    }
    /// A timetable changed.
    TimetableUpdated {
        timetable_id: TimetableId,
        changes: Vec<String>,
        text: String,
        updated_by: String,
        revision: i64,
        #[serde(skip_serializing_if = "Option::is_none")]
        status: Option<TimetableStatus>,
        #[serde(skip_serializing_if = "Option::is_none")]
        exam_entry_id: Option<SittingId>,
        #[serde(skip_serializing_if = "Option::is_none")]
        venue_id: Option<VenueId>,
        #[serde(skip_serializing_if = "Option::is_none")]
        room: Option<String>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        asked_to_confirm: Vec<UserId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        venue_before: Option<VenueId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        room_before: Option<String>,
    }
    /// Somebody knows of the changes of a timetable.
    TimetableConfirmed {
        timetable_id: TimetableId,
        revision: i64,
        user_id: UserId,
        user_name: String,
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        confirmed_at: Timestamp,
    }
    /// Batches were made from a timetable.
    TimetableBatchesCreated {
        timetable_id: TimetableId,
        total_created: i64,
        batches_created: i64,
        batch_ids: Vec<BatchId>,
    }
    /// A notification for one or more people. `userId` is the first of them, as in the guide.
    NotificationNew {
        id: NotificationId,
        notification_id: NotificationId,
        #[serde(rename = "type")]
        notification_type: String,
        title: String,
        message: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        user_id: Option<UserId>,
        user_ids: Vec<UserId>,
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        created_at: Timestamp,
        is_read: bool,
        priority: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        incident_ref: Option<IncidentRef>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        link: Option<String>,
        data: Value,
    }
    /// Somebody read a notification.
    NotificationRead {
        id: NotificationId,
        notification_id: NotificationId,
        user_id: UserId,
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        read_at: Timestamp,
    }
    /// An announcement to halls, or a hall's word that it was read aloud.
    Announcement {
        announcement_id: Uuid,
        exam_entry_ids: Vec<SittingId>,
        text: String,
        requires_ack: bool,
        by: String,
    }
    /// The day's sum.
    DayReconciled {
        registered: i64,
        present: i64,
        scripts: i64,
        missing: i64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        absent: Option<i64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        explained: Option<i64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        extra: Option<i64>,
    }
    /// Reference records were brought in. They are not in the event: who held a copy before it
    /// takes a new one.
    RecordsImported {
        by: String,
        text: String,
    }
    /// Somebody took a report out.
    ReportExported {
        format: Vec<String>,
        by: String,
        text: String,
    }
    /// A station came, went or was noticed.
    StationNews {
        station: String,
        text: String,
        clock_offset_ms: i64,
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        #[serde(skip_serializing_if = "Option::is_none")]
        last_seen: Option<Timestamp>,
        #[serde(skip_serializing_if = "Option::is_none")]
        delivered: Option<i64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        unsent: Option<i64>,
    }
    /// The key of a station asks to be let in, or somebody has said how it stands. `by` is who tried to
    /// sign in there, or who said it; nobody named is whoever runs the server.
    StationEnrolled {
        fingerprint: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        station: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by_id: Option<UserId>,
    }
}
