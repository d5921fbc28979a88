//! Tampering with a log, and what two independent verifiers say to it.

use elms_protocol::{
    Event, InstitutionId, Seq,
    proof::{Checkpoint, Digest, Frontier, Leaf, Pen, Signed, commitment},
};
use elms_server::ledger::{Item, Ledger, take_out};
use rusqlite::{Connection, params};

use super::*;

/// The institution of `docs/import`.
const HARBOUR: InstitutionId = InstitutionId(7);

/// A data directory with ten events, one a commit, and a backup of it from the seventh.
struct Case {
    dir: tempfile::TempDir,
    pin: String,
}

impl Case {
    async fn new() -> Result<Self> {
        let dir = tempfile::tempdir()?;
        let case = Self {
            pin: String::new(),
            dir,
        };
        let data = case.path("data");
        let mut import_files = elms_server(&["import", "--data", text(&data)?])?;
        let (content, out, why) = said(import_files.args(import::sample_files()?)).await?;
        ensure!(content, "{out}{why}");
        for n in 2..=10 {
            let export = ["export", "--data", text(&data)?, "register"];
            let (content, _, why) = said(&mut elms_server(&export)?).await?;
            ensure!(content, "{why}");
            if n == 7 {
                copy(&data, &case.path("backup"))?;
            }
        }
        let ledger = Ledger::open(&data)?;
        let head = ledger.heads()?.remove(0);
        ensure!(head.institution == HARBOUR, "{head:?}");
        for size in [3, 6, 10] {
            std::fs::write(
                case.path(&format!("kept-{size}")),
                note(&ledger, size)?.to_string(),
            )?;
        }
        Ok(Self {
            pin: head.key.words(),
            ..case
        })
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.dir.path().join(name)
    }

    /// A copy of the data directory that somebody has been at.
    fn tampered(&self, name: &str, how: impl FnOnce(&Connection) -> Result<()>) -> Result<()> {
        let data = self.path(name);
        copy(&self.path("data"), &data)?;
        how(&Connection::open(data.join("log.db"))?)
    }

    /// What the server's verifier says to a directory and to its bundle, and what the Python one
    /// says to the bundle: they must agree. The exit code and the first sentence.
    async fn verdict(&self, name: &str) -> Result<(i32, String)> {
        let (data, bundle) = (self.path(name), self.path(&format!("{name}.elmslog")));
        let ledger = Ledger::open(&data)?;
        let head = ledger.heads()?.remove(0);
        take_out(&ledger, &head, &mut std::fs::File::create(&bundle)?)?;
        let live = self
            .ask(elms_server(&["verify", "--data", text(&data)?])?)
            .await?;
        let file = self.ask(elms_server(&["verify", text(&bundle)?])?).await?;
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/verify.py");
        let mut python = Command::new("python3");
        python
            .args([text(&script)?, text(&bundle)?])
            .stdout(Stdio::piped());
        let other = self.ask(python).await?;
        ensure!(live == file, "{live:?} {file:?}");
        let rule = |text: &str| {
            let parts: Vec<&str> = text
                .split(": ")
                .filter(|part| !part.starts_with("inst"))
                .collect();
            parts
                .into_iter()
                .take(3)
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        ensure!(live.0 == other.0, "{live:?} {other:?}");
        if live.0 == 1 {
            ensure!(rule(&live.1) == rule(&other.1), "{live:?} {other:?}");
        }
        Ok(live)
    }

    async fn ask(&self, mut command: Command) -> Result<(i32, String)> {
        command.args(["--pin", &self.pin]);
        for size in [3, 6, 10] {
            command.args(["--checkpoint", text(&self.path(&format!("kept-{size}")))?]);
        }
        let output = timeout(PATIENCE, command.output()).await??;
        let said = String::from_utf8_lossy(&output.stdout);
        let code = output.status.code().context("it was killed")?;
        Ok((code, said.lines().next().unwrap_or_default().to_owned()))
    }
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &to)?;
        } else {
            std::fs::copy(entry.path(), to)?;
        }
    }
    Ok(())
}

fn note(ledger: &Ledger, size: u64) -> Result<Signed> {
    let mut found = None;
    ledger.walk(HARBOUR, |item| {
        if let Item::Checkpoint(note) = item
            && note.checkpoint.size == size
        {
            found = Some(note);
        }
        Ok::<_, elms_server::store::StoreError>(())
    })?;
    found.context("no such checkpoint")
}

