//! Answers that the screens are drawn from.

use serde::{Deserialize, Serialize};

use super::{FileView, OutboxState, Status, SyncMark, Topic, views};
use crate::{
    Action, Arrival, Batch, Candidate, Command, CommandId, Event, Incident, IncidentRef,
    IncidentType, Person, Phase, Proposal, Rejection, Seq, Severity, Sitting, SittingId, Station,
    StudentId, Timestamp, Timetable, Transfer, UserId, Venue, VenueId, WayStop,
};

views! {
    /// What the console tells the user interface, at most every 100 ms.
    Batched {
        /// The frame.
        status: Status,
        /// What may be stale.
        changed: Vec<Topic>,
        /// The events themselves, for the hooks; at most 200, the newest.
        events: Vec<Event>,
        /// Who has begun or gone on to write to a case.
        typing: Vec<Typing>,
    }
    /// Somebody writes to a case just now.
    Typing {
        /// The case.
        #[serde(rename = "clientRef")]
        incident: IncidentRef,
        /// Who.
        user_id: UserId,
        /// Their name.
        user_name: String,
        /// At which station.
        station_code: Option<String>,
    }
    /// Something that an action button offers, or why it does not.
    Offered {
        /// The action.
        action: Action,
        /// Why it may not be done now; none when it may.
        reason: Option<String>,
    }
    /// An incident as shown.
    IncidentView {
        /// The record, with what waits laid over it.
        #[serde(flatten)]
        incident: Incident,
        /// Whether its last change has reached the server.
        sync: SyncMark,
        /// Whether it arrived here during an outage and nobody has looked at it yet.
        arrived_late: bool,
        /// The venue's code.
        venue_code: Option<String>,
        /// The venue's name.
        venue_name: Option<String>,
        /// The telephone of the venue.
        venue_phone: Option<String>,
        /// The paper.
        course_code: Option<String>,
    }
    /// One line of what happened since.
    TimelineEntry {
        /// When it happened, corrected.
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        at: Timestamp,
        /// The event's name; empty for what waits here.
        event: String,
        /// Who.
        by: Option<String>,
        /// On which station.
        station: Option<String>,
        /// In one sentence.
        text: String,
        /// Its number; none for what waits here.
        seq: Option<Seq>,
        /// Milliseconds from writing to the server's receipt.
        lag_ms: i64,
        /// Whether it has reached the server.
        sync: SyncMark,
    }
    /// An incident with all about it.
    IncidentDetail {
        /// The incident.
        view: IncidentView,
        /// What happened since, oldest first.
        timeline: Vec<TimelineEntry>,
        /// What may be done.
        actions: Vec<Offered>,
        /// The candidates.
        candidates: Vec<Candidate>,
        /// The batch.
        batch: Option<Batch>,
        /// The sitting.
        sitting: Option<Sitting>,
        /// When this station first saw it.
        #[cfg_attr(feature = "ts", ts(type = "string | null"))]
        seen_at: Option<Timestamp>,
        /// Its files.
        files: Vec<FileView>,
        /// Where its missing script may be, the likeliest place first.
        proposals: Vec<Proposal>,
    }
    /// A hall lane.
    SittingView {
        /// The record.
        #[serde(flatten)]
        sitting: Sitting,
        /// Whether a change waits here.
        sync: SyncMark,
        /// The venue.
        venue: Option<Venue>,
        /// Its batch.
        batch: Option<Batch>,
        /// The stations of its venue.
        stations: Vec<Station>,
        /// Its end with the time given back.
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        effective_end: Timestamp,
        /// The longest access arrangement of its candidates, in percent.
        longest_extra_pct: i64,
        /// When the last candidate finishes, with access arrangements and given-back time.
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        last_end: Timestamp,
    }
    /// The Monitor.
    Monitor {
        /// The lanes, in order of start, then venue.
        sittings: Vec<SittingView>,
        /// All incidents.
        incidents: Vec<IncidentView>,
    }
    /// The Monitor as it was.
    MonitorAt {
        /// The moment.
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        at: Timestamp,
        /// The last event that the server had by then.
        seq: Seq,
        /// Whether this station holds the log from its beginning; else cases may be missing.
        whole: bool,
        /// The lanes and the incidents of that moment.
        monitor: Monitor,
    }
    /// A paper that was saved.
    SavedPaper {
        /// The whole name of the file.
        file: String,
        /// SHA-256 of what is written on it, in hexadecimal.
        hash: String,
        /// Its size in bytes.
        bytes: usize,
    }
    /// A seat whose candidate has gone out.
    Away {
        /// The seat.
        seat: String,
        /// Since when, corrected; none when the station has not heard of it.
        #[cfg_attr(feature = "ts", ts(type = "string | null"))]
        since: Option<Timestamp>,
    }
    /// Who writes longer than the others.
    Finish {
        /// The seat.
        seat: String,
        /// Who sits there.
        name: String,
        /// When they stop, with access arrangement and given-back time.
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        at: Timestamp,
    }
    /// What a sitting may become next.
    NextPhase {
        /// The phase.
        to: Phase,
        /// Why not now; none when it may.
        reason: Option<String>,
    }
    /// A candidate between two halls.
    Stray {
        /// When that was said, corrected.
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        at: Timestamp,
        /// Who, from where or to where, in one sentence.
        text: String,
    }
    /// One hall with all who write in it.
    HallView {
        /// Its lane.
        view: SittingView,
        /// Its candidates by seat.
        candidates: Vec<Candidate>,
        /// Its incidents, the newest first.
        incidents: Vec<IncidentView>,
        /// Whose scripts are in, as far as they were taken in one by one.
        scripts_in: Vec<StudentId>,
        /// Who is out.
        away: Vec<Away>,
        /// How whoever comes now is written down: the last of these that has begun.
        arrivals: Vec<Arrival>,
        /// Who writes longer, the earliest first.
        finishes: Vec<Finish>,
        /// Who was sent on to another hall or is on the way from one, the latest first.
        strays: Vec<Stray>,
        /// What may be done in it.
        actions: Vec<Offered>,
        /// Invigilators who have not come yet, as far as whoever looks may note that they have.
        awaited: Vec<UserId>,
        /// Seconds that pauses took and whoever looks may give back now.
        owed_sec: i64,
        /// What it may become.
        next: Vec<NextPhase>,
    }
    /// Something that cannot be as it is planned.
    Clash {
        /// The sittings that stand in each other's way, in order of start.
        sittings: Vec<SittingId>,
        /// Why, in one sentence.
        text: String,
    }
    /// The timetables beside their sittings, which the Monitor has.
    TimetableView {
        /// The timetables, the latest first.
        timetables: Vec<Timetable>,
        /// What cannot be as it is planned.
        clashes: Vec<Clash>,
        /// What was published and changed, oldest first.
        changes: Vec<TimelineEntry>,
        /// Sittings that are written elsewhere than they first were.
        moved: Vec<MovedSitting>,
        /// Sittings that whoever looks may move to another hall.
        movable: Vec<SittingId>,
        /// The halls to which they may be moved, by name; none when nothing may be moved.
        halls: Vec<Venue>,
    }
    /// Where a sitting was planned before it was moved.
    MovedSitting {
        /// The sitting.
        sitting_id: SittingId,
        /// Its venue before.
        venue_id: VenueId,
        /// Its room before.
        room: Option<String>,
    }
    /// A batch as shown.
    BatchView {
        /// The record, with what waits laid over it.
        #[serde(flatten)]
        batch: Batch,
        /// Whether its last change has reached the server.
        sync: SyncMark,
        /// Present in its sitting.
        present: i64,
        /// The venue's name.
        venue_name: Option<String>,
        /// Planned start of the sitting.
        #[cfg_attr(feature = "ts", ts(type = "string | null"))]
        starts_at: Option<Timestamp>,
        /// End of the sitting.
        #[cfg_attr(feature = "ts", ts(type = "string | null"))]
        ends_at: Option<Timestamp>,
        /// The handover that is open.
        open_transfer: Option<Transfer>,
        /// Its way, in eight stops.
        way: Vec<WayStop>,
    }
    /// A batch with all about it.
    BatchDetail {
        /// The batch.
        view: BatchView,
        /// Its history, oldest first.
        timeline: Vec<TimelineEntry>,
        /// What may be done.
        actions: Vec<Offered>,
        /// Incidents about it.
        incidents: Vec<IncidentView>,
        /// Invigilators who may witness.
        witnesses: Vec<Person>,
    }
    /// A kind of incident in the report form.
    ReportKind {
        /// The kind.
        kind: IncidentType,
        /// Its name.
        label: String,
        /// The usual severity.
        severity: Severity,
        /// The finer kinds that this institution uses.
        subtypes: Vec<String>,
    }
    /// A hall in the report form.
    ReportHall {
        /// The sitting.
        sitting_id: SittingId,
        /// The hall and the paper.
        label: String,
        /// Whether it is the person's own.
        own: bool,
        /// Whether the person may stop its clock now.
        may_pause: bool,
    }
    /// What the report form offers.
    ReportOptions {
        /// Kinds, in the order of the keys 1 to 9.
        kinds: Vec<ReportKind>,
        /// Halls that the person may report from.
        halls: Vec<ReportHall>,
    }
    /// The answer to `submit`: durable.
    Submitted {
        /// The command.
        command_id: CommandId,
        /// The number that was given at once to a report.
        local_number: Option<String>,
        /// Why the server will refuse it, as far as this station can tell; nothing was kept then.
        rejection: Option<Rejection>,
    }
    /// A command in the outbox.
    OutboxItem {
        /// Its id.
        command_id: CommandId,
        /// Where it stands.
        state: OutboxState,
        /// What it asks for.
        command: Command,
        /// In one sentence.
        text: String,
        /// When it was written.
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        recorded_at: Timestamp,
        /// Times it was sent.
        tries: u32,
        /// Why it was refused.
        rejection: Option<Rejection>,
        /// The case it is about.
        incident: Option<IncidentRef>,
        /// Its own number in the order of this station.
        station_seq: i64,
        /// What it waits for, in words: it lies in another station that has not sent it yet.
        waits_for: Option<String>,
    }
}
