//! Which web pages may connect. Consoles send no `Origin`; a page of another site must not be
//! able to use somebody's network place.

use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};

use crate::App;

/// The origin to answer to, if there is one; `None` when it may not connect.
pub(crate) fn allowed(app: &App, headers: &HeaderMap) -> Option<Option<HeaderValue>> {
    let Some(origin) = headers.get(header::ORIGIN) else {
        return Some(None);
    };
    let text = origin.to_str().ok()?;
    app.config.allows_origin(text).then(|| Some(origin.clone()))
}

/// The answer with the headers that let the page read it.
pub(crate) fn marked(mut response: Response, origin: Option<HeaderValue>) -> Response {
    if let Some(origin) = origin {
        let headers = response.headers_mut();
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(header::VARY, HeaderValue::from_static("Origin"));
    }
    response
}

/// Answers what a browser asks before a request of another origin.
pub(crate) async fn preflight(State(app): State<App>, headers: HeaderMap) -> Response {
    let Some(Some(origin)) = allowed(&app, &headers) else {
        return StatusCode::FORBIDDEN.into_response();
    };
    let mut response = marked(StatusCode::NO_CONTENT.into_response(), Some(origin));
    let headers = response.headers_mut();
    let methods = HeaderValue::from_static("GET,POST,PUT,PATCH,DELETE");
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, methods);
    let names = HeaderValue::from_static("authorization,content-type,idempotency-key");
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, names);
    response
}
