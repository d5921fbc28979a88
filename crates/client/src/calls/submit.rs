//! Everything that changes something: kept first, sent afterwards, online or not.

use elms_protocol::{
    AttachEvidence, Command, CommandId, CommandRequest,
    host::{HostError, Submit, Submitted},
};
use serde::Deserialize;

use crate::{
    console::Console,
    desk::With,
    error::{DiskError, OutboxError},
    run::{Ask, REVIEW_DESK, sentence},
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
    let request = console.shared.request(asked.command, asked.occurred_at);
    let with = asked.draft.map_or(With::Nothing, With::Draft);
    keep(console, request, with).await
}

/// Keeps a command with the file that it attaches.
pub(super) async fn submit_file(
    console: &Console,
    command: AttachEvidence,
    file: Vec<u8>,
) -> Result<Submitted, HostError> {
    let request = console.shared.request(command.into(), None);
    keep(console, request, With::File(file)).await
}

/// A review desk changes nothing, whoever asks: neither the window nor a click on a notice.
fn may_change(console: &Console, command: &Command) -> Result<(), HostError> {
    if console.shared.here.reviews() && !command.notes_a_look() {
        return Err(sentence("review_desk", REVIEW_DESK));
    }
    Ok(())
}

async fn keep(
    console: &Console,
    request: CommandRequest,
    with: With,
) -> Result<Submitted, HostError> {
    let desk = console.desk()?;
    may_change(console, &request.command)?;
    let submitted = desk.keep(request, console.shared.seen(), with).await;
    let submitted = submitted.map_err(|error| trouble(&error))?;
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
    may_change(console, &command)?;
    // It happened when it happened, however often it is sent.
    let request = CommandRequest {
        times,
        ..console.shared.request(command, None)
    };
    let kept = desk
        .resend(asked.command_id, request)
        .await
        .map_err(|error| trouble(&error))?;
    console.ask(Ask::OutboxChanged).await?;
    Ok(kept)
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
