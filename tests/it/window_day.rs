//! An exam day by hand: what a chief invigilator and an exams officer do in the real window, and what
//! stands in the log afterwards.

use anyhow::{Context as _, Result, ensure};
use elms_tests::{
    proxy::{Proxy, Wire},
    rest::{OFFICER, Rest},
    station::StationProcess,
    until,
    window::{PATIENCE, Window, keys},
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    window::{BAND, LIVE, Stand, go_to, press, sign_in, sign_in_as},
    workflows::{BATCH, CHIEF, SITTING, WITNESS, command, events},
};

/// The hall of BUS101.
pub(crate) const HALL: &str = "#/hall/2";

/// Waits until as many events of a name are in the log.
pub(crate) async fn happened(office: &Rest, name: &str, n: usize) -> Result<Vec<Value>> {
    let mut found = Vec::new();
    until(name, PATIENCE, async || {
        found = events(office, name).await.unwrap_or_default();
        found.len() == n
    })
    .await
    .with_context(|| format!("{n} of {name}: {found:?}"))?;
    Ok(found)
}

/// The index number of whoever sits there.
pub(crate) async fn index_number(office: &Rest, seat: &str) -> Result<String> {
    let copy = office.get("/sync/snapshot").await?;
    let mut all = vec![&copy];
    while let Some(value) = all.pop() {
        let is_one = value.get("seat") == Some(&json!(seat))
            && value.get("sittingId") == Some(&json!(SITTING));
        if let Some(number) = value.get("indexNumber").filter(|_| is_one) {
            return Ok(number.as_str().context("no text")?.to_owned());
        }
        match value {
            Value::Array(list) => all.extend(list),
            Value::Object(map) => all.extend(map.values()),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    anyhow::bail!("nobody sits at {seat}")
}

/// Puts a text into the field with this label, or chooses the option that begins with it.
pub(crate) async fn fill(window: &Window, label: &str, text: &str) -> Result<()> {
    let script = "const label = [...document.querySelectorAll('label')]
            .findLast((one) => one.textContent.trim().startsWith(arguments[0]));
        const field = label?.querySelector('input, select') ??
            document.getElementById(label?.htmlFor);
        if (!field) return false;
        const option = [...(field.options ?? [])].find((one) => one.text.includes(arguments[1]));
        if (field.options && !option) return false;
        Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')
            .set.call(field, option?.value ?? arguments[1]);
        field.dispatchEvent(new Event(field.options ? 'change' : 'input', { bubbles: true }));
        return true";
    until(label, PATIENCE, async || {
        let done = window.run(script, json!([label, text])).await;
        done.is_ok_and(|done| done == json!(true))
    })
    .await
}

/// The state of a seat on the map.
async fn seat_is(window: &Window, seat: &str, state: &str) -> Result<()> {
    window
        .see(&format!("[data-seat={seat}][data-state={state}]"))
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chief_lets_in_pauses_and_writes_down_who_is_out_with_and_without_a_line() -> Result<()> {
    let Stand { dir, desk, server } = Stand::set_up().await?;
    let office = Rest::sign_in(&server.url, OFFICER).await?;
    let wire = Proxy::start(&server.url).await?;
    let window = Window::open(&desk, &dir.path().join("hall"), &wire.url).await?;
    sign_in_as(&window, CHIEF).await?;
    go_to(&window, HALL).await?;
    press(&window, "Open the doors").await?;
    happened(&office, "session_status_changed", 1).await?;

    let number = index_number(&office, "C4").await?;
    window.fill("[data-for-scanners]", &number).await?;
    window.press(&keys::ENTER.to_string()).await?;
    happened(&office, "student:checked-in", 1).await?;
    press(&window, "Start writing").await?;
    happened(&office, "session_started", 1).await?;
    seat_is(&window, "C4", "writing").await?;

    press(&window, "Pause the clock").await?;
    press(&window, "Go on writing").await?;
    seat_is(&window, "C4", "writing").await?;

    // Seat and letter, no dialog; the second half of it without a line.
    window
        .run("document.activeElement?.blur()", json!([]))
        .await?;
    window.press_body("c4o").await?;
    seat_is(&window, "C4", "out").await?;
    happened(&office, "hall_log", 1).await?;
    wire.set(Wire::Cut);
    window.see(BAND).await?;
    window.press_body("c4o").await?;
    seat_is(&window, "C4", "writing").await?;
    ensure!(
        events(&office, "hall_log").await?.len() == 1,
        "it left without a line"
    );
    wire.set(Wire::Whole);
    let lines = happened(&office, "hall_log", 2).await?;
    let actions = lines
        .iter()
        .filter_map(|line| line.pointer("/payload/action"));
    let actions: Vec<&str> = actions.filter_map(Value::as_str).collect();
    ensure!(
        actions == ["TEMPORARY_ABSENCE_OUT", "TEMPORARY_ABSENCE_IN"],
        "{actions:?}"
    );
    ensure!(
        events(&office, "incident:reported").await?.is_empty(),
        "an outcry"
    );
    window.close().await?;
    server.stop().await
}

#[tokio::test(flavor = "multi_thread")]
async fn scripts_are_counted_sealed_and_handed_over_by_the_forms_of_the_batch() -> Result<()> {
    let Stand { dir, desk, server } = Stand::set_up().await?;
    let office = Rest::sign_in(&server.url, OFFICER).await?;
    let mut other = StationProcess::start(&dir.path().join("GH-B"), "GH-B")?;
    other.sign_in(&server.url, WITNESS.0).await?;
    let present = json!({ "sittingId": SITTING, "checkedIn": 70 });
    other.submit(command("countPresent", present)).await?;
    let count = json!({ "batchId": BATCH, "count": 70 });
    let window = Window::open(&desk, &dir.path().join("hall"), &server.url).await?;
    sign_in_as(&window, CHIEF).await?;
    let code = code_of(&office).await?;
    go_to(&window, &format!("#/batches/{code}")).await?;
    for (buttons, fields) in [
        (["Open collection"; 2], &[][..]),
        (
            ["Declare count", "Declare a count"],
            &[("Scripts counted", "70")][..],
        ),
    ] {
        submit(&window, buttons, fields).await?;
    }
    happened(&office, "batch:stats_updated", 1).await?;
    other.live(office.head().await?).await?;
    other.submit(command("declareCount", count)).await?;
    other.live(0).await?;
    let seal = [
        ("Scripts counted", "70"),
        ("Number on the seal", "20418"),
        ("Witness", "Selina"),
    ];
    submit(&window, ["Seal batch", "Seal the batch"], &seal).await?;
    happened(&office, "batch:sealed", 1).await?;
    let receiver = [("Receiver", "Ibrahim")];
    submit(&window, ["Offer handover", "Offer a handover"], &receiver).await?;
    let offered = happened(&office, "custody:offered", 1).await?;
    ensure!(
        offered
            .iter()
            .all(|event| event.to_string().contains("20418")),
        "{offered:?}"
    );
    other.stop().await?;
    window.close().await?;
    server.stop().await
}

/// Opens a form of the batch by its button, fills it in and sends it by that of the form.
pub(crate) async fn submit(
    window: &Window,
    [opens, sends]: [&str; 2],
    fields: &[(&str, &str)],
) -> Result<()> {
    press(window, opens).await?;
    window.see("[role=dialog] form").await?;
    for (label, text) in fields {
        fill(window, label, text).await?;
    }
    press(window, sends).await?;
    window.miss("[role=dialog] form").await
}

pub(crate) async fn code_of(office: &Rest) -> Result<String> {
    let batch = office.get(&format!("/batch-scripts/{BATCH}")).await?;
    let code = batch.pointer("/data/batchQRCode");
    Ok(code.and_then(Value::as_str).context("no code")?.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_answers_a_hall_adds_the_day_up_and_finds_the_moment_without_a_line()
-> Result<()> {
    let Stand { dir, desk, server } = Stand::set_up().await?;
    let office = Rest::sign_in(&server.url, OFFICER).await?;
    let mut hall = StationProcess::start(&dir.path().join("GH-A"), "GH-A")?;
    hall.sign_in(&server.url, CHIEF).await?;
    let case = Uuid::now_v7();
    let report = json!({
        "ref": case, "type": "TECHNICAL_ISSUE", "severity": "MEDIUM", "sittingId": SITTING,
        "description": "The fans of row G have stopped", "seat": "G3",
    });
    hall.submit(command("reportIncident", report)).await?;
    hall.live(0).await?;
    hall.stop().await?;

    let wire = Proxy::start(&server.url).await?;
    let folder = dir.path().join("office");
    let window = Window::open(&desk, &folder, &wire.url).await?;
    sign_in(&window).await?;
    go_to(&window, &format!("#/incidents/{case}")).await?;
    window.read("The fans of row G have stopped").await?;
    window
        .run("document.activeElement?.blur()", json!([]))
        .await?;
    window.press_body("a").await?;
    happened(&office, "incident:updated", 1).await?;

    go_to(&window, "#/monitor").await?;
    press(&window, "Day sums").await?;
    until("the sums of the day are a paper", PATIENCE, async || {
        let papers = std::fs::read_dir(folder.join("papers"))
            .into_iter()
            .flatten();
        papers
            .flatten()
            .any(|one| one.path().extension().is_some_and(|kind| kind == "pdf"))
    })
    .await?;

    window.see(LIVE).await?;
    wire.set(Wire::Cut);
    window.see(BAND).await?;
    go_to(&window, "#/review?q=fans%20seat:G3").await?;
    window.see("[data-seq]").await?;
    ensure!(0 < window.count("[data-seq]").await?, "nothing was found");
    window.read("The fans of row G").await?;
    window.close().await?;
    server.stop().await
}