/// Other words in an event.
fn edit(conn: &Connection, seq: i64, whole: bool) -> Result<()> {
    if whole {
        return edit_text(conn, (7, seq), "taken out", "never seen");
    }
    let sql = "UPDATE event SET body = replace(body, 'taken out', 'never seen') WHERE seq = ?1";
    conn.execute(sql, [seq])?;
    Ok(())
}

/// Other words in an event, with the leaf that goes with them.
pub(crate) fn edit_text(
    conn: &Connection,
    (institution, seq): (i64, i64),
    old: &str,
    new: &str,
) -> Result<()> {
    let place = [institution, seq];
    let sql = "SELECT body, salt FROM event WHERE institution = ?1 AND seq = ?2";
    let (body, salt): (String, [u8; 16]) =
        conn.query_row(sql, place, |row| Ok((row.get(0)?, row.get(1)?)))?;
    ensure!(body.contains(old), "{body}");
    let body = body.replace(old, new);
    let event: Event = serde_json::from_str(&body)?;
    let leaf = Leaf::of(&event, commitment(&salt, &body)).digest();
    let sql = "UPDATE event SET body = ?3, leaf = ?4 WHERE institution = ?1 AND seq = ?2";
    conn.execute(sql, params![institution, seq, body, leaf.0])?;
    Ok(())
}

/// All roots anew over the leaves as they are; signed where there is a pen.
pub(crate) fn recompute(
    conn: &Connection,
    pen: Option<&Pen>,
    (institution, origin): (i64, &str),
) -> Result<()> {
    let mut tree = Frontier::default();
    let mut query = conn.prepare("SELECT leaf FROM event WHERE institution = ?1 ORDER BY seq")?;
    let leaves = query.query_map([institution], |row| row.get::<_, [u8; 32]>(0))?;
    for leaf in leaves {
        tree.push(Digest(leaf?));
        let size = i64::try_from(tree.size())?;
        let sql = "UPDATE checkpoint SET root = ?2 WHERE size = ?1 AND institution = ?3";
        conn.execute(sql, params![size, tree.root().0, institution])?;
        if let Some(pen) = pen {
            let signed = pen.sign_checkpoint(Checkpoint {
                origin: origin.to_owned(),
                size: tree.size(),
                root: tree.root(),
            });
            let sql = "UPDATE checkpoint SET signature = ?2 WHERE size = ?1 AND institution = ?3";
            conn.execute(sql, params![size, signed.signature(), institution])?;
        }
    }
    let sql = "UPDATE institution SET frontier = ?1 WHERE institution = ?2";
    conn.execute(sql, params![tree.to_bytes(), institution])?;
    Ok(())
}

#[tokio::test]
async fn eight_ways_to_tamper_are_named_by_two_verifiers() -> Result<()> {
    let case = Case::new().await?;
    let sound = case.verdict("data").await?;
    ensure!(
        sound.0 == 0 && sound.1.starts_with("ok: institution 7: 10 events"),
        "{sound:?}"
    );

    tamper(&case)?;
    for (name, named) in [
        ("edited", "event 4: content"),
        ("with-its-hash", "event 4: root"),
        ("deleted", "event 4: order"),
        ("swapped", "event 4: content"),
        ("all-hashes", "event 4: signature"),
        ("cut", "event 8: cut"),
        ("with-the-key", "event 4: rewritten"),
    ] {
        let (code, sentence) = case.verdict(name).await?;
        ensure!(
            code == 1 && sentence.contains(named),
            "{name}: {code} {sentence}"
        );
    }
    restored_from_a_backup(&case).await
}

