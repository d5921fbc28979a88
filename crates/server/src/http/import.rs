//! Reference records from files, for officers and administrators.

use crate::limits::LARGEST_IMPORT;
use axum::{Router, extract::DefaultBodyLimit, extract::State, http::StatusCode, routing::post};
use serde::Deserialize;

use super::{Looking, Reply, Said};
use crate::{
    App,
    import::{File, ImportError, bring_in},
};

pub(super) fn routes() -> Router<App> {
    Router::new().route(
        "/import",
        post(import).layer(DefaultBodyLimit::max(LARGEST_IMPORT)),
    )
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Import {
    #[serde(default)]
    dry_run: bool,
    files: Vec<Named>,
}

/// A file by its name, with its text.
#[derive(Deserialize)]
struct Named {
    name: String,
    text: String,
}

async fn import(
    State(app): State<App>,
    looking: Looking,
    Said(import): Said<Import>,
) -> Result<Reply, Reply> {
    if import.files.is_empty() {
        return Err(Reply::bad("Send at least one file."));
    }
    let files: Vec<File> = import.files.into_iter().map(File::from).collect();
    let report = bring_in(&app, looking.actor, &files, import.dry_run).await?;
    let n_problems = report.problems.len();
    if 0 < n_problems && !import.dry_run {
        let message = format!("Nothing was brought in: {n_problems} problems.");
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        let refused = Reply::error(status, "IMPORT_PROBLEMS", &message);
        return Err(refused.with("data", serde_json::json!(report)));
    }
    let message = match (import.dry_run, n_problems) {
        (false, _) => "Records brought in",
        (true, 0) => "Nothing is wrong with the files",
        (true, _) => "The files cannot be brought in like this",
    };
    Ok(Reply::done(StatusCode::OK, message, report))
}

impl From<Named> for File {
    fn from(named: Named) -> Self {
        Self {
            name: named.name,
            bytes: named.text.into_bytes(),
        }
    }
}

impl From<ImportError> for Reply {
    fn from(error: ImportError) -> Self {
        if let ImportError::Forbidden(_) = error {
            let message = format!("Not here: {error}.");
            return Self::error(StatusCode::FORBIDDEN, "INSUFFICIENT_PERMISSIONS", &message);
        }
        tracing::error!(%error, "an import failed");
        Self::unavailable()
    }
}
