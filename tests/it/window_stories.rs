//! The stories of the exam hall in the real window: each of them is looked at twice, in what the
//! window says and in what stands in the server's log.

mod answering;
mod doors;
mod pausing;
mod starting;
mod witnesses;

use anyhow::{Context as _, Result};
use elms_tests::{rest::Rest, until, window::PATIENCE};
use serde_json::{Value, json};

/// The sitting of a paper as the server has it.
async fn sitting_of(office: &Rest, course: &str) -> Result<Value> {
    let copy = office.get("/sync/snapshot").await?;
    let records = copy.get("records").and_then(Value::as_array);
    let mut found = records.into_iter().flatten();
    let sitting = found.find(|one| {
        // The batch of a paper names it, too.
        let paper = one.pointer("/record/courseCode") == Some(&json!(course));
        paper && one.pointer("/record/startsAt").is_some()
    });
    let sitting = sitting.and_then(|one| one.get("record")).cloned();
    sitting.with_context(|| format!("no sitting of {course}"))
}

/// A field of a value, as text.
fn text<'a>(value: &'a Value, field: &str) -> Result<&'a str> {
    let found = value.pointer(field).and_then(Value::as_str);
    found.with_context(|| format!("no {field} in {value}"))
}

/// A field of a value, as a number.
fn number(value: &Value, field: &str) -> Result<i64> {
    let found = value.pointer(field).and_then(Value::as_i64);
    found.with_context(|| format!("no {field} in {value}"))
}

/// Waits for an event of this name that `is` right.
async fn event(office: &Rest, name: &str, is: impl Fn(&Value) -> bool) -> Result<Value> {
    let mut found = None;
    until(name, PATIENCE, async || {
        let all = crate::workflows::events(office, name).await;
        found = all.unwrap_or_default().into_iter().find(|one| is(one));
        found.is_some()
    })
    .await?;
    found.with_context(|| format!("no {name}"))
}
