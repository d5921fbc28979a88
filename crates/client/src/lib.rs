//! The background client of a station: keeps the link, the cache and the outbox, without Tauri.
//!
//! [`session::Session`] decides and never does; the driver does and never decides.

pub mod auth;
pub mod cache;
pub mod clock;
pub mod config;
mod db;
pub mod error;
pub mod http;
pub mod notices;
pub mod outbox;
pub mod overlay;
pub mod profile;
pub mod screens;
pub mod socket;
pub mod tasks;
pub mod vault;
