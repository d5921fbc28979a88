//! What the helpers bring: answers of the server that were waited for on the side.

use elms_protocol::{
    Actor, CommandId, Outcome,
    frame::{Cursor, Proof},
    proof::Entry,
};

use super::{Owner, asks::Reply, coming::Granted, line::WRONG_MS, retention::Care};
use crate::{
    auth::{Renewal, Tokens},
    http::Trouble,
    profile::ServerKind,
    session::{CopyNews, Input, TokenNews},
};

/// What a helper brings.
pub(crate) enum News {
    /// A sign-in was answered.
    Granted(Box<Granted>),
    /// Somebody said who they are.
    Passed(super::lock::Passed),
    /// A renewal ended; the number says for which sitting.
    Renewed(u64, Result<Renewal, Trouble>),
    /// A first copy ended.
    Copied(u64, Result<Copied, CopyTrouble>),
    /// A command was answered.
    Answered(u64, CommandId, Answer),
    /// The server has proved something, or nothing; who waits for it.
    Proved(u64, Option<Box<Proof>>, Option<Reply<Vec<Entry>>>),
    /// A file of evidence has come further; whether the work has ended well, when it has ended.
    Carried(u64, Option<bool>),
    /// The copy was cared for, and is another one now.
    Cared(u64, Care),
}

/// A first copy that is in the cache.
pub(crate) struct Copied {
    pub(crate) cursor: Cursor,
    pub(crate) actor: Actor,
}

/// Why there is no first copy.
pub(crate) enum CopyTrouble {
    /// The server gave none.
    Server(Trouble),
    /// The disk did not take it.
    Disk(String),
}

/// What the server says to a command.
#[derive(Debug)]
pub(crate) enum Answer {
    /// What became of it.
    Outcome(Box<Outcome>),
    /// The same again after so many milliseconds.
    Later(i64),
    /// The connection went first.
    None,
}

impl Owner {
    pub(super) async fn learn(&mut self, news: News) {
        match news {
            News::Granted(granted) => self.granted(*granted).await,
            News::Passed(passed) => self.passed(passed).await,
            News::Renewed(sitting, result) if sitting == self.sitting => {
                self.renewed(result).await;
            }
            News::Copied(sitting, result) if sitting == self.sitting => {
                self.copied(result).await;
            }
            News::Answered(sitting, id, answer) if sitting == self.sitting => {
                self.answered(id, answer).await;
            }
            News::Proved(sitting, proof, reply) if sitting == self.sitting => {
                self.proved(proof, reply).await;
            }
            News::Cared(sitting, care) if sitting == self.sitting => self.cared(care).await,
            News::Carried(sitting, done) if sitting == self.sitting => self.carried(done),
            // Of a sitting that is over.
            News::Renewed(..)
            | News::Copied(..)
            | News::Answered(..)
            | News::Proved(..)
            | News::Carried(..)
            | News::Cared(..) => {}
        }
    }

    async fn renewed(&mut self, result: Result<Renewal, Trouble>) {
        let now = self.now().mono;
        let news = match result {
            Ok(renewal) => {
                // The new refresh token is in the key store by now: the old one may go.
                let tokens = Tokens::of(&renewal.grant, now);
                let renew_at = tokens.renew_at;
                self.kept(renewal.unkept.as_ref());
                if let Some(seat) = &mut self.seat {
                    seat.tokens = Some(tokens);
                }
                self.stands(renewal.grant.station.map(|station| *station))
                    .await;
                TokenNews::Came { renew_at }
            }
            Err(Trouble::Refused { .. }) => TokenNews::Refused(
                "The server does not accept this sign-in any more. Sign in again.".to_owned(),
            ),
            Err(trouble) => {
                let floor_ms = floor_of(&trouble);
                TokenNews::Failed {
                    reason: trouble.to_string(),
                    floor_ms,
                }
            }
        };
        self.feed(Input::Tokens(news)).await;
    }

    async fn copied(&mut self, result: Result<Copied, CopyTrouble>) {
        let news = match result {
            Ok(copied) => {
                self.copy_is_in(copied.actor).await;
                CopyNews::Came(copied.cursor)
            }
            Err(CopyTrouble::Server(Trouble::Missing)) => {
                self.change_card(|card| card.kind = ServerKind::Original)
                    .await;
                CopyNews::Unknown
            }
            Err(CopyTrouble::Server(Trouble::Refused { status: 401, .. })) => CopyNews::TurnedAway,
            Err(CopyTrouble::Server(trouble)) => {
                let floor_ms = floor_of(&trouble);
                CopyNews::Failed {
                    reason: trouble.to_string(),
                    floor_ms,
                }
            }
            Err(CopyTrouble::Disk(reason)) => CopyNews::Failed {
                reason,
                floor_ms: 10_000,
            },
        };
        self.feed(Input::Copy(news)).await;
    }

    async fn answered(&mut self, id: CommandId, answer: Answer) {
        match answer {
            Answer::Outcome(outcome) => self.settle(*outcome).await,
            Answer::Later(ms) => self.feed(Input::Postponed { id, ms }).await,
            // The session hears of the loss from the line itself.
            Answer::None => {}
        }
    }
}

/// How long a server in trouble wants to be left alone.
fn floor_of(trouble: &Trouble) -> i64 {
    match trouble {
        Trouble::Busy { after_s } => i64::try_from(*after_s).unwrap_or(60).saturating_mul(1_000),
        Trouble::OtherServer | Trouble::InTheClear => WRONG_MS,
        Trouble::Unreachable(_)
        | Trouble::NotElms
        | Trouble::Missing
        | Trouble::Refused { .. }
        | Trouble::NotLetIn { .. }
        | Trouble::CodeNeeded
        | Trouble::SetUpCodeNeeded
        | Trouble::CodeWrong
        | Trouble::FactorWanted(_)
        | Trouble::Broken(_) => 0,
    }
}
