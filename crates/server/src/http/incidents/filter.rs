//! Which incidents, in which order.

use elms_protocol::{
    Incident, IncidentStatus, IncidentType, InstitutionId, Severity, StudentId, Timestamp,
};
use serde::Deserialize;

use super::{Paging, Reply};
use crate::http::paging::number;

/// The query of the original's list.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Filter {
    #[serde(deserialize_with = "number")]
    pub(super) institution_id: Option<i64>,
    #[serde(deserialize_with = "number")]
    pub(super) exam_id: Option<i64>,
    #[serde(deserialize_with = "number")]
    pub(super) script_id: Option<i64>,
    #[serde(deserialize_with = "number")]
    pub(super) reported_by_id: Option<i64>,
    #[serde(deserialize_with = "number")]
    pub(super) assigned_to_id: Option<i64>,
    #[serde(rename = "type")]
    pub(super) incident_type: Option<String>,
    pub(super) severity: Option<String>,
    pub(super) status: Option<String>,
    pub(super) start_date: Option<String>,
    pub(super) end_date: Option<String>,
    pub(super) search: Option<String>,
    pub(super) sort_by: Option<String>,
    pub(super) sort_order: Option<String>,
    #[serde(flatten)]
    pub(super) paging: Paging,
}

/// A field that may be sorted by; no other text reaches the records.
#[derive(Debug, Clone, Copy)]
enum Order {
    Arrival,
    Severity,
    Status,
    Kind,
    Title,
}

/// A filter that was understood.
pub(super) struct Wanted<'a> {
    filter: &'a Filter,
    /// Whether it is about the institution of who asks; another's list is empty.
    here: bool,
    incident_type: Option<IncidentType>,
    severity: Option<Severity>,
    status: Option<IncidentStatus>,
    from: Option<Timestamp>,
    /// Before this instant.
    to: Option<Timestamp>,
    words: String,
    order: Order,
    ascending: bool,
}

impl Filter {
    /// Reads the words of the query, or says which is not one.
    pub(super) fn wanted(&self, here: InstitutionId) -> Result<Wanted<'_>, Reply> {
        let severity = known("severity", self.severity.as_deref(), Severity::from_text)?;
        Ok(Wanted {
            here: self.institution_id.is_none_or(|id| id == here.0),
            incident_type: self
                .incident_type
                .as_deref()
                .map(IncidentType::from_spelling),
            severity,
            status: known("status", self.status.as_deref(), IncidentStatus::from_text)?,
            from: known("startDate", self.start_date.as_deref(), |text| {
                day(text, false)
            })?,
            to: known("endDate", self.end_date.as_deref(), |text| day(text, true))?,
            words: self
                .search
                .as_deref()
                .unwrap_or_default()
                .trim()
                .to_lowercase(),
            order: known("sortBy", self.sort_by.as_deref(), order)?.unwrap_or(Order::Arrival),
            ascending: known("sortOrder", self.sort_order.as_deref(), direction)?.unwrap_or(false),
            filter: self,
        })
    }
}

/// The meaning of a word of the query; an empty one is none.
fn known<T>(
    name: &str,
    text: Option<&str>,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, Reply> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let wrong = || {
        Reply::bad(&format!(
            "`{name}` has a value that this server does not know."
        ))
    };
    read(text).map(Some).ok_or_else(wrong)
}

fn order(text: &str) -> Option<Order> {
    match text {
        "createdAt" | "reportedAt" | "id" | "number" => Some(Order::Arrival),
        "severity" | "priority" => Some(Order::Severity),
        "status" => Some(Order::Status),
        "type" => Some(Order::Kind),
        "title" => Some(Order::Title),
        _ => None,
    }
}

fn direction(text: &str) -> Option<bool> {
    match text {
        "asc" => Some(true),
        "desc" => Some(false),
        _ => None,
    }
}

/// An instant, or a whole day in UTC: its beginning, or the end of it.
fn day(text: &str, end: bool) -> Option<Timestamp> {
    if let Ok(at) = text.parse() {
        return Some(at);
    }
    let day: Timestamp = format!("{text}T00:00:00Z").parse().ok()?;
    Some(if end { day.plus_ms(86_400_000) } else { day })
}

impl Wanted<'_> {
    pub(super) fn has(&self, incident: &Incident) -> bool {
        let reporter = incident.reported_by.as_ref().map(|named| named.id.0);
        let assignee = incident.assignee.as_ref().map(|named| named.id.0);
        let sitting = incident.sitting_id.map(|id| id.0);
        let filter = self.filter;
        self.here
            && filter.exam_id.is_none_or(|id| Some(id) == sitting)
            && filter
                .script_id
                .is_none_or(|id| incident.candidates.contains(&StudentId(id)))
            && filter.reported_by_id.is_none_or(|id| Some(id) == reporter)
            && filter.assigned_to_id.is_none_or(|id| Some(id) == assignee)
            && self
                .incident_type
                .is_none_or(|kind| kind == incident.incident_type)
            && self
                .severity
                .is_none_or(|severity| severity == incident.severity)
            && self.status.is_none_or(|status| status == incident.status)
            && self.from.is_none_or(|from| from <= incident.received_at)
            && self.to.is_none_or(|to| incident.received_at < to)
            && (self.words.is_empty() || mentions(incident, &self.words))
    }

    /// Newest first if nothing is said; equals in the order of their arrival.
    pub(super) fn sort(&self, incidents: &mut [Incident]) {
        incidents.sort_by_key(|incident| incident.id);
        match self.order {
            Order::Arrival => {}
            Order::Severity => incidents.sort_by_key(|incident| incident.severity),
            Order::Status => incidents.sort_by_key(|incident| incident.status),
            Order::Kind => incidents.sort_by_key(|incident| incident.incident_type),
            Order::Title => incidents.sort_by_key(|incident| incident.title.to_lowercase()),
        }
        if !self.ascending {
            incidents.reverse();
        }
    }
}

fn mentions(incident: &Incident, words: &str) -> bool {
    let names = [&incident.number, &incident.local_number, &incident.seat];
    let texts = [&incident.title, &incident.description];
    let mut texts = texts.into_iter().chain(names.into_iter().flatten());
    texts.any(|text| text.to_lowercase().contains(words))
}
