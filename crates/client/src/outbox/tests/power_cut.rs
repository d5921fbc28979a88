//! The power goes, at any moment between two calls to the disk, and the disk keeps any part of what
//! was not brought to it yet: whatever a person was told to be kept is there with its words.
//!
//! A station's work is done in a process of its own, under `strace`: it is the real outbox with its
//! real file system calls that is written down, with what it said in between. From that record the
//! disk is built as a cut may leave it, and the outbox is opened on it.

mod disk;
mod record;

use std::{collections::BTreeMap, fs, io::Write as _, path::Path, process::Command as Program};

use elms_protocol::{AttachEvidence, EvidenceId, FileKind, IncidentRef, recovery::RecoveryGrant};
use hpke::{Kem as _, Serializable as _, kem::X25519HkdfSha256};

use self::{
    disk::{Chance, Disk},
    record::Step,
};
use super::*;

/// What the station says begins with this.
const SAID: &str = "SAID ";
/// Cuts in an ordinary run; `ELMS_POWER_CUTS` says otherwise.
const CUTS: usize = 300;
/// Where the station works, when this process is the station.
const FOLDER: &str = "ELMS_POWER_FOLDER";
/// How SQLite brings things to the disk there, when it is not as usual.
const SYNCHRONOUS: &str = "ELMS_POWER_SYNCHRONOUS";

#[test]
fn whenever_the_power_goes_what_was_called_kept_is_there_with_its_words() {
    let cuts = std::env::var("ELMS_POWER_CUTS").map_or(CUTS, |text| text.parse().unwrap());
    let lost = lost_in(&work(None), cuts);
    assert!(lost.is_empty(), "{} of {cuts}: {:#?}", lost.len(), lost[0]);
}

#[test]
fn a_station_that_does_not_wait_for_its_disk_is_found_out_by_the_same_cuts() {
    for synchronous in ["OFF", "NORMAL"] {
        let lost = lost_in(&work(Some(synchronous)), 40);
        assert!(!lost.is_empty(), "{synchronous}");
    }
}

/// Does nothing when it is not started as the station.
#[test]
fn a_station_works_through_its_morning() {
    if let Ok(folder) = std::env::var(FOLDER) {
        morning(Path::new(&folder));
    }
}

/// The morning of a station, written down.
fn work(synchronous: Option<&str>) -> Vec<Step> {
    let dir = tempfile::tempdir().unwrap();
    let (folder, written) = (dir.path().join("station"), dir.path().join("record"));
    fs::create_dir(&folder).unwrap();
    let mut strace = Program::new("strace");
    strace
        .args(["-f", "-qq", "-xx", "-s", "2000000", "-e"])
        .arg(format!("trace={}", record::CALLS))
        .arg("-o")
        .arg(&written)
        .arg(std::env::current_exe().unwrap())
        .args(["a_station_works_through_its_morning", "--nocapture"])
        .env("RUST_TEST_THREADS", "1")
        .env(FOLDER, &folder);
    if let Some(synchronous) = synchronous {
        strace.env(SYNCHRONOUS, synchronous);
    }
    let ended = strace.output().expect("strace is not installed");
    assert!(ended.status.success(), "{ended:?}");
    record::read(&fs::read_to_string(written).unwrap(), &folder)
}

/// What a number of cuts, spread evenly over the record, take from the person.
fn lost_in(steps: &[Step], cuts: usize) -> Vec<String> {
    let began = std::time::Instant::now();
    let mut disk = Disk::default();
    let open: Vec<usize> = (0..steps.len())
        .filter(|n| {
            disk.take(&steps[*n]);
            disk.is_open()
        })
        .collect();
    let (mut disk, mut said, mut lost) = (Disk::default(), Vec::new(), Vec::new());
    let mut next = 0;
    for (n, step) in steps.iter().enumerate() {
        disk.take(step);
        if let Step::Said(view) = step {
            said.push(view.as_str());
        }
        while next < cuts && open[next * open.len() / cuts] == n {
            let left = disk.cut(&mut Chance(u64::try_from(next).unwrap()));
            if let Err(why) = look(&left, &said, after(steps, n)) {
                lost.push(format!(
                    "cut {next} after step {n} of {}: {why}",
                    steps.len()
                ));
            }
            next += 1;
        }
    }
    let took = began.elapsed();
    println!(
        "{cuts} cuts at {} places in {took:?}: {} lost something",
        open.len(),
        lost.len()
    );
    lost
}

