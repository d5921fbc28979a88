//! The rows of the outbox.

use elms_protocol::{
    Command, CommandId, CommandRequest, Seq, Timestamp, UserId, host::OutboxState,
};
use rusqlite::{Connection, OptionalExtension as _, Params, Row, params};

use super::{Entry, Item, Kept, LONGEST_KIB, Numbers, numbers::next_number, order};
use crate::error::OutboxError;

pub(super) const TABLES: &str = "
CREATE TABLE command (
    -- Its place in the order of this station; never used twice.
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    -- Whom it is ordered with: its own place, or that of the refused one it stands for.
    rank INTEGER NOT NULL,
    author INTEGER NOT NULL,
    -- The record whose order it keeps.
    about TEXT NOT NULL,
    -- As it is sent.
    request TEXT NOT NULL,
    state TEXT NOT NULL
        CHECK (state IN ('waiting', 'sending', 'done', 'attention', 'withdrawn')),
    tries INTEGER NOT NULL DEFAULT 0,
    rejection TEXT,
    -- Where its events are, once it is done, and in which life of the log.
    first_seq INTEGER,
    seq INTEGER,
    epoch TEXT,
    -- When it was written and when it was settled, by the server's clock, in milliseconds.
    recorded INTEGER NOT NULL,
    settled INTEGER
) STRICT;
CREATE INDEX command_open ON command (rank, n)
    WHERE state IN ('waiting', 'sending', 'attention');
