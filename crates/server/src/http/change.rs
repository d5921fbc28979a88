//! Changes: each is a command through the door, under the name that the client gave it.

use axum::{extract::FromRequestParts, http::request::Parts};
use elms_protocol::{Actor, Command, CommandId, CommandRequest, Outcome, Rejection, Times};
use uuid::Uuid;

use super::Reply;
use crate::App;

/// Names the keys that are texts and not UUIDs.
const TEXT_KEYS: Uuid = Uuid::from_u128(0x2f6a_77ba_3d3e_5ac1_9a4d_02c1_66ab_9d30);
/// The longest key, in bytes.
const LONGEST_KEY: usize = 200;

/// The `Idempotency-Key` of a request: sent again with the same one, it has no further effect.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Key(pub(crate) Option<Uuid>);

impl FromRequestParts<App> for Key {
    type Rejection = Reply;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Reply> {
        let Some(given) = parts.headers.get("idempotency-key") else {
            return Ok(Self(None));
        };
        let text = given.to_str().ok().map(str::trim);
        let text = text.filter(|text| !text.is_empty() && text.len() <= LONGEST_KEY);
        let text = text
            .ok_or_else(|| Reply::bad("The Idempotency-Key is a text of 1 to 200 characters."))?;
        let named = |_| Uuid::new_v5(&TEXT_KEYS, text.as_bytes());
        Ok(Self(Some(Uuid::parse_str(text).unwrap_or_else(named))))
    }
}

impl Key {
    /// The id of the request's command.
    pub(crate) fn command_id(self) -> CommandId {
        CommandId(self.0.unwrap_or_else(Uuid::now_v7))
    }

    /// A key for one more command of the same request.
    pub(crate) fn part(self, name: &str) -> Self {
        Self(self.0.map(|key| Uuid::new_v5(&key, name.as_bytes())))
    }
}

/// Carries out a command that happens now. The inner error is a refusal.
///
/// # Errors
///
/// A reply when the server cannot do it now.
pub(crate) async fn carry_out(
    app: &App,
    actor: &Actor,
    key: Key,
    command: impl Into<Command>,
) -> Result<Result<(), Rejection>, Reply> {
    carry_out_at(app, actor, (key, Times::at(app.clock.now())), command).await
}

/// The same with the times that the client gave.
pub(crate) async fn carry_out_at(
    app: &App,
    actor: &Actor,
    (key, times): (Key, Times),
    command: impl Into<Command>,
) -> Result<Result<(), Rejection>, Reply> {
    let command_id = key.command_id();
    let request = CommandRequest {
        command_id,
        times,
        command: command.into(),
    };
    match app.door.apply(actor.clone(), request).await? {
        Outcome::Applied { .. } => Ok(Ok(())),
        Outcome::Rejected { rejection, .. } => Ok(Err(rejection)),
    }
}
