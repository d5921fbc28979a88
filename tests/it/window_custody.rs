//! In the real window: a script is missing, a batch goes from hand to hand, a paper moves.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use elms_tests::{
    desk::Desk,
    process::ServerProcess,
    rest::{OFFICER, Rest},
    station::StationProcess,
    until,
    window::{PATIENCE, Window, keys},
};
use serde_json::{Value, json};

use crate::{
    window::{Stand, go_to, press, sign_in_as},
    window_day::{code_of, fill, happened, submit},
    workflows::{BATCH, CHIEF, HANDLER, SITTING, WITNESS, command, declare, events, seal},
};

/// The seal of BUS101.
const SEAL: &str = "20421";

/// A console with somebody signed in at the page of the batch.
async fn at_batch(
    desk: &Desk,
    (dir, email): (&Path, &str),
    server: &ServerProcess,
    code: &str,
) -> Result<Window> {
    let window = Window::open(desk, dir, &server.url).await?;
    sign_in_as(&window, email).await?;
    go_to(&window, &format!("#/batches/{code}")).await?;
    window.see("aside h2").await?;
    Ok(window)
}

/// Somebody at a station of the hall.
async fn station(dir: &Path, (code, email): (&str, &str), url: &str) -> Result<StationProcess> {
    let mut station = StationProcess::start(&dir.join(code), code)?;
    station.sign_in(url, email).await?;
    station.live(0).await?;
    Ok(station)
}

