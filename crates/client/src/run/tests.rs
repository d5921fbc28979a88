//! The whole console against a scripted server on loopback.

mod completeness;
mod damaged;
mod partner;
mod remembering;
mod review_desk;
mod sealed;
mod several;
mod station_key;
mod typing;

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use elms_protocol::host::{HostError, LinkState, Status};
use serde_json::{Value, json};
use tokio::time::timeout;

use self::partner::Partner;
use crate::{
    Config, Console, DesktopWorks, MemoryVault, Outside, Vault, clock::wall_now, config::Station,
};

/// Longer than anything here takes.
const LIMIT: Duration = Duration::from_secs(20);

fn open(dir: &Path, vault: Arc<dyn Vault>) -> Console {
    let config = Config {
        data_dir: dir.to_owned(),
        papers_dir: dir.join("papers"),
        station: Station::named("EO-1", "Exam office"),
    };
    // Dice that always show short waits, and never the same twice.
    let throws = AtomicU64::new(0);
    let dice = move || throws.fetch_add(1, Ordering::Relaxed);
    let outside = Outside {
        wall: Arc::new(wall_now),
        dice: Arc::new(dice),
    };
    Console::open_in(outside, config, vault, DesktopWorks::default()).unwrap()
}

async fn sign_in(console: &Console, url: &str, keep: bool) -> Result<Value, HostError> {
    let args = json!({"server": url, "email": "esi@tug", "password": "right", "keep": keep});
    console.call("sign_in", args).await
}

/// Waits until the frame of the window shows what is wanted.
async fn shows(console: &Console, what: &str, fact: impl Fn(&Status) -> bool) -> Status {
    let mut board = console.watch();
    let seen = timeout(LIMIT, async {
        loop {
            let status = console.status().await.unwrap();
            if fact(&status) {
                return status;
            }
            drop(board.recv().await);
        }
    });
    match seen.await {
        Ok(status) => status,
        Err(late) => {
            panic!(
                "did not show: {what} ({late}); {:?}",
                console.status().await.unwrap().link
            )
        }
    }
}

async fn live(console: &Console) -> Status {
    shows(console, "live", |status| {
        status.link.state == LinkState::Live
    })
    .await
}

fn report() -> Value {
    json!({"command": {"command": "reportIncident", "input": {
        "ref": uuid::Uuid::now_v7(), "type": "MEDICAL_EMERGENCY", "severity": "HIGH",
        "description": "A candidate has collapsed."}}})
}

struct Bench {
    dir: tempfile::TempDir,
    vault: Arc<MemoryVault>,
    partner: Partner,
}

impl Bench {
    async fn new() -> Self {
        let (dir, vault) = (tempfile::tempdir().unwrap(), Arc::default());
        Self {
            dir,
            vault,
            partner: Partner::start().await,
        }
    }

    fn open(&self) -> Console {
        open(self.dir.path(), Arc::<MemoryVault>::clone(&self.vault))
    }

    async fn live(&self, keep: bool) -> Console {
        let console = self.open();
        sign_in(&console, &self.partner.url, keep).await.unwrap();
        live(&console).await;
        console
    }
}

#[tokio::test]
async fn who_signs_in_is_live_with_a_first_copy() {
    let bench = Bench::new().await;
    bench.partner.happen(3);
    let console = bench.live(true).await;
    let status = console.status().await.unwrap();
    assert_eq!(status.user.unwrap().name, "Esi Boateng");
    assert_eq!(status.server.unwrap().url, bench.partner.url);
    assert_eq!(bench.partner.world().resumed_from, [3]);
    bench.partner.happen(2);
    shows(&console, "the new events", |status| status.last_seq.0 == 5).await;
    console.shutdown().await;
}

#[tokio::test]
async fn bad_sign_ins_are_told_apart() {
    let bench = Bench::new().await;
    let console = bench.open();
    let wrong = json!({"server": bench.partner.url, "email": "esi@tug", "password": "x",
        "keep": false});
    let error = console.call("sign_in", wrong).await.unwrap_err();
    assert_eq!(error.code, "wrong_password");
    bench.partner.world().html = true;
    let error = sign_in(&console, &bench.partner.url, false)
        .await
        .unwrap_err();
    assert_eq!(error.code, "not_elms");
    let error = sign_in(&console, "http://127.0.0.1:1", false)
        .await
        .unwrap_err();
    assert_eq!(error.code, "unreachable");
    assert!(!error.message.contains("offline"));
    let error = sign_in(&console, "ftp://x", false).await.unwrap_err();
    assert_eq!(error.code, "bad_address");
    assert_eq!(
        console.status().await.unwrap().link.state,
        LinkState::SignedOut
    );
}

