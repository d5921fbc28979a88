//! What is noted of every request, and what every answer carries.
//!
//! The log gets the route's template, never the path, names, addresses, tokens or bodies.

use std::{
    panic::AssertUnwindSafe,
    sync::{Arc, OnceLock},
    time::Instant,
};

use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use futures_util::FutureExt as _;

use super::Reply;

/// Headers of every answer: it is data, never a page, runs nothing, stands in no frame, and nobody
/// keeps it.
const HEADERS: [(HeaderName, &str); 4] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::CACHE_CONTROL, "no-store"),
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'; sandbox",
    ),
    (header::REFERRER_POLICY, "no-referrer"),
];

/// Tells browsers that this server is not to be asked in the clear, for a year.
const ENCRYPTED_ONLY: HeaderValue = HeaderValue::from_static("max-age=31536000; includeSubDomains");

/// What an answer carries besides where connections are encrypted.
pub(super) async fn only_encrypted(mut response: Response) -> Response {
    let name = header::STRICT_TRANSPORT_SECURITY;
    response.headers_mut().insert(name, ENCRYPTED_ONLY);
    response
}

/// Who asks, once the token has told: the account, the institution.
#[derive(Debug, Clone, Default)]
pub(super) struct Asker(Arc<OnceLock<(i64, Option<i64>)>>);

impl Asker {
    /// Notes it; the first word counts.
    pub(super) fn is(&self, user: i64, institution: Option<i64>) {
        self.0.get_or_init(|| (user, institution));
    }
}

/// Lets the request pass, contains a fault in its handler, and writes one line.
pub(super) async fn watched(mut request: Request, next: Next) -> Response {
    let began = Instant::now();
    let (method, asker) = (request.method().clone(), Asker::default());
    request.extensions_mut().insert(asker.clone());
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map_or("unknown", MatchedPath::as_str);
    let answered = AssertUnwindSafe(next.run(request)).catch_unwind().await;
    let mut response = answered.unwrap_or_else(|_fault| Reply::fault().into_response());
    for (name, value) in HEADERS {
        response
            .headers_mut()
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    let duration_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    let status = response.status().as_u16();
    let (user, institution) = match asker.0.get() {
        Some((user, institution)) => (Some(*user), *institution),
        None => (None, None),
    };
    // A poll that waits, and a look at the health, are no news.
    if route.starts_with("/socket.io") || route.starts_with("/health") {
        tracing::debug!(%method, route, status, duration_ms, "answered");
    } else {
        tracing::info!(
            %method, route, status, duration_ms, user.id = user, institution.id = institution,
            "answered"
        );
    }
    response
}
