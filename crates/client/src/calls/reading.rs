//! The calls that only look.
//!
//! | call | arguments | answer |
//! |---|---|---|
//! | `event` | `{seq}` | `EventDetail` |
//! | `outages` | – | `Outage[]` |
//! | `draft_save` | `{kind, form}` | `null` |
//! | `draft_load` | `{kind}` | what was in the form, or `null` |
//! | `draft_clear` | `{kind}` | `null` |

use elms_protocol::{Seq, host::HostError};
use serde::Deserialize;
use serde_json::Value;

use super::{json, read, submit::trouble};
use crate::{console::Console, error::CacheError, run::sentence};

#[derive(Deserialize)]
struct OfEvent {
    seq: Seq,
}

#[derive(Deserialize)]
struct OfDraft {
    kind: String,
    #[serde(default)]
    form: Value,
}

/// Answers the call `name`.
pub(super) async fn answer(
    console: &Console,
    name: &str,
    args: Value,
) -> Result<Value, HostError> {
    let desk = console.desk()?;
    match name {
        "event" => event(console, args).await,
        "outages" => json(desk.reading(|reader| reader.outages()).await.map_err(unread)?),
        "draft_save" | "draft_load" | "draft_clear" => draft(console, name, args).await,
        "monitor" => Ok(Value::Null),
        _ => Err(sentence("no_such_call", format_args!("There is no call `{name}`."))),
    }
}

async fn event(console: &Console, args: Value) -> Result<Value, HostError> {
    let OfEvent { seq } = read(args)?;
    let found = console.desk()?.reading(move |reader| reader.event(seq)).await;
    let found = found.map_err(unread)?;
    json(found.ok_or_else(|| sentence("not_found", "This event is not held here."))?)
}

async fn draft(console: &Console, name: &str, args: Value) -> Result<Value, HostError> {
    let desk = console.desk()?;
    let OfDraft { kind, form } = read(args)?;
    let done = match name {
        "draft_save" => desk.save_draft(kind, form).await.map(|()| Value::Null),
        "draft_load" => desk.load_draft(kind).await.map(Option::unwrap_or_default),
        _ => desk.clear_draft(kind).await.map(|()| Value::Null),
    };
    done.map_err(|error| trouble(&error))
}

/// A copy that cannot be read, for the user interface.
pub(super) fn unread(error: CacheError) -> HostError {
    let code = match &error {
        CacheError::TooBroad => "too_broad",
        CacheError::NoSuchResult => "no_such_result",
        CacheError::Disk(_) | CacheError::OtherLog | CacheError::Unreadable(_) => "cache",
    };
    sentence(code, error)
}