#[tokio::test]
async fn a_report_takes_effect_once_though_its_first_answer_gets_lost() {
    let bench = Bench::new().await;
    let console = bench.live(true).await;
    bench.partner.world().lose_acks = 1;
    let submitted = console.call("submit", report()).await.unwrap();
    assert_eq!(submitted["rejection"], Value::Null);
    assert!(submitted["localNumber"].is_string());
    shows(&console, "the echo", |status| status.last_seq.0 == 1).await;
    bench.partner.cut();
    shows(&console, "an empty outbox", |status| {
        status.outbox.waiting == 0 && status.outbox.sending == 0
    })
    .await;
    let world = bench.partner.world();
    assert_eq!(world.log.len(), 1);
    assert_eq!(world.heard.len(), 2);
    assert_eq!(world.heard[0], world.heard[1]);
}

#[tokio::test]
async fn a_refused_token_is_renewed_once_and_then_the_password_is_asked_for() {
    let bench = Bench::new().await;
    bench.partner.world().refuse = Some("INVALID_TOKEN");
    let console = bench.open();
    sign_in(&console, &bench.partner.url, true).await.unwrap();
    let refused = |status: &Status| status.link.state == LinkState::AuthRequired;
    shows(&console, "sign in again", refused).await;
    assert_eq!(bench.partner.world().refreshed, ["refresh-1"]);
    // Work goes on locally, and the next sign-in sends it.
    console.call("submit", report()).await.unwrap();
    assert_eq!(console.status().await.unwrap().outbox.waiting, 1);
    bench.partner.world().refuse = None;
    sign_in(&console, &bench.partner.url, true).await.unwrap();
    shows(&console, "an empty outbox", |status| {
        status.outbox.waiting == 0
    })
    .await;
    assert_eq!(bench.partner.world().log.len(), 1);
}

#[tokio::test]
async fn who_stays_signed_in_needs_no_password_after_a_restart() {
    let bench = Bench::new().await;
    let console = bench.live(true).await;
    bench.partner.happen(2);
    shows(&console, "two events", |status| status.last_seq.0 == 2).await;
    console.shutdown().await;
    bench.partner.happen(20);
    let console = bench.open();
    let mut notices = console.notices();
    shows(&console, "all events", |status| {
        status.last_seq.0 == 22 && status.link.state == LinkState::Live
    })
    .await;
    // The old refresh token is used up, the new one is in the key store.
    assert_eq!(bench.partner.world().refreshed, ["refresh-1"]);
    assert_eq!(bench.vault.kept("refresh/"), ["refresh-2"]);
    let notice = timeout(LIMIT, notices.recv()).await.unwrap().unwrap();
    assert_eq!(notice.title, "20 events while this station was away");
    assert!(notices.try_recv().is_err());
}

#[tokio::test]
async fn without_a_server_the_last_copy_opens_at_once_and_keeps_reports() {
    let bench = Bench::new().await;
    let console = bench.live(false).await;
    bench.partner.happen(2);
    shows(&console, "two events", |status| status.last_seq.0 == 2).await;
    console.shutdown().await;
    assert!(bench.vault.kept("refresh/").is_empty());
    let console = bench.open();
    assert_eq!(
        console.status().await.unwrap().link.state,
        LinkState::SignedOut
    );
    bench.partner.world().html = true;
    let error = console.call("monitor", json!({})).await.unwrap_err();
    assert_eq!(error.code, "signed_out");
    let error = console.call("work_offline", json!({})).await.unwrap_err();
    assert_eq!(error.code, "secret_wanted");
    let password = json!({"passphrase": "right"});
    let status = console.call("work_offline", password).await.unwrap();
    assert_eq!(status["lastSeq"], 2);
    assert_eq!(status["link"]["state"], "auth_required");
    console.call("monitor", json!({})).await.unwrap();
    let submitted = console.call("submit", report()).await.unwrap();
    assert!(submitted["localNumber"].is_string());
    // A kill now loses nothing: the next console finds it.
    drop(console);
}

#[tokio::test]
async fn a_known_person_is_offered_to_work_offline_when_the_server_is_down() {
    let bench = Bench::new().await;
    let dead = "http://127.0.0.1:1";
    let console = bench.live(false).await;
    console.call("sign_out", json!({})).await.unwrap();
    let error = sign_in(&console, dead, false).await.unwrap_err();
    assert!(!error.message.contains("offline"));
    let server = crate::http::ServerUrl::parse(dead).unwrap();
    let mut card = console.shared.profiles.last().unwrap();
    dead.clone_into(&mut card.server);
    console.shared.profiles.write(&server, &card).unwrap();
    let error = sign_in(&console, dead, false).await.unwrap_err();
    assert_eq!(error.code, "unreachable");
    assert!(error.message.contains("work offline"), "{}", error.message);
}

