//! What the people at a station write down.

use anyhow::Result;
use elms_client::{
    outbox::{Entry, subject_of},
    session::Input,
};
use elms_protocol::{
    Command, CommandId, CommandRequest, IncidentRef, Kind, Record, Times, View as _,
};
use serde_json::json;

use super::{Hall, Told, Turn};

impl Hall {
    /// Somebody writes something down: a report, a line of the hall log, or a note on a case, their
    /// own or one that came from elsewhere.
    pub(in crate::simulation) fn write_down(
        &mut self,
        words: String,
        turn: &mut Turn<'_>,
    ) -> Result<()> {
        let case = IncidentRef(turn.chance.uuid());
        let (command, case) = match turn.chance.between(0, 3) {
            0 | 1 => (report(case, &words)?, Some(case)),
            2 => (line(&words)?, None),
            _ => match self.some_case(turn)? {
                Some(known) => (note(known, &words)?, None),
                None => (report(case, &words)?, Some(case)),
            },
        };
        let request = CommandRequest {
            command_id: CommandId(turn.chance.uuid()),
            times: Times::at(turn.time()),
            command,
        };
        let author = self.user();
        let station = self.me.station.clone().unwrap_or_default();
        let work = self.work_mut()?;
        let about = subject_of(&request.command, &*work.cache.records());
        let entry = Entry {
            request: &request,
            author,
            about: &about,
            station: &station,
        };
        work.outbox.keep(entry)?;
        self.told.push(Told { words, case });
        self.feed(Input::Queued, turn)
    }

    fn some_case(&self, turn: &mut Turn<'_>) -> Result<Option<IncidentRef>> {
        let records = self.work()?.cache.records();
        let known = records.list(Kind::Incident).into_iter();
        let known = known.filter_map(|record| {
            let Record::Incident(incident) = record else {
                return None;
            };
            Some(incident.reference)
        });
        let mut cases: Vec<IncidentRef> = self.told.iter().filter_map(|told| told.case).collect();
        cases.extend(known);
        if cases.is_empty() {
            return Ok(None);
        }
        turn.chance.pick(&cases).map(Some)
    }
}

fn command(name: &str, input: &serde_json::Value) -> Result<Command> {
    Ok(serde_json::from_value(
        json!({ "command": name, "input": input }),
    )?)
}

fn report(case: IncidentRef, words: &str) -> Result<Command> {
    let input = json!({
        "ref": case, "type": "ACADEMIC_MISCONDUCT", "severity": "MEDIUM", "description": words,
        "sittingId": 1, "seat": "G7",
    });
    command("reportIncident", &input)
}

fn note(case: IncidentRef, words: &str) -> Result<Command> {
    command("noteIncident", &json!({ "incident": case, "text": words }))
}

fn line(words: &str) -> Result<Command> {
    let input = json!({ "sittingId": 1, "action": "NOTE", "text": words });
    command("logHall", &input)
}
