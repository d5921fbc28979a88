//! What everybody did on the demo day, as commands in the order of their receipt.

use elms_protocol::{
    Actor, Command, CommandId, CommandRequest, InstitutionId, Times, Timestamp, UserId,
};
use serde::Deserialize;
use uuid::Uuid;

use super::{DemoError, book::accounts};

const DAY: &str = include_str!("../../demo/day.jsonl");
/// Names the day; the ids of its commands are made from it and their places in the file.
const NAMESPACE: Uuid = Uuid::from_u128(0xb03b_0949_4014_547b_8e29_7c97_954d_5666);
/// When the day began in Takoradi, where clocks show UTC.
const MIDNIGHT: Timestamp = Timestamp(1_796_601_600_000);
/// The institution whose day it is.
pub(super) const INSTITUTION: InstitutionId = InstitutionId(1);

/// One command of the day with its author and the instant of its receipt.
#[derive(Debug, Clone)]
pub struct Step {
    /// When the server receives it.
    pub at: Timestamp,
    /// Who does it.
    pub actor: Actor,
    /// What.
    pub request: CommandRequest,
}

/// A line of the file.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Line {
    /// Time of receipt.
    at: String,
    /// Time of writing by a right clock, when the line was down in between.
    recorded_at: Option<String>,
    /// Who; none is the system.
    actor: Option<UserId>,
    /// On which station.
    station: Option<String>,
    /// How far that station's clock is ahead.
    #[serde(default)]
    clock_offset_ms: i64,
    #[serde(flatten)]
    command: Command,
}

/// The whole day.
pub fn day() -> Result<Vec<Step>, DemoError> {
    let people = people()?;
    let lines = DAY.lines().enumerate();
    lines
        .map(|(place, text)| step(place, &serde_json::from_str(text)?, &people))
        .collect()
}

/// The instant of `HH:MM` or `HH:MM:SS` on the demo day.
pub fn at_time_of_day(text: &str) -> Result<Timestamp, DemoError> {
    let refused = || DemoError::NoTime(text.to_owned());
    let mut seconds = 0_i64;
    let parts: Vec<&str> = text.split(':').collect();
    if !(2..=3).contains(&parts.len()) {
        return Err(refused());
    }
    for (part, (factor, limit)) in parts.iter().zip([(3_600, 24), (60, 60), (1, 60)]) {
        let value: i64 = part.parse().map_err(|_not_a_number| refused())?;
        if part.len() != 2 || !(0..limit).contains(&value) {
            return Err(refused());
        }
        seconds += value * factor;
    }
    Ok(MIDNIGHT.plus_ms(seconds * 1_000))
}

fn people() -> Result<Vec<Actor>, DemoError> {
    let ours = accounts()?
        .into_iter()
        .filter(|account| account.institution == Some(INSTITUTION));
    let actors = ours.map(|account| Actor {
        user: Some(account.user),
        name: account.name,
        institution: INSTITUTION,
        roles: vec![account.role],
        faculty: account.faculty,
        department: account.department,
        station: None,
    });
    Ok(actors.collect())
}

fn step(place: usize, line: &Line, people: &[Actor]) -> Result<Step, DemoError> {
    let at = at_time_of_day(&line.at)?;
    let recorded = line.recorded_at.as_deref().map_or(Ok(at), at_time_of_day)?;
    let by_its_clock = recorded.plus_ms(line.clock_offset_ms);
    let mut actor = match line.actor {
        None => Actor::system(INSTITUTION),
        Some(user) => {
            let known = people.iter().find(|actor| actor.user == Some(user));
            known.cloned().ok_or(DemoError::Nobody(user.0))?
        }
    };
    actor.station.clone_from(&line.station);
    let request = CommandRequest {
        command_id: CommandId(Uuid::new_v5(
            &NAMESPACE,
            format!("command/{place}").as_bytes(),
        )),
        times: Times {
            occurred_at: by_its_clock,
            recorded_at: by_its_clock,
            clock_offset_ms: line.clock_offset_ms,
        },
        command: line.command.clone(),
    };
    Ok(Step { at, actor, request })
}
