//! Which web pages may connect. Consoles send no `Origin`; a page of another site must not be
//! able to use somebody's network place.

use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};

use crate::App;

/// Who calls.
#[derive(Debug)]
pub(super) enum Caller {
    /// A program.
    Native,
    /// A web page of this origin.
    Page(HeaderValue),
}

/// Who calls; none when it is a page that may not.
pub(super) fn allowed(app: &App, headers: &HeaderMap) -> Option<Caller> {
    let Some(origin) = headers.get(header::ORIGIN) else {
        return Some(Caller::Native);
    };
    let text = origin.to_str().ok()?;
    let page = Caller::Page(origin.clone());
    app.config.allows_origin(text).then_some(page)
}

/// The answer with the headers that let the page read it.
pub(super) fn marked(mut response: Response, caller: Caller) -> Response {
    if let Caller::Page(origin) = caller {
        let headers = response.headers_mut();
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(header::VARY, HeaderValue::from_static("Origin"));
    }
    response
}

/// Answers what a browser asks before a request of another origin.
pub(super) async fn preflight(State(app): State<App>, headers: HeaderMap) -> Response {
    let Some(caller) = allowed(&app, &headers) else {
        return StatusCode::FORBIDDEN.into_response();
    };
    let mut response = marked(StatusCode::NO_CONTENT.into_response(), caller);
    let headers = response.headers_mut();
    let methods = HeaderValue::from_static("GET,POST,PUT,PATCH,DELETE");
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, methods);
    let names = HeaderValue::from_static("authorization,content-type,idempotency-key");
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, names);
    response
}
