//! What is asked about timetables, messages, stations and the sum of the day.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::inputs;
use crate::{
    IncidentRef, LogNoted, Named, NotificationId, SittingId, StationEvent, StationStanding,
    TimetableId, TimetableStatus, UserId, VenueId,
};

inputs! {
    /// Publish a timetable; makes its batches.
    PublishTimetable {
        timetable_id: TimetableId,
        /// Why it is published in spite of what clashes; none publishes only what does not.
        #[serde(default)] in_spite_of: Option<String>,
    }
    /// Change a timetable: its status, or where a sitting is.
    UpdateTimetable {
        timetable_id: TimetableId,
        changes: Vec<String>,
        text: String,
        #[serde(default)] status: Option<TimetableStatus>,
        #[serde(default)] sitting_id: Option<SittingId>,
        #[serde(default)] venue_id: Option<VenueId>,
        #[serde(default)] room: Option<String>,
    }
    /// Say that one knows of the changes of a timetable.
    ConfirmTimetable { timetable_id: TimetableId }
    /// Tell people something.
    Notify {
        users: Vec<UserId>,
        title: String,
        message: String,
        priority: String,
        #[serde(default)] incident: Option<IncidentRef>,
    }
    /// Say that one has read a notification.
    ReadNotification { notification_id: NotificationId }
    /// Have a text read aloud in halls.
    IssueAnnouncement {
        announcement: Uuid,
        sittings: Vec<SittingId>,
        text: String,
        requires_ack: bool,
    }
    /// Say that it was read aloud.
    ConfirmAnnouncement {
        announcement: Uuid,
        sitting_id: SittingId,
        text: String,
    }
    /// Note that a station came, went or was noticed. Only the system does this.
    NoteStation {
        station: String,
        news: StationEvent,
        text: String,
        #[serde(default)] clock_offset_ms: i64,
        #[serde(default)]
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        last_seen: Option<crate::Timestamp>,
        #[serde(default)] delivered: Option<i64>,
        #[serde(default)] unsent: Option<i64>,
    }
    /// Note how the key of a station stands with the institution now. Only the server does this.
    NoteEnrolment {
        fingerprint: String,
        #[serde(default)] station: Option<String>,
        standing: StationStanding,
        #[serde(default)] by: Option<Named>,
    }
    /// Sum up the day.
    ReconcileDay {
        registered: i64,
        present: i64,
        scripts: i64,
        missing: i64,
    }
    /// Note that reference records (people, venues, sittings, candidates) were brought in.
    NoteImport {
        text: String,
        /// Who had it brought in.
        by: String,
    }
    /// Note something about the log itself; only the server does.
    NoteLog { noted: LogNoted }
    /// Note that a report was taken out.
    NoteExport {
        format: Vec<String>,
        text: String,
    }
}
