//! What the user interface may ask of the console, and what it gets.
//!
//! The web view knows nothing else: no socket, no file, no token. Every call has a name in
//! [`CALLS`]; every change goes through `submit` and the outbox, online or not.

use serde::{Deserialize, Serialize};

use crate::{
    Action, Batch, Candidate, Command, CommandId, Event, Incident, IncidentRef, IncidentType,
    InstitutionId, Kind, Notification, Person, Rejection, Role, Seq, Severity, Sitting, SittingId,
    Station, Timestamp, Transfer, UserId, Venue,
};

/// The names of all calls.
pub const CALLS: &[&str] = &[
    "status",
    "sign_in",
    "sign_out",
    "work_offline",
    "check_server",
    "demo_accounts",
    "try_now",
    "monitor",
    "incidents",
    "incident",
    "batches",
    "batch",
    "candidates",
    "people",
    "report_options",
    "submit",
    "review",
    "review_rows",
    "outages",
    "outbox",
    "outbox_withdraw",
    "outbox_resend",
    "notifications",
    "draft_save",
    "draft_load",
    "draft_clear",
    "event",
];

macro_rules! views {
    ($($(#[$doc:meta])* $name:ident { $($(#[$attr:meta])* $field:ident: $ty:ty),* $(,)? })+) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
            #[cfg_attr(feature = "ts", derive(ts_rs::TS))]
            #[serde(rename_all = "camelCase")]
            pub struct $name { $($(#[$attr])* pub $field: $ty),* }
        )+
    };
}

/// How the link to the server stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum LinkState {
    /// Nobody is signed in.
    SignedOut,
    /// Opening the link, or lost for less than five seconds.
    Reconnecting,
    /// No link; the next attempt is due.
    Offline,
    /// Reading what was missed.
    CatchingUp,
    /// Events come as they happen.
    Live,
    /// The server does not accept the sign-in any more; work goes on locally.
    AuthRequired,
}

/// Whether a record's last change has reached the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum SyncMark {
    /// Kept on this station, not sent yet.
    Kept,
    /// Sent, not answered yet.
    Sending,
    /// The server has it.
    Server,
    /// Refused: needs a decision.
    Attention,
}

/// Where a command in the outbox stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum OutboxState {
    /// Kept, waits for the link.
    Waiting,
    /// Sent, waits for the answer.
    Sending,
    /// The server has applied it.
    Done,
    /// The server refused it: a person must decide.
    Attention,
    /// Taken back before it was sent, or after it was refused.
    Withdrawn,
}

/// A part of the screen that may be stale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Incidents.
    Incidents,
    /// Batches and handovers.
    Batches,
    /// Sittings, candidates, timetable.
    Sittings,
    /// Stations.
    Stations,
    /// Notifications.
    Notifications,
    /// The list of events.
    Events,
    /// The outbox.
    Outbox,
}

impl Topic {
    /// The topic that a kind of record belongs to.
    pub fn of(kind: Kind) -> Self {
        match kind {
            Kind::Incident => Self::Incidents,
            Kind::Batch | Kind::Transfer => Self::Batches,
            Kind::Notification => Self::Notifications,
            Kind::Station => Self::Stations,
            Kind::Institution
            | Kind::Venue
            | Kind::Person
            | Kind::Candidate
            | Kind::Timetable
            | Kind::Sitting => Self::Sittings,
        }
    }
}

