//! Words that somebody looks for in what a station holds: never an error, and never long.

use std::sync::{Mutex, OnceLock, PoisonError};

use anyhow::{Result, bail, ensure};
use elms_client::{
    FileKey,
    cache::{Cache, Reader, Seen},
    error::CacheError,
};
use elms_protocol::{
    InstitutionId, Seq, Timestamp,
    frame::{ChainTag, Cursor, Snapshot},
    host::ReviewQuery,
};
use serde_json::json;

use super::{
    Target,
    hall::{hall, officer},
    made,
};

/// A search.
pub(super) const WORDS: Target = Target {
    name: "words",
    runs: 1_500,
    feed: words,
    words: &[
        "\"",
        "*",
        "p*",
        " OR ",
        " AND ",
        " NOT ",
        "NEAR(",
        ")",
        "^",
        ":",
        "body:",
        "-",
        "+",
        "'",
        "\0",
        "hall",
        "\u{202e}",
        "\u{300}",
        "INC-26-0001",
        "#",
        ";--",
        "日本",
        "%",
        "_",
    ],
};

/// Beyond this a search has taken too long on any machine; its own limit is a quarter of a second.
const TOO_LONG: i64 = 2_000;

/// The copy with its reader, and where it lies.
type Held = (tempfile::TempDir, Cache, Reader);

fn held() -> Result<&'static Mutex<Held>> {
    static HELD: OnceLock<Result<Mutex<Held>, String>> = OnceLock::new();
    made(&HELD, || Ok(Mutex::new(fill()?)))
}

/// A copy with the words of a few hundred reports.
fn fill() -> Result<Held> {
    let hall = hall()?;
    let words = [
        "phone", "hall", "seat", "café", "script", "illness", "früh", "试卷", "late",
    ];
    hall.runtime.block_on(async {
        for n in 0..300_usize {
            let word = |k: usize| words.get(n.wrapping_mul(k) % words.len()).copied();
            let title = [word(1), word(5), word(7)]
                .map(Option::unwrap_or_default)
                .join(" ");
            let body = json!({
                "type": "OTHER", "severity": "LOW", "title": title, "description": title,
            });
            let url = format!("{}/api/incidents", hall.url);
            let ask = hall.http.post(url).bearer_auth(&hall.token).json(&body);
            ask.send().await?.error_for_status()?;
        }
        anyhow::Ok(())
    })?;
    let dir = tempfile::tempdir()?;
    let mut cache = Cache::open(&dir.path().join("copy"), &FileKey::mint()?)?;
    let institution = InstitutionId(1);
    let epoch = hall.app.store.cursor(institution)?.epoch;
    let cursor = Cursor {
        epoch,
        seq: Seq(0),
        tag: ChainTag::default(),
    };
    let at = Timestamp(1_796_630_400_000);
    let first = Snapshot {
        cursor,
        records: Vec::new(),
        actor: officer(),
    };
    cache.install(&first, at)?;
    let logged = hall.app.store.events(institution, Seq(0), 2_000)?;
    let events: Vec<_> = logged.iter().map(|logged| logged.event.clone()).collect();
    cache.apply(&events, None, Seen { at, live: true })?;
    let reader = cache.reader()?;
    Ok((dir, cache, reader))
}

fn words(bytes: &[u8]) -> Result<()> {
    let query = ReviewQuery {
        text: String::from_utf8_lossy(bytes).into_owned(),
        channels: Vec::new(),
        severities: Vec::new(),
        stations: Vec::new(),
        sittings: Vec::new(),
        from: None,
        to: None,
        late_only: false,
    };
    let mut held = held()?.lock().unwrap_or_else(PoisonError::into_inner);
    let (_, _, reader) = &mut *held;
    match reader.review(&query) {
        Ok(found) => {
            ensure!(found.ms < TOO_LONG, "{} ms for {:?}", found.ms, query.text);
            ensure!(found.total <= found.held);
            drop(reader.rows(found.handle, 0, 3));
        }
        Err(CacheError::TooBroad) => {}
        Err(error) => bail!("{error}: {:?}", query.text),
    }
    Ok(())
}
