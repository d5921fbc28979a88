//! The table of events in the protocol's description: payloads from the source of this crate, rooms
//! and causes from five hundred days that were lived.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
};

use super::LIVED;
use crate::{Room, names};

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/PROTOCOL.md");
const BEGIN: &str = "<!-- generated: events -->\n";
const END: &str = "<!-- end of generated -->\n";
const FACTS: &str = include_str!("../../fact.rs");
const PAYLOADS: [&str; 6] = [
    include_str!("../../fact/evidence.rs"),
    include_str!("../../fact/scripts.rs"),
    include_str!("../../fact/incidents.rs"),
    include_str!("../../fact/office.rs"),
    include_str!("../../fact/halls.rs"),
    include_str!("../../fact/logs.rs"),
];

/// The payload type of each event, as the source declares it.
fn payload_types() -> BTreeMap<&'static str, &'static str> {
    let lines: Vec<&str> = FACTS.lines().map(str::trim).collect();
    let pairs = lines.windows(2).filter_map(|pair| {
        let [rename, variant] = pair else {
            return None;
        };
        let event = rename
            .strip_prefix("#[serde(rename = \"")?
            .strip_suffix("\")]")?;
        let (_, inner) = variant.split_once('(')?;
        let inner = inner.strip_prefix("Box<").unwrap_or(inner);
        Some((event, inner.trim_end_matches(['>', ')', ','])))
    });
    pairs.collect()
}

/// The fields of a payload as they stand on the wire, with `?` where they may be missing.
fn fields(payload: &str) -> Vec<String> {
    let opening = format!("    {payload} {{\n");
    let source = PAYLOADS
        .iter()
        .find_map(|source| source.split_once(&opening));
    let (_, body) = source.unwrap_or_else(|| panic!("no {payload} in the source"));
    let (body, _) = body.split_once("\n    }\n").unwrap();
    let (mut found, mut rename, mut may_miss) = (Vec::new(), None, false);
    for line in body.lines().map(str::trim) {
        if line.starts_with("#[") {
            may_miss |= line.contains("skip_serializing_if");
            let named = line.split_once("rename = \"").map(|(_, rest)| rest);
            rename = named.and_then(|rest| rest.split('"').next()).or(rename);
        } else if let Some((name, _)) = line.split_once(':') {
            let name = rename.take().map_or_else(|| camel(name), str::to_owned);
            found.push(name + if may_miss { "?" } else { "" });
            may_miss = false;
        }
    }
    found
}

fn camel(name: &str) -> String {
    let mut parts = name.split('_');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |name, part| {
        let mut letters = part.chars();
        let initial = letters.next().map(|letter| letter.to_ascii_uppercase());
        name + &initial.into_iter().chain(letters).collect::<String>()
    })
}

fn kind_of(room: Room) -> &'static str {
    match room {
        Room::Institution(_) => "institution",
        Room::User(_) => "user",
        Room::Batch(_) => "batch",
        Room::Timetable(_) => "timetable",
        Room::Venue(_) => "venue",
        Room::ExamEntry(_) => "exam-entry",
    }
}

/// What was seen of each event: its rooms, and the commands that caused it.
fn seen() -> BTreeMap<&'static str, (BTreeSet<&'static str>, BTreeSet<String>)> {
    let mut seen: BTreeMap<&str, (BTreeSet<&str>, BTreeSet<String>)> = BTreeMap::new();
    for hall in LIVED.iter() {
        for (event, cause) in hall.log.iter().zip(&hall.causes) {
            let (rooms, causes) = seen.entry(event.event.as_str()).or_default();
            rooms.extend(event.rooms.iter().map(|room| kind_of(*room)));
            let (first, rest) = cause.split_at(1);
            causes.insert(first.to_lowercase() + rest);
        }
    }
    seen
}

fn table() -> String {
    let (types, seen) = (payload_types(), seen());
    let mut text =
        "| channel | event | payload | rooms | caused by |\n|---|---|---|---|---|\n".to_owned();
    for row in names::EVENTS {
        let payload = fields(types[row.seed]).join(" ");
        let (rooms, causes) = &seen[row.seed];
        let rooms: Vec<&str> = rooms.iter().copied().collect();
        let causes: Vec<&str> = causes.iter().map(String::as_str).collect();
        let line = format!(
            "| `{}` | `{}` | {payload} | {} | {} |\n",
            row.channel,
            row.seed,
            rooms.join(" "),
            causes.join(" ")
        );
        text.push_str(&line);
    }
    text
}

#[test]
fn the_table_of_events_in_the_description_is_up_to_date() {
    let made = table();
    let page = fs::read_to_string(PAGE).unwrap();
    let (before, rest) = page.split_once(BEGIN).unwrap();
    let (kept, after) = rest.split_once(END).unwrap();
    if env::var_os("ELMS_WRITE_GENERATED").is_some_and(|set| set == "1") {
        fs::write(PAGE, [before, BEGIN, &made, END, after].concat()).unwrap();
        return;
    }
    let differs = made
        .lines()
        .zip(kept.lines())
        .find(|(made, kept)| made != kept);
    assert_eq!(
        made, kept,
        "write it anew with ELMS_WRITE_GENERATED=1: {differs:?}"
    );
}

#[test]
fn every_client_in_the_field_finds_its_own_names_in_the_payloads() {
    let union: [(&str, &str); 12] = [
        (
            "script:submitted",
            "submissionId scriptId batchScriptId batchId batchQRCode studentId indexNumber studentName scriptNumber submittedBy submittedAt courseCode courseName institutionId",
        ),
        ("script:verified", "verifiedBy verifiedById verifiedAt"),
        ("script:collected", "collectedBy collectedById collectedAt"),
        (
            "script:graded",
            "grade marks score maxScore gradedBy gradedById gradedAt",
        ),
        (
            "batch:sealed",
            "batchId batchQRCode totalScripts submittedScripts verifiedScripts sealedBy sealedById sealedByName sealedAt sealNumber declaredCount present discrepancy",
        ),
        ("batch:stats_updated", "batchId batchQRCode stats"),
        (
            "incident:reported",
            "incidentId clientRef number localNumber type typeLabel severity title description reportedBy reportedById reportedByName reportedAt batchId examId examEntryId institutionId",
        ),
        (
            "incident:updated",
            "incidentId batchScriptId status updatedBy updatedByName notes updates",
        ),
        (
            "incident:resolved",
            "incidentId batchScriptId resolution resolvedBy resolvedByName resolvedAt",
        ),
        (
            "timetable:published",
            "timetableId title publishedBy publishedByName publishedAt totalExams totalEntries batchesCreated",
        ),
        (
            "notification:new",
            "id notificationId type title message userId createdAt isRead priority link data",
        ),
        ("notification:read", "notificationId userId readAt"),
    ];
    let types = payload_types();
    for (event, wanted) in union {
        let served = fields(types[event]);
        let served: Vec<&str> = served
            .iter()
            .map(|name| name.trim_end_matches('?'))
            .collect();
        for name in wanted.split(' ') {
            assert!(served.contains(&name), "{event} has no {name}: {served:?}");
        }
    }
}
