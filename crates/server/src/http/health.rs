//! Whether the server works.

use axum::{Router, extract::State, http::StatusCode, routing::get};
use serde_json::json;

use super::Reply;
use crate::App;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/healthz", get(health))
        .route("/health", get(health))
}

/// `status` and the other keys of the original; `demo`, `rate`, `stations` and `server` are ours.
async fn health(State(app): State<App>) -> Reply {
    let works = app.auth.works().await && !app.stop.is_cancelled();
    let status = if works {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    let body = json!({
        "status": if works { "OK" } else { "ERROR" },
        "message": if works { "The server is running." } else { "The server cannot work." },
        "timestamp": app.clock.now(),
        "environment": if app.config.demo { "demo" } else { "production" },
        "version": env!("CARGO_PKG_VERSION"),
        "database": if works { "connected" } else { "disconnected" },
        "server": "elms-server",
        "demo": app.config.demo,
        "rate": app.clock.rate(),
        "stations": app.config.stations.text(),
    });
    Reply::body(status, body)
}
