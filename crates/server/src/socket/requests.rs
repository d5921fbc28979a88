//! What a client says: hand-shake, rooms, clock, commands.

use crate::limits::{MOST_NAMES, MOST_ROOMS};
use elms_protocol::{
    Room, Seq, Timestamp,
    frame::{Connect, Pong, Resume, Resync},
    wire::SocketPacket,
};
use serde_json::{Value, json};

use super::{
    Closing, End, Session,
    member::Member,
    packets::{self, answer, event},
};
use crate::{
    auth::{AuthError, Identity},
    store::StoreError,
};

/// Characters of a refused room that are repeated.
const LONGEST_NAME: usize = 80;
/// When a client may come again whose token could not be looked at, in milliseconds.
const LATER_MS: i64 = 5_000;

impl Session {
    /// The CONNECT packet. Without a token the client may still `authenticate`, as the original's
    /// does.
    pub(super) async fn connect(&mut self, data: Option<Value>) -> Result<(), End> {
        if self.hello.is_some() {
            return Err(End::Close(Closing::Malformed));
        }
        let hello: Connect = data
            .and_then(|data| serde_json::from_value(data).ok())
            .unwrap_or_default();
        let token = hello.token.clone().filter(|token| !token.is_empty());
        let identity = match token.map(|token| self.app.auth.verify(&token)) {
            Some(Err(error)) => return Err(self.turn_away(&error)),
            Some(Ok(identity)) => Some(identity),
            None => None,
        };
        let sid = Some(json!({ "sid": self.sid }));
        let consent = SocketPacket::Connect { data: sid };
        self.line.say(&packets::packet(consent));
        self.hello = Some(Connect {
            token: None,
            ..hello
        });
        match identity {
            Some(identity) => self.enter(identity).await,
            None => Ok(()),
        }
    }

    fn turn_away(&mut self, error: &AuthError) -> End {
        tracing::info!(why = error.code(), "a connection was refused");
        let refusal = SocketPacket::ConnectError {
            message: error.to_string(),
            data: Some(refusal(error)),
        };
        self.line.say(&packets::packet(refusal));
        End::Refused
    }

    /// Makes the connection a member's: what they may see is fixed before anything is sent.
    async fn enter(&mut self, identity: Identity) -> Result<(), End> {
        let hello = self.hello.clone().unwrap_or_default();
        let member = Member::new(&self.app, identity, &hello).map_err(|error| failed(&error))?;
        let (institution, user) = (member.actor.institution, member.actor.user);
        let station = member.actor.station.clone();
        self.member = Some(Box::new(member));
        self.hear_of_ended();
        self.hear_typing(self.app.typing.listen(institution));
        self.line.trust();
        let body = json!({
            "success": true,
            "userId": user,
            "institutionId": institution,
            "timestamp": self.app.clock.now(),
        });
        self.say("authenticated", &body);
        if let Some(station) = station {
            self.app.presence.arrived(&self.app, institution, &station);
        }
        match hello.resume {
            Some(resume) => self.go_back(resume).await,
            None => Ok(()),
        }
    }

    async fn go_back(&mut self, resume: Resume) -> Result<(), End> {
        let Some(member) = self.member.as_deref_mut() else {
            return Ok(());
        };
        let resumed = member.resume(&self.app.store, resume).await;
        if let Some(reason) = resumed.map_err(|error| failed(&error))? {
            self.line.say(&event("resync", &Resync { reason }));
        }
        Ok(())
    }

    /// What an event from the client asks for.
    pub(super) async fn event(
        &mut self,
        name: &str,
        args: Vec<Value>,
        ack: Option<u64>,
    ) -> Result<(), End> {
        let input = args.into_iter().next().unwrap_or_default();
        match name {
            "authenticate" => self.authenticate(&input).await?,
            "subscribe" => self.subscribe(&input),
            "unsubscribe" => self.unsubscribe(&input),
            "ping" => self.ping(&input, ack),
            "resume" => self.resume(input).await?,
            "command" => self.command(input, ack),
            "prove" => self.prove(input, ack),
            "typing" => self.types(&input),
            _ => self.complain("UNKNOWN_EVENT", "This server does not know the event."),
        }
        Ok(())
    }

    /// `authenticate {token}`: who one says to be is ignored, the token tells. A member renews
    /// its token with it, without losing its place.
    async fn authenticate(&mut self, input: &Value) -> Result<(), End> {
        let token = input.get("token").and_then(Value::as_str);
        let identity = match self.app.auth.verify(token.unwrap_or_default()) {
            Ok(identity) => identity,
            Err(error) => {
                tracing::info!(why = error.code(), "a connection was refused");
                let mut body = refusal(&error);
                if let Some(body) = body.as_object_mut() {
                    body.insert("success".to_owned(), json!(false));
                }
                self.say("authenticated", &body);
                self.line.say(&"41".into());
                return Err(End::Refused);
            }
        };
        let claimed = input.get("userId").and_then(Value::as_i64);
        if claimed.is_some_and(|claimed| claimed != identity.user.0) {
            tracing::warn!(
                user.id = identity.user.0,
                "a client said to be somebody else"
            );
        }
        let Some(member) = self.member.as_deref_mut() else {
            return self.enter(identity).await;
        };
        if !member.renew(&identity) {
            return Err(End::Close(Closing::OtherPerson));
        }
        let body = json!({
            "success": true,
            "userId": identity.user,
            "institutionId": identity.actor.institution,
            "timestamp": self.app.clock.now(),
        });
        self.say("authenticated", &body);
        Ok(())
    }

