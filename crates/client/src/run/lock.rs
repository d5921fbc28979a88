//! The curtain before a station: who works here goes on being told and what they wrote goes on being
//! sent, but nothing is shown to whoever stands there until they have said who they are.

use std::sync::Arc;

use elms_protocol::host::{self, HostError, OpensWith, PersonHere, Status};

use super::{
    Owner,
    asks::Reply,
    coming::open_desk,
    news::News,
    status::initials,
    words::{key_error, nothing_here, sentence},
};
use crate::{
    auth::Secret,
    http::ServerUrl,
    profile::Card,
    seal::{
        gate::{self, Words},
        keep::{self, Kept, KeyTrouble, Opened, Wish},
    },
    shared::Shared,
    vault::VaultError,
};

/// Somebody who has said the right words, or not.
pub(crate) struct Passed {
    result: Result<Box<Through>, HostError>,
    reply: Reply<Status>,
}

/// Whose profile is opened, and with what.
struct Through {
    server: ServerUrl,
    card: Card,
    key: Opened,
}

impl Owner {
    /// Draws the curtain, when there is a way to open it again here.
    pub(super) fn lock(&mut self) -> Result<(), HostError> {
        let desk = self.desk().ok_or_else(nothing_here)?;
        let dir = self.shared.profiles.dir(&desk.server, &desk.card().account);
        let file = keep::read(&dir);
        let opens =
            |file: keep::KeyFile| file.gates.is_any() || matches!(file.kept, Kept::Words(_));
        if !file.is_some_and(opens) {
            let message = "There is neither a password nor a PIN to open it again without the \
                           server. Sign in once more first.";
            return Err(sentence("no_gate", message));
        }
        self.draw(true);
        Ok(())
    }

    /// Draws or opens the curtain.
    pub(super) fn draw(&mut self, is_locked: bool) {
        self.shared.set_locked(is_locked);
        self.board.change_all();
    }

    /// Whoever has set a PIN is asked for it when the console opens.
    pub(super) fn lock_at_start(&mut self) {
        let Some(desk) = self.desk() else { return };
        let dir = self.shared.profiles.dir(&desk.server, &desk.card().account);
        if keep::read(&dir).is_some_and(|file| file.gates.pin.is_some()) {
            self.draw(true);
        }
    }

    /// Judges the words on the side: they take their time on purpose.
    pub(super) fn unlock(&mut self, asked: host::Unlock, reply: Reply<Status>) {
        let (shared, bring) = (Arc::clone(&self.shared), self.bring.clone());
        self.tasks.passing("unlock", async move {
            let person = asked.person;
            let secret = Some(Secret::new(asked.secret));
            let result = judge(&shared, Some(person), secret).await;
            drop(bring.send(News::Passed(Passed { result, reply })).await);
        });
    }

    /// Opens what was kept here last, without the server.
    pub(super) fn work_offline(&mut self, asked: host::WorkOffline, reply: Reply<Status>) {
        let (shared, bring) = (Arc::clone(&self.shared), self.bring.clone());
        self.tasks.passing("work offline", async move {
            let secret = asked.passphrase.map(Secret::new);
            let result = judge(&shared, None, secret).await;
            drop(bring.send(News::Passed(Passed { result, reply })).await);
        });
    }

    pub(super) async fn passed(&mut self, passed: Passed) {
        let Passed { result, reply } = passed;
        let answer = match result {
            Ok(through) => self.let_in(*through).await,
            Err(error) => Err(error),
        };
        let status = self.status().await;
        drop(reply.send(answer.map(|()| status)));
    }

    async fn let_in(&mut self, through: Through) -> Result<(), HostError> {
        let Through { server, card, key } = through;
        let is_here = self
            .desk()
            .is_some_and(|desk| desk.is_of(&server, &card.account));
        if !is_here {
            // What the other one wrote stays theirs, sealed with their key.
            self.leave().await;
            let (desk, lock) = open_desk(&self.shared, (server, card), key).await?;
            self.take_up(desk, lock).await;
        }
        self.draw(false);
        Ok(())
    }

    /// Sets the PIN of who works here, or takes it away.
    pub(super) async fn set_pin(&mut self, asked: host::SetPin) -> Result<(), HostError> {
        let desk = self.desk().ok_or_else(nothing_here)?;
        let dir = self.shared.profiles.dir(&desk.server, &desk.card().account);
        let (key, now) = (desk.key().clone(), self.now().wall);
        let pin = asked.pin.map(Secret::new);
        let set = tokio::task::spawn_blocking(move || {
            gate::set(&dir, &key, (Words::Pin, pin.as_ref()), now)
        });
        let set = set.await.map_err(|error| sentence("internal", error))?;
        set.map_err(|trouble| key_error(&trouble))
    }
}

