//! What a client says: body, query and the number in a path. What cannot be read is answered in
//! JSON with a sentence.

use crate::limits::BODY;
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Path, Query, Request},
    http::request::Parts,
};
use serde::de::DeserializeOwned;

use super::Reply;
use crate::App;

/// A JSON body; an empty one is `{}`. Fields that are not known are ignored: old clients send
/// some that we have no use for.
#[derive(Debug)]
pub(crate) struct Said<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<App> for Said<T> {
    type Rejection = Reply;

    async fn from_request(request: Request, app: &App) -> Result<Self, Reply> {
        let body = tokio::time::timeout(BODY, Bytes::from_request(request, app)).await;
        let body = body.map_err(|_late| Reply::too_slow())?;
        let body = body.map_err(|refused| Reply::unread(refused.status(), &refused.body_text()))?;
        let text = if body.trim_ascii().is_empty() {
            b"{}"
        } else {
            body.as_ref()
        };
        let read = serde_json::from_slice(text);
        read.map(Self)
            .map_err(|error| Reply::bad(&format!("The request is not right: {error}.")))
    }
}

/// The query of an address.
#[derive(Debug)]
pub(crate) struct Asked<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequestParts<App> for Asked<T> {
    type Rejection = Reply;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Reply> {
        let read = Query::from_request_parts(parts, app).await;
        read.map(|Query(query)| Self(query))
            .map_err(|error| Reply::bad(&error.body_text()))
    }
}

/// The one number in a path. What is no number names nothing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Number(pub(crate) i64);

impl FromRequestParts<App> for Number {
    type Rejection = Reply;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Reply> {
        let read = Path::from_request_parts(parts, app).await;
        read.map(|Path(number)| Self(number))
            .map_err(|_no_number| Reply::not_found("record"))
    }
}
