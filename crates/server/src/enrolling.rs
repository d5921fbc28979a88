//! Tells the signed logs which stations were let in or suspended, by whom, and which ask to be.
//!
//! What the sign-in asks is the file of the accounts, which answers without a log and which the
//! operator changes without a server. Each change waits there, with the id of the command that tells
//! it, until the log has taken it: the door takes a command once, so that a kill in between tells
//! nothing twice and loses nothing.

use std::time::Duration;

use elms_protocol::{Actor, CommandRequest, NoteEnrolment, Outcome, Times};
use tokio_util::sync::CancellationToken;

use crate::{
    accounts::Untold,
    auth::{Auth, AuthError},
    clock::Clock,
    door::{ApplyError, Door},
};

/// How often the file is asked for what another process has changed.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// A change could not be told now.
#[derive(Debug, thiserror::Error)]
enum Trouble {
    /// The accounts cannot be read or written.
    #[error(transparent)]
    Auth(#[from] AuthError),
    /// The log cannot be written.
    #[error(transparent)]
    Apply(#[from] ApplyError),
}

/// Tells the logs what they are still to be told, until stopped.
pub(crate) async fn tell(auth: Auth, door: Door, clock: Clock, stop: CancellationToken) {
    let tells = async {
        loop {
            if let Err(error) = tell_all(&auth, &door, &clock).await {
                tracing::error!(%error, "the log was not told how a station stands");
            }
            tokio::select! {
                () = auth.enrolled() => {}
                () = tokio::time::sleep(LOOK_EVERY) => {}
            }
        }
    };
    // A change that is told and not crossed out is told again, and changes nothing.
    stop.run_until_cancelled(tells).await;
}

async fn tell_all(auth: &Auth, door: &Door, clock: &Clock) -> Result<(), Trouble> {
    for change in auth.untold().await? {
        let command = change.command;
        let (actor, request) = (Actor::system(change.institution), request(change, clock));
        if let Outcome::Rejected { rejection, .. } = door.apply(actor, request).await? {
            // It would be refused for ever, and hold up what comes after it.
            tracing::error!(
                why = rejection.message,
                "the log refused how a station stands"
            );
        }
        auth.told(command).await?;
    }
    Ok(())
}

/// The command that tells a change. It happened a while ago by the machine's clock, and so by the
/// clock of the records.
fn request(change: Untold, clock: &Clock) -> CommandRequest {
    let ago_ms = Clock::real_now().since_ms(change.at).max(0);
    CommandRequest {
        command_id: change.command,
        times: Times::at(clock.now().plus_ms(ago_ms.saturating_neg())),
        command: NoteEnrolment {
            fingerprint: change.fingerprint,
            station: change.code,
            standing: change.standing,
            by: change.by,
        }
        .into(),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use elms_protocol::{
        InstitutionId, Kind, Record, StationStanding, UserId, View as _, proof::Pen,
    };

    use super::*;
    use crate::{
        accounts::{Comer, Sayer},
        config::Settings,
        store::Store,
    };

    const HERE: InstitutionId = InstitutionId(1);

    fn server(dir: &Path) -> (Auth, Door, Store) {
        let settings = Settings {
            data: Some(dir.to_owned()),
            ..Settings::default()
        };
        let config = settings.complete(true).unwrap();
        let (door, store) = Door::open(dir, Clock::system()).unwrap();
        (Auth::open(dir, &config).unwrap(), door, store)
    }

    /// A station asks to be let in, and who runs the server lets it in.
    fn change(auth: &Auth) {
        let key = Pen::new(&[1; 32]).key();
        let comer = Comer {
            institution: Some(HERE),
            key: &key.to_string(),
            code: Some("GH-A"),
            user: UserId(8),
        };
        let (accounts, now) = (auth.accounts(), Clock::real_now());
        accounts.station_came(comer, true, now).unwrap();
        let shown = elms_protocol::station::fingerprint(&key);
        let sayer = Sayer::Operator(None);
        accounts
            .set_station(&shown, StationStanding::Paired, sayer, now)
            .unwrap();
    }

    /// What the log says happened, and how the one station stands by it.
    fn told(store: &Store) -> (i64, StationStanding) {
        let records = store.view(HERE).unwrap();
        let mut enrolments = records.list(Kind::Enrolment).into_iter();
        let Some(Record::Enrolment(station)) = enrolments.next() else {
            panic!("no station")
        };
        (store.cursor(HERE).unwrap().seq.0, station.standing)
    }

    #[tokio::test]
    async fn what_was_told_before_the_server_was_killed_is_not_told_again() {
        let dir = tempfile::tempdir().unwrap();
        let (auth, door, store) = server(dir.path());
        change(&auth);
        let clock = Clock::system();
        // The door has both, and the server is killed before it crosses them out.
        for change in auth.untold().await.unwrap() {
            let actor = Actor::system(change.institution);
            door.apply(actor, request(change, &clock)).await.unwrap();
        }
        let before = told(&store);
        assert_eq!(before.1, StationStanding::Paired);
        assert_eq!(auth.untold().await.unwrap().len(), 2);
        tell_all(&auth, &door, &clock).await.unwrap();
        assert_eq!(told(&store), before);
        assert_eq!(auth.untold().await.unwrap(), []);
    }

    #[tokio::test]
    async fn what_the_operator_changed_without_a_server_is_told_at_its_start() {
        let dir = tempfile::tempdir().unwrap();
        let (auth, door, store) = server(dir.path());
        change(&auth);
        tell_all(&auth, &door, &Clock::system()).await.unwrap();
        assert_eq!(told(&store), (2, StationStanding::Paired));
        assert_eq!(auth.untold().await.unwrap(), []);
    }
}