/// Seven copies that somebody has been at, each in another way.
fn tamper(case: &Case) -> Result<()> {
    let secret: [u8; 32] = std::fs::read(case.path("data/keys/log.key"))?
        .try_into()
        .map_err(|_wrong| anyhow::anyhow!("no key"))?;
    let pen = Pen::new(&secret);
    let origin = Ledger::open(&case.path("data"))?.heads()?.remove(0).origin;

    case.tampered("edited", |conn| edit(conn, 4, false))?;
    case.tampered("with-its-hash", |conn| edit(conn, 4, true))?;
    case.tampered("deleted", |conn| {
        Ok(conn.execute_batch("DELETE FROM event WHERE seq = 4")?)
    })?;
    case.tampered("swapped", |conn| {
        let swap = "UPDATE event SET seq = 99 WHERE seq = 4;
            UPDATE event SET seq = 4 WHERE seq = 5; UPDATE event SET seq = 5 WHERE seq = 99";
        Ok(conn.execute_batch(swap)?)
    })?;
    case.tampered("all-hashes", |conn| {
        edit(conn, 4, true)?;
        recompute(conn, None, (7, &origin))
    })?;
    case.tampered("cut", |conn| {
        conn.execute_batch(
            "DELETE FROM event WHERE 7 < seq; DELETE FROM checkpoint WHERE 7 < size;
             UPDATE institution SET head = 7",
        )?;
        recompute(conn, None, (7, &origin))
    })?;
    case.tampered("with-the-key", |conn| {
        edit(conn, 4, true)?;
        recompute(conn, Some(&pen), (7, &origin))
    })?;
    Ok(())
}

/// An honest restore is no tampering, and cannot tell what it has lost.
async fn restored_from_a_backup(case: &Case) -> Result<()> {
    let restored = [
        "restored",
        "--data",
        text(&case.path("backup"))?,
        "--by",
        "R. Addo",
    ]
    .map(str::to_owned);
    let restored: Vec<&str> = restored.iter().map(String::as_str).collect();
    let (content, out, why) = said(&mut elms_server(&restored)?).await?;
    ensure!(
        content && out.contains("a new life from event 8"),
        "{out}{why}"
    );
    let (code, sentence) = case.verdict("backup").await?;
    let explained = "restored from a backup after event 7: events 8 to 10";
    ensure!(
        code == 2 && sentence.contains(explained),
        "{code} {sentence}"
    );
    Ok(())
}

#[tokio::test]
async fn a_signed_export_is_checked_with_words_and_a_receipt() -> Result<()> {
    let case = Case::new().await?;
    let (data, bundle) = (case.path("data"), case.path("log.elmslog"));
    let export = [
        "export",
        "--data",
        text(&data)?,
        "--signed",
        "-o",
        text(&bundle)?,
    ];
    let (content, _, why) = said(&mut elms_server(&export)?).await?;
    ensure!(content, "{why}");
    let (code, sound) = case.ask(elms_server(&["verify", text(&bundle)?])?).await?;
    ensure!(code == 0 && sound.contains("11 events"), "{code} {sound}");

    // Nobody can tell whose key it is that a bundle brings along.
    let mut unpinned = elms_server(&["verify", text(&bundle)?])?;
    let output = timeout(PATIENCE, unpinned.output()).await??;
    ensure!(output.status.code() == Some(2), "{output:?}");
    // A bundle that ends too early, or is none.
    let whole = std::fs::read_to_string(&bundle)?;
    std::fs::write(&bundle, whole.get(..whole.len() - 40).context("short")?)?;
    ensure!(
        case.ask(elms_server(&["verify", text(&bundle)?])?).await?.0 == 2,
        "cut off"
    );
    std::fs::write(&bundle, &whole)?;

    // Another key vouched for by the first one changes nothing for who knows the first.
    let new_key = ["new-key", "--data", text(&data)?, "--by", "R. Addo"];
    let (content, out, why) = said(&mut elms_server(&new_key)?).await?;
    ensure!(content && !out.contains(&case.pin), "{out}{why}");
    let (code, sound) = case.verdict("data").await?;
    ensure!(code == 0 && sound.contains("12 events"), "{code} {sound}");

    let mut leaves = Vec::new();
    Ledger::open(&data)?.walk(HARBOUR, |item| {
        if let Item::Event(entry) = item {
            leaves.push((entry.seq, entry.leaf));
        }
        Ok::<_, elms_server::store::StoreError>(())
    })?;
    let receipt = case.path("receipt");
    let id = uuid::Uuid::nil();
    for (leaf, code) in [(leaves[4].1, 0), (leaves[5].1, 1)] {
        let told = json!({ "commandId": id, "firstSeq": Seq(5), "leaves": [leaf] });
        std::fs::write(&receipt, told.to_string())?;
        let mut verify = elms_server(&["verify", text(&bundle)?])?;
        verify.args(["--receipt", text(&receipt)?]);
        let (said, sentence) = case.ask(verify).await?;
        ensure!(said == code, "{sentence}");
    }
    Ok(())
}