/// Finds out whether `secret` opens the profile of `person`, or of who worked here last.
async fn judge(
    shared: &Arc<Shared>,
    person: Option<String>,
    secret: Option<Secret>,
) -> Result<Box<Through>, HostError> {
    let card = match person {
        Some(place) => {
            let mut everybody = shared.profiles.everybody().into_iter();
            everybody
                .find(|(known, _)| *known == place)
                .map(|(_, card)| card)
        }
        None => shared.profiles.last(),
    };
    let card = card.ok_or_else(nothing_here)?;
    let server = ServerUrl::parse(&card.server);
    let server = server.map_err(|error| sentence("bad_address", error))?;
    let asked = {
        let (shared, server, card) = (Arc::clone(shared), server.clone(), card.clone());
        tokio::task::spawn_blocking(move || key_with(&shared, &server, (&card, secret)))
    };
    let key = asked.await.map_err(|error| sentence("internal", error))?;
    let key = key.map_err(|trouble| key_error(&trouble))?;
    Ok(Box::new(Through { server, card, key }))
}

/// The key of a profile for whoever knows its words. Blocks.
fn key_with(
    shared: &Shared,
    server: &ServerUrl,
    (card, secret): (&Card, Option<Secret>),
) -> Result<Opened, KeyTrouble> {
    let dir = shared.profiles.dir(server, &card.account);
    let file = keep::read(&dir);
    let open = shared
        .desk()
        .filter(|desk| desk.is_of(server, &card.account));
    let key = match (&open, file.as_ref().map(|file| &file.kept), &secret) {
        (Some(desk), _, _) => Opened::lasting(desk.key().clone()),
        (None, Some(Kept::Words(_)), Some(words)) => {
            let how = (&Wish::Words(words.clone()), false);
            return shared
                .profiles
                .key(server, &card.account, &*shared.vault, how);
        }
        (None, _, _) => {
            let how = (&Wish::Usual, false);
            shared
                .profiles
                .key(server, &card.account, &*shared.vault, how)?
        }
    };
    let is_gated = file.is_some_and(|file| file.gates.is_any());
    match secret {
        Some(words) if is_gated || open.is_some() => {
            gate::pass(&dir, &key.key, &words, shared.now().wall)?;
            Ok(key)
        }
        None if is_gated || shared.is_locked() => Err(KeyTrouble::SecretWanted),
        // A profile of the time before there were gates: the next sign-in sets one.
        Some(_) | None => Ok(key),
    }
}

/// Everybody who can work here without a sign-in at the server. Blocks.
pub(crate) fn people_here(shared: &Shared) -> Vec<PersonHere> {
    let desk = shared.desk();
    let everybody = shared.profiles.everybody().into_iter();
    let known = everybody.filter_map(|(place, card)| {
        let server = ServerUrl::parse(&card.server).ok()?;
        let is_here = desk
            .as_ref()
            .is_some_and(|desk| desk.is_of(&server, &card.account));
        let file = keep::read(&shared.profiles.dir(&server, &card.account))?;
        Some(PersonHere {
            opens_with: ways(&file, is_here),
            tries_left: file.gates.left(),
            id: place,
            initials: initials(&card.account.name),
            name: card.account.name,
            email: card.account.email,
            role: card.account.roles.first().copied()?,
            server: card.server,
            waiting: card.unsent,
            here: is_here,
        })
    });
    known.collect()
}

fn ways(file: &keep::KeyFile, is_here: bool) -> Vec<OpensWith> {
    let gates = &file.gates;
    let usable = is_here || matches!(file.kept, Kept::Store);
    let pin = (usable && gates.pin.is_some()).then_some(OpensWith::Pin);
    let password = (usable && gates.password.is_some()).then_some(OpensWith::Password);
    let words = matches!(file.kept, Kept::Words(_)).then_some(OpensWith::Passphrase);
    [pin, password, words].into_iter().flatten().collect()
}

/// Sets the password that the server has just accepted as words of this station. That it fails only
/// means that the server is asked again next time.
pub(crate) async fn remember_password(
    shared: &Shared,
    server: &ServerUrl,
    (account, password, key): (&crate::http::Account, &str, Option<&Opened>),
) {
    let open = shared.desk().filter(|desk| desk.is_of(server, account));
    let key = key.map(|opened| opened.key.clone());
    let Some(key) = key.or_else(|| open.map(|desk| desk.key().clone())) else {
        return;
    };
    let (dir, now) = (shared.profiles.dir(server, account), shared.now().wall);
    let password = Secret::new(password);
    let set = tokio::task::spawn_blocking(move || {
        gate::set(&dir, &key, (Words::Password, Some(&password)), now)
    });
    let fallen = |_| KeyTrouble::Store(VaultError("it has fallen over".to_owned()));
    if let Err(error) = set.await.map_err(fallen).and_then(|set| set) {
        tracing::warn!(%error, "the station does not know the password");
    }
}
