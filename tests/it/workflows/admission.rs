//! Doors, scans and latecomers: two stations at one door, one of them with a wrong clock.

use std::{collections::BTreeSet, time::Duration};

use anyhow::{Context as _, Result, ensure};
use elms_protocol::Timestamp;
use elms_tests::{
    morning::{CHIEF, HALL_PAPER, HELP, LIBRARY_PAPER, Morning, OFFICER},
    rest::Rest,
    station::StationProcess,
    until,
};
use serde_json::{Value, json};

use super::{command, refusal, says};

/// How far the second station at the door is ahead: seven minutes.
const AHEAD_MS: i64 = 420_000;
/// Scans of each of the two stations; those in the middle come past both.
const SCANS: usize = 120;
/// The consoles show the same within a second; the machine of a test may be busy for longer.
const SOON: Duration = Duration::from_secs(5);

#[tokio::test(flavor = "multi_thread")]
async fn two_stations_at_one_door_count_everybody_once_and_all_consoles_agree() -> Result<()> {
    let morning = Morning::begin().await?;
    let url = morning.server.url.clone();
    let rest = morning.rest(OFFICER).await?;
    let mut first = morning.at(("DR-1", 0), CHIEF, &url).await?;
    let mut second = morning.at(("DR-2", AHEAD_MS), HELP, &url).await?;
    let mut office = morning.at(("EO-1", 0), OFFICER, &url).await?;
    let (sitting, students) = paper(&mut first, HALL_PAPER.0).await?;
    ensure!(students.len() == HALL_PAPER.1, "{}", students.len());
    let from = HALL_PAPER.1 - SCANS;
    let (one, two) = (students.get(..SCANS), students.get(from..));
    let (one, two) = (one.unwrap_or_default(), two.unwrap_or_default());
    let (one, two) = tokio::join!(
        scan(&mut first, &sitting, one),
        scan(&mut second, &sitting, two)
    );
    let turned_down = one? + two?;
    let whole = i64::try_from(HALL_PAPER.1)?;
    let mut consoles = [&mut first, &mut second, &mut office];
    agree(&rest, &mut consoles, &sitting, whole).await?;

    let mut undecided = 0;
    for station in consoles {
        undecided += super::to_decide(station).await?.len();
    }
    let twice = 2 * SCANS - HALL_PAPER.1;
    ensure!(
        turned_down + undecided == twice,
        "{turned_down} + {undecided} of {twice}"
    );
    by_the_right_time(&rest.events().await?)?;

    let (_, elsewhere) = paper(&mut office, LIBRARY_PAPER).await?;
    let stray = elsewhere.first().context("nobody in the library")?;
    says(
        &refusal(&mut second, come(&sitting, stray, None)).await?,
        "Old Library",
    )?;
    morning.server.stop().await
}

/// Each came once, ten minutes late, whatever the clock of the station said.
fn by_the_right_time(log: &[Value]) -> Result<()> {
    let came = log
        .iter()
        .filter(|event| event.get("event") == Some(&json!("student:checked-in")));
    let mut seen = BTreeSet::new();
    let mut fast = 0;
    for event in came {
        let student = event.pointer("/payload/studentId").and_then(Value::as_i64);
        ensure!(seen.insert(student.context("nobody")?), "twice: {event}");
        let late = event
            .pointer("/payload/minutesLate")
            .and_then(Value::as_i64);
        ensure!(late.is_some_and(|late| (10..14).contains(&late)), "{event}");
        ensure!(
            event.pointer("/payload/attendance") == Some(&json!("LATE")),
            "{event}"
        );
        let offset = event
            .get("clockOffsetMs")
            .and_then(Value::as_i64)
            .unwrap_or_default();
        fast += usize::from((offset - AHEAD_MS).abs() < 2_000);
        ensure!(
            offset.abs() < 2_000 || (offset - AHEAD_MS).abs() < 2_000,
            "{offset}"
        );
    }
    ensure!(
        seen.len() == HALL_PAPER.1 && SCANS / 2 < fast,
        "{} {fast}",
        seen.len()
    );
    Ok(())
}

