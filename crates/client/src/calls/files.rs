//! Evidence: attached here and now, shown as a copy, opened as it is.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use elms_evidence::{SHOWN_MIME, fingerprint, shown};
use elms_protocol::{
    AttachEvidence, Evidence, EvidenceId, FileKind, OpenEvidence,
    host::{AttachFile, HostError, OfFile, SavedPaper, ShownFile, Submit, Submitted},
};
use serde_json::Value;
use uuid::Uuid;

use super::{drafts::taken, json, read, submit};
use crate::{
    console::Console,
    http::Trouble,
    run::{Ask, sentence, trouble_error},
};

/// Answers the call `name`.
pub(super) async fn answer(console: &Console, name: &str, args: Value) -> Result<Value, HostError> {
    match name {
        "evidence_attach" => json(attach(console, read(args)?).await?),
        "evidence_shown" => json(show(console, read(args)?).await?),
        _ => json(open(console, read(args)?).await?),
    }
}

/// Keeps a file with the command that attaches it. What it is is told by its content.
async fn attach(console: &Console, asked: AttachFile) -> Result<Submitted, HostError> {
    let (bytes, kind) = taken(&asked.base64)?;
    let command = AttachEvidence {
        incident: asked.incident,
        evidence: EvidenceId(Uuid::now_v7()),
        sha256: fingerprint(&bytes),
        size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        kind,
        name: asked.name,
        note: asked.note,
    };
    submit::submit_file(console, command, bytes).await
}

/// The copy of a picture, from this station or the server.
async fn show(console: &Console, of: OfFile) -> Result<ShownFile, HostError> {
    let file = known(console, &of).await?;
    let copy = if let Some(bytes) = here(console, of.evidence).await? {
        drawn(bytes, file.kind).await?
    } else {
        let (server, access) = console.ask_for(Ask::Pass).await?;
        let http = &console.shared.http;
        let fetched = http.shown_file((&server, &access), &of).await;
        fetched.map_err(not_had)?
    };
    Ok(ShownFile {
        mime: SHOWN_MIME.to_owned(),
        base64: STANDARD.encode(copy),
    })
}

async fn drawn(bytes: Vec<u8>, kind: FileKind) -> Result<Vec<u8>, HostError> {
    let drawn = tokio::task::spawn_blocking(move || shown(&bytes, kind)).await;
    let drawn = drawn.map_err(|error| sentence("internal", error))?;
    drawn.map_err(|why| sentence("no_preview", why))
}

/// Saves the original where papers are saved. That it was opened is in the log: the server writes it
/// down, or the outbox keeps it where the file has not left this station.
async fn open(console: &Console, of: OfFile) -> Result<SavedPaper, HostError> {
    let file = known(console, &of).await?;
    let bytes = if let Some(bytes) = here(console, of.evidence).await? {
        note_opened(console, &of).await?;
        bytes
    } else {
        let (server, access) = console.ask_for(Ask::Pass).await?;
        let http = &console.shared.http;
        let fetched = http.original_file((&server, &access), &of).await;
        fetched.map_err(not_had)?
    };
    if fingerprint(&bytes) != file.sha256 {
        let message = "This is not the file that was attached: its fingerprint is another one. It \
                       was not saved. Tell whoever keeps the server.";
        return Err(sentence("other_file", message));
    }
    save(console, &file, &bytes).map_err(|error| sentence("disk", error))
}

async fn note_opened(console: &Console, of: &OfFile) -> Result<(), HostError> {
    let opened = OpenEvidence {
        incident: of.incident,
        evidence: of.evidence,
    };
    let asked = Submit {
        command: opened.into(),
        occurred_at: None,
        draft: None,
    };
    let noted = submit::submit(console, asked).await?;
    match noted.rejection {
        Some(rejection) => Err(sentence("refused", rejection.message)),
        None => Ok(()),
    }
}

fn save(console: &Console, file: &Evidence, bytes: &[u8]) -> std::io::Result<SavedPaper> {
    let folder = &console.shared.config.papers_dir;
    std::fs::create_dir_all(folder)?;
    let tag = file.sha256.get(..12).unwrap_or_default();
    // What it was called where it came from is never part of a path.
    let path = folder.join(format!("evidence-{tag}.{}", file.kind.extension()));
    std::fs::write(&path, bytes)?;
    Ok(SavedPaper {
        file: path.display().to_string(),
        hash: file.sha256.clone(),
        bytes: bytes.len(),
    })
}

/// The file, of a case that the person sees.
async fn known(console: &Console, of: &OfFile) -> Result<Evidence, HostError> {
    let (incident, id) = (of.incident, of.evidence);
    let now = console.shared.now();
    let at = console.shared.clock(|clock| clock.server_or_wall(now));
    let desk = console.desk()?;
    let found = desk.show(at, move |_reader, scene, _items| {
        Ok(crate::screens::file(&scene, incident, id))
    });
    let found = found.await.map_err(|error| sentence("cache", error))?;
    found.ok_or_else(|| sentence("not_found", "There is no such file."))
}

async fn here(console: &Console, id: EvidenceId) -> Result<Option<Vec<u8>>, HostError> {
    let found = console.desk()?.file(id).await;
    found.map_err(|error| submit::trouble(&error))
}

/// Why the server gave no file.
fn not_had(trouble: Trouble) -> HostError {
    let (status, code) = match &trouble {
        Trouble::Missing => return sentence("not_found", "There is no such file."),
        Trouble::Refused { status, code, .. } => (*status, code.as_str()),
        Trouble::Unreachable(_)
        | Trouble::OtherServer
        | Trouble::InTheClear
        | Trouble::NotElms
        | Trouble::NotLetIn { .. }
        | Trouble::CodeNeeded
        | Trouble::SetUpCodeNeeded
        | Trouble::CodeWrong
        | Trouble::FactorWanted(_)
        | Trouble::Busy { .. }
        | Trouble::Broken(_) => (0, ""),
    };
    match (status, code) {
        (_, "NO_PREVIEW") => sentence("no_preview", trouble),
        (409, _) => sentence("not_here_yet", trouble),
        _ => trouble_error(trouble),
    }
}