/// What the station would have said next.
fn after(steps: &[Step], n: usize) -> Option<&str> {
    steps[n + 1..].iter().find_map(|step| {
        let Step::Said(view) = step else { return None };
        Some(view.as_str())
    })
}

/// Opens the outbox on what a cut has left, and holds it against what the person was told last.
fn look(left: &BTreeMap<String, Vec<u8>>, said: &[&str], next: Option<&str>) -> Result<(), String> {
    let dir = Path::new("/dev/shm");
    let dir = tempfile::tempdir_in(if dir.is_dir() { dir } else { Path::new("/tmp") }).unwrap();
    for (name, bytes) in left {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let mut outbox = at_work(dir.path()).map_err(|error| format!("{error:?}"))?;
    let sound: String = outbox
        .conn
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .map_err(|error| error.to_string())?;
    if sound != "ok" {
        return Err(sound);
    }
    let view = view(&outbox).map_err(|error| error.to_string())?;
    let told = said.last().copied().unwrap_or(NOTHING);
    if view != told && Some(view.as_str()) != next {
        return Err(format!("told {told}, found {view}"));
    }
    in_order(&outbox.items().unwrap())?;
    goes_on(&mut outbox, said)
}

/// The station's order has no gap and no repeat.
fn in_order(items: &[Item]) -> Result<(), String> {
    let mut places: Vec<i64> = items.iter().map(|item| item.station_seq).collect();
    places.sort_unstable();
    let whole = (1..).take(places.len());
    if places.iter().copied().eq(whole) {
        Ok(())
    } else {
        Err(format!("places {places:?}"))
    }
}

/// What is written next has the next place, a number that nobody has, and is sealed like the rest.
fn goes_on(outbox: &mut Outbox, said: &[&str]) -> Result<(), String> {
    let places = outbox.items().unwrap().len();
    let kept = keep(outbox, 9_999, report(9_999, "After the lights went on"));
    let kept = kept.map_err(|error| error.to_string())?;
    let number = format!("{:?}", kept.local_number.clone().unwrap());
    if usize::try_from(kept.station_seq).unwrap() != places + 1 {
        return Err(format!("place {} after {places}", kept.station_seq));
    }
    if said.last().is_some_and(|told| told.contains(&number)) {
        return Err(format!("{number} was given before"));
    }
    let has_key: bool = outbox
        .conn
        .query_row("SELECT EXISTS (SELECT 1 FROM recovery)", [], |row| {
            row.get(0)
        })
        .unwrap();
    let sealed = fs::read_to_string(&outbox.sealed).unwrap_or_default();
    let open = rows::open(&outbox.conn).unwrap();
    if has_key && sealed.lines().count() < open.len() {
        return Err("what is open is not sealed".to_owned());
    }
    Ok(())
}

fn at_work(folder: &Path) -> Result<Outbox, OutboxError> {
    let numbers = Numbers::open(&folder.join("numbers.db"))?;
    Ok(Outbox::open(&folder.join("outbox.db"), &key())?.sharing(numbers))
}

/// A station that was never opened.
const NOTHING: &str = "[] None [] ([], None)";
/// The form of a report.
const REPORT: Draft<'_> = Draft("report");

/// All that a person may rely on, as one line of text.
fn view(outbox: &Outbox) -> Result<String, OutboxError> {
    let items = outbox.items()?.into_iter().map(|mut item| {
        if item.state == OutboxState::Sending {
            // What was on its way when the power went waits again.
            item.state = OutboxState::Waiting;
        }
        item
    });
    let items: Vec<Item> = items.collect();
    let draft = outbox.load_draft("report")?.map(|form| form.to_string());
    let mut films = Vec::new();
    for waiting in outbox.files_of(IncidentRef(uuid::Uuid::from_u128(1)))? {
        let whole = outbox.file(waiting.id)? == Some(film());
        films.push((waiting.id, waiting.sent, whole));
    }
    let chosen = outbox.chosen()?;
    let chosen = chosen.map(|file| (file.id, file.bytes == film()));
    let chosen = (outbox.draft_files(REPORT)?, chosen);
    Ok(format!("{items:?} {draft:?} {films:?} {chosen:?}").replace('\n', " "))
}

/// Two pieces and a bit.
fn film() -> Vec<u8> {
    (0_u32..70_000).flat_map(u32::to_le_bytes).collect()
}

/// What a station does in a morning, with the console closed and opened in between.
fn morning(folder: &Path) {
    let mut station = Worker::come(folder);
    let (_private, public) = X25519HkdfSha256::gen_keypair();
    let grant = RecoveryGrant {
        key: elms_protocol::hex::encode(&public.to_bytes()),
        voucher: "it was Esi".to_owned(),
    };
    station.outbox.seal_for(Some(&grant), Some("GH-A")).unwrap();
    station.say();
    for n in 1..=24 {
        station.report(n);
        if n % 6 == 0 {
            let form = serde_json::json!({ "text": format!("Half a sent{n}") });
            station.outbox.save_draft("report", &form).unwrap();
            station.say();
        }
        if n % 12 == 0 {
            station.film(n);
        }
        if n % 9 == 0 {
            drop(station);
            station = Worker::come(folder);
        }
    }
    let again = Epoch(uuid::Uuid::from_u128(2));
    station.outbox.reoffer(again).unwrap();
    station.say();
}

struct Worker {
    outbox: Outbox,
}

impl Worker {
    fn come(folder: &Path) -> Self {
        let outbox = at_work(folder).unwrap();
        if let Ok(synchronous) = std::env::var(SYNCHRONOUS) {
            outbox
                .conn
                .pragma_update(None, "synchronous", synchronous)
                .unwrap();
        }
        let worker = Self { outbox };
        worker.say();
        worker
    }

    /// What the person in front of it may rely on from now on.
    fn say(&self) {
        let line = format!("\n{SAID}{}\n", view(&self.outbox).unwrap());
        std::io::stdout().write_all(line.as_bytes()).unwrap();
    }

    /// A report, and what becomes of it.
    fn report(&mut self, n: u128) {
        keep(
            &mut self.outbox,
            n,
            report(n, &format!("Phone at seat C{n}")),
        )
        .unwrap();
        self.say();
        keep(&mut self.outbox, 100 + n, note(n, "The dean was told")).unwrap();
        self.say();
        if n.is_multiple_of(5) {
            self.outbox.withdraw(id(n), MORNING).unwrap();
            return self.say();
        }
        self.outbox.sending(id(n)).unwrap();
        self.say();
        match n % 4 {
            0 => self.outbox.rest(&[id(n)]).unwrap(),
            1 => drop(self.outbox.settle(&refused(n), None, MORNING).unwrap()),
            _ => {
                let seq = i64::try_from(n).unwrap();
                self.outbox
                    .settle(&applied(n, seq), Some(EPOCH), MORNING)
                    .unwrap();
            }
        }
        self.say();
        if n % 4 == 1 {
            self.resend(n);
        }
    }

    /// What was refused is sent again with other words.
    fn resend(&mut self, n: u128) {
        let request = request(200 + n, report(200 + n, "In other words"), MORNING);
        let about = subject_of(&request.command, &Hall::new());
        let entry = entry(&request, &about);
        self.outbox.resend(id(n), entry).unwrap();
        self.say();
    }

    /// A film for case 1: chosen, kept, sent in parts, and gone once the server has it.
    fn film(&mut self, n: u128) {
        let (evidence, command) = (EvidenceId(uuid::Uuid::from_u128(n)), 300 + n);
        let attached = AttachEvidence {
            incident: reference(1),
            evidence,
            sha256: "5f".repeat(32),
            size: 280_000,
            kind: FileKind::Mp4,
            name: "corridor.mp4".to_owned(),
            note: None,
        };
        let request = request(command, attached, MORNING);
        let about = subject_of(&request.command, &Hall::new());
        let entry = entry(&request, &about);
        // It was chosen in the form of a report, which was sent.
        self.outbox
            .add_draft_file(REPORT, (evidence, "corridor.mp4"), &film())
            .unwrap();
        self.say();
        let report = crate::fixture::request(400 + n, report(400 + n, "With a film"), MORNING);
        let with = Entry {
            request: &report,
            about: &subject_of(&report.command, &Hall::new()),
            ..entry
        };
        self.outbox.keep_draft(with, REPORT).unwrap();
        self.say();
        self.outbox.keep_file(entry, &film()).unwrap();
        self.say();
        self.outbox
            .settle(&applied(command, 50), Some(EPOCH), MORNING)
            .unwrap();
        self.say();
        self.outbox.file_sent(evidence, 131_072).unwrap();
        self.say();
        if n == 12 {
            self.outbox.file_arrived(evidence).unwrap();
            self.say();
        }
    }
}