/// Waits until the server has everybody, and then until every console shows the same.
async fn agree(
    rest: &Rest,
    consoles: &mut [&mut StationProcess; 3],
    sitting: &Value,
    whole: i64,
) -> Result<()> {
    let path = "/sync/snapshot";
    until("everybody is in", Duration::from_mins(2), async || {
        let copy = rest.get(path).await.unwrap_or_default();
        let records = copy.get("records").and_then(Value::as_array);
        let here = |record: &&Value| record.pointer("/record/id") == Some(sitting);
        let mut found = records.into_iter().flatten().filter(here);
        found.any(|record| record.pointer("/record/present") == Some(&json!(whole)))
    })
    .await?;
    until("all consoles agree", SOON, async || {
        let mut same = true;
        for console in consoles.iter_mut() {
            same &= present(console, sitting).await.unwrap_or_default() == whole;
        }
        same
    })
    .await
}

async fn present(console: &mut StationProcess, sitting: &Value) -> Result<i64> {
    let hall = console
        .call("hall", json!({ "sittingId": sitting }))
        .await?;
    let present = hall.pointer("/view/present").and_then(Value::as_i64);
    present.context("no count")
}

/// A sitting and its candidates in the order of their index numbers.
pub(super) async fn paper(
    station: &mut StationProcess,
    course: &str,
) -> Result<(Value, Vec<Value>)> {
    let monitor = station.call("monitor", Value::Null).await?;
    let sittings = monitor.get("sittings").and_then(Value::as_array);
    let mut found = sittings.into_iter().flatten();
    let sitting = found.find(|one| one.get("courseCode") == Some(&json!(course)));
    let id = sitting
        .and_then(|one| one.get("id"))
        .cloned()
        .context("no sitting")?;
    let hall = station.call("hall", json!({ "sittingId": id })).await?;
    let candidates = hall.get("candidates").and_then(Value::as_array);
    let mut candidates = candidates.context("no candidates")?.clone();
    candidates.sort_by_key(|one| one.get("indexNumber").map(Value::to_string));
    let ids = candidates
        .iter()
        .filter_map(|one| one.get("studentId").cloned());
    Ok((id, ids.collect()))
}

/// Scans cards as they come; how many the station turned down at once.
async fn scan(station: &mut StationProcess, sitting: &Value, cards: &[Value]) -> Result<usize> {
    let mut turned_down = 0;
    for card in cards {
        let asked = json!({ "command": come(sitting, card, None) });
        let answer = station.call("submit", asked).await?;
        turned_down += usize::from(!answer.get("rejection").is_none_or(Value::is_null));
    }
    station.live(0).await?;
    Ok(turned_down)
}

