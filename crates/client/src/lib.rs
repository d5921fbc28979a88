//! The background client of a station: keeps the link, the cache and the outbox, without Tauri.
//!
//! [`session::Session`] decides and never does; the driver does and never decides.

pub mod auth;
pub mod cache;
pub mod calls;
mod certificate;
pub mod clock;
pub mod config;
mod console;
mod db;
mod desk;
pub mod error;
pub mod extract;
#[cfg(test)]
mod fixture;
pub mod http;
pub mod notices;
pub mod outbox;
pub mod overlay;
pub mod papers;
mod pinned;
pub mod profile;
pub mod reaches;
mod run;
pub mod screens;
mod seal;
pub mod session;
mod shared;
pub mod socket;
pub mod station_key;
pub mod tasks;
pub mod tongue;
pub mod vault;

pub use config::{Config, DesktopWorks};
pub use console::{Console, OpenError};
pub use notices::{Level, Notice};
pub use seal::{FileKey, NoChance};
pub use shared::Outside;
pub use tongue::Tongue;
pub use vault::{MemoryVault, Vault, VaultError};
