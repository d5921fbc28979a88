//! The HTTP clients of a station: one that believes whom the system believes, and one for each key
//! that the address of a server names.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use elms_protocol::pin::Pin;
use reqwest::{Client, ClientBuilder};

use super::{ServerUrl, Trouble};
use crate::pinned;

/// How long the server may take to accept a connection.
const CONNECT: Duration = Duration::from_secs(5);

/// Cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Clients {
    usual: Client,
    pinned: Arc<Mutex<BTreeMap<Pin, Client>>>,
}

impl Clients {
    /// # Errors
    ///
    /// When TLS cannot be set up.
    pub(super) fn new() -> Result<Self, reqwest::Error> {
        Ok(Self {
            usual: builder().build()?,
            pinned: Arc::default(),
        })
    }

    /// The one that may speak to this server.
    ///
    /// # Errors
    ///
    /// [`Trouble::InTheClear`] when nobody may: others on the way would read along.
    pub(super) fn to(&self, server: &ServerUrl) -> Result<Client, Trouble> {
        if server.is_open_to_listeners() {
            return Err(Trouble::InTheClear);
        }
        let Some(pin) = server.pin() else {
            return Ok(self.usual.clone());
        };
        let mut pinned = self.pinned.lock().unwrap_or_else(PoisonError::into_inner);
        match pinned.entry(pin) {
            Entry::Occupied(known) => Ok(known.get().clone()),
            Entry::Vacant(free) => Ok(free.insert(only_for(pin)?).clone()),
        }
    }
}

fn only_for(pin: Pin) -> Result<Client, Trouble> {
    let unusable = |error: &dyn std::fmt::Display| Trouble::Unreachable(error.to_string());
    let tls = pinned::config(pin).map_err(|error| unusable(&error))?;
    let built = builder().use_preconfigured_tls(tls).build();
    built.map_err(|error| unusable(&error))
}

fn builder() -> ClientBuilder {
    Client::builder()
        // A redirect of an API call comes from a captive portal, never from an ELMS server.
        .redirect(reqwest::redirect::Policy::none())
        // The socket does not go through proxies either; both must reach the same server.
        .no_proxy()
        .connect_timeout(CONNECT)
        .user_agent(concat!("elms-console/", env!("CARGO_PKG_VERSION")))
}
