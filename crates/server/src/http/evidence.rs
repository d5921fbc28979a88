//! Files of evidence: announced by a command, sent in parts, shown as a copy, opened as they are.
//!
//! The log has the fingerprint of a file before the file comes. Its parts are taken only from whoever
//! attached it; the last one is followed by `evidence:received`. Whoever opens the original is noted
//! before the first byte leaves.

use axum::{
    Router,
    body::Bytes,
    extract::{FromRequest as _, Path, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use elms_evidence::SHOWN_MIME;
use elms_protocol::{
    Actor, AttachEvidence, Evidence, EvidenceId, FileKind, Incident, OpenEvidence, Outcome,
    Rejection, RejectionCode,
};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Key, Looking, Reply, Said, carry_out, incidents::found};
use crate::{
    App,
    limits::BODY,
    shelf::{NotDrawn, NotTaken, Place, Standing},
};

/// Where a part begins.
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/incidents/{id}/evidence", post(attach))
        .route(
            "/incidents/{id}/evidence/{evidence}",
            get(standing).patch(add),
        )
        .route("/incidents/{id}/evidence/{evidence}/shown", get(shown))
        .route(
            "/incidents/{id}/evidence/{evidence}/original",
            get(original),
        )
}

/// What is attached.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Attach {
    /// The name that the station gave it; one is made where there is none.
    evidence: Option<Uuid>,
    sha256: String,
    size: i64,
    kind: FileKind,
    name: String,
    note: Option<String>,
}

async fn attach(
    State(app): State<App>,
    looking: Looking,
    key: Key,
    Path(name): Path<String>,
    Said(asked): Said<Attach>,
) -> Result<Reply, Reply> {
    let incident = found(&looking, &name)?;
    let evidence = EvidenceId(asked.evidence.unwrap_or_else(Uuid::now_v7));
    let command = AttachEvidence {
        incident: incident.reference,
        evidence,
        sha256: asked.sha256,
        size: asked.size,
        kind: asked.kind,
        name: asked.name,
        note: asked.note,
    };
    carry_out(&app, &looking.actor, key, command).await??;
    let looking = looking.again(&app)?;
    let incident = found(&looking, &name)?;
    let file = file_of(&incident, evidence)?;
    Ok(Reply::done(
        StatusCode::CREATED,
        "Announced: send the file",
        file,
    ))
}

async fn standing(
    State(app): State<App>,
    looking: Looking,
    Path(names): Path<(String, String)>,
) -> Result<Reply, Reply> {
    let place = place(&looking, &names)?;
    let looked = off_thread(&app, place.clone(), |app, place| app.shelf.standing(place)).await?;
    let standing = looked.map_err(|error| unreadable(&error))?;
    if standing.complete {
        // The server may have been stopped between the last part and its note.
        note_received(&app, &place).await?;
    }
    Ok(told(&place, standing))
}

async fn add(
    State(app): State<App>,
    looking: Looking,
    Path(names): Path<(String, String)>,
    headers: HeaderMap,
    request: Request,
) -> Result<Reply, Reply> {
    let place = place(&looking, &names)?;
    only_who_attached(&looking.actor, &place.file)?;
    let offset = headers.get(OFFSET).and_then(|text| text.to_str().ok());
    let offset: u64 = offset
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| Reply::bad("Upload-Offset says at which byte this part begins."))?;
    let bytes = part(request, &app).await?;
    let added = off_thread(&app, place.clone(), move |app, place| {
        app.shelf.add(place, offset, &bytes)
    });
    let standing = added.await?.map_err(not_taken)?;
    if standing.complete {
        note_received(&app, &place).await?;
    }
    Ok(told(&place, standing))
}

/// The body as it is.
async fn part(request: Request, app: &App) -> Result<Bytes, Reply> {
    let body = tokio::time::timeout(BODY, Bytes::from_request(request, app)).await;
    let body = body.map_err(|_late| Reply::too_slow())?;
    body.map_err(|refused| Reply::unread(refused.status(), &refused.body_text()))
}

async fn shown(
    State(app): State<App>,
    looking: Looking,
    Path(names): Path<(String, String)>,
) -> Result<Response, Reply> {
    let place = place(&looking, &names)?;
    let drawn = off_thread(&app, place.clone(), |app, place| app.shelf.shown(place)).await?;
    let copy = drawn.map_err(not_drawn)?;
    let copy = copy.ok_or_else(|| not_here(&place.file))?;
    Ok(file(copy, SHOWN_MIME, "inline"))
}

