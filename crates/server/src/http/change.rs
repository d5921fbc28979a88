//! Changes: each is a command through the door, under the name that the client gave it.

use crate::limits::LONGEST_KEY;
use axum::{
    extract::{FromRequestParts, Path, State},
    http::{StatusCode, request::Parts},
};
use elms_protocol::{
    Actor, Command, CommandId, CommandRequest, Outcome, Rejection, RejectionCode, Times, Timestamp,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Looking, Reply, Said};
use crate::App;

/// Names the keys that are texts and not UUIDs.
const TEXT_KEYS: Uuid = Uuid::from_u128(0x2f6a_77ba_3d3e_5ac1_9a4d_02c1_66ab_9d30);

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

/// Something that clients change by its name in the path.
pub(crate) trait Thing: Sized + Send {
    /// What it is called, as in `Incident updated successfully`.
    const WORD: &'static str;

    /// The thing, if the person may see it; another's is not there.
    fn find(looking: &Looking, name: &str) -> Result<Self, Reply>;

    /// The same thing by its own name, as it is by now.
    fn again(&self, looking: &Looking) -> Result<Self, Reply>;

    /// Where it stands, for a refusal to say.
    fn status(&self) -> Value;

    /// As clients see it.
    fn shown(&self, now: Timestamp) -> Value;

    /// A key that the original has beside `data`.
    fn beside(&self, _looking: &Looking) -> Option<(&'static str, Value)> {
        None
    }
}

/// The body of a change of one thing.
pub(crate) trait Change: DeserializeOwned + Send {
    /// What it changes.
    type Of: Thing;

    /// Whether the person may do it at all, where no command decides that.
    fn allowed(&self, _looking: &Looking) -> bool {
        true
    }

    /// Looks up what the body names by another name than the rules do.
    fn look_up(&mut self, _looking: &Looking) -> Result<(), Reply> {
        Ok(())
    }

    /// Where it would bring the thing, for a refusal to say.
    fn to(&self) -> Option<&'static str>;

    /// The command it stands for; none when nothing is asked.
    fn command(self, of: &Self::Of) -> Result<Option<Command>, Reply>;

    /// A second command that may be refused without harm.
    fn aside(&self, _of: &Self::Of) -> Option<Command> {
        None
    }
}

/// Carries out a change of a thing that the person can see, and shows what became of it.
pub(crate) async fn change<C: Change>(
    State(app): State<App>,
    looking: Looking,
    key: Key,
    Path(name): Path<String>,
    Said(mut asked): Said<C>,
) -> Result<Reply, Reply> {
    let thing = C::Of::find(&looking, &name)?;
    if !asked.allowed(&looking) {
        let message = "Your role does not allow this here.";
        let code = RejectionCode::Forbidden;
        return Err(Rejection::new(code, message).into());
    }
    asked.look_up(&looking)?;
    let (to, aside) = (asked.to(), asked.aside(&thing));
    if let Some(command) = asked.command(&thing)? {
        let done = carry_out(&app, &looking.actor, key, command).await?;
        done.map_err(|rejection| refused(rejection, &thing, to))?;
    }
    if let Some(command) = aside {
        let done = carry_out(&app, &looking.actor, key.part("aside"), command).await?;
        if let Err(rejection) = done {
            tracing::info!(code = ?rejection.code, "what came with a change was not kept");
        }
    }
    answer(&app, looking, &thing)
}

/// The refusal, with where the thing stands and where it would have gone.
pub(crate) fn refused<T: Thing>(rejection: Rejection, thing: &T, to: Option<&str>) -> Reply {
    let illegal = rejection.code == RejectionCode::IllegalTransition;
    let reply = Reply::from(rejection);
    if !illegal {
        return reply;
    }
    reply.with("from", thing.status()).with("to", json!(to))
}

/// The thing as it is now.
pub(crate) fn answer<T: Thing>(app: &App, looking: Looking, thing: &T) -> Result<Reply, Reply> {
    let looking = looking.again(app)?;
    let now = thing.again(&looking)?;
    let message = format!("{} updated successfully", T::WORD);
    let shown = now.shown(app.clock.now());
    let reply = Reply::done(StatusCode::OK, &message, shown);
    match now.beside(&looking) {
        None => Ok(reply),
        Some((name, value)) => Ok(reply.with(name, value)),
    }
}
