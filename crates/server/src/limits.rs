//! Every limit of what others may send, ask, or hold open: one table, told in
//! `docs/PROTOCOL.md`, and tried just below, at and just above each of them.

use std::time::Duration;

/// A hand-shake, an upgrade and the authentication must be done within this time.
pub(crate) const PATIENCE: Duration = Duration::from_secs(if cfg!(test) { 2 } else { 10 });
/// The largest message of a connection that has authenticated, in bytes.
pub(crate) const LARGEST_MESSAGE: usize = 256 * 1_024;
/// All that a connection may send before it has authenticated, and one body of long polling, in
/// bytes.
pub(crate) const LARGEST_UNKNOWN: usize = 64 * 1_024;
/// Messages of one connection that may come at once.
pub(crate) const BURST: f64 = 400.0;
/// Messages of one connection in a second, on average.
pub(crate) const PER_SECOND: f64 = 200.0;
/// Somebody who types is told of once in this time, for each case.
pub(crate) const TYPING_EVERY: Duration = Duration::from_secs(3);
/// Rooms that a connection follows.
pub(crate) const MOST_ROOMS: usize = 64;
/// Names of rooms in one message; further ones are not looked at.
pub(crate) const MOST_NAMES: usize = 1_000;
/// Connections at the same time, of every kind.
pub(crate) const MOST_CONNECTIONS: usize = if cfg!(test) { 150 } else { 20_000 };
/// Polled connections at the same time. Consoles use a WebSocket each.
pub(crate) const MOST_POLLED: usize = 1_000;
/// The most bytes of a request's head.
pub(crate) const LARGEST_HEAD: usize = 16 * 1_024;
/// A client must have sent its headers within this time.
pub(crate) const HEADERS: Duration = Duration::from_secs(10);
/// A body must have come within this time.
pub(crate) const BODY: Duration = Duration::from_secs(20);
/// The largest body of a request, in bytes.
pub(crate) const LARGEST_BODY: usize = 256 * 1_024;
/// The largest import, in bytes: some ten thousand registrations.
pub(crate) const LARGEST_IMPORT: usize = 8 * 1_024 * 1_024;
/// The longest `Idempotency-Key`, in bytes.
pub(crate) const LONGEST_KEY: usize = 200;
/// Commands in one `/sync/ops`.
pub(crate) const MOST_COMMANDS: usize = 200;
/// Scripts in one `bulk-submit`.
pub(crate) const MOST_SCRIPTS: usize = 500;
/// Events in one answer of `/sync/events`.
pub(crate) const MOST_EVENTS: usize = 2_000;
/// Items of one page of a list.
pub(crate) const MOST_ITEMS: usize = 500;
/// The longest name of a station, in bytes; a longer one is none.
pub(crate) const LONGEST_STATION: usize = 40;
/// Stations that nobody has paired are remembered for a week after somebody was there.
pub(crate) const WAITING_STATION_MS: i64 = 7 * 86_400_000;
/// Stations that nobody has paired, the last seen ones.
pub(crate) const MOST_WAITING_STATIONS: i64 = 200;
/// Sign-ins that may wait, the one that computes included.
pub(crate) const WAITING_SIGN_INS: usize = 32;
/// Of these, from one network address: a flood from there leaves room for the others.
pub(crate) const WAITING_FROM_ONE: usize = 24;
/// A network address has so many times the tries of an account: a whole hall may sit behind it.
pub(crate) const ACCOUNTS_PER_ADDRESS: i64 = 10;
