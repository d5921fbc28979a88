//! The paper of a case for the committee. Pure.

use elms_protocol::{Incident, IncidentRef, Key, Kind, Record};

use super::{
    Paper, Part,
    contents::{Writing, number, sitting, venue_name, word},
};
use crate::{cache::Held, screens::Scene};

/// A case for the committee.
pub(super) fn malpractice(
    writing: &Writing<'_>,
    scene: &Scene<'_>,
    id: IncidentRef,
    history: &[Held],
) -> Option<Paper> {
    let Record::Incident(case) = scene.overlay.get(&Key::new(Kind::Incident, id))? else {
        return None;
    };
    let sitting = case.sitting_id.and_then(|id| sitting(scene, id));
    let venue = sitting.map(|sitting| venue_name(scene, sitting));
    let course = sitting.map(|sitting| format!("{} {}", sitting.course_code, sitting.course_name));
    let kind = writing.tongue.say(&word("kind", case.incident_type.text()));
    let mut parts = vec![prose(writing, "happened", &case.description)];
    parts.extend(
        case.action_taken
            .as_deref()
            .map(|text| prose(writing, "done", text)),
    );
    parts.extend(
        case.resolution
            .as_deref()
            .map(|text| prose(writing, "resolution", text)),
    );
    parts.push(involved(writing, scene, case));
    parts.push(statements(writing, case));
    parts.push(prose(writing, "evidence", &evidence(case)));
    parts.push(writing.events("log", history));
    let file = case
        .referred
        .as_ref()
        .and_then(|sent| sent.file_number.clone());
    Some(Paper {
        title: writing.say("malpractice"),
        about: number(case),
        facts: vec![
            writing.fact("number", number(case)),
            writing.fact("kind", kind),
            writing.fact(
                "severity",
                writing.tongue.say(&word("severity", case.severity.text())),
            ),
            writing.fact(
                "status",
                writing
                    .tongue
                    .say(&word("incident-status", case.status.text())),
            ),
            writing.fact("venue", venue.unwrap_or_default()),
            writing.fact("course", course.unwrap_or_default()),
            writing.fact("seat", case.seat.clone().unwrap_or_default()),
            writing.fact("when", writing.moment(case.times.occurred_at)),
            writing.fact("received", writing.moment(case.received_at)),
            writing.fact(
                "reporter",
                case.reported_by
                    .as_ref()
                    .map(|by| by.name.clone())
                    .unwrap_or_default(),
            ),
            writing.fact("file", file.unwrap_or_default()),
        ],
        parts,
    })
}

fn prose(writing: &Writing<'_>, title: &str, words: &str) -> Part {
    Part {
        title: writing.say(title),
        words: if words.is_empty() {
            "–".to_owned()
        } else {
            words.to_owned()
        },
        columns: Vec::new(),
        rows: Vec::new(),
    }
}

fn involved(writing: &Writing<'_>, scene: &Scene<'_>, case: &Incident) -> Part {
    let there = scene.overlay.candidates();
    let here = there.filter(|one| {
        Some(one.sitting_id) == case.sitting_id && case.candidates.contains(&one.student_id)
    });
    let rows = here.map(|one| {
        let part = case
            .parts
            .iter()
            .find(|part| part.student_id == one.student_id);
        let part = part.map(|part| writing.say(&word("part", part.part.text())));
        vec![
            one.index_number.clone(),
            one.name.clone(),
            one.seat.clone(),
            part.unwrap_or_default(),
        ]
    });
    Part {
        title: writing.say("candidates"),
        words: String::new(),
        columns: writing.columns(&[("index", 30), ("name", 36), ("seat", 14), ("role", 20)]),
        rows: rows.collect(),
    }
}

/// What is held, each file with its fingerprint.
fn evidence(case: &Incident) -> String {
    let files = case.files.iter();
    let files = files.map(|file| format!("{} (SHA-256 {})", file.name, file.sha256));
    let all: Vec<String> = case.evidence.iter().cloned().chain(files).collect();
    all.join(", ")
}

fn statements(writing: &Writing<'_>, case: &Incident) -> Part {
    let rows = case.statements.iter().map(|one| {
        let signed = writing.say(&word("signed", one.method.text()));
        vec![
            writing.moment(one.signed_at),
            one.name.clone(),
            one.statement.clone(),
            signed,
        ]
    });
    Part {
        title: writing.say("statements"),
        words: String::new(),
        columns: writing.columns(&[("time", 22), ("name", 20), ("words", 44), ("signed", 14)]),
        rows: rows.collect(),
    }
}
