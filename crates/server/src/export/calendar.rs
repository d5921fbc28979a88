//! The timetable as a calendar (iCalendar, RFC 5545), and as rows. A sitting keeps its name in every
//! file, so that a calendar that takes the next one in moves what it has.

use elms_protocol::{Phase, Record, Sitting, Timestamp, Timetable, TimetableStatus, View as _};
use serde_json::{Value, json};

use super::{Looked, Row, What, rows};

/// The longest line in bytes; a longer one is folded.
const LONGEST_LINE: usize = 75;

/// The sittings that the reader may see, in order of start.
pub(super) fn timetable(looked: &Looked<'_>) -> Vec<Row> {
    let sittings = looked.seen(elms_protocol::Kind::Sitting);
    let mut sittings: Vec<Box<Sitting>> = sittings
        .filter_map(|record| {
            let Record::Sitting(sitting) = record else {
                return None;
            };
            Some(sitting)
        })
        .collect();
    sittings.sort_by_key(|sitting| (sitting.starts_at, sitting.id));
    let home = looked.records.institution();
    let home = home.map(|found| found.code).unwrap_or_default();
    sittings
        .iter()
        .map(|sitting| entry(looked, sitting, &home))
        .collect()
}

fn entry(looked: &Looked<'_>, sitting: &Sitting, home: &str) -> Row {
    let timetable = looked.records.timetable(sitting.timetable_id);
    let venue = looked.records.venue(sitting.venue_id);
    let status = status(sitting, timetable.as_ref());
    rows::row(
        What::Timetable,
        [
            json!(format!(
                "sitting-{}@{}.elms",
                sitting.id,
                home.to_lowercase()
            )),
            json!(timetable.map_or(0, |found| found.revision)),
            json!(sitting.course_code),
            json!(sitting.course_name),
            json!(venue.map(|venue| venue.name)),
            json!(sitting.room),
            json!(sitting.starts_at),
            json!(sitting.ends_at),
            json!(status),
        ],
    )
}

/// Where an entry stands, in the words of calendars.
fn status(sitting: &Sitting, timetable: Option<&Timetable>) -> &'static str {
    let draft = [TimetableStatus::Draft, TimetableStatus::PendingApproval];
    match sitting.phase {
        Phase::Cancelled | Phase::Postponed => "CANCELLED",
        _ if timetable.is_some_and(|found| draft.contains(&found.status)) => "TENTATIVE",
        Phase::Setup
        | Phase::Admitting
        | Phase::Writing
        | Phase::Paused
        | Phase::Collecting
        | Phase::Reconciling
        | Phase::Closed => "CONFIRMED",
    }
}

/// A calendar of these rows, written at `now`.
pub(super) fn calendar(rows: &[Row], now: Timestamp) -> String {
    let mut file = String::new();
    for line in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//ELMS//Exam timetable//EN",
    ] {
        write(&mut file, line);
    }
    for row in rows {
        event(&mut file, row, now);
    }
    write(&mut file, "END:VCALENDAR");
    file
}

fn event(file: &mut String, row: &Row, now: Timestamp) {
    let cell = |name: &str| match row.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Null) | None => String::new(),
        Some(other) => other.to_string(),
    };
    let summary = format!("{} {}", cell("courseCode"), cell("courseName"));
    let place = format!("{}, {}", cell("venue"), cell("room"));
    let lines = [
        ("BEGIN", "VEVENT".to_owned()),
        ("UID", escaped(&cell("uid"))),
        ("SEQUENCE", cell("revision")),
        ("DTSTAMP", instant(&now.to_string())),
        ("DTSTART", instant(&cell("startsAt"))),
        ("DTEND", instant(&cell("endsAt"))),
        ("SUMMARY", escaped(summary.trim())),
        ("LOCATION", escaped(place.trim_matches([',', ' ']))),
        ("STATUS", cell("status")),
        ("END", "VEVENT".to_owned()),
    ];
    for (name, value) in lines {
        write(file, &format!("{name}:{value}"));
    }
}

/// `2026-12-07T09:00:00.000Z` as `20261207T090000Z`.
fn instant(text: &str) -> String {
    let (seconds, _) = text.split_once('.').unwrap_or((text, ""));
    let digits = seconds.chars().filter(|one| !matches!(one, '-' | ':'));
    digits.chain(['Z']).collect()
}

/// A text in which nothing is taken for the end of a value.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => escaped.extend(['\\', letter]),
            '\n' => escaped.push_str("\\n"),
            other if other.is_control() => {}
            other => escaped.push(other),
        }
    }
    escaped
}

/// One line; a long one goes on after a line break and a blank, never within a letter.
fn write(file: &mut String, line: &str) {
    let mut n_bytes = 0;
    for letter in line.chars() {
        if LONGEST_LINE < n_bytes + letter.len_utf8() {
            file.push_str("\r\n ");
            n_bytes = 1;
        }
        file.push(letter);
        n_bytes += letter.len_utf8();
    }
    file.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(room: &str) -> Row {
        let cells = [
            ("uid", json!("sitting-6@aut.elms")),
            ("revision", json!(2)),
            ("courseCode", json!("ECON101")),
            ("courseName", json!("Microeconomics; an introduction")),
            ("venue", json!("Business Annex")),
            ("room", json!(room)),
            ("startsAt", json!("2026-12-07T13:00:00.000Z")),
            ("endsAt", json!("2026-12-07T15:00:00.000Z")),
            ("status", json!("CONFIRMED")),
        ];
        let cells = cells.map(|(name, value)| (name.to_owned(), value));
        cells.into_iter().collect()
    }

    #[test]
    fn a_sitting_is_an_entry_that_a_calendar_can_move() {
        let file = calendar(&[row("BA-101")], Timestamp(1_796_601_600_000));
        let expected = "BEGIN:VCALENDAR|VERSION:2.0|PRODID:-//ELMS//Exam timetable//EN|\
            BEGIN:VEVENT|UID:sitting-6@aut.elms|SEQUENCE:2|DTSTAMP:20261207T000000Z|\
            DTSTART:20261207T130000Z|DTEND:20261207T150000Z|\
            SUMMARY:ECON101 Microeconomics\\; an introduction|\
            LOCATION:Business Annex\\, BA-101|STATUS:CONFIRMED|END:VEVENT|END:VCALENDAR|";
        assert_eq!(file.replace("\r\n", "|"), expected);
    }

    #[test]
    fn no_line_is_longer_than_calendars_read_and_no_letter_is_broken() {
        let room = "Größerer Saal mit äußerst langem Namen, ".repeat(9);
        let file = calendar(&[row(&room)], Timestamp(0));
        for line in file.split("\r\n") {
            assert!(line.len() <= LONGEST_LINE, "{line}");
        }
        let unfolded = file.replace("\r\n ", "");
        assert!(
            unfolded.contains(&escaped(room.trim_matches([',', ' ']))),
            "{unfolded}"
        );
        assert!(!calendar(&[row("a\r\nATTENDEE:x")], Timestamp(0)).contains("\nATTENDEE"));
        let mut named = row("BA-101");
        named.insert("uid".to_owned(), json!("sitting-6@a;b,c.elms"));
        let named = calendar(&[named], Timestamp(0));
        assert!(named.contains("UID:sitting-6@a\\;b\\,c.elms"), "{named}");
    }
}
