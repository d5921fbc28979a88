//! Which command may go before which: strict for each record, free between records. What is about
//! one candidate or one script of a pile is a record of its own, so that a refused card holds up
//! nobody behind it; what is about the whole sitting or batch keeps its place among them.

use std::collections::BTreeSet;

use elms_protocol::{
    CaseName, Command, Key, Kind, Record, View, case_of_dispute, host::OutboxState,
};
use serde_json::Value;

use super::{Item, Queued};

/// The names in a command, as they stand on the wire: what it is about is told by them.
pub(crate) struct Names(Value);

impl Names {
    pub(crate) fn of(command: &Command) -> Self {
        let mut tagged = serde_json::to_value(command).unwrap_or_default();
        Self(tagged.get_mut("input").map(Value::take).unwrap_or_default())
    }

    /// The record of `kind` that the field `name` names; a case perhaps by its number.
    pub(crate) fn key(&self, kind: Kind, name: &str) -> Option<Key> {
        match self.0.get(name)? {
            Value::String(id) if kind == Kind::Incident => {
                let name = serde_json::from_value(id.as_str().into());
                let number = name.ok().and_then(|name: CaseName| name.number());
                Some(Key::new(kind, number.as_ref().unwrap_or(id)))
            }
            Value::String(id) => Some(Key::new(kind, id)),
            Value::Number(id) => Some(Key::new(kind, id)),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        }
    }

    /// The case that the command reports, changes or refers to.
    pub(crate) fn incident(&self) -> Option<Key> {
        let reported = self.key(Kind::Incident, "ref");
        reported.or_else(|| self.key(Kind::Incident, "incident"))
    }

    /// The case or handover that it brings into being, by a name that this station gave it.
    fn named(&self) -> Option<Key> {
        let offered = || {
            let transfer = self.key(Kind::Transfer, "transfer");
            transfer.filter(|_| self.0.get("batchId").is_some())
        };
        self.key(Kind::Incident, "ref").or_else(offered)
    }

    /// The records that it refers to and that may have to be made first.
    fn needed(&self) -> impl Iterator<Item = Key> {
        let fields = [
            (Kind::Incident, "incident"),
            (Kind::Incident, "mergedInto"),
            (Kind::Transfer, "transfer"),
        ];
        fields
            .into_iter()
            .filter_map(|(kind, name)| self.key(kind, name))
    }
}

/// The record whose order a command keeps. A handover belongs to its batch, which `view` knows,
/// as it knows the case that a number means; what is about no record keeps the order of its own
/// kind.
pub fn subject_of(command: &Command, view: &dyn View) -> Key {
    if let Some((one, _)) = one_of_many(command) {
        return one;
    }
    let names = Names::of(command);
    let by_field = [
        (Kind::Incident, "ref"),
        (Kind::Batch, "batchId"),
        (Kind::Timetable, "timetableId"),
        (Kind::Sitting, "sittingId"),
        (Kind::Notification, "notificationId"),
        (Kind::Incident, "incident"),
        (Kind::Transfer, "transfer"),
        (Kind::Station, "station"),
    ];
    let found = by_field
        .into_iter()
        .find_map(|(kind, name)| names.key(kind, name));
    match found {
        Some(key) if key.kind == Kind::Transfer => batch_of(&key, view).unwrap_or(key),
        Some(key) => known_as(&key, view).unwrap_or(key),
        None => Key::new(Kind::Institution, command.name()),
    }
}

/// The candidate or script that a command is about, and the sitting or batch that it is one of.
/// The lines of a hall log keep the order of their hall.
fn one_of_many(command: &Command) -> Option<(Key, Key)> {
    if matches!(command, Command::LogHall(_)) {
        return None;
    }
    let names = Names::of(command);
    let student = names
        .key(Kind::Candidate, "student")
        .or_else(|| names.key(Kind::Candidate, "indexNumber"))?
        .id;
    if let Some(batch) = names.key(Kind::Batch, "batchId") {
        let script = format!("batch-{}/{student}", batch.id);
        return Some((Key::new(Kind::Script, script), batch));
    }
    let sitting = names.key(Kind::Sitting, "sittingId")?;
    let candidate = format!("{}/{student}", sitting.id);
    Some((Key::new(Kind::Candidate, candidate), sitting))
}

