//! REST: for first copies, lists and clients that do not hold a socket. Paths and shapes are the
//! original's where it has them; changes go through the one door like everything else.
//!
//! What is asked passes, from outside in: the log line ([`watched`]), the contained fault, the
//! check of the web page it comes from ([`origin`]), the route. An answer is always JSON.

mod batches;
mod change;
mod evidence;
mod export;
mod health;
mod import;
mod incidents;
mod logged;
mod login;
mod logistics;
mod looking;
mod notices;
mod openapi;
mod origin;
mod paging;
mod person;
mod registrations;
mod reply;
mod said;
mod second_factor;
mod stations;
mod submissions;
mod sync;
#[cfg(test)]
mod tests;
mod timetables;
mod watched;

use crate::limits::LARGEST_BODY;
use std::net::{IpAddr, SocketAddr};

use axum::{
    Router,
    body::Body,
    extract::{DefaultBodyLimit, Request},
    handler::Handler,
    middleware,
    response::Response,
    routing::{MethodRouter, patch, post},
};
use hyper::body::Incoming;
use tower::ServiceExt as _;

use crate::{App, engine};
pub(crate) use change::{Key, carry_out};
pub(crate) use looking::{Looking, Signed};
pub(crate) use paging::{Paging, page};
pub(crate) use reply::Reply;
pub(crate) use said::{Asked, Number, Said};

/// The network address of the caller.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) SocketAddr);

impl Peer {
    /// The address without its port; an IPv4 address always as such.
    pub(crate) fn ip(self) -> IpAddr {
        self.0.ip().to_canonical()
    }
}

/// All routes.
pub(crate) fn router(app: App) -> Router {
    let api = Router::new()
        .merge(login::routes())
        .merge(second_factor::routes())
        .merge(stations::routes())
        .merge(incidents::routes())
        .merge(batches::routes())
        .merge(timetables::routes())
        .merge(submissions::routes())
        .merge(registrations::routes())
        .merge(logistics::routes())
        .merge(notices::routes())
        .merge(import::routes())
        .merge(evidence::routes())
        .merge(export::routes())
        .merge(sync::routes())
        .merge(openapi::routes());
    let is_encrypted = app.config.is_encrypted();
    let router = Router::new()
        .nest("/api", api)
        .merge(health::routes())
        .merge(engine::router())
        .fallback(reply::unknown_path)
        .method_not_allowed_fallback(reply::unknown_method)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(middleware::from_fn_with_state(app.clone(), origin::checked))
        .layer(middleware::from_fn(watched::watched))
        .with_state(app);
    if is_encrypted {
        router.layer(middleware::map_response(watched::only_encrypted))
    } else {
        router
    }
}

/// Answers one request from `peer`.
///
/// # Errors
///
/// Never: the router answers everything.
pub(crate) async fn answer(
    router: Router,
    peer: SocketAddr,
    request: hyper::Request<Incoming>,
) -> Result<Response, std::convert::Infallible> {
    let mut request: Request = request.map(Body::new);
    request.extensions_mut().insert(Peer(peer));
    router.oneshot(request).await
}

/// `PATCH` as the original has it, and `POST` as its web client sends it.
fn patch_or_post<H, T>(handler: H) -> MethodRouter<App>
where
    H: Handler<T, App> + Clone,
    T: 'static,
{
    patch(handler.clone()).merge(post(handler))
}

/// Every route that needs a sign-in, with its methods.
#[cfg(test)]
pub(crate) fn routes_of_records() -> impl Iterator<Item = (&'static str, &'static str)> {
    let closed = openapi::ROUTES.iter().filter(|route| !route.is_public());
    let closed = closed.filter(|route| !route.path.starts_with("/auth"));
    closed.map(|route| (route.methods, route.path))
}
