//! Commands over the socket. They are answered when they are durable, and meanwhile the
//! connection goes on.

use std::pin::Pin;

use elms_protocol::{CommandId, CommandRequest, Outcome, Rejection};
use serde_json::{Value, json};

use super::{Session, packets::answer};
use crate::engine::Frame;

/// Commands of one connection that may wait for the writer.
pub(super) const WAITING: usize = 64;
/// When a command may be sent again that could not be carried out, in milliseconds.
pub(super) const LATER_MS: i64 = 2_000;

/// The frame of an answer, when it is there.
pub(super) type Answering = Pin<Box<dyn Future<Output = Frame> + Send>>;

impl Session {
    /// `command {commandId, command, input, …}`, acknowledged with an outcome, with
    /// `{later: ms}` when it could not be carried out now, or with an `error`.
    pub(super) fn command(&mut self, input: Value, ack: Option<u64>) {
        let Some(ack) = ack else {
            return self.complain("INVALID", "A command wants an acknowledgement.");
        };
        let Some(member) = self.member.as_deref() else {
            return self.refuse_command(ack, "AUTHENTICATION_REQUIRED", "Authenticate first.");
        };
        if WAITING <= self.answering.len() {
            self.line.say(&answer(ack, &json!({ "later": LATER_MS })));
            return;
        }
        let id = input.get("commandId").cloned().unwrap_or_default();
        let request: CommandRequest = match serde_json::from_value(input) {
            Ok(request) => request,
            Err(error) => return self.not_understood(ack, id, &error),
        };
        let (door, actor) = (self.app.door.clone(), member.actor.clone());
        let (user, what) = (actor.user.map(|user| user.0), request.command.name());
        self.answering.push(Box::pin(async move {
            let body = match door.apply(actor, request).await {
                Ok(outcome) => {
                    note_refusal(user, what, &outcome);
                    serde_json::to_value(outcome).unwrap_or_default()
                }
                Err(error) => json!({ "later": LATER_MS, "message": error.to_string() }),
            };
            answer(ack, &body)
        }));
    }

    /// A command that cannot be read will never be: it is refused like any other, so that the
    /// station shows it to its author.
    fn not_understood(&mut self, ack: u64, id: Value, error: &serde_json::Error) {
        let message = format!("This server does not understand the command: {error}.");
        let Ok(command_id) = serde_json::from_value::<CommandId>(id) else {
            return self.refuse_command(ack, "INVALID", &message);
        };
        let rejection = Rejection::invalid(message);
        let outcome = Outcome::Rejected {
            command_id,
            rejection,
        };
        let body = serde_json::to_value(outcome).unwrap_or_default();
        self.line.say(&answer(ack, &body));
    }

    pub(super) fn refuse_command(&mut self, ack: u64, code: &str, message: &str) {
        let error = json!({ "error": { "code": code, "message": message } });
        self.line.say(&answer(ack, &error));
    }
}

/// The log says whose command was refused, and by which rule.
fn note_refusal(user: Option<i64>, what: &str, outcome: &Outcome) {
    if let Outcome::Rejected { rejection, .. } = outcome {
        let code = rejection.code;
        tracing::info!(user.id = user, what, ?code, "a command was refused");
    }
}