/// The record that `key` names in `view`: itself, or the case that has its number.
pub(crate) fn known_as(key: &Key, view: &dyn View) -> Option<Key> {
    if view.record(key).is_some() {
        return Some(key.clone());
    }
    let number = CaseName::Number(key.id.clone());
    let case = view.cases_named(&number).into_iter().next();
    let case = case.filter(|_| key.kind == Kind::Incident)?;
    Some(Key::new(Kind::Incident, case.reference))
}

fn batch_of(transfer: &Key, view: &dyn View) -> Option<Key> {
    let Some(Record::Transfer(transfer)) = view.record(transfer) else {
        return None;
    };
    Some(Key::new(Kind::Batch, transfer.batch_id))
}

/// The records that a command brings into being.
pub(super) fn makes(command: &Command) -> impl Iterator<Item = Key> {
    let disputed = if let Command::DisputeBatch(input) = command {
        Some(Key::new(Kind::Incident, case_of_dispute(input.transfer)))
    } else {
        None
    };
    let numbered = if let Command::ReportIncident(input) = command {
        input
            .local_number
            .as_ref()
            .map(|number| Key::new(Kind::Incident, number))
    } else {
        None
    };
    let named = Names::of(command).named().into_iter();
    named.chain(numbered).chain(disputed)
}

/// What is not refused of the commands so far: the whole things, and the things that single
/// candidates and scripts belong to.
#[derive(Default)]
struct UnderWay {
    whole: BTreeSet<String>,
    parts: BTreeSet<String>,
}

impl UnderWay {
    /// Adds the next command; whether nothing before it has to be answered first: the start of a
    /// sitting before its candidates, and they before its register is complete.
    fn take(&mut self, item: &Item) -> bool {
        let belongs = one_of_many(&item.request.command).map(|(_, whole)| text(&whole));
        let in_turn = match &belongs {
            Some(whole) => !self.whole.contains(whole),
            None => !self.parts.contains(&item.about),
        };
        // A refused one has had its answer: it blocks its own record and nothing else.
        if item.state != OutboxState::Attention {
            match belongs {
                Some(whole) => self.parts.insert(whole),
                None => self.whole.insert(item.about.clone()),
            };
        }
        in_turn
    }
}

/// Of the open commands of one person, in order, those that may be sent now.
pub(super) fn ready(open: impl Iterator<Item = Item>) -> Vec<Queued> {
    let mut blocked = BTreeSet::new();
    let mut to_come = BTreeSet::new();
    let mut under_way = UnderWay::default();
    let mut ready = Vec::new();
    for item in open {
        let in_turn = under_way.take(&item);
        let names = Names::of(&item.request.command);
        let waits = names.needed().any(|key| to_come.contains(&key));
        to_come.extend(makes(&item.request.command));
        let is_head = blocked.insert(item.about.clone());
        let may_go = item.state == OutboxState::Waiting && item.waits_for.is_none();
        if is_head && in_turn && !waits && may_go {
            let Item { about, request, .. } = item;
            ready.push(Queued {
                id: request.command_id,
                about,
                request,
            });
        }
    }
    ready
}

/// A key as one text.
pub(crate) fn text(key: &Key) -> String {
    format!("{}/{}", key.kind.text(), key.id)
}

/// The key of a text that [`text`] made.
pub(crate) fn key(text: &str) -> Option<Key> {
    let (kind, id) = text.split_once('/')?;
    Some(Key::new(Kind::from_text(kind)?, id))
}
