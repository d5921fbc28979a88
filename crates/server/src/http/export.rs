//! Files of what a person may see.

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
    routing::get,
};
use serde::Deserialize;

use super::{Asked, Looking, Reply};
use crate::{
    App,
    export::{ExportError, Format, What, take_out},
};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/export/{what}", get(export))
}

#[derive(Deserialize)]
struct How {
    format: Option<String>,
}

async fn export(
    State(app): State<App>,
    looking: Looking,
    Path(what): Path<String>,
    Asked(how): Asked<How>,
) -> Result<Response, Reply> {
    let what = What::from_name(&what).ok_or_else(|| Reply::not_found("report"))?;
    let format = match how.format.as_deref() {
        None => Format::default(),
        Some(name) => {
            Format::from_name(name).ok_or_else(|| Reply::bad("The format is csv, jsonl or ics."))?
        }
    };
    let file = take_out(&app, looking.actor, what, format).await?;
    let kind = match format {
        Format::Csv => "text/csv; charset=utf-8",
        Format::Jsonl => "application/jsonl; charset=utf-8",
        Format::Ics => "text/calendar; charset=utf-8",
    };
    let mut response = file.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    let name = format!("attachment; filename=\"{}.{}\"", what.name(), format.name());
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}

impl From<ExportError> for Reply {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Refused(rejection) => rejection.into(),
            ExportError::Store(error) => error.into(),
            ExportError::Apply(error) => error.into(),
            ExportError::Csv(error) => {
                tracing::error!(%error, "an export failed");
                Self::unavailable()
            }
        }
    }
}
