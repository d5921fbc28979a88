//! An institution of our own whose morning is now: brought in from files, on a server with the
//! real clock, so that the clocks of stations can be wrong.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    path::{Path, PathBuf},
    time::SystemTime,
};

use anyhow::{Context as _, Result, ensure};
use elms_protocol::Timestamp;
use tokio::process::Command;

use crate::{
    process::{ServerProcess, binary},
    rest::Rest,
    station::StationProcess,
};

/// The exams officer.
pub const OFFICER: &str = "exams@morning.example";
/// The chief invigilator of both papers.
pub const CHIEF: &str = "chief@morning.example";
/// An invigilator of both papers.
pub const HELP: &str = "help@morning.example";
/// The paper that began ten minutes ago in the hall, and how many are registered for it.
pub const HALL_PAPER: (&str, usize) = ("NAV110", 200);
/// The paper that began 100 minutes ago in the library.
pub const LIBRARY_PAPER: &str = "WLD205";
/// When they began, in minutes before now, with the seconds of the minute that goes on.
const HALL_MIN: i64 = 10;
const LIBRARY_MIN: i64 = 100;
/// The extra time of those in the library, in percent, in the order of their seats.
pub const LIBRARY_PCT: [i64; 8] = [0, 25, 50, 0, 0, 0, 0, 0];

/// A server with that institution.
#[derive(Debug)]
pub struct Morning {
    /// It.
    pub server: ServerProcess,
    passwords: BTreeMap<String, String>,
    folder: tempfile::TempDir,
}

impl Morning {
    /// Brings the institution in and starts its server.
    ///
    /// # Errors
    ///
    /// When the import is refused or the server does not start.
    pub async fn begin() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let data = folder.path().join("server");
        let files = write(folder.path(), now())?;
        let mut import = Command::new(binary("elms-server")?);
        let import = import.arg("import").arg("--data").arg(&data).args(&files);
        let said = import.output().await?;
        let text = String::from_utf8_lossy(&said.stdout).into_owned();
        ensure!(said.status.success(), "{text}");
        let passwords = text.lines().filter_map(|line| {
            let (email, password) = line.strip_prefix("first password\t")?.split_once('\t')?;
            Some((email.to_owned(), password.to_owned()))
        });
        Ok(Self {
            server: ServerProcess::serve(&data, 0, &[]).await?,
            passwords: passwords.collect(),
            folder,
        })
    }

    /// The first password of somebody.
    ///
    /// # Errors
    ///
    /// When they are not of this institution.
    pub fn password(&self, email: &str) -> Result<&str> {
        let found = self.passwords.get(email).map(String::as_str);
        found.with_context(|| format!("no password for {email}"))
    }

    /// Somebody over HTTP.
    ///
    /// # Errors
    ///
    /// When they are not let in.
    pub async fn rest(&self, email: &str) -> Result<Rest> {
        Rest::sign_in_with(&self.server.url, email, self.password(email)?).await
    }

    /// The station is switched on, and goes on where it was.
    ///
    /// # Errors
    ///
    /// When it does not start.
    pub fn again(&self, (code, ahead_ms): (&str, i64)) -> Result<StationProcess> {
        StationProcess::with_clock(&self.folder.path().join(code), code, ahead_ms)
    }

    /// Somebody at a station that is `ahead_ms` fast and reaches the server at `url`.
    ///
    /// # Errors
    ///
    /// When it does not come up.
    pub async fn at(
        &self,
        (code, ahead_ms): (&str, i64),
        email: &str,
        url: &str,
    ) -> Result<StationProcess> {
        let mut station = self.again((code, ahead_ms))?;
        let password = self.password(email)?;
        station.sign_in_with(url, email, password).await?;
        station.live(0).await?;
        Ok(station)
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the morning begins when the test does"
)]
fn now() -> Timestamp {
    let passed = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let ms = passed.map_or(0, |passed| passed.as_millis());
    Timestamp(i64::try_from(ms).unwrap_or(0))
}

/// A zone in which it is about noon, so that no paper goes over midnight, and its shift in hours.
fn zone(now: Timestamp) -> (String, i64) {
    let hour = now.0.div_euclid(3_600_000).rem_euclid(24);
    let west = hour - 12;
    (format!("Etc/GMT{west:+}").replace("+0", ""), -west)
}

/// The files; their paths.
fn write(folder: &Path, now: Timestamp) -> Result<Vec<PathBuf>> {
    let (zone, shift) = zone(now);
    let at = |minutes: i64| {
        let text = now
            .plus_ms(shift * 3_600_000 + minutes * 60_000)
            .to_string();
        let (date, time) = text.split_once('T').unwrap_or_default();
        (date.to_owned(), time.chars().take(5).collect::<String>())
    };
    let (day, _) = at(0);
    let paper = |code: &str, venue: &str, (from, to): (i64, i64)| {
        let (begins, ends) = (at(from).1, at(to).1);
        let people = format!("{CHIEF},{HELP},");
        format!(
            "MC-{code},Morning,{code},{code},1,1,{venue},{venue},{day},{begins},{ends},{people}"
        )
    };
    let papers = [
        paper(HALL_PAPER.0, "DRILL", (-HALL_MIN, 110)),
        paper(LIBRARY_PAPER, "LIB", (-LIBRARY_MIN, 80)),
    ];
    let files = [
        ("institution.csv", format!("number,code,name,timezone,late_cutoff_min,seal_needs_two_people\n9,MC,Morning College,{zone},30,yes\n")),
        ("people.csv", format!("email,name,role,faculty,department\n{OFFICER},Mr Tobias Wren,EXAMS_OFFICER,,\n{CHIEF},Ms Nel Achterberg,INVIGILATOR,1,\n{HELP},Mr Piers Dunmore,INVIGILATOR,1,\n")),
        ("venues.csv", "code,name,location,capacity\nDRILL,Drill Hall,Dock Road,300\nLIB,Old Library,Main campus,40\n".to_owned()),
        ("timetables.csv", format!("title,start_date,end_date\nMorning,{day},{day}\n")),
        ("sittings.csv", format!("batch_code,timetable,course_code,course_name,faculty,department,venue,room,date,start,end,chief,invigilators,lecturer\n{}\n", papers.join("\n"))),
        ("registrations.csv", registrations()),
    ];
    let mut paths = Vec::new();
    for (name, text) in files {
        let path = folder.join(name);
        std::fs::write(&path, text)?;
        paths.push(path);
    }
    Ok(paths)
}

fn registrations() -> String {
    let mut text = "batch_code,index_number,name,seat,extra_time_pct\n".to_owned();
    let mut add = |paper: &str, number: usize, seat: &str, percent: i64| {
        let line = writeln!(
            text,
            "MC-{paper},MC{number},Candidate {number},{seat},{percent}"
        );
        line.unwrap_or_default();
    };
    for n in 0..HALL_PAPER.1 {
        add(HALL_PAPER.0, 1_000 + n, &format!("S{n}"), 0);
    }
    for (n, percent) in LIBRARY_PCT.into_iter().enumerate() {
        add(LIBRARY_PAPER, 5_000 + n, &format!("L{n}"), percent);
    }
    text
}