/// Seventy scripts under seal, counted by two.
async fn sealed(dir: &Path, server: &ServerProcess, office: &Rest) -> Result<()> {
    let mut chief = station(dir, ("GH-A", CHIEF), &server.url).await?;
    let present = json!({ "sittingId": SITTING, "checkedIn": 70 });
    let open = json!({ "batchId": BATCH });
    for command in [
        command("countPresent", present),
        command("openCollection", open),
    ] {
        chief.submit(command).await?;
    }
    chief.live(0).await?;
    let mut witness = station(dir, ("GH-B", WITNESS.0), &server.url).await?;
    witness.submit(declare(70)).await?;
    witness.live(0).await?;
    chief.live(office.head().await?).await?;
    for command in [declare(70), seal(70, SEAL, None)] {
        chief.submit(command).await?;
    }
    happened(office, "batch:sealed", 1).await?;
    witness.stop().await?;
    chief.stop().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_is_taken_with_its_seal_read_and_a_seal_that_reads_otherwise_is_a_dispute_until_both_say_so()
-> Result<()> {
    let Stand { dir, desk, server } = Stand::set_up().await?;
    let office = Rest::sign_in(&server.url, OFFICER).await?;
    sealed(dir.path(), &server, &office).await?;
    let code = code_of(&office).await?;

    let hall = at_batch(&desk, (&dir.path().join("hall"), CHIEF), &server, &code).await?;
    submit(
        &hall,
        ["Offer handover", "Offer a handover"],
        &[("Receiver", "Ibrahim")],
    )
    .await?;
    happened(&office, "custody:offered", 1).await?;
    let carrier = at_batch(
        &desk,
        (&dir.path().join("carrier"), HANDLER.0),
        &server,
        &code,
    )
    .await?;
    let read = [("Scripts counted", "70"), ("Number on the seal", "20427")];
    submit(&carrier, ["Accept handover", "Accept the handover"], &read).await?;
    happened(&office, "custody:disputed", 1).await?;
    carrier.read("Handover disputed").await?;
    // Both look at the bag again, and both say so.
    submit(&carrier, ["Confirm handover", "Confirm the handover"], &[]).await?;
    submit(&hall, ["Confirm handover", "Confirm the handover"], &[]).await?;
    happened(&office, "custody:accepted", 1).await?;
    hall.close().await?;

    // On to the strong room, where the office answers for what lies there.
    let room = [("Or a place", "Strong room")];
    submit(&carrier, ["Offer handover", "Offer a handover"], &room).await?;
    happened(&office, "custody:offered", 2).await?;
    let desk_of_office =
        at_batch(&desk, (&dir.path().join("office"), OFFICER), &server, &code).await?;
    let read = [("Scripts counted", "70"), ("Number on the seal", SEAL)];
    submit(
        &desk_of_office,
        ["Accept handover", "Accept the handover"],
        &read,
    )
    .await?;
    happened(&office, "custody:accepted", 2).await?;
    desk_of_office.read("Strong room").await?;
    let cases = happened(&office, "incident:reported", 1).await?;
    let case = cases.first().context("no case")?.to_string();
    ensure!(
        case.contains("20427"),
        "the case does not say what was read: {case}"
    );
    desk_of_office.close().await?;
    carrier.close().await?;
    server.stop().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_short_batch_is_sealed_only_with_its_case_and_the_seal_is_broken_before_a_witness()
-> Result<()> {
    let Stand { dir, desk, server } = Stand::set_up().await?;
    let office = Rest::sign_in(&server.url, OFFICER).await?;
    let mut other = station(dir.path(), ("GH-B", WITNESS.0), &server.url).await?;
    let present = json!({ "sittingId": SITTING, "checkedIn": 70 });
    other.submit(command("countPresent", present)).await?;
    other.live(0).await?;
    let code = code_of(&office).await?;
    let hall = at_batch(&desk, (&dir.path().join("hall"), CHIEF), &server, &code).await?;
    submit(&hall, ["Open collection"; 2], &[]).await?;
    both_count(&hall, &mut other, &office, 69).await?;
    hall.read("1 script short").await?;
    // The gate: no seal without the case that explains the difference.
    hall.see("button[aria-disabled=true], button:disabled")
        .await?;

    report_missing(&hall).await?;
    submit(&hall, SEAL_IT, &label("69")).await?;
    let sealed = happened(&office, "batch:sealed", 1).await?;
    let explained = |one: &Value| one.to_string().contains("incident");
    ensure!(sealed.iter().all(explained), "no case: {sealed:?}");

    let officer = at_batch(&desk, (&dir.path().join("office"), OFFICER), &server, &code).await?;
    let why = [("Witness", "Selina"), ("Reason", "It lay under the desk")];
    submit(&officer, ["Open the seal"; 2], &why).await?;
    until("the seal is broken", PATIENCE, async || {
        is_broken(&office).await.unwrap_or(false)
    })
    .await?;
    both_count(&hall, &mut other, &office, 70).await?;
    // A number that was broken is burnt.
    press(&hall, SEAL_IT[0]).await?;
    hall.see("[role=dialog] form").await?;
    for (field, text) in label("70") {
        fill(&hall, field, text).await?;
    }
    press(&hall, SEAL_IT[1]).await?;
    hall.see("[role=dialog] [role=alert]").await?;
    fill(&hall, "Number on the seal", "20431").await?;
    press(&hall, SEAL_IT[1]).await?;
    hall.miss("[role=dialog] form").await?;
    happened(&office, "batch:sealed", 2).await?;
    other.stop().await?;
    officer.close().await?;
    hall.close().await?;
    server.stop().await
}

/// The button of the batch and that of the form.
const SEAL_IT: [&str; 2] = ["Seal batch", "Seal the batch"];

/// The form of the seal whose number was broken before.
fn label(count: &str) -> [(&str, &str); 3] {
    [
        ("Scripts counted", count),
        ("Number on the seal", "20418"),
        ("Witness", "Selina"),
    ]
}

/// The chief counts in the window, somebody else beside it.
async fn both_count(
    hall: &Window,
    other: &mut StationProcess,
    office: &Rest,
    count: i64,
) -> Result<()> {
    let before = events(office, "batch:stats_updated").await?.len();
    let declare_it = ["Declare count", "Declare a count"];
    submit(hall, declare_it, &[("Scripts counted", &count.to_string())]).await?;
    happened(office, "batch:stats_updated", before.saturating_add(1)).await?;
    other.live(office.head().await?).await?;
    other.submit(declare(count)).await?;
    other.live(0).await
}

/// A case of a missing script, by the keyboard.
async fn report_missing(hall: &Window) -> Result<()> {
    hall.press_body("r").await?;
    hall.see("[role=dialog] input[name=kind]").await?;
    hall.press("3").await?;
    hall.press_control(keys::ENTER).await?;
    hall.miss("[role=dialog] textarea").await
}

/// Whether the log says that the first seal is broken.
async fn is_broken(office: &Rest) -> Result<bool> {
    let changed = events(office, "batch:status_changed").await?;
    let mut broken = changed
        .iter()
        .filter_map(|one| one.pointer("/payload/brokenSeal"));
    Ok(broken.any(|seal| seal == "20418"))
}

/// The paper that moves, and its chief invigilator.
const PAPER: i64 = 6;
const ITS_CHIEF: &str = "akosua.frimpong@aut.example";

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_is_moved_in_the_office_and_who_leads_it_says_that_they_know() -> Result<()> {
    let Stand { dir, desk, server } = Stand::set_up().await?;
    let office = Rest::sign_in(&server.url, OFFICER).await?;
    let officer = Window::open(&desk, &dir.path().join("office"), &server.url).await?;
    sign_in_as(&officer, OFFICER).await?;
    go_to(&officer, "#/timetable").await?;
    press(&officer, "Publish the timetable").await?;
    officer
        .see("form[aria-label='Publish the timetable']")
        .await?;
    press(&officer, "Publish the timetable").await?;
    happened(&office, "timetable:published", 1).await?;
    officer.miss("form").await?;
    go_to(&officer, &format!("#/timetable?sitting={PAPER}")).await?;
    officer.read("ECON101").await?;
    press(&officer, "Move to another hall").await?;
    fill_form(&officer, "Business Annex").await?;
    press(&officer, "Move").await?;
    let moved = happened(&office, "timetable:updated", 1).await?;
    let moved = moved.first().context("not moved")?.to_string();
    ensure!(moved.contains("Business Annex"), "{moved}");
    officer
        .see("section[aria-label^='Have not confirmed']")
        .await?;

    let chief = Window::open(&desk, &dir.path().join("chief"), &server.url).await?;
    sign_in_as(&chief, ITS_CHIEF).await?;
    go_to(&chief, "#/notifications").await?;
    chief
        .see("main a[href='#/timetable'], a[href='#/timetable'] b, li a[href='#/timetable']")
        .await?;
    go_to(&chief, "#/timetable").await?;
    press(&chief, "I know of it").await?;
    happened(&office, "timetable:confirmed", 1).await?;
    chief.miss("section[aria-label='I know of it']").await?;
    let left =
        "return document.querySelectorAll(\"section[aria-label^='Have not confirmed'] li\").length";
    until("one name less", PATIENCE, async || {
        officer.run(left, json!([])).await.is_ok_and(|n| n == 2)
    })
    .await?;
    chief.close().await?;
    officer.close().await?;
    server.stop().await
}

/// Chooses the hall in the form of the move.
async fn fill_form(window: &Window, hall: &str) -> Result<()> {
    window.see("form select").await?;
    let script = "const field = document.querySelector('form select');
        const option = [...field.options].find((one) => one.text.includes(arguments[0]));
        if (!option) return [...field.options].map((one) => one.text).join();
        Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value')
            .set.call(field, option.value);
        field.dispatchEvent(new Event('change', { bubbles: true }))";
    let other = window.run(script, json!([hall])).await?;
    ensure!(other.is_null(), "the halls are {other}");
    Ok(())
}
