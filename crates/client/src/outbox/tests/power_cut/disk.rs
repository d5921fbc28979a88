//! A disk that loses its power: what was brought to it is there, and of what came later any part,
//! torn at the edges of its sectors.

use std::collections::BTreeMap;

use super::record::{FileNo, Step};

/// Numbers that are drawn from a seed (splitmix64): the same seed, the same cut.
#[derive(Debug)]
pub(super) struct Chance(pub(super) u64);

impl Chance {
    pub(super) fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n
    }

    fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

/// A change of a file that was not brought to the disk yet.
#[derive(Debug, Clone)]
enum Change {
    Written(usize, Vec<u8>),
    Sized(usize),
}

/// A change of the names in the folder.
#[derive(Debug, Clone)]
enum Naming {
    Made(FileNo, String),
    Removed(String),
    Renamed(String, String),
}

#[derive(Debug, Clone, Default)]
struct File {
    /// As it is on the disk for certain.
    safe: Vec<u8>,
    since: Vec<Change>,
}

/// The folder, as the program sees it and as the disk has it for certain.
#[derive(Debug, Default)]
pub(super) struct Disk {
    files: BTreeMap<FileNo, File>,
    safe_names: BTreeMap<String, FileNo>,
    since: Vec<Naming>,
}

impl Disk {
    pub(super) fn take(&mut self, step: &Step) {
        match step {
            Step::Made(no, name) => {
                self.files.insert(*no, File::default());
                self.since.push(Naming::Made(*no, name.clone()));
            }
            Step::Written(no, at, bytes) => {
                let change = Change::Written(*at, bytes.clone());
                self.files.get_mut(no).unwrap().since.push(change);
            }
            Step::Sized(no, size) => {
                let file = self.files.get_mut(no).unwrap();
                file.since.push(Change::Sized(*size));
            }
            Step::Synced(no) => self.files.get_mut(no).unwrap().sync(),
            Step::NamesSynced => {
                for naming in std::mem::take(&mut self.since) {
                    naming.apply(&mut self.safe_names);
                }
            }
            Step::Removed(name) => self.since.push(Naming::Removed(name.clone())),
            Step::Renamed(from, to) => {
                let naming = Naming::Renamed(from.clone(), to.clone());
                self.since.push(naming);
            }
            Step::Said(_) => {}
        }
    }

    /// Whether a cut now would leave something to chance.
    pub(super) fn is_open(&self) -> bool {
        !self.since.is_empty() || self.files.values().any(|file| !file.since.is_empty())
    }

    /// The folder after the power went.
    pub(super) fn cut(&self, chance: &mut Chance) -> BTreeMap<String, Vec<u8>> {
        let likely = [0, 15, 50, 85, 100][usize::try_from(chance.below(5)).unwrap()];
        let sector = [512, 4_096][usize::try_from(chance.below(2)).unwrap()];
        // With a journal the names come in order; without one, any of them.
        let journal = chance.percent(50);
        let mut names = self.safe_names.clone();
        for naming in &self.since {
            if chance.percent(likely) {
                naming.apply(&mut names);
            } else if journal {
                break;
            }
        }
        names
            .into_iter()
            .map(|(name, no)| (name, self.files[&no].cut(chance, likely, sector)))
            .collect()
    }
}

impl Naming {
    fn apply(&self, names: &mut BTreeMap<String, FileNo>) {
        match self {
            Self::Made(no, name) => {
                names.insert(name.clone(), *no);
            }
            Self::Removed(name) => {
                names.remove(name);
            }
            Self::Renamed(from, to) => {
                if let Some(no) = names.remove(from) {
                    names.insert(to.clone(), no);
                }
            }
        }
    }
}

impl File {
    fn sync(&mut self) {
        for change in self.since.drain(..) {
            apply(&mut self.safe, &change);
        }
    }

    /// Each sector is as it was at some moment since the last sync; so is the size.
    fn cut(&self, chance: &mut Chance, likely: u64, sector: usize) -> Vec<u8> {
        let (mut seen, mut left) = (self.safe.clone(), self.safe.clone());
        for change in &self.since {
            apply(&mut seen, change);
            match change {
                Change::Sized(size) if chance.percent(likely) => left.resize(*size, 0),
                Change::Sized(_) => {}
                Change::Written(at, bytes) => {
                    let first = at / sector * sector;
                    let sectors = (first..at + bytes.len()).step_by(sector);
                    let came = sectors.filter(|_| chance.percent(likely));
                    came.for_each(|from| take_over(&seen, &mut left, (from, sector)));
                }
            }
        }
        left
    }
}

/// One sector comes to the disk as it is now.
fn take_over(seen: &[u8], left: &mut Vec<u8>, (from, sector): (usize, usize)) {
    let to = seen.len().min(from + sector);
    left.resize(left.len().max(to), 0);
    left[from..to].copy_from_slice(&seen[from..to]);
}

fn apply(bytes: &mut Vec<u8>, change: &Change) {
    match change {
        Change::Sized(size) => bytes.resize(*size, 0),
        Change::Written(at, written) => {
            let end = at + written.len();
            bytes.resize(bytes.len().max(end), 0);
            bytes[*at..end].copy_from_slice(written);
        }
    }
}

#[test]
fn what_was_synced_is_there_and_what_was_not_is_there_in_part() {
    let mut disk = Disk::default();
    let steps = [
        Step::Made(0, "a".to_owned()),
        Step::NamesSynced,
        Step::Written(0, 0, vec![1; 2_048]),
        Step::Synced(0),
        Step::Written(0, 512, vec![2; 1_024]),
        Step::Made(1, "b".to_owned()),
    ];
    for step in &steps {
        disk.take(step);
    }
    let (mut whole, mut torn, mut named) = (0, 0, 0);
    for seed in 0..200 {
        let left = disk.cut(&mut Chance(seed));
        let a = &left["a"];
        assert_eq!(
            (a.len(), &a[..512], &a[1_536..]),
            (2_048, &[1; 512][..], &[1; 512][..])
        );
        let came = [a[512], a[1_024]];
        whole += i32::from(came == [2, 2]);
        torn += i32::from(came == [1, 2]) + i32::from(came == [2, 1]);
        named += i32::from(left.contains_key("b"));
    }
    assert!(0 < torn && 0 < whole && 0 < named && named < 200);
}
