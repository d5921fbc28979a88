//! Who comes in: what the server says to a password, the key of what this station keeps of them, and
//! their profile.

use std::sync::Arc;

use elms_protocol::host::{self, HostError, Status};

use super::{asks::Reply, lock::remember_password, words::sentence};
use crate::{
    auth::{Place, Secret},
    clock::Exchange,
    desk::Desk,
    http::{Account, Grant, ServerUrl, Told, Trouble},
    profile::{Card, Lock, ProfileError, ServerKind},
    seal::keep::{KeyTrouble, Opened, Wish},
    shared::Shared,
    station_key::Held,
    vault::VaultError,
};

/// A sign-in that the server has answered.
pub(crate) struct Granted {
    pub(crate) server: ServerUrl,
    pub(crate) email: String,
    pub(crate) result: Result<Admission, NotAdmitted>,
    pub(crate) reply: Reply<Status>,
}

/// What the server gave for a password.
pub(crate) struct Admission {
    pub(crate) grant: Grant,
    pub(crate) kind: ServerKind,
    /// The server's clock, as measured in passing.
    pub(crate) clock: Option<Exchange>,
    pub(crate) place: Place,
    pub(crate) unkept: Option<VaultError>,
    /// The key of the profile; none when it is open already.
    pub(crate) key: Option<Opened>,
}

/// Why nobody came in.
pub(crate) enum NotAdmitted {
    /// The server.
    Server(Trouble),
    /// There is no key to what this station would keep.
    Key(KeyTrouble),
}

pub(super) async fn admission(
    shared: &Shared,
    server: &ServerUrl,
    asked: &host::SignIn,
) -> Result<Admission, NotAdmitted> {
    let held = station_key(shared, server)
        .await
        .map_err(NotAdmitted::Key)?;
    let grant = shared.http.login(server, asked, held.key).await;
    let grant = grant.map_err(NotAdmitted::Server)?;
    let key = match key_for(shared, server, (&grant.account, &asked.guard)).await {
        Ok(key) => key,
        Err(trouble) => {
            // Nobody comes in: the sign-in is given back.
            let logout = shared.http.logout(server, &grant.access, &grant.refresh);
            if let Err(error) = logout.await {
                tracing::warn!(%error, "the server was not told of the sign-out");
            }
            return Err(NotAdmitted::Key(trouble));
        }
    };
    remember_password(
        shared,
        server,
        (&grant.account, &asked.password, key.as_ref()),
    )
    .await;
    let sent = shared.now().mono;
    let looked = shared.http.look(server).await.unwrap_or_default();
    let heard = shared.now().mono;
    let kind = if looked.demo {
        ServerKind::Demo
    } else {
        ServerKind::Ours
    };
    let clock = looked.clock.map(|Told { now, rate }| {
        let (t1, t2) = (now.0, now.0);
        Exchange {
            sent,
            heard,
            t1,
            t2,
            rate,
        }
    });
    let name = Card::secret_name(server, &grant.account);
    let vault = Arc::clone(&shared.vault);
    let place = Place {
        vault,
        name,
        // What can be read until the console is closed leaves no sign-in behind either.
        keep: asked.keep && !matches!(asked.guard, Some(host::Guard::Session)),
    };
    let unkept = match held.unkept.filter(|_| grant.key.is_some()) {
        // A token whose key goes with the console is worth nothing after it.
        Some(unkept) => Some(unkept),
        None => place.write(&grant.refresh).await.err(),
    };
    Ok(Admission {
        grant,
        kind,
        clock,
        place,
        unkept,
        key,
    })
}

/// The key of this station for a server, on a thread that may wait for the key store.
pub(crate) async fn station_key(shared: &Shared, server: &ServerUrl) -> Result<Held, KeyTrouble> {
    let (keys, server) = (Arc::clone(&shared.station_keys), server.clone());
    let asked = tokio::task::spawn_blocking(move || keys.find_or_make(&server));
    let fallen = |_| KeyTrouble::Store(VaultError("The key store has failed.".to_owned()));
    Ok(asked.await.map_err(fallen)??)
}

pub(super) fn card(
    server: &ServerUrl,
    admission: &Admission,
    earlier: Option<Card>,
    station: &str,
) -> Card {
    let account = &admission.grant.account;
    Card {
        server: server.whole(),
        account: account.clone(),
        actor: account.actor(station),
        station: admission.grant.station.as_deref().cloned(),
        keep: admission.place.keep,
        kind: admission.kind,
        clock: earlier.as_ref().and_then(|card| card.clock),
        as_of: earlier.as_ref().and_then(|card| card.as_of),
        unsent: earlier.map_or(0, |card| card.unsent),
    }
}

pub(super) fn place(vault: &Arc<dyn crate::vault::Vault>, desk: &Desk) -> Place {
    let card = desk.card();
    let name = Card::secret_name(&desk.server, &card.account);
    Place {
        vault: Arc::clone(vault),
        name,
        keep: card.keep,
    }
}

/// The key of who comes in; none when their profile is open already.
async fn key_for(
    shared: &Shared,
    server: &ServerUrl,
    (account, guard): (&Account, &Option<host::Guard>),
) -> Result<Option<Opened>, KeyTrouble> {
    let open = shared.desk();
    if open.is_some_and(|desk| desk.is_of(server, account)) {
        return Ok(None);
    }
    let wish = match guard {
        None => Wish::Usual,
        Some(host::Guard::Session) => Wish::Session,
        Some(host::Guard::Passphrase(words)) => Wish::Words(Secret::new(words.as_str())),
    };
    let key = ask_key(shared, (server, account), (wish, true)).await?;
    Ok(Some(key))
}

/// Asks for a key on a thread that may wait for the key store.
pub(super) async fn ask_key(
    shared: &Shared,
    (server, account): (&ServerUrl, &Account),
    (wish, may_begin): (Wish, bool),
) -> Result<Opened, KeyTrouble> {
    let (profiles, vault) = (shared.profiles.clone(), Arc::clone(&shared.vault));
    let (server, account) = (server.clone(), account.clone());
    let asked = tokio::task::spawn_blocking(move || {
        profiles.key(&server, &account, &*vault, (&wish, may_begin))
    });
    let fallen = |_| KeyTrouble::Store(VaultError("The key store has failed.".to_owned()));
    asked.await.map_err(fallen)?
}

/// Opens a profile on a thread that may wait for the disk.
pub(super) async fn open_desk(
    shared: &Arc<Shared>,
    whose: (ServerUrl, Card),
    key: Opened,
) -> Result<(Arc<Desk>, Lock), HostError> {
    let profiles = shared.profiles.clone();
    let here_now = (shared.here.clone(), shared.now().wall);
    let open = move || Desk::open(&profiles, whose, key, here_now);
    let opened = tokio::task::spawn_blocking(open).await;
    match opened {
        Ok(Ok((desk, lock))) => Ok((Arc::new(desk), lock)),
        Ok(Err(error @ ProfileError::Taken)) => Err(sentence("profile_taken", error)),
        Ok(Err(error)) => Err(sentence("disk", error)),
        Err(error) => Err(sentence("internal", error)),
    }
}
