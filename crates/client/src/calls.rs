//! Every call of the user interface, by name.
//!
//! | call | arguments | answer |
//! |---|---|---|
//! | `status` | – | `Status` |
//! | `sign_in` | `SignIn` | `Status` |
//! | `sign_out` | `SignOut` | `Status` |
//! | `lock` | – | `Status` |
//! | `unlock`, `set_pin` | `Unlock`, `SetPin` | `Status` |
//! | `people_here` | – | `PersonHere[]` |
//! | `work_offline` | `WorkOffline` | `Status` |
//! | `check_server`, `demo_accounts` | `{server}` | `ServerCheck`, `DemoAccount[]` |
//! | `try_now` | – | `null` |
//! | `typing` | `{ref}` | `null`; somebody here writes to a case |
//! | `change_password` | `ChangePassword` | `null` |
//! | `sign_ins` | – | `SignInView[]` |
//! | `end_sign_ins` | `EndSignIns` | `null` |
//! | `stations` | – | `StationRow[]` |
//! | `set_station` | `SetStation` | `null` |
//! | `second_factor` | – | `SecondFactorView`; `null` where the server knows none |
//! | `set_up_second_factor` | `SetUpSecondFactor` | `SecondFactorSetUp` |
//! | `confirm_second_factor` | `ConfirmSecondFactor` | `null` |
//! | `end_second_factor` | `BothFactors` | `null` |
//! | `new_recovery_codes` | `BothFactors` | `string[]` |
//! | `check_case` | `{ref}`: asks the server for proofs | `CaseCheck` |
//! | `tongue` | `{tongue}`: `en`, `fr` or `ar` | `null` |
//! | `reaches` | – or `{off, quietUntil}`: what the desktop does not show, and until when nothing but CRITICAL incidents | `{off, quietUntil}` |
//! | `notify_test` | –: a message on the desktop, whatever was chosen | `null` |
//! | `submit` | `Submit` | `Submitted` |
//! | `paper` | `{kind: hall\|custody\|malpractice, id, zone}` or `{kind: day, from, to, zone}` | `SavedPaper` |
//! | `export` | `{format: csv\|jsonl, query: ReviewQuery}` | `SavedPaper` |
//! | `draft_save` | `{kind, form}` | `null` |
//! | `draft_load` | `{kind}` | what was in the form, or `null` |
//! | `draft_clear` | `{kind}`; its files go, too | `null` |
//! | `draft_files` | `{kind}` | `[DraftFile]` |
//! | `draft_file_add` | `AddDraftFile` | `DraftFile` |
//! | `draft_file_drop` | `OfDraftFile` | `null` |
//! | `evidence_attach` | `AttachFile`; kept like `submit` | `Submitted` |
//! | `evidence_shown` | `OfFile` | `ShownFile` |
//! | `evidence_open` | `OfFile`; who opened it is noted | `SavedPaper` |
//! | `outbox_withdraw` | `{commandId}` | `null` |
//! | `outbox_resend` | `{commandId, command?}`: the same again, or something else in its place | `Submitted` |
//! | all others | see [`reading`] | |

mod account;
mod drafts;
mod extracts;
mod factor;
mod files;
mod papers;
mod proving;
pub mod reading;
mod submit;

pub(crate) use factor::view as set_up_view;
use proving::OfCase;

use elms_protocol::{
    CommandId,
    host::{HostError, ServerCheck, Status},
    station::fingerprint,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    console::Console,
    http::{Http, ServerUrl, Trouble},
    run::{self, Ask, Reply, sentence, trouble_error},
    tongue::Tongue,
};

/// What is answered while the station is locked.
const BEFORE_THE_CURTAIN: &[&str] = &[
    "status",
    "sign_in",
    "check_server",
    "demo_accounts",
    "people_here",
    "lock",
    "unlock",
    "tongue",
];

#[derive(Deserialize)]
struct OfServer {
    server: String,
}