CREATE TABLE counter (station TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE draft (kind TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT, WITHOUT ROWID;
";

/// Since version 2 a command may wait for a record that another station has not sent yet.
pub(super) const WAITING_FOR: &str = "
ALTER TABLE command ADD COLUMN waits_for TEXT;
-- How often it has come back from the server for want of that record.
ALTER TABLE command ADD COLUMN waited INTEGER NOT NULL DEFAULT 0;
CREATE INDEX command_waits_for ON command (n) WHERE waits_for IS NOT NULL;
";

/// What the server has answered, so that it can be held against its log.
pub(super) const RECEIPTS: &str = "ALTER TABLE command ADD COLUMN leaves TEXT";

const ITEM: &str = "SELECT n, author, about, request, state, tries, rejection, first_seq, \
                    waits_for FROM command";

/// Settled commands that are shown.
const SETTLED: i64 = 200;

/// A command that is here already. The same id for something else is a fault.
pub(super) fn known(
    conn: &Connection,
    request: &CommandRequest,
) -> Result<Option<Kept>, OutboxError> {
    let Some(item) = find(conn, request.command_id)? else {
        return Ok(None);
    };
    let local_number = local_number(&item.request);
    let same = numbered(request, local_number.clone());
    if same != item.request {
        return Err(OutboxError::IdReused);
    }
    Ok(Some(Kept {
        station_seq: item.station_seq,
        local_number,
    }))
}

/// Puts a command at the end, or in the place of a refused one.
pub(super) fn insert(
    conn: &Connection,
    entry: Entry<'_>,
    instead_of: Option<&Item>,
    numbers: &mut Option<Numbers>,
) -> Result<Kept, OutboxError> {
    let given = instead_of.and_then(|old| local_number(&old.request));
    let given = local_number(entry.request).or(given);
    let is_report = matches!(entry.request.command, Command::ReportIncident(_));
    let number = match given {
        None if is_report => Some(next_number(conn, entry.station, numbers)?),
        given => given,
    };
    let request = numbered(entry.request, number.clone());
    let json = serde_json::to_string(&request)?;
    if LONGEST_KIB.saturating_mul(1_024) < json.len() {
        return Err(OutboxError::TooLarge(LONGEST_KIB));
    }
    let sql = "INSERT INTO command (id, rank, author, about, request, state, recorded) \
               VALUES (?1, 0, ?2, ?3, ?4, 'waiting', ?5)";
    let about = order::text(entry.about);
    let at = recorded(&request).0;
    conn.execute(
        sql,
        params![
            request.command_id.to_string(),
            entry.author.0,
            about,
            json,
            at
        ],
    )?;
    let station_seq = conn.last_insert_rowid();
    rank(conn, station_seq, instead_of.map(|old| old.station_seq))?;
    Ok(Kept {
        station_seq,
        local_number: number,
    })
}

fn rank(conn: &Connection, n: i64, instead_of: Option<i64>) -> Result<(), OutboxError> {
    let sql = "UPDATE command SET rank = coalesce((SELECT rank FROM command WHERE n = ?2), n) \
               WHERE n = ?1";
    conn.execute(sql, params![n, instead_of])?;
    Ok(())
}

fn local_number(request: &CommandRequest) -> Option<String> {
    let Command::ReportIncident(report) = &request.command else {
        return None;
    };
    report.local_number.clone()
}

/// The request with the number written into the report.
fn numbered(request: &CommandRequest, number: Option<String>) -> CommandRequest {
    let mut request = request.clone();
    if let Command::ReportIncident(report) = &mut request.command {
        report.local_number = number;
    }
    request
}

/// When a command was written, by the server's clock.
pub(super) fn recorded(request: &CommandRequest) -> Timestamp {
    request
        .times
        .recorded_at
        .plus_ms(request.times.clock_offset_ms.saturating_neg())
}

pub(super) fn find(conn: &Connection, id: CommandId) -> Result<Option<Item>, OutboxError> {
    let found = items(conn, &format!("{ITEM} WHERE id = ?1"), [id.to_string()])?;
    Ok(found.into_iter().next())
}

/// What is not answered or not decided yet, in the order of sending.
pub(super) fn open(conn: &Connection) -> Result<Vec<Item>, OutboxError> {
    let sql = format!("{ITEM} WHERE state IN ('waiting', 'sending', 'attention') ORDER BY rank, n");
    items(conn, &sql, [])
}

/// How often a command that is on its way has waited for a record of another station; none when
/// it is not on its way.
pub(super) fn waited(conn: &Connection, id: CommandId) -> Result<Option<i64>, OutboxError> {
    let sql = "SELECT waited FROM command WHERE id = ?1 AND state IN ('waiting', 'sending')";
    let waited = conn.query_row(sql, [id.to_string()], |row| row.get(0));
    Ok(waited.optional()?)
}

/// What waits for a record that has not come.
pub(super) fn elsewhere(conn: &Connection) -> Result<Vec<Item>, OutboxError> {
    let sql = format!("{ITEM} WHERE waits_for IS NOT NULL AND state = 'waiting' ORDER BY rank, n");
    items(conn, &sql, [])
}

/// What is open, and the newest of what is settled.
pub(super) fn all(conn: &Connection) -> Result<Vec<Item>, OutboxError> {
    let sql = format!(
        "{ITEM} WHERE state IN ('waiting', 'sending', 'attention') OR n IN (\
         SELECT n FROM command WHERE state IN ('done', 'withdrawn') ORDER BY n DESC LIMIT ?1\
         ) ORDER BY rank, n"
    );
    items(conn, &sql, [SETTLED])
}

fn items(conn: &Connection, sql: &str, params: impl Params) -> Result<Vec<Item>, OutboxError> {
    let mut select = conn.prepare_cached(sql)?;
    let mut rows = select.query(params)?;
    let mut items = Vec::new();
    while let Some(row) = rows.next()? {
        items.push(item(row)?);
    }
    Ok(items)
}

fn item(row: &Row<'_>) -> Result<Item, OutboxError> {
    let (request, state): (String, String) = (row.get(3)?, row.get(4)?);
    let (rejection, waits_for): (Option<String>, Option<String>) = (row.get(6)?, row.get(8)?);
    Ok(Item {
        station_seq: row.get(0)?,
        author: UserId(row.get(1)?),
        about: row.get(2)?,
        request: serde_json::from_str(&request)?,
        state: state_of(&state),
        tries: row.get(5)?,
        rejection: rejection.as_deref().map(serde_json::from_str).transpose()?,
        first_seq: row.get::<_, Option<i64>>(7)?.map(Seq),
        waits_for: waits_for.as_deref().and_then(order::key),
    })
}

fn state_of(text: &str) -> OutboxState {
    match text {
        "sending" => OutboxState::Sending,
        "done" => OutboxState::Done,
        "attention" => OutboxState::Attention,
        "withdrawn" => OutboxState::Withdrawn,
        // The table lets nothing else in.
        _ => OutboxState::Waiting,
    }
}

pub(super) fn set_withdrawn(
    conn: &Connection,
    id: CommandId,
    now: Timestamp,
) -> Result<(), OutboxError> {
    let sql =
        "UPDATE command SET state = 'withdrawn', waits_for = NULL, settled = ?2 WHERE id = ?1";
    conn.execute(sql, params![id.to_string(), now.0])?;
    Ok(())
}

pub(super) fn draft(conn: &Connection, kind: &str) -> Result<Option<String>, OutboxError> {
    let sql = "SELECT json FROM draft WHERE kind = ?1";
    Ok(conn.query_row(sql, [kind], |row| row.get(0)).optional()?)
}

/// All drafts: their kind, what is in them.
pub(super) fn drafts(conn: &Connection) -> Result<Vec<(String, String)>, OutboxError> {
    let mut rows = conn.prepare("SELECT kind, json FROM draft")?;
    let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The last number that each station gave out.
pub(super) fn counters(conn: &Connection) -> Result<Vec<(String, i64)>, OutboxError> {
    let mut rows = conn.prepare("SELECT station, n FROM counter")?;
    let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
