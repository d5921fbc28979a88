//! A paper that moves to another building on the day.

use anyhow::{Context as _, Result, ensure};
use elms_tests::{proxy::Wire, rest::Rest, station::StationProcess};
use serde_json::{Value, json};

use super::{CHIEF, Day, command, events, refusal, says, to_decide};

/// The sitting of ECON101, where it was and where it goes.
const PAPER: i64 = 6;
const FROM: (i64, &str) = (5, "ICT Laboratory");
const TO: (i64, &str) = (4, "Business Annex");
/// Its chief invigilator, and all who have to know: two invigilators and the lecturer.
const ITS_CHIEF: &str = "akosua.frimpong@aut.example";
const CONCERNED: [&str; 3] = [
    ITS_CHIEF,
    "isaac.tawiah@aut.example",
    "rita.owusu-ansah@aut.example",
];
const NUMBERS: [i64; 3] = [19, 20, 29];

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_that_moves_is_told_once_to_those_concerned_and_starts_only_where_it_is_now()
-> Result<()> {
    let day = Day::begin().await?;
    let mut office = day.in_office("EO-2", elms_tests::rest::OFFICER).await?;
    office
        .submit(command("publishTimetable", json!({ "timetableId": 1 })))
        .await?;
    office.live(0).await?;
    let rest = day.office().await?;
    // The laboratory's station is cut off since yesterday, and somebody opens the doors there.
    let mut old = day.at("ICT-A", ITS_CHIEF).await?;
    day.cut(&mut [&mut old]).await?;
    old.submit(phase("ADMITTING")).await?;

    let before = rest.file("/export/timetable?format=ics").await?;
    office.submit(moves()).await?;
    office.live(0).await?;
    // The answer is lost and said again; nobody is told twice for that.
    day.wire
        .faults
        .repeat_every
        .store(2, std::sync::atomic::Ordering::Relaxed);
    day.wire.set(Wire::Whole);
    old.call("try_now", Value::Null).await?;
    old.live(rest.head().await?).await?;

    let told = to_decide(&mut old).await?;
    says(told.first().map_or("", String::as_str), TO.1)?;
    shows_the_move(&mut old).await?;
    only_those_concerned(&day, &rest, &mut old).await?;
    drop(old.stop().await);
    let mut still_there = day.at("ICT-A", ITS_CHIEF).await?;
    says(&refusal(&mut still_there, phase("ADMITTING")).await?, TO.1)?;
    drop(still_there.stop().await);
    let mut there = day.at("BA-A", ITS_CHIEF).await?;
    there.submit(phase("ADMITTING")).await?;
    there.live(0).await?;
    calendar_moves(&before, &rest.file("/export/timetable?format=ics").await?)?;
    day.server.stop().await
}

fn phase(to: &str) -> Value {
    command("setPhase", json!({ "sittingId": PAPER, "to": to }))
}

fn moves() -> Value {
    let input = json!({
        "timetableId": 1, "sittingId": PAPER, "venueId": TO.0, "room": "BA-101",
        "changes": ["venue"], "text": "ECON101 moves to the Business Annex, BA-101",
    });
    command("updateTimetable", input)
}

/// The history of the timetable has the place before and after, and the lane is in the new hall.
async fn shows_the_move(station: &mut StationProcess) -> Result<()> {
    let timetable = station.call("timetable", Value::Null).await?;
    let changes = timetable.get("changes").and_then(Value::as_array);
    let changes = changes.context("no changes")?.iter();
    let moved = changes.filter(|one| one.get("event") == Some(&json!("timetable:updated")));
    let moved: Vec<String> = moved
        .map(|one| one.get("text").map(Value::to_string).unwrap_or_default())
        .collect();
    ensure!(moved.len() == 1, "{moved:?}");
    let said = moved.first().map_or("", String::as_str);
    says(said, FROM.1)?;
    says(said, TO.1)?;
    let hall = station.call("hall", json!({ "sittingId": PAPER })).await?;
    let venue = hall.pointer("/view/venue/name");
    ensure!(venue == Some(&json!(TO.1)), "{venue:?}");
    Ok(())
}

/// One message, to the invigilators and the lecturer of the paper and to nobody else.
async fn only_those_concerned(day: &Day, rest: &Rest, old: &mut StationProcess) -> Result<()> {
    for email in CONCERNED {
        let person = Rest::sign_in(&day.server.url, email).await?;
        let told = told(&person).await?;
        ensure!(told.len() == 1, "{email} was told {} times", told.len());
        let whom = told.first().and_then(|one| one.pointer("/payload/userIds"));
        ensure!(whom == Some(&json!(NUMBERS)), "{whom:?}");
    }
    let other = Rest::sign_in(&day.server.url, CHIEF).await?;
    ensure!(told(&other).await?.is_empty(), "a chief of another paper");
    ensure!(told(rest).await?.is_empty(), "who has moved it knows");
    ensure!(unread(old).await? == 1, "the chief of the paper");
    Ok(())
}

/// What somebody was told about the timetable.
async fn told(person: &Rest) -> Result<Vec<Value>> {
    let mut told = events(person, "notification:new").await?;
    told.retain(|one| one.pointer("/payload/type") == Some(&json!("timetable")));
    Ok(told)
}

async fn unread(station: &mut StationProcess) -> Result<i64> {
    let status = station.call("status", Value::Null).await?;
    status
        .get("unread")
        .and_then(Value::as_i64)
        .context("no count")
}

/// The same entry, a later revision, another place; the other entries stay where they are.
fn calendar_moves(before: &str, after: &str) -> Result<()> {
    let entry = |file: &str, name: &str| {
        let mut entries = file.split("BEGIN:VEVENT");
        let found = entries.find(|one| one.contains(name)).unwrap_or_default();
        let line = |field: &str| {
            let mut lines = found.lines();
            let found = lines.find_map(|line| line.strip_prefix(field));
            found.unwrap_or_default().to_owned()
        };
        (line("UID:"), line("SEQUENCE:"), line("LOCATION:"))
    };
    let (name, first, place) = entry(before, "ECON101");
    ensure!(place.starts_with(FROM.1), "{place}");
    let (same_name, second, place) = entry(after, "ECON101");
    ensure!(place == "Business Annex\\, BA-101", "{place}");
    ensure!(name == same_name && !name.is_empty(), "{name} {same_name}");
    ensure!(
        first.parse::<i64>()? < second.parse::<i64>()?,
        "{first} {second}"
    );
    let (_, _, stays) = entry(before, "PHYS102");
    ensure!(entry(after, "PHYS102").2 == stays, "{stays}");
    Ok(())
}
