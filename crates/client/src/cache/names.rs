//! What an event is found by: the numbers that stand for names in its mark, and its words.

use elms_protocol::{Event, Severity, SittingId, describe};
use rusqlite::{Connection, OptionalExtension as _};
use serde_json::Value;

use crate::error::CacheError;

/// Characters of an event that can be found by search; more is cut off.
const LONGEST_WORDS: usize = 4_000;

/// 0 for none, then 1 for the least.
pub(super) fn severity_number(severity: Option<Severity>) -> u8 {
    match severity {
        None => 0,
        Some(Severity::Low) => 1,
        Some(Severity::Medium) => 2,
        Some(Severity::High) => 3,
        Some(Severity::Critical) => 4,
    }
}

/// What a channel is called among the names.
pub(super) fn channel_name(channel: &str) -> String {
    format!("channel {channel}")
}

/// What a station is called among them.
pub(super) fn station_name(code: &str) -> String {
    format!("station {code}")
}

/// What a sitting is called among them.
pub(super) fn sitting_name(id: SittingId) -> String {
    format!("sitting {id}")
}

/// The number of a name. More of them than there can be halls, stations and channels are 0 and
/// cannot be filtered by.
pub(super) fn name(conn: &Connection, text: &str) -> Result<u16, CacheError> {
    if let Some(known) = name_number(conn, text)? {
        return Ok(known);
    }
    conn.prepare_cached("INSERT INTO name (text) VALUES (?1)")?
        .execute([text])?;
    Ok(u16::try_from(conn.last_insert_rowid()).unwrap_or(0))
}

/// The number of a name that is known.
pub(super) fn name_number(conn: &Connection, text: &str) -> Result<Option<u16>, CacheError> {
    let mut select = conn.prepare_cached("SELECT id FROM name WHERE text = ?1")?;
    let known: Option<i64> = select.query_row([text], |row| row.get(0)).optional()?;
    Ok(known.map(|id| u16::try_from(id).unwrap_or(0)))
}

/// Everything in an event that somebody might look for.
pub(super) fn words(event: &Event) -> String {
    let mut words = describe(event);
    collect(&event.payload, &mut words);
    for more in [&event.actor.name, &event.actor.station_code]
        .into_iter()
        .flatten()
    {
        words.push(' ');
        words.push_str(more);
    }
    words.chars().take(LONGEST_WORDS).collect()
}

fn collect(value: &Value, words: &mut String) {
    if LONGEST_WORDS < words.len() {
        return;
    }
    match value {
        Value::String(text) => {
            words.push(' ');
            words.push_str(text);
        }
        Value::Number(number) => {
            words.push(' ');
            words.push_str(&number.to_string());
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, words)),
        Value::Object(fields) => fields.values().for_each(|value| collect(value, words)),
        Value::Null | Value::Bool(_) => {}
    }
}
