//! Candidates and people to choose from, and what the report form offers.

use elms_protocol::{
    Action, Candidate, IncidentType, Person, Phase, Severity, Sitting, SittingId, Subject,
    host::{ReportHall, ReportKind, ReportOptions},
    may, subtypes,
};

use super::{Scene, actions};

/// How many are offered at a time.
const MOST: usize = 50;

/// Kinds in the order of the keys 1 to 9, each with its name and usual severity.
const KINDS: [(IncidentType, &str, Severity); 9] = [
    (
        IncidentType::AcademicMisconduct,
        "Misconduct",
        Severity::High,
    ),
    (
        IncidentType::MedicalEmergency,
        "Medical",
        Severity::Critical,
    ),
    (
        IncidentType::MissingScript,
        "Missing script",
        Severity::Critical,
    ),
    (
        IncidentType::DamagedScript,
        "Damaged script",
        Severity::Medium,
    ),
    (IncidentType::LateArrival, "Late arrival", Severity::Low),
    (
        IncidentType::IdentityVerification,
        "Identity",
        Severity::Medium,
    ),
    (IncidentType::TechnicalIssue, "Technical", Severity::Medium),
    (IncidentType::VenueIssue, "Venue", Severity::Medium),
    (IncidentType::Other, "Other", Severity::Low),
];

/// Candidates of a sitting (or of all) whose seat is `text`, or whose index number or name has it;
/// who sits there comes first. Without a text all of a sitting by seat, for its plan; of all the first.
pub fn candidates(scene: &Scene<'_>, sitting: Option<SittingId>, text: &str) -> Vec<Candidate> {
    let text = text.trim().to_lowercase();
    let here = |candidate: &&Candidate| sitting.is_none_or(|id| candidate.sitting_id == id);
    let mut found: Vec<(bool, &Candidate)> = scene
        .overlay
        .candidates()
        .filter(here)
        .filter(|candidate| text.is_empty() || fits(candidate, &text))
        .map(|candidate| (candidate.seat.to_lowercase() != text, candidate))
        .collect();
    found.sort_by_key(|(elsewhere, candidate)| (*elsewhere, seat_order(&candidate.seat)));
    let whole_hall = text.is_empty() && sitting.is_some();
    found
        .into_iter()
        .take(if whole_hall { usize::MAX } else { MOST })
        .map(|(_, candidate)| candidate.clone())
        .collect()
}

fn fits(candidate: &Candidate, text: &str) -> bool {
    candidate.seat.to_lowercase() == text
        || candidate.index_number.to_lowercase().contains(text)
        || candidate.name.to_lowercase().contains(text)
}

/// `C9` before `C10`.
fn seat_order(seat: &str) -> (String, u64) {
    let (row, place): (String, String) = seat.chars().partition(|letter| !letter.is_ascii_digit());
    (row, place.parse().unwrap_or(0))
}

/// People whose name has `text`, by name.
pub fn people(scene: &Scene<'_>, text: &str) -> Vec<Person> {
    let text = text.trim().to_lowercase();
    let fits = |person: &&Person| person.name.to_lowercase().contains(&text);
    let mut found: Vec<&Person> = scene.overlay.people().filter(fits).collect();
    found.sort_by(|one, other| one.name.cmp(&other.name).then(one.id.cmp(&other.id)));
    found.into_iter().take(MOST).cloned().collect()
}

/// The kinds, and the halls that this person may report from: their own first, then those where
/// something goes on.
pub fn report_options(scene: &Scene<'_>) -> ReportOptions {
    let policy = scene.policy();
    let kinds = KINDS.into_iter().map(|(kind, label, severity)| ReportKind {
        kind,
        label: label.to_owned(),
        severity,
        subtypes: subtypes(&policy, kind),
    });
    let mut halls: Vec<(&Sitting, ReportHall)> = scene
        .overlay
        .sittings()
        .filter(|sitting| may_report(*scene, sitting))
        .map(|sitting| (sitting, hall(*scene, sitting)))
        .collect();
    halls.sort_by_cached_key(|(sitting, hall)| {
        (
            !hall.own,
            !is_on(sitting.phase),
            sitting.starts_at,
            hall.label.clone(),
        )
    });
    let halls = halls.into_iter().map(|(_, hall)| hall).collect();
    ReportOptions {
        kinds: kinds.collect(),
        halls,
    }
}

fn may_report(scene: Scene<'_>, sitting: &Sitting) -> bool {
    let subject = Subject {
        sitting: Some(sitting),
        own: true,
        ..Subject::default()
    };
    may(scene.actor, Action::ReportIncident, subject)
}

fn hall(scene: Scene<'_>, sitting: &Sitting) -> ReportHall {
    let venue = scene
        .venue(sitting.venue_id)
        .map_or("", |venue| venue.name.as_str());
    let place = [venue, &sitting.room]
        .into_iter()
        .filter(|text| !text.is_empty());
    let place: Vec<&str> = place.collect();
    ReportHall {
        sitting_id: sitting.id,
        label: format!("{}, {}", place.join(" "), sitting.course_code),
        own: scene.actor.user.is_some_and(|user| sitting.has(user)),
        may_pause: actions::may_pause(scene, sitting),
    }
}

fn is_on(phase: Phase) -> bool {
    match phase {
        Phase::Admitting | Phase::Writing | Phase::Paused | Phase::Collecting => true,
        Phase::Setup | Phase::Reconciling | Phase::Closed | Phase::Cancelled | Phase::Postponed => {
            false
        }
    }
}
