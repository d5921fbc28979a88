//! Answers about the console itself, and the arguments of its calls.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{LinkState, StationKeyView, StationView, StationsTaken, views};
use crate::{Command, InstitutionId, Notification, Role, Seq, Timestamp, UserId};

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
        /// How the open line is encrypted; none when it is not, or when none is open.
        tls: Option<TlsView>,
    }
    /// How a line is encrypted.
    TlsView {
        /// `TLS 1.3`
        version: String,
        /// Until when the server's certificate holds; none when it does not say so readably.
        #[cfg_attr(feature = "ts", ts(type = "string | null"))]
        until: Option<Timestamp>,
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
        /// Whether their office lets them change nothing of an exam day, only look at it.
        reads_only: bool,
        /// Whether the password is still the first one, which somebody else knows too.
        must_change_password: bool,
    }
    /// A place where the person is signed in.
    SignInView {
        /// Names it.
        id: Uuid,
        /// The station, as it calls itself.
        station: Option<String>,
        /// When they signed in.
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        begun_at: Timestamp,
        /// When it was last used.
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        used_at: Timestamp,
        /// Whether it is this one.
        current: bool,
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
    /// What lies on the disk of this station.
    DiskView {
        /// Bytes of the copy of the record.
        copy: i64,
        /// Of these, the index of its words.
        words: i64,
        /// Bytes of the outbox.
        outbox: i64,
        /// Of these, files of evidence that the server does not have yet.
        evidence: i64,
        /// Events held.
        events: i64,
        /// When the oldest of them happened.
        #[cfg_attr(feature = "ts", ts(type = "string | null"))]
        since: Option<Timestamp>,
    }
    /// How far the server's log was proved on this station.
    #[derive(Default)]
    RecordCheck {
        /// Events of the log when it was last proved; 0 when it never was.
        size: i64,
        /// When that was.
        #[cfg_attr(feature = "ts", ts(type = "string | null"))]
        checked_at: Option<Timestamp>,
        /// The words of the key that signs it.
        key: Option<String>,
        /// Where a restored backup has ended that has lost events which were seen here.
        restored: Option<i64>,
        /// What has contradicted what was seen here, in one sentence.
        trouble: Option<String>,
    }
    /// What came of checking the events of one case.
    CaseCheck {
        /// Events of the case that this station holds.
        held: i64,
        /// Of those, the events that the server's log has byte for byte.
        proved: i64,
        /// How far the log itself was proved.
        record: RecordCheck,
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
        /// Positions of the log before the first copy whose events are still to come; 0 when the
        /// history is whole.
        older: i64,
        /// When the oldest event happened that a search reaches, while older ones are to come.
        #[cfg_attr(feature = "ts", ts(type = "string | null"))]
        reaches_back: Option<Timestamp>,
        /// What the server had received until then this station does not remember any more, but for
        /// what is still worked with; none when it remembers everything.
        #[cfg_attr(feature = "ts", ts(type = "string | null"))]
        begins: Option<Timestamp>,
        /// How far the server's log was proved.
        record: RecordCheck,
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
        /// Whether nothing is shown until somebody has said who they are.
        locked: bool,
    }
    /// A notification as shown.
    NotificationView {
        /// The record.
        #[serde(flatten)]
        notification: Notification,
        /// Whether the person has read it.
        read: bool,
    }
    /// A name that was looked up.
    Lookup {
        /// The first address it has.
        address: String,
        /// How long it took.
        ms: i64,
    }
    /// A server that was looked at.
    ServerCheck {
        /// It answers as an ELMS server.
        ok: bool,
        /// Round trip.
        ms: i64,
        /// Whether it holds demo data.
        demo: bool,
        /// At which stations people sign in there; none when it does not say.
        stations: Option<StationsTaken>,
        /// The version of its program; none when it does not say.
        version: Option<String>,
        /// The version of this program.
        own_version: String,
        /// What is wrong, in one sentence.
        message: Option<String>,
        /// What the name of the server led to, and how long that took; none when it is not known.
        lookup: Option<Lookup>,
        /// The fingerprint of this station's key for it; none when no server answers there.
        fingerprint: Option<String>,
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
        /// What to set up before a sign-in; with the code `second_factor_needed` only.
        #[cfg_attr(feature = "ts", ts(optional))]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        set_up: Option<Box<SecondFactorSetUp>>,
        /// How this station stands; with the codes `station_waits` and `station_suspended` only.
        #[cfg_attr(feature = "ts", ts(optional))]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        station: Option<Box<StationKeyView>>,
    }
    /// What an authenticator app needs, and what to keep for the day it is gone. Shown once.
    SecondFactorSetUp {
        /// To be typed into an app.
        secret: String,
        /// The rows of a picture that an app reads: `#` is dark, `.` is light.
        picture: Vec<String>,
        /// Each opens the account once in place of a code.
        recovery_codes: Vec<String>,
    }
    /// How the person's second factor stands.
    SecondFactorView {
        /// Since when a code is asked for; none when it is not.
        #[cfg_attr(feature = "ts", ts(type = "string | null"))]
        since: Option<Timestamp>,
        /// Whether the server lets nobody of this role in without one.
        wanted: bool,
        /// Recovery codes that are left.
        codes_left: u32,
    }
    /// Arguments of `set_up_second_factor`.
    SetUpSecondFactor {
        /// The password, asked for again.
        password: String,
    }
    /// Arguments of `confirm_second_factor`.
    ConfirmSecondFactor {
        /// The first code of the app.
        code: String,
    }
    /// Arguments of `end_second_factor` and `new_recovery_codes`.
    BothFactors {
        /// The password.
        password: String,
        /// A code of the app, or one of those for recovery.
        code: String,
    }
    /// Arguments of `sign_in`.
    SignIn {
        /// The server's address.
        server: String,
        /// The person's e-mail address.
        email: String,
        /// The password.
        password: String,
        /// A code of the second factor, when it was asked for.
        #[cfg_attr(feature = "ts", ts(optional))]
        #[serde(default)]
        code: Option<String>,
        /// Whether to stay signed in after the console is closed.
        keep: bool,
        /// What guards what this station keeps, where the key store cannot.
        #[cfg_attr(feature = "ts", ts(optional))]
        #[serde(default)]
        guard: Option<Guard>,
    }
    /// Arguments of `sign_out`.
    SignOut {
        /// Whether what was not sent may stay here, sealed until the person signs in again.
        #[serde(default)]
        keep_unsent: bool,
    }
    /// Arguments of `unlock`.
    Unlock {
        /// Who it is: `PersonHere::id`.
        person: String,
        /// Their PIN, password or passphrase.
        secret: String,
    }
    /// Arguments of `set_pin`.
    SetPin {
        /// Six to twelve digits; none takes the PIN away.
        pin: Option<String>,
    }
    /// Somebody who has worked at this station.
    PersonHere {
        /// For `unlock`.
        id: String,
        /// Their name.
        name: String,
        /// Two letters.
        initials: String,
        /// Their e-mail address.
        email: String,
        /// What they are.
        role: Role,
        /// The server's address.
        server: String,
        /// What opens their work here without the server; nothing: only a sign-in does.
        opens_with: Vec<OpensWith>,
        /// Wrong tries that are left.
        tries_left: u32,
        /// Entries of theirs that were not sent when they left.
        waiting: i64,
        /// Whether the station is open or locked for them now.
        here: bool,
    }
    /// Arguments of `work_offline`.
    WorkOffline {
        /// The words that open what this station keeps, where the key store does not.
        #[cfg_attr(feature = "ts", ts(optional))]
        #[serde(default)]
        passphrase: Option<String>,
    }
    /// Arguments of `change_password`.
    ChangePassword {
        /// The password until now.
        current: String,
        /// The one from now on.
        new: String,
    }
    /// Arguments of `end_sign_ins`.
    EndSignIns {
        /// The one to end; all but this one when there is none.
        id: Option<Uuid>,
    }
    /// Arguments of `submit`.
    Submit {
        /// What is asked.
        command: Command,
        /// When it happened, if not now, in server time.
        #[cfg_attr(feature = "ts", ts(type = "string | null"))]
        #[serde(default)]
        occurred_at: Option<Timestamp>,
        /// The form that it was written in. The draft is forgotten in the same breath, and the files
        /// that were chosen in the form go with the report.
        #[cfg_attr(feature = "ts", ts(optional))]
        #[serde(default)]
        draft: Option<String>,
    }
}

/// What guards the files of a person at a station without a key store.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Guard {
    /// A key in memory: what is kept can be read until the console is closed.
    Session,
    /// Words that the person remembers.
    Passphrase(String),
}

impl std::fmt::Debug for Guard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}

/// What opens a person's work at a station.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum OpensWith {
    /// Six to twelve digits.
    Pin,
    /// The password of the last sign-in.
    Password,
    /// The words that the files are sealed with.
    Passphrase,
}

impl HostError {
    /// A sentence to show, and its code.
    pub fn new(code: &str, message: impl std::fmt::Display) -> Self {
        Self {
            code: code.to_owned(),
            message: message.to_string(),
            set_up: None,
            station: None,
        }
    }
}