#[tokio::test]
async fn an_original_server_is_shown_live_and_keeps_commands_here() {
    let bench = Bench::new().await;
    bench.partner.world().original = true;
    let console = bench.live(true).await;
    let status = console.status().await.unwrap();
    let limits = status.server.unwrap().limits.unwrap();
    assert!(status.warnings.contains(&limits));
    let case = json!({ "ref": "01990000-0000-7000-8000-000000000418" });
    console.call("typing", case).await.unwrap();
    let event = json!({"channel": "script:submission", "event": "batch:status:changed",
        "payload": {"batchId": 10}, "timestamp": "2026-12-07T10:00:00.000Z"});
    bench.partner.say("script:submission", &event);
    shows(&console, "the event", |status| status.last_seq.0 == 1).await;
    let detail = console.call("event", json!({"seq": 1})).await.unwrap();
    assert_eq!(detail["event"]["channel"], "script_submission");
    assert_eq!(detail["event"]["event"], "batch:status_changed");
    console.call("submit", report()).await.unwrap();
    let status = console.status().await.unwrap();
    assert_eq!(status.outbox.waiting, 1);
    let world = bench.partner.world();
    // The original knows no commands over the socket, and nothing of who types.
    assert!(world.heard.is_empty() && world.typed.is_empty());
}

#[tokio::test]
async fn a_refused_renewal_after_a_restart_asks_for_the_password_and_keeps_the_copy() {
    let bench = Bench::new().await;
    bench.partner.happen(2);
    bench.live(true).await.shutdown().await;
    bench.partner.world().refuse_refresh = true;
    let console = bench.open();
    let refused = |status: &Status| status.link.state == LinkState::AuthRequired;
    let status = shows(&console, "sign in again", refused).await;
    assert!(status.link.reason.unwrap().contains("Sign in again"));
    console.call("monitor", json!({})).await.unwrap();
}

#[tokio::test]
async fn the_user_interface_is_told_at_most_ten_times_a_second() {
    let bench = Bench::new().await;
    let console = bench.live(true).await;
    let mut board = console.watch();
    let began = tokio::time::Instant::now();
    for _ in 0..500 {
        bench.partner.happen(1);
        tokio::task::yield_now().await;
    }
    let (mut told, mut events) = (0_u32, 0);
    while events < 500 {
        let batched = timeout(LIMIT, board.recv()).await.unwrap().unwrap();
        told += 1;
        events = batched.status.last_seq.0;
        assert!(batched.events.len() <= 200);
    }
    let tenths = u32::try_from(began.elapsed().as_millis() / 100).unwrap();
    assert!(
        told <= tenths + 3,
        "{told} times in {tenths} tenths of a second"
    );
}

#[tokio::test]
async fn an_outage_from_before_the_restart_is_over_with_all_that_was_kept_in_it() {
    let bench = Bench::new().await;
    let console = bench.live(true).await;
    let desk = console.desk().unwrap();
    // An outage is told in the server's time, and the partner's clock shows 1970.
    shows(&console, "a measured clock", |status| status.clock.measured).await;
    let now = console.shared.now();
    let now = console.shared.clock(|clock| clock.server_or_wall(now));
    desk.outage_began(now.plus_ms(-1_000), "the line broke".to_owned())
        .await;
    drop(desk);
    bench.partner.world().lose_acks = 1;
    console.call("submit", report()).await.unwrap();
    console.shutdown().await;
    let console = bench.open();
    live(&console).await;
    let outages = console.call("outages", json!({})).await.unwrap();
    assert!(outages[0]["to"].is_string(), "{outages}");
    assert_eq!(outages[0]["kept"], 1);
}

#[tokio::test]
async fn a_console_that_is_only_dropped_lets_go_of_its_files() {
    let bench = Bench::new().await;
    drop(bench.live(true).await);
    let profiles = crate::profile::Profiles::open(bench.dir.path()).unwrap();
    let card = profiles.last().unwrap();
    let server = crate::http::ServerUrl::parse(&card.server).unwrap();
    let freed = timeout(LIMIT, async {
        while profiles.take(&server, &card.account).is_err() {
            tokio::task::yield_now().await;
        }
    });
    freed.await.unwrap();
}

#[tokio::test]
async fn a_first_password_is_asked_for_until_it_is_another_one() {
    let bench = Bench::new().await;
    bench.partner.world().first_password = true;
    let console = bench.live(true).await;
    let asked = |status: &Status| {
        status
            .user
            .as_ref()
            .is_some_and(|me| me.must_change_password)
    };
    assert!(asked(&console.status().await.unwrap()));
    let change = |current: &str| json!({"current": current, "new": "a word of my own"});
    let wrong = console.call("change_password", change("wrong")).await;
    assert_eq!(wrong.unwrap_err().code, "wrong_password");
    assert!(asked(&console.status().await.unwrap()));
    let changed = console.call("change_password", change("right")).await;
    changed.unwrap();
    assert!(!asked(&console.status().await.unwrap()));
}
