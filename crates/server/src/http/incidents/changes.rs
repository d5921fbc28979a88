//! Changes of incidents: what clients send for each, and the command it stands for.

use elms_protocol::{
    AcknowledgeIncident, AssignIncident, CloseIncident, Command, EscalateIncident, Incident,
    IncidentOutcome, IncidentRef, IncidentStatus, MergeIncident, NoteIncident, ReopenIncident,
    ResolveIncident, Timestamp, UnacknowledgeIncident, UnmergeIncident, UserId, View as _,
    VoidIncident,
};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{found, shown};
use crate::http::{
    Looking, Reply,
    change::{Change, Thing},
};

impl Thing for Incident {
    const WORD: &'static str = "Incident";

    fn find(looking: &Looking, name: &str) -> Result<Self, Reply> {
        found(looking, name)
    }

    fn again(&self, looking: &Looking) -> Result<Self, Reply> {
        let incident = looking.records.incident(self.reference);
        incident
            .map(|incident| *incident)
            .ok_or_else(|| Reply::not_found("incident"))
    }

    fn status(&self) -> Value {
        json!(self.status)
    }

    fn shown(&self, now: Timestamp) -> Value {
        shown(self, now)
    }
}

/// Words that may come with a change, under the names that clients use.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Words {
    note: Option<String>,
    notes: Option<String>,
    reason: Option<String>,
    text: Option<String>,
    comment: Option<String>,
    content: Option<String>,
}

impl Words {
    fn any(self) -> Option<String> {
        let more = self.text.or(self.comment).or(self.content);
        self.note.or(self.notes).or(self.reason).or(more)
    }

    fn text(self) -> String {
        self.any().unwrap_or_default()
    }
}

/// Changes that take no more than words: body, where it leads, command.
macro_rules! in_words {
    ($($(#[$doc:meta])* $body:ident($words:ident, $of:ident) -> $to:expr => $command:expr;)+) => {
        $(
            $(#[$doc])*
            #[derive(Deserialize)]
            #[serde(transparent)]
            pub(super) struct $body(Words);

            impl Change for $body {
                type Of = Incident;

                fn to(&self) -> Option<&'static str> {
                    let to: Option<IncidentStatus> = $to;
                    to.map(IncidentStatus::text)
                }

                fn command(self, $of: &Incident) -> Result<Option<Command>, Reply> {
                    let $words = self.0;
                    Ok(Some($command.into()))
                }
            }
        )+
    };
}

in_words! {
    /// Takes notice.
    Acknowledge(words, of) -> None => AcknowledgeIncident {
        incident: of.reference,
        note: words.any(),
    };
    /// Takes that back.
    Unacknowledge(words, of) -> None => UnacknowledgeIncident {
        incident: of.reference,
        note: words.any(),
    };
    /// Calls the next level.
    Escalate(words, of) -> Some(IncidentStatus::Escalated) => EscalateIncident {
        incident: of.reference,
        note: words.any(),
        expected_level: None,
    };
    /// Closes after review.
    Close(words, of) -> Some(IncidentStatus::Closed) => CloseIncident {
        incident: of.reference,
        note: words.any(),
    };
    /// Opens again.
    Reopen(words, of) -> Some(IncidentStatus::UnderInvestigation) => ReopenIncident {
        incident: of.reference,
        reason: words.text(),
    };
    /// Is one of its own after all.
    Unmerge(words, of) -> None => UnmergeIncident {
        incident: of.reference,
        reason: words.text(),
    };
    /// Was entered in error.
    Void(words, of) -> None => VoidIncident {
        incident: of.reference,
        reason: words.text(),
    };
    /// Adds words.
    Comment(words, of) -> None => NoteIncident {
        incident: of.reference.into(),
        text: words.text(),
        evidence: Vec::new(),
        witness: None,
    };
}

/// Says that it is the same as another.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Merge {
    /// The other incident, by any of its names.
    merged_into: Name,
    note: Option<String>,
}

/// A name of an incident: its `ref`, its official number, or its number.
#[derive(Deserialize)]
#[serde(untagged)]
enum Name {
    Number(i64),
    Text(String),
}

impl Name {
    fn text(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.clone(),
        }
    }
}

impl Change for Merge {
    type Of = Incident;

    /// An incident that is not there, or not for this person, is one and the same answer.
    fn look_up(&mut self, looking: &Looking) -> Result<(), Reply> {
        let other = found(looking, &self.merged_into.text())?;
        self.merged_into = Name::Text(other.reference.to_string());
        Ok(())
    }

    fn to(&self) -> Option<&'static str> {
        Some(IncidentStatus::Resolved.text())
    }

    fn command(self, of: &Incident) -> Result<Option<Command>, Reply> {
        let other = Uuid::parse_str(&self.merged_into.text());
        let other = other.map_err(|_unknown| Reply::not_found("incident"))?;
        let merge = MergeIncident {
            incident: of.reference,
            merged_into: IncidentRef(other),
            note: self.note,
        };
        Ok(Some(merge.into()))
    }
}

/// Gives it to somebody.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Assign {
    assigned_to_id: i64,
    note: Option<String>,
    notes: Option<String>,
}

impl Change for Assign {
    type Of = Incident;

    fn to(&self) -> Option<&'static str> {
        Some(IncidentStatus::UnderInvestigation.text())
    }

    fn command(self, of: &Incident) -> Result<Option<Command>, Reply> {
        let assign = AssignIncident {
            incident: of.reference,
            assignee: UserId(self.assigned_to_id),
            note: self.note.or(self.notes),
        };
        Ok(Some(assign.into()))
    }
}

/// Says how it ended.
#[derive(Deserialize)]
pub(super) struct Resolve {
    resolution: String,
    outcome: Option<IncidentOutcome>,
}

impl Change for Resolve {
    type Of = Incident;

    fn to(&self) -> Option<&'static str> {
        Some(IncidentStatus::Resolved.text())
    }

    fn command(self, of: &Incident) -> Result<Option<Command>, Reply> {
        let resolve = ResolveIncident {
            incident: of.reference,
            // Old clients know no outcomes; the words say it.
            outcome: self.outcome.unwrap_or(IncidentOutcome::NoAction),
            resolution: self.resolution,
            merged_into: None,
        };
        Ok(Some(resolve.into()))
    }
}
