//! What a person reads in the window when something is wrong, and that nothing is lost by it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, ensure};
use elms_tests::{
    desk::{Desk, Keys},
    process::ServerProcess,
    proxy::{Proxy, Wire},
    rest::OFFICER,
    until,
    window::{PATIENCE, Window, keys},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};

use crate::window::{
    BAND, LIVE, SENT, Stand, WAITING, ask_to_report, ask_to_sign_in, report, sign_in,
};

/// Words that open a station without a key store.
const PASSPHRASE: &str = "seven chairs in the hall";

#[tokio::test(flavor = "multi_thread")]
async fn whoever_cannot_sign_in_reads_why() -> Result<()> {
    let Stand { dir, desk, server } = Stand::set_up().await?;
    let portal = portal().await?;
    let window = Window::open(&desk, &dir.path().join("office"), &server.url).await?;
    window.see("input[type=password]").await?;

    window.fill("input[type=email]", OFFICER).await?;
    window.fill("input[type=password]", "not it").await?;
    window.press(&keys::ENTER.to_string()).await?;
    window.see("[role=alert]").await?;
    let said = window.words("[role=alert]").await?.unwrap_or_default();
    ensure!(said.contains("password"), "wrong password: {said}");

    window.fill("input[name=server]", &portal).await?;
    window
        .read("What answers at this address is not an ELMS server.")
        .await?;
    window.fill("input[name=server]", "the exam office").await?;
    window.read("This is not the address of a server").await?;
    let gone = server.url.clone();
    server.stop().await?;
    window.fill("input[name=server]", &gone).await?;
    window.read("The server does not answer").await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_open_key_store_the_person_says_what_guards_the_station() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let server = ServerProcess::start(&dir.path().join("server"), 0, &[]).await?;
    for store in [Keys::Absent, Keys::Locked] {
        let desk = Desk::set_up(store, true).await?;
        let data = dir.path().join(format!("{store:?}"));
        let window = Window::open(&desk, &data, &server.url).await?;
        ask_to_sign_in(&window).await?;
        let asked = window.see("[data-testid=guard]").await;
        asked.with_context(|| format!("{store:?}"))?;
        window.picture("no-key-store").await?;
        window.fill("input[name=passphrase]", PASSPHRASE).await?;
        window.click("button[name=with-passphrase]").await?;
        window.see(LIVE).await?;
        let read = window.read("You stay signed in until the console is closed");
        read.await.with_context(|| format!("{store:?}"))?;
        report(&window, "G3", "Phone under the script").await?;
        window.see(SENT).await?;
        window.close().await?;

        // Nothing is shown before the words are there; to send one signs in again.
        let window = Window::open(&desk, &data, &server.url).await?;
        window.read("is locked. Type your passphrase.").await?;
        window.click("button[name=work-offline]").await?;
        window.see("input[name=passphrase]").await?;
        window.fill("input[name=passphrase]", PASSPHRASE).await?;
        window.press(&keys::ENTER.to_string()).await?;
        window.see("[data-testid=sign-in-band]").await?;
        window.read("Phone under the script").await?;
        window.close().await?;
    }
    server.stop().await
}

