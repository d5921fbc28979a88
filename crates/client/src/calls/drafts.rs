//! What is still being written, and the files that were chosen for it.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use elms_protocol::{
    EvidenceId, FileKind, LARGEST_FILE,
    host::{AddDraftFile, DraftFile, HostError, OfDraftFile},
};
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use super::{json, read, submit::trouble};
use crate::{
    console::Console,
    run::{NO_KIND, sentence},
};

#[derive(Deserialize)]
struct OfDraft {
    kind: String,
    #[serde(default)]
    form: Value,
}

/// Answers the call `name`.
pub(super) async fn answer(console: &Console, name: &str, args: Value) -> Result<Value, HostError> {
    let desk = console.desk()?;
    match name {
        "draft_file_add" => json(add(console, read(args)?).await?),
        "draft_file_drop" => {
            let OfDraftFile { id } = read(args)?;
            let dropped = desk.drop_draft_file(id).await;
            dropped.map_err(|error| trouble(&error)).and_then(json)
        }
        "draft_files" => {
            let OfDraft { kind, .. } = read(args)?;
            let files = desk.draft_files(kind).await;
            files.map_err(|error| trouble(&error)).and_then(json)
        }
        _ => of_form(console, name, read(args)?).await,
    }
}

async fn of_form(console: &Console, name: &str, asked: OfDraft) -> Result<Value, HostError> {
    let desk = console.desk()?;
    let OfDraft { kind, form } = asked;
    let done = match name {
        "draft_save" => desk.save_draft(kind, form).await.map(|()| Value::Null),
        "draft_load" => desk.load_draft(kind).await.map(Option::unwrap_or_default),
        _ => desk.clear_draft(kind).await.map(|()| Value::Null),
    };
    done.map_err(|error| trouble(&error))
}

/// Keeps a file that was chosen in a form.
async fn add(console: &Console, asked: AddDraftFile) -> Result<DraftFile, HostError> {
    let (bytes, _) = taken(&asked.base64)?;
    let file = DraftFile {
        id: EvidenceId(Uuid::now_v7()),
        name: asked.name,
        size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
    };
    let named = (file.id, file.name.clone());
    let added = console
        .desk()?
        .add_draft_file(asked.kind, named, bytes)
        .await;
    added.map_err(|error| trouble(&error))?;
    Ok(file)
}

/// The bytes of a file that may be evidence, and what it is by its content.
pub(super) fn taken(base64: &str) -> Result<(Vec<u8>, FileKind), HostError> {
    let bytes = STANDARD.decode(base64.as_bytes());
    let bytes = bytes.map_err(|error| sentence("bad_arguments", error))?;
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    if !(1..=LARGEST_FILE).contains(&size) {
        let message = "A file of evidence has between 1 byte and 20 MiB.";
        return Err(sentence("too_large", message));
    }
    let kind = FileKind::of(&bytes).ok_or_else(|| sentence("file_kind", NO_KIND))?;
    Ok((bytes, kind))
}