async fn original(
    State(app): State<App>,
    looking: Looking,
    Path(names): Path<(String, String)>,
) -> Result<Response, Reply> {
    let place = place(&looking, &names)?;
    let read = off_thread(&app, place.clone(), |app, place| app.shelf.original(place)).await?;
    let bytes = read.map_err(|error| unreadable(&error))?;
    let bytes = bytes.ok_or_else(|| not_here(&place.file))?;
    let opened = OpenEvidence {
        incident: place.incident,
        evidence: place.file.id,
    };
    // Each time anew: opening twice is two entries.
    carry_out(&app, &looking.actor, Key(None), opened).await??;
    let tag = place.file.sha256.get(..12).unwrap_or_default();
    let end = place.file.kind.extension();
    let name = format!("attachment; filename=\"evidence-{tag}.{end}\"");
    Ok(file(bytes, place.file.kind.mime(), &name))
}

/// The file, of a case that the person may see. What is not there and what is not for them is one.
fn place(looking: &Looking, (incident, evidence): &(String, String)) -> Result<Place, Reply> {
    let incident = found(looking, incident)?;
    let id = Uuid::parse_str(evidence).map_err(|_no_id| Reply::not_found("file"))?;
    Ok(Place {
        institution: looking.actor.institution,
        incident: incident.reference,
        file: file_of(&incident, EvidenceId(id))?,
    })
}

fn file_of(incident: &Incident, id: EvidenceId) -> Result<Evidence, Reply> {
    let file = incident.files.iter().find(|file| file.id == id);
    file.cloned().ok_or_else(|| Reply::not_found("file"))
}

fn only_who_attached(actor: &Actor, file: &Evidence) -> Result<(), Reply> {
    if file.by.as_ref().map(|named| named.id) == actor.user {
        return Ok(());
    }
    let message = "Only who attached a file sends it.";
    Err(Rejection::new(RejectionCode::Forbidden, message).into())
}

/// The log says that the file is here: once, however often this is asked.
async fn note_received(app: &App, place: &Place) -> Result<(), Reply> {
    let Some(request) = place.received(app.clock.now()) else {
        return Ok(());
    };
    let system = Actor::system(place.institution);
    match app.door.apply(system, request).await? {
        Outcome::Rejected { rejection, .. } if rejection.code != RejectionCode::AlreadyExists => {
            Err(rejection.into())
        }
        Outcome::Applied { .. } | Outcome::Rejected { .. } => Ok(()),
    }
}

fn told(place: &Place, standing: Standing) -> Reply {
    Reply::data(json!({
        "offset": standing.offset,
        "size": place.file.size,
        "complete": standing.complete,
    }))
}

fn file(bytes: Vec<u8>, kind: &'static str, how: &str) -> Response {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Ok(how) = HeaderValue::from_str(how) {
        headers.insert(header::CONTENT_DISPOSITION, how);
    }
    response
}

async fn off_thread<T: Send + 'static>(
    app: &App,
    place: Place,
    work: impl FnOnce(&App, &Place) -> T + Send + 'static,
) -> Result<T, Reply> {
    let app = app.clone();
    let done = tokio::task::spawn_blocking(move || work(&app, &place)).await;
    done.map_err(|_stopping| Reply::unavailable())
}

fn unreadable(error: &std::io::Error) -> Reply {
    tracing::error!(%error, "a file of evidence could not be read or written");
    Reply::unavailable()
}

/// Why there are no bytes. What the log has received can only be gone with the disk.
fn not_here(file: &Evidence) -> Reply {
    let Some(received) = file.received_at else {
        let message = "This file is still on its way from the station where it was attached.";
        return Reply::error(StatusCode::CONFLICT, "NOT_HERE_YET", message);
    };
    let message = format!(
        "The server had this file on {received} and has lost it since: it was put back without its \
         evidence folder. The record proves what it was: {} bytes with the SHA-256 {}. A copy that \
         somebody still has is the same file when its SHA-256 is the same.",
        file.size, file.sha256
    );
    Reply::error(StatusCode::GONE, "FILE_LOST", &message)
}

fn not_taken(error: NotTaken) -> Reply {
    let message = error.to_string();
    match error {
        NotTaken::Elsewhere(offset) => {
            let refused = Reply::error(StatusCode::CONFLICT, "OTHER_OFFSET", &message);
            refused.with("offset", Value::from(offset))
        }
        NotTaken::TooMuch | NotTaken::OtherFile => {
            Reply::error(StatusCode::UNPROCESSABLE_ENTITY, "OTHER_FILE", &message)
        }
        NotTaken::OtherKind => {
            Reply::error(StatusCode::UNPROCESSABLE_ENTITY, "OTHER_KIND", &message)
        }
        NotTaken::Disk(error) => unreadable(&error),
    }
}

fn not_drawn(error: NotDrawn) -> Reply {
    match error {
        NotDrawn::Picture(why) => Reply::error(
            StatusCode::UNPROCESSABLE_ENTITY,
            "NO_PREVIEW",
            &why.to_string(),
        ),
        NotDrawn::Disk(error) => unreadable(&error),
    }
}