views! {
    /// The link in detail.
    Link {
        /// How it stands.
        state: LinkState,
        /// Since when.
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        since: Timestamp,
        /// Attempts since it was last up.
        attempt: u32,
        /// Milliseconds until the next attempt, when one is due.
        retry_in_ms: Option<u64>,
        /// Why it is down, in one sentence.
        reason: Option<String>,
        /// Events still to come while catching up.
        behind: Option<i64>,
        /// The last measured round trip.
        round_trip_ms: Option<i64>,
    }
    /// The server.
    ServerView {
        /// Its address.
        url: String,
        /// Whether it plays or holds demo data.
        demo: bool,
        /// What it cannot do, in one sentence; none for ours.
        limits: Option<String>,
    }
    /// Who works here.
    UserView {
        /// Their account.
        id: UserId,
        /// Their name.
        name: String,
        /// Their e-mail address.
        email: String,
        /// What they are.
        role: Role,
        /// Two letters.
        initials: String,
    }
    /// The institution.
    InstitutionView {
        /// Its id.
        id: InstitutionId,
        /// Its name.
        name: String,
        /// IANA zone in which times are shown.
        timezone: String,
    }
    /// This console.
    StationView {
        /// Its code.
        code: String,
        /// In words.
        label: String,
    }
    /// The time, for all that is shown: server time now = `server_now` + passed time * `rate`.
    ClockView {
        /// The server's clock when this was sent, in milliseconds since 1970.
        server_now: i64,
        /// How fast it runs: 1 except while a demo day is played.
        rate: f64,
        /// Station clock minus server clock, in milliseconds.
        offset_ms: i64,
        /// How uncertain that is.
        uncertainty_ms: i64,
        /// Whether it has been measured at all.
        measured: bool,
    }
    /// Counts of the outbox.
    OutboxCounts {
        /// Kept, not sent.
        waiting: i64,
        /// Sent, not answered.
        sending: i64,
        /// Refused.
        attention: i64,
    }
    /// Whether a part of the desktop works.
    Works {
        /// It does.
        ok: bool,
        /// Why not, in one sentence.
        reason: Option<String>,
    }
    /// Everything that the frame of the window shows.
    Status {
        /// The link.
        link: Link,
        /// The server, once one is known.
        server: Option<ServerView>,
        /// Who works here.
        user: Option<UserView>,
        /// The institution.
        institution: Option<InstitutionView>,
        /// This console.
        station: StationView,
        /// The last event held.
        last_seq: Seq,
        /// Everything visible up to this instant is held.
        #[cfg_attr(feature = "ts", ts(type = "string | null"))]
        as_of: Option<Timestamp>,
        /// The outbox.
        outbox: OutboxCounts,
        /// The time.
        clock: ClockView,
        /// Bytes of the cache on disk.
        cache_bytes: i64,
        /// Whether desktop messages reach the person.
        notifications: Works,
        /// Whether secrets can be kept.
        keystore: Works,
        /// Unread notifications.
        unread: i64,
        /// Sentences that the person should read.
        warnings: Vec<String>,
    }
    /// What the console tells the user interface, at most every 100 ms.
    Batched {
        /// The frame.
        status: Status,
        /// What may be stale.
        changed: Vec<Topic>,
        /// The events themselves, for the hooks; at most 200, the newest.
        events: Vec<Event>,
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
    }
    /// The Monitor.
    Monitor {
        /// The lanes, in order of start, then venue.
        sittings: Vec<SittingView>,
        /// All incidents.
        incidents: Vec<IncidentView>,
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
    }
    /// A hall in the report form.
    ReportHall {
        /// The sitting.
        sitting_id: SittingId,
        /// The hall and the paper.
        label: String,
        /// Whether it is the person's own.
        own: bool,
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
    }
    /// What a review asks for. Empty lists mean all.
    ReviewQuery {
        /// Words, all of which must occur.
        text: String,
        /// Channels.
        channels: Vec<String>,
        /// Severities of incidents.
        severities: Vec<Severity>,
        /// Station codes.
        stations: Vec<String>,
        /// Sittings.
        sittings: Vec<SittingId>,
        /// Not before, in milliseconds since 1970.
        from: Option<i64>,
        /// Not after, in milliseconds since 1970.
        to: Option<i64>,
        /// Only what was seen late.
        late_only: bool,
    }
    /// One bar of the histogram.
    Bar {
        /// Its start, in milliseconds since 1970.
        from: i64,
        /// Events seen at once.
        n: i64,
        /// Events seen late.
        late: i64,
    }
    /// The answer to a review: how many, and where in time.
    ReviewResult {
        /// Names this result for `review_rows`.
        handle: i64,
        /// Events that match.
        total: i64,
        /// Events held.
        held: i64,
        /// At most 120 bars.
        histogram: Vec<Bar>,
        /// Width of a bar.
        bar_ms: i64,
        /// How long it took.
        ms: i64,
    }
    /// A row of a review.
    ReviewRow {
        /// Its number.
        seq: Seq,
        /// When it happened, corrected.
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        happened_at: Timestamp,
        /// When the server received it.
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        received_at: Timestamp,
        /// When it was seen here.
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        seen_at: Timestamp,
        /// The channel.
        channel: String,
        /// The event.
        event: String,
        /// In one sentence.
        text: String,
        /// On which station.
        station: Option<String>,
        /// By whom.
        by: Option<String>,
        /// How bad, for incidents.
        severity: Option<Severity>,
        /// The case it is about.
        incident: Option<IncidentRef>,
        /// Whether it was seen late because of an outage here.
        late: bool,
    }
    /// A stretch of time in which this station had no link.
    Outage {
        /// Lost.
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        from: Timestamp,
        /// Back and complete; none while it lasts.
        #[cfg_attr(feature = "ts", ts(type = "string | null"))]
        to: Option<Timestamp>,
        /// Events that came afterwards.
        replayed: i64,
        /// Events that are missing; 0 when completeness is proved.
        missing: i64,
        /// Commands kept here meanwhile.
        kept: i64,
    }
    /// An event with when it was seen here.
    EventDetail {
        /// The event as it came.
        event: Event,
        /// In one sentence.
        text: String,
        /// When it was seen here.
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        seen_at: Timestamp,
        /// Whether late.
        late: bool,
    }
    /// A notification as shown.
    NotificationView {
        /// The record.
        #[serde(flatten)]
        notification: Notification,
        /// Whether the person has read it.
        read: bool,
    }
    /// A server that was looked at.
    ServerCheck {
        /// It answers as an ELMS server.
        ok: bool,
        /// Round trip.
        ms: i64,
        /// Whether it holds demo data.
        demo: bool,
        /// What is wrong, in one sentence.
        message: Option<String>,
    }
    /// An account of the demo institution.
    DemoAccount {
        /// Address to sign in with.
        email: String,
        /// Name.
        name: String,
        /// What they are.
        role: Role,
        /// Where, in words.
        place: String,
        /// The password, shown only for demo accounts.
        password: String,
    }
    /// An error of a call: a sentence to show.
    HostError {
        /// For programs.
        code: String,
        /// For people.
        message: String,
    }
    /// Arguments of `sign_in`.
    SignIn {
        /// The server's address.
        server: String,
        /// The person's e-mail address.
        email: String,
        /// The password.
        password: String,
        /// Whether to stay signed in after the console is closed.
        keep: bool,
    }
    /// Arguments of `submit`.
    Submit {
        /// What is asked.
        command: Command,
        /// When it happened, if not now, in server time.
        #[cfg_attr(feature = "ts", ts(type = "string | null"))]
        #[serde(default)]
        occurred_at: Option<Timestamp>,
    }
}