    fn subscribe(&mut self, input: &Value) {
        let now = self.app.clock.now();
        let Some(member) = self.member.as_deref_mut() else {
            return self.complain("AUTHENTICATION_REQUIRED", "Authenticate first.");
        };
        let (mut rooms, mut denied) = (Vec::new(), Vec::new());
        for text in texts(input) {
            if member.follow(text) {
                rooms.push(text);
            } else {
                denied.push(text.chars().take(LONGEST_NAME).collect::<String>());
            }
        }
        if !denied.is_empty() {
            let user = member.actor.user.map(|user| user.0);
            tracing::info!(user.id = user, n = denied.len(), "rooms were denied");
        }
        let body = json!({ "rooms": rooms, "denied": denied, "timestamp": now });
        self.say("subscribed", &body);
    }

    fn unsubscribe(&mut self, input: &Value) {
        let now = self.app.clock.now();
        let Some(member) = self.member.as_deref_mut() else {
            return self.complain("AUTHENTICATION_REQUIRED", "Authenticate first.");
        };
        let left = |text: &&str| match text.parse::<Room>() {
            Ok(room) => member.rooms.remove(&room),
            Err(_) => false,
        };
        let rooms: Vec<&str> = texts(input).filter(left).collect();
        self.say("unsubscribed", &json!({ "rooms": rooms, "timestamp": now }));
    }

    /// The application's ping: bare as in the guide, or with `t0` to measure the clock.
    fn ping(&mut self, input: &Value, ack: Option<u64>) {
        let t1 = self.app.clock.now();
        let body = match input.get("t0").and_then(Value::as_i64) {
            None => json!({ "timestamp": t1 }),
            Some(t0) => self.pong(t0, t1),
        };
        match ack {
            None => self.say("pong", &body),
            Some(id) => self.line.say(&answer(id, &body)),
        }
        self.say_checkpoint();
    }

    fn pong(&self, t0: i64, t1: Timestamp) -> Value {
        let member = self.member.as_deref();
        let t2 = self.app.clock.now();
        let pong = Pong {
            timestamp: t2,
            t0,
            t1: t1.0,
            t2: t2.0,
            rate: self.app.clock.rate(),
            high_water: member
                .map(|member| Seq(member.head.now()))
                .unwrap_or_default(),
            sync: member.and_then(Member::sync),
        };
        serde_json::to_value(pong).unwrap_or_default()
    }

    /// `resume` after the hand-shake; the same as in CONNECT.
    async fn resume(&mut self, input: Value) -> Result<(), End> {
        if self.member.is_none() {
            self.complain("AUTHENTICATION_REQUIRED", "Authenticate first.");
            return Ok(());
        }
        let Ok(resume) = serde_json::from_value::<Resume>(input) else {
            self.complain("INVALID", "`resume` needs a cursor or `after`.");
            return Ok(());
        };
        self.go_back(resume).await
    }
}

impl Member {
    /// Follows a room, if there is one of this name that the person may hear, and not too many
    /// are followed already.
    fn follow(&mut self, text: &str) -> bool {
        let Ok(room) = text.parse::<Room>() else {
            return false;
        };
        if self.rooms.contains(&room) {
            return true;
        }
        self.rooms.len() < MOST_ROOMS && self.sight.may_join(room) && self.rooms.insert(room)
    }
}

fn failed(error: &StoreError) -> End {
    tracing::error!(%error, "the log could not be read");
    End::Close(Closing::Failed)
}

/// The texts of `{rooms: [...]}`, or of a bare list; anything else is no rooms.
fn texts(input: &Value) -> impl Iterator<Item = &str> {
    let rooms = input.get("rooms").unwrap_or(input);
    let rooms = rooms.as_array().map(Vec::as_slice).unwrap_or_default();
    rooms.iter().take(MOST_NAMES).filter_map(Value::as_str)
}

/// The code of a refused token, as the original words it. When it is not the token's fault the
/// client is told when to come again.
fn refusal(error: &AuthError) -> Value {
    if let AuthError::Expired = error {
        return json!({ "code": "TOKEN_EXPIRED" });
    }
    if let AuthError::Invalid | AuthError::LoginFailed = error {
        return json!({ "code": "INVALID_TOKEN" });
    }
    json!({ "code": "LATER", "retryAfterMs": LATER_MS })
}