#[derive(Deserialize)]
struct OfTongue {
    tongue: Tongue,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OfCommand {
    command_id: CommandId,
}

/// Answers the call `name`; behind the curtain only what is said before it.
pub(crate) async fn answer(console: &Console, name: &str, args: Value) -> Result<Value, HostError> {
    if console.shared.is_locked() && !BEFORE_THE_CURTAIN.contains(&name) {
        return Err(sentence("locked", "This station is locked."));
    }
    match name {
        "status" => json(console.status().await?),
        "check_server" => json(check_server(console, args).await),
        "demo_accounts" => demo_accounts(console, args).await,
        "change_password"
        | "sign_ins"
        | "end_sign_ins"
        | "stations"
        | "set_station"
        | "second_factor"
        | "set_up_second_factor"
        | "confirm_second_factor"
        | "end_second_factor"
        | "new_recovery_codes" => account::answer(console, name, args).await,
        "draft_save" | "draft_load" | "draft_clear" | "draft_files" | "draft_file_add"
        | "draft_file_drop" | "tongue" | "reaches" | "notify_test" | "paper" | "export"
        | "evidence_attach" | "evidence_shown" | "evidence_open" => {
            beside(console, name, args).await
        }
        "try_now" | "typing" => tell(console, name, args).await,
        "check_case" => proving::check_case(console, read(args)?)
            .await
            .and_then(json),
        "submit" => submit::submit(console, read(args)?).await.and_then(json),
        "outbox_withdraw" => {
            let OfCommand { command_id } = read(args)?;
            submit::withdraw(console, command_id)
                .await
                .map(|()| Value::Null)
        }
        "outbox_resend" => submit::resend(console, read(args)?).await.and_then(json),
        "people_here" => people_here(console).await,
        "sign_in" | "sign_out" | "work_offline" | "lock" | "unlock" | "set_pin" => {
            json(come_or_go(console, name, args).await?)
        }
        _ => reading::answer(console, name, args).await,
    }
}

/// What the owner is told, and answers nothing to.
async fn tell(console: &Console, name: &str, args: Value) -> Result<Value, HostError> {
    let ask = if name == "typing" {
        let OfCase { reference } = read(args)?;
        Ask::Typing(reference)
    } else {
        Ask::TryNow
    };
    console.ask(ask).await.map(|()| Value::Null)
}

/// What is said and made beside the window.
async fn beside(console: &Console, name: &str, args: Value) -> Result<Value, HostError> {
    match name {
        "tongue" => speak(console, read(args)?).await,
        "reaches" => reach(console, &args),
        "notify_test" => console.ask(Ask::Trial).await.map(|()| Value::Null),
        "paper" => json(papers::paper(console, read(args)?).await?),
        "export" => json(extracts::export(console, read(args)?).await?),
        "evidence_attach" | "evidence_shown" | "evidence_open" => {
            files::answer(console, name, args).await
        }
        _ => drafts::answer(console, name, args).await,
    }
}

/// Who works here, and what stands between them and the next.
async fn come_or_go(console: &Console, name: &str, args: Value) -> Result<Status, HostError> {
    match name {
        "sign_in" => asked(console, args, Ask::SignIn).await,
        "sign_out" => asked(console, or_nothing(args), Ask::SignOut).await,
        "work_offline" => asked(console, or_nothing(args), Ask::WorkOffline).await,
        "unlock" => asked(console, args, Ask::Unlock).await,
        "set_pin" => asked(console, args, Ask::SetPin).await,
        _ => console.ask_for(Ask::Lock).await,
    }
}

async fn asked<T: DeserializeOwned>(
    console: &Console,
    args: Value,
    ask: impl FnOnce(T, Reply<Status>) -> Ask,
) -> Result<Status, HostError> {
    let asked: T = read(args)?;
    console.ask_for(|reply| ask(asked, reply)).await
}

async fn people_here(console: &Console) -> Result<Value, HostError> {
    let shared = std::sync::Arc::clone(&console.shared);
    let here = tokio::task::spawn_blocking(move || run::people_here(&shared));
    json(here.await.map_err(|error| sentence("internal", error))?)
}

/// Without arguments, nothing is given.
fn or_nothing(args: Value) -> Value {
    if args.is_null() {
        Value::Object(serde_json::Map::new())
    } else {
        args
    }
}

/// Takes the choice that was made, if one was, and says which holds.
fn reach(console: &Console, args: &Value) -> Result<Value, HostError> {
    if args.get("off").is_some() {
        console.shared.set_reaches(read(args.clone())?);
    }
    json(console.shared.reaches())
}

/// Desktop messages, tray and papers speak the window's language from now on, and at the next start.
async fn speak(console: &Console, OfTongue { tongue }: OfTongue) -> Result<Value, HostError> {
    console.shared.set_tongue(tongue);
    console.ask(Ask::Speak(tongue)).await?;
    console
        .ask(Ask::Changed(Vec::new()))
        .await
        .map(|()| Value::Null)
}

/// Looks at a server. What is wrong with it is part of the answer.
async fn check_server(console: &Console, args: Value) -> ServerCheck {
    let bad = |message: String| ServerCheck {
        message: Some(message),
        ..nothing_seen()
    };
    let server = match read::<OfServer>(args).map(|asked| ServerUrl::parse(&asked.server)) {
        Ok(Ok(server)) => server,
        Ok(Err(error)) => return bad(error.to_string()),
        Err(error) => return bad(error.message),
    };
    let look = console.shared.http.look(&server);
    let (lookup, looked) = tokio::join!(Http::lookup(&server), look);
    let looked = match looked {
        Ok(looked) => ServerCheck {
            ok: true,
            ms: looked.ms,
            demo: looked.demo,
            stations: looked.stations,
            version: looked.version,
            fingerprint: fingerprint_for(console, &server).await,
            ..nothing_seen()
        },
        Err(Trouble::Missing) => bad(Trouble::NotElms.to_string()),
        Err(trouble) => bad(trouble.to_string()),
    };
    ServerCheck { lookup, ..looked }
}

fn nothing_seen() -> ServerCheck {
    ServerCheck {
        ok: false,
        ms: 0,
        demo: false,
        stations: None,
        version: None,
        own_version: env!("CARGO_PKG_VERSION").to_owned(),
        message: None,
        lookup: None,
        fingerprint: None,
    }
}

/// By what people tell the key of this station for a server from others; it is made where there is
/// none yet. None where it cannot be.
async fn fingerprint_for(console: &Console, server: &ServerUrl) -> Option<String> {
    let held = run::station_key(&console.shared, server).await.ok()?;
    Some(fingerprint(&held.key.public()))
}

async fn demo_accounts(console: &Console, args: Value) -> Result<Value, HostError> {
    let OfServer { server } = read(args)?;
    let server = ServerUrl::parse(&server).map_err(|error| sentence("bad_address", error))?;
    let accounts = console.shared.http.demo_accounts(&server).await;
    json(accounts.map_err(trouble_error)?)
}

/// Reads the arguments of a call.
pub(crate) fn read<T: DeserializeOwned>(args: Value) -> Result<T, HostError> {
    serde_json::from_value(args).map_err(|error| {
        sentence(
            "bad_arguments",
            format_args!("The console was asked wrongly: {error}."),
        )
    })
}

/// Writes the answer to a call.
pub(crate) fn json(answer: impl Serialize) -> Result<Value, HostError> {
    serde_json::to_value(answer).map_err(|error| sentence("internal", error))
}