/// Somebody is at the door; how they are written down is left to the clock.
fn come(sitting: &Value, student: &Value, attendance: Option<&str>) -> Value {
    let mut input = json!({ "sittingId": sitting, "student": student });
    if let (Some(attendance), Some(input)) = (attendance, input.as_object_mut()) {
        input.insert("attendance".to_owned(), json!(attendance));
    }
    command("checkInCandidate", input)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_edges_of_lateness_are_the_same_on_the_screen_and_in_the_log() -> Result<()> {
    let morning = Morning::begin().await?;
    let url = morning.server.url.clone();
    let mut hall = morning.at(("LB-1", AHEAD_MS), HELP, &url).await?;
    let mut office = morning.at(("EO-1", 0), OFFICER, &url).await?;
    let (sitting, students) = paper(&mut hall, LIBRARY_PAPER).await?;
    let (starts, stretches) = stretches(&mut hall, &sitting).await?;
    let edges = [
        (0, "PRESENT", None),
        (29 * 60 + 59, "LATE", Some(29)),
        (30 * 60, "LATE", Some(30)),
        (30 * 60 + 1, "REFUSED", Some(30)),
        (60 * 60, "REFUSED", Some(60)),
        (60 * 60 + 1, "REFUSED", Some(60)),
    ];
    for ((late_sec, attendance, _), student) in edges.iter().zip(&students) {
        let at = starts.plus_ms(late_sec * 1_000);
        let shown = stretches
            .iter()
            .rev()
            .find(|(from, _)| from.is_none_or(|from| from <= at));
        ensure!(
            shown.is_some_and(|(_, shown)| shown == attendance),
            "{late_sec}: {shown:?}"
        );
        at_the_time(&mut hall, come(&sitting, student, None), at).await?;
    }
    hall.live(0).await?;
    let log = morning.rest(OFFICER).await?.events().await?;
    let came = log
        .iter()
        .filter(|event| event.get("event") == Some(&json!("student:checked-in")));
    for ((late_sec, attendance, minutes), event) in edges.iter().zip(came) {
        let written = event.pointer("/payload/attendance");
        ensure!(written == Some(&json!(attendance)), "{late_sec}: {event}");
        let late = event
            .pointer("/payload/minutesLate")
            .and_then(Value::as_i64);
        ensure!(late == *minutes, "{late_sec}: {event}");
    }
    let refused: Vec<&Value> = students.iter().skip(4).take(2).collect();
    overruled(
        &morning,
        (&mut hall, &mut office),
        &sitting,
        (&refused, starts),
    )
    .await?;
    morning.server.stop().await
}

/// When the sitting starts, and how whoever comes is written down from when on, as the screen has it.
async fn stretches(
    hall: &mut StationProcess,
    sitting: &Value,
) -> Result<(Timestamp, Vec<(Option<Timestamp>, String)>)> {
    let view = hall.call("hall", json!({ "sittingId": sitting })).await?;
    let starts = view.pointer("/view/startsAt").and_then(Value::as_str);
    let starts: Timestamp = starts.context("no start")?.parse()?;
    let arrivals = view
        .get("arrivals")
        .and_then(Value::as_array)
        .context("none")?;
    let stretch = |one: &Value| {
        let from = one.get("from").and_then(Value::as_str);
        let attendance = one.get("attendance").and_then(Value::as_str);
        (
            from.and_then(|text| text.parse().ok()),
            attendance.unwrap_or_default().to_owned(),
        )
    };
    Ok((starts, arrivals.iter().map(stretch).collect()))
}

async fn at_the_time(station: &mut StationProcess, command: Value, at: Timestamp) -> Result<()> {
    let asked = json!({ "command": command, "occurredAt": at });
    let answer = station.call("submit", asked).await?;
    ensure!(
        answer.get("rejection").is_none_or(Value::is_null),
        "{answer}"
    );
    station.live(0).await
}

/// Only the exam office admits very late, with a reason, and beyond the hour with the board's form.
async fn overruled(
    morning: &Morning,
    (hall, office): (&mut StationProcess, &mut StationProcess),
    sitting: &Value,
    (refused, starts): (&[&Value], Timestamp),
) -> Result<()> {
    let first = refused.first().context("nobody was refused")?;
    let asked = come(sitting, first, Some("VERY_LATE"));
    says(&refusal(hall, asked.clone()).await?, "role does not allow")?;
    says(&refusal(office, asked).await?, "reason is empty")?;
    let head = morning.rest(OFFICER).await?;
    office.live(head.head().await?).await?;
    for (student, late_sec) in refused.iter().zip([3_600, 3_601]) {
        let mut asked = come(sitting, student, Some("VERY_LATE"));
        if let Some(input) = asked.pointer_mut("/input").and_then(Value::as_object_mut) {
            input.insert("reason".to_owned(), json!("The college bus broke down"));
        }
        at_the_time(office, asked, starts.plus_ms(late_sec * 1_000)).await?;
    }
    let log = head.events().await?;
    let admitted =
        |event: &&Value| event.pointer("/payload/attendance") == Some(&json!("VERY_LATE"));
    let forms = log
        .iter()
        .filter(admitted)
        .map(|event| event.pointer("/payload/boardForm"));
    let forms: Vec<Option<&Value>> = forms.collect();
    ensure!(forms == [None, Some(&json!(true))], "{forms:?}");
    Ok(())
}
