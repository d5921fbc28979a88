//! Everything that changes something: kept first, sent afterwards, online or not.

use elms_protocol::{
    Command, CommandId, CommandRequest, Timestamp,
    host::{HostError, Submit, Submitted},
};
use serde::Deserialize;
use uuid::{Builder, Uuid};

use crate::{
    cache::Seen,
    console::Console,
    error::{DiskError, OutboxError},
    run::{Ask, sentence},
};

/// Arguments of `outbox_resend`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Resend {
    command_id: CommandId,
    /// What to ask instead; the same again when it is not given.
    #[serde(default)]
    command: Option<Command>,
}

/// Keeps a command. When this returns without an error or a rejection, it is on the disk.
pub(super) async fn submit(console: &Console, asked: Submit) -> Result<Submitted, HostError> {
    let desk = console.desk()?;
    let request = request(console, asked.command, asked.occurred_at);
    let now = console.shared.now();
    let at = console.shared.clock(|clock| clock.server_or_wall(now));
    let seen = Seen {
        at,
        live: console.shared.is_live(),
    };
    let submitted = desk
        .keep(request, seen)
        .await
        .map_err(|error| trouble(&error))?;
    if submitted.rejection.is_none() {
        console.ask(Ask::OutboxChanged).await?;
    }
    Ok(submitted)
}

/// Takes back what was not sent or was refused.
pub(super) async fn withdraw(console: &Console, id: CommandId) -> Result<(), HostError> {
    let now = console.shared.now();
    let at = console.shared.clock(|clock| clock.server_or_wall(now));
    console
        .desk()?
        .withdraw(id, at)
        .await
        .map_err(|error| trouble(&error))?;
    console.ask(Ask::OutboxChanged).await
}

/// Sends a refused command again, under a new id.
pub(super) async fn resend(console: &Console, asked: Resend) -> Result<Submitted, HostError> {
    let desk = console.desk()?;
    let old = desk
        .request(asked.command_id)
        .await
        .map_err(|error| trouble(&error))?;
    let times = old.times;
    let command = asked.command.unwrap_or(old.command);
    // It happened when it happened, however often it is sent.
    let request = CommandRequest {
        times,
        ..request(console, command, None)
    };
    let kept = desk
        .resend(asked.command_id, request)
        .await
        .map_err(|error| trouble(&error))?;
    console.ask(Ask::OutboxChanged).await?;
    Ok(kept)
}

fn request(console: &Console, command: Command, occurred: Option<Timestamp>) -> CommandRequest {
    let now = console.shared.now();
    let times = console.shared.clock(|clock| clock.times(now, occurred));
    let dice = &console.shared.outside.dice;
    CommandRequest {
        command_id: new_id(now.wall, [dice(), dice()]),
        times,
        command,
    }
}

/// An id that sorts by the time it was made (`UUIDv7`).
fn new_id(wall: Timestamp, throws: [u64; 2]) -> CommandId {
    let mut chance = [0; 10];
    let bytes = throws.into_iter().flat_map(u64::to_le_bytes);
    for (place, byte) in chance.iter_mut().zip(bytes) {
        *place = byte;
    }
    let ms = u64::try_from(wall.0).unwrap_or(0);
    let id: Uuid = Builder::from_unix_timestamp_millis(ms, &chance).into_uuid();
    CommandId(id)
}

/// An outbox that refuses, for the user interface.
pub(super) fn trouble(error: &OutboxError) -> HostError {
    let code = match error {
        OutboxError::Disk(DiskError::Full) => "disk_full",
        OutboxError::Disk(_) | OutboxError::Unreadable(_) | OutboxError::IdReused => "disk",
        OutboxError::TooLarge(_) => "too_large",
        OutboxError::Unknown => "not_found",
        OutboxError::NotNow(_) => "not_now",
    };
    sentence(code, error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_time_and_differ_by_chance() {
        let earlier = new_id(Timestamp(1_000), [u64::MAX, u64::MAX]);
        let later = new_id(Timestamp(1_001), [0, 0]);
        assert!(earlier < later);
        assert_ne!(new_id(Timestamp(1), [1, 2]), new_id(Timestamp(1), [1, 3]));
        assert_eq!(later.0.get_version_num(), 7);
    }
}