#[tokio::test(flavor = "multi_thread")]
async fn for_one_session_a_station_works_without_a_key_store_and_leaves_nothing_readable()
-> Result<()> {
    let dir = tempfile::tempdir()?;
    let server = ServerProcess::start(&dir.path().join("server"), 0, &[]).await?;
    let desk = Desk::set_up(Keys::Absent, true).await?;
    let office = dir.path().join("office");
    let window = Window::open(&desk, &office, &server.url).await?;
    ask_to_sign_in(&window).await?;
    window.see("[data-testid=guard]").await?;
    window.click("button[name=for-session]").await?;
    window.see(LIVE).await?;
    report(&window, "G3", "Phone under the script").await?;
    window.see(SENT).await?;
    window.close().await?;
    // The driver has killed the console: what it has left behind has no key any more.
    let readable = says(&office, "Phone under")?;
    ensure!(readable.is_empty(), "readable: {readable:?}");
    let window = Window::open(&desk, &office, &server.url).await?;
    window.see("input[type=password]").await?;
    window.close().await?;
    server.stop().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_copy_is_put_aside_and_filled_again_and_what_waited_is_sent() -> Result<()> {
    let Stand { dir, desk, server } = Stand::set_up().await?;
    let wire = Proxy::start(&server.url).await?;
    let office = dir.path().join("office");
    let window = Window::open(&desk, &office, &wire.url).await?;
    sign_in(&window).await?;
    wire.set(Wire::Cut);
    window.see(BAND).await?;
    report(&window, "G3", "Phone under the script").await?;
    window.see(WAITING).await?;
    window.close().await?;

    let copy = found(&office, "cache.db").context("no copy")?;
    for file in ["cache.db-wal", "cache.db-shm"] {
        drop(fs::remove_file(copy.with_file_name(file)));
    }
    fs::write(&copy, b"coffee".repeat(10_000))?;
    wire.set(Wire::Whole);
    let window = Window::open(&desk, &office, &wire.url).await?;
    window.read("damaged").await?;
    window.see(SENT).await?;
    window.read("Phone under the script").await?;
    window.picture("damaged-copy").await?;
    let aside = copy.with_file_name("quarantine");
    ensure!(aside.is_dir(), "the damaged file is gone");
    window.close().await?;
    server.stop().await
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_another_program_holds_are_said_and_left_alone() -> Result<()> {
    let Stand { dir, desk, server } = Stand::set_up().await?;
    let office = dir.path().join("office");
    let window = Window::open(&desk, &office, &server.url).await?;
    sign_in(&window).await?;
    report(&window, "G3", "Phone under the script").await?;
    window.see(SENT).await?;
    window.close().await?;

    let outbox = found(&office, "outbox.db").context("no outbox")?;
    let other = fs::File::options().read(true).write(true).open(&outbox)?;
    // Asked for again and again: a console that is still ending must not hold up the test for ever.
    until("the console has let go of its file", PATIENCE, async || {
        let all = rustix::fs::FlockOperation::NonBlockingLockExclusive;
        rustix::fs::fcntl_lock(&other, all).is_ok()
    })
    .await?;
    let window = Window::open(&desk, &office, &server.url).await?;
    window
        .read("in use by another program. Close it and try again.")
        .await?;
    window.close().await?;

    drop(other);
    let window = Window::open(&desk, &office, &server.url).await?;
    window.see(SENT).await?;
    ensure!(window.count(SENT).await? == 1, "one report, one row");
    window.close().await?;
    server.stop().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_said_and_what_was_typed_stays() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let Some(small) = SmallDisk::insert(&dir.path().join("disk"))? else {
        use std::io::Write as _;
        let mut stderr = std::io::stderr().lock();
        writeln!(stderr, "NOT tested: only root may mount a small disk")?;
        return Ok(());
    };
    let desk = Desk::set_up(Keys::Open, true).await?;
    let server = ServerProcess::start(&dir.path().join("server"), 0, &[]).await?;
    let window = Window::open(&desk, &small.0.join("office"), &server.url).await?;
    sign_in(&window).await?;
    report(&window, "A1", "Before the disk is full").await?;
    window.see(SENT).await?;

    small.fill()?;
    ask_to_report(&window, "G3", "Phone under the script").await?;
    window.read("The disk is full").await?;
    window.picture("disk-full").await?;
    fs::remove_file(small.0.join("film"))?;
    window.press_control(keys::ENTER).await?;
    window.read("Phone under the script").await?;
    window
        .until_count(SENT, 2)
        .await
        .context("the report was not sent")?;
    window.close().await?;
    server.stop().await
}

/// A place where something else answers everything with a page: a captive portal.
async fn portal() -> Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    tokio::spawn(async move {
        while let Ok((mut guest, _)) = listener.accept().await {
            let mut asked = [0; 2_048];
            drop(guest.read(&mut asked).await);
            let page = "<html>Welcome to the campus Wi-Fi</html>";
            let answer = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {}\r\n\
                 connection: close\r\n\r\n{page}",
                page.len()
            );
            drop(guest.write_all(answer.as_bytes()).await);
        }
    });
    Ok(url)
}

/// The files beneath `folder` in which `words` stand.
fn says(folder: &Path, words: &str) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(says(&path, words)?);
        } else if fs::read(&path)?
            .windows(words.len())
            .any(|part| part == words.as_bytes())
        {
            found.push(path);
        }
    }
    Ok(found)
}

/// The file of this name somewhere beneath `folder`.
fn found(folder: &Path, name: &str) -> Option<PathBuf> {
    let inside = fs::read_dir(folder).ok()?.filter_map(Result::ok);
    inside.into_iter().find_map(|entry| {
        let path = entry.path();
        if path.is_dir() {
            found(&path, name)
        } else {
            (entry.file_name() == name).then_some(path)
        }
    })
}

/// A disk of 16 MiB, taken out again at the end.
struct SmallDisk(PathBuf);

impl SmallDisk {
    /// None where we may not.
    fn insert(at: &Path) -> Result<Option<Self>> {
        fs::create_dir_all(at)?;
        let mut mount = Command::new("mount");
        mount
            .args(["-t", "tmpfs", "-o", "size=16m", "tmpfs"])
            .arg(at);
        let mounted = mount.output().is_ok_and(|output| output.status.success());
        Ok(mounted.then(|| Self(at.to_owned())))
    }

    /// Leaves no room.
    fn fill(&self) -> Result<()> {
        use std::io::Write as _;
        let mut film = fs::File::create(self.0.join("film"))?;
        while film.write(&[7; 4_096]).is_ok_and(|n| 0 < n) {}
        Ok(())
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        drop(Command::new("umount").arg("-l").arg(&self.0).output());
    }
}
