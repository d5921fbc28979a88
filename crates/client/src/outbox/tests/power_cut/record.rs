//! What a program really asked of the disk, and what it said meanwhile, in one order: read from what
//! `strace` has written down.

use std::{collections::BTreeMap, path::Path};

use elms_protocol::hex;

/// The calls that change a file, or say where the next change goes, or bring it to the disk.
pub(super) const CALLS: &str = "openat,close,lseek,write,pwrite64,writev,pwritev,ftruncate,fallocate,\
                                fsync,fdatasync,sync_file_range,unlink,unlinkat,rename,renameat,\
                                renameat2,link,linkat,dup,dup2,dup3";

/// A file, whatever its name is at the moment.
pub(super) type FileNo = usize;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// A new file, empty, under this name.
    Made(FileNo, String),
    /// Bytes at an offset.
    Written(FileNo, usize, Vec<u8>),
    /// A file has this size from now on.
    Sized(FileNo, usize),
    /// All of a file is on the disk when this returns.
    Synced(FileNo),
    /// All names are.
    NamesSynced,
    /// A name is gone.
    Removed(String),
    /// A name has become another.
    Renamed(String, String),
    /// The program said this to the person in front of it.
    Said(String),
}

/// What an open number of a program stands for.
#[derive(Debug, Clone, Copy)]
enum Opened {
    File { no: FileNo, at: usize, append: bool },
    Folder,
}

/// Reads the record of one program that worked in one folder.
pub(super) fn read(text: &str, folder: &Path) -> Vec<Step> {
    let mut reader = Reader {
        folder: folder.to_str().unwrap().to_owned(),
        steps: Vec::new(),
        opened: BTreeMap::new(),
        names: BTreeMap::new(),
        sizes: Vec::new(),
    };
    for line in text.lines() {
        reader.line(line);
    }
    reader.steps
}

struct Reader {
    folder: String,
    steps: Vec<Step>,
    opened: BTreeMap<usize, Opened>,
    names: BTreeMap<String, FileNo>,
    sizes: Vec<usize>,
}

impl Reader {
    /// One line, like `77 pwrite64(5, "\x61\x62", 2, 0) = 2`.
    fn line(&mut self, line: &str) {
        let Some((_, line)) = line.trim_end().split_once(' ') else {
            return;
        };
        let line = line.trim_start();
        if line.starts_with("---") || line.starts_with("+++") {
            return;
        }
        // One thread works, so no call is written down in two pieces.
        assert!(!line.contains("unfinished ..."), "{line}");
        let (call, rest) = line.split_once('(').unwrap();
        let (asked, answer) = rest.rsplit_once(" = ").unwrap();
        let asked = asked.trim_end().strip_suffix(')').unwrap();
        let asked: Vec<&str> = asked.split(", ").collect();
        // What failed has changed nothing.
        let Ok(answer) = answer.split(' ').next().unwrap().parse::<usize>() else {
            return;
        };
        match call {
            "openat" => self.open(&asked, answer),
            "close" => drop(self.opened.remove(&number(asked[0]))),
            "lseek" => self.seek(number(asked[0]), answer),
            "write" => self.write(number(asked[0]), None, &bytes(asked[1])[..answer]),
            "pwrite64" => {
                let at = Some(number(asked[3]));
                self.write(number(asked[0]), at, &bytes(asked[1])[..answer]);
            }
            "ftruncate" => self.size(number(asked[0]), number(asked[1])),
            "fsync" | "fdatasync" => self.sync(number(asked[0])),
            "unlink" => self.remove(asked[0]),
            "rename" => self.rename(asked[0], asked[1]),
            // A folder within is there as long as something lies in it: nothing is promised of it.
            "mkdir" | "rmdir" => {}
            other => assert!(!self.is_ours(&asked), "{other} is not understood: {line}"),
        }
    }

    /// Whether a call that is not understood concerns the folder.
    fn is_ours(&self, asked: &[&str]) -> bool {
        let open = asked[0]
            .parse()
            .is_ok_and(|fd| self.opened.contains_key(&fd));
        open || asked.iter().any(|text| self.name(text).is_some())
    }

    /// The name in the folder that a quoted path stands for; the folder itself is empty.
    fn name(&self, quoted: &str) -> Option<String> {
        if !quoted.starts_with('"') {
            return None;
        }
        let path = String::from_utf8(bytes(quoted)).unwrap();
        let name = path.strip_prefix(&self.folder)?;
        Some(name.trim_start_matches('/').to_owned())
    }

    fn open(&mut self, asked: &[&str], fd: usize) {
        self.opened.remove(&fd);
        let Some(name) = self.name(asked[1]) else {
            return;
        };
        if name.is_empty() {
            self.opened.insert(fd, Opened::Folder);
            return;
        }
        let how = asked[2];
        if how.contains("O_DIRECTORY") {
            return;
        }
        let no = self.names.get(&name).copied().unwrap_or_else(|| {
            assert!(how.contains("O_CREAT"), "{name} comes from nowhere");
            let no = self.sizes.len();
            self.sizes.push(0);
            self.names.insert(name.clone(), no);
            self.steps.push(Step::Made(no, name));
            no
        });
        let append = how.contains("O_APPEND");
        self.opened.insert(fd, Opened::File { no, at: 0, append });
        if how.contains("O_TRUNC") && 0 < self.sizes[no] {
            self.size(fd, 0);
        }
    }

    fn seek(&mut self, fd: usize, to: usize) {
        if let Some(Opened::File { at, .. }) = self.opened.get_mut(&fd) {
            *at = to;
        }
    }

    fn write(&mut self, fd: usize, place: Option<usize>, bytes: &[u8]) {
        if fd == 1 {
            let said = String::from_utf8_lossy(bytes);
            let said = said
                .lines()
                .filter_map(|line| line.strip_prefix(super::SAID));
            self.steps
                .extend(said.map(|line| Step::Said(line.to_owned())));
            return;
        }
        let Some(Opened::File { no, at, append }) = self.opened.get_mut(&fd) else {
            return;
        };
        let size = &mut self.sizes[*no];
        let place = place.unwrap_or_else(|| {
            let place = if *append { *size } else { *at };
            *at = place + bytes.len();
            place
        });
        *size = (*size).max(place + bytes.len());
        self.steps.push(Step::Written(*no, place, bytes.to_vec()));
    }

    fn size(&mut self, fd: usize, to: usize) {
        if let Some(Opened::File { no, .. }) = self.opened.get(&fd) {
            self.sizes[*no] = to;
            self.steps.push(Step::Sized(*no, to));
        }
    }

    fn sync(&mut self, fd: usize) {
        match self.opened.get(&fd) {
            Some(Opened::File { no, .. }) => self.steps.push(Step::Synced(*no)),
            Some(Opened::Folder) => self.steps.push(Step::NamesSynced),
            None => {}
        }
    }

    fn remove(&mut self, path: &str) {
        if let Some(name) = self.name(path) {
            self.names.remove(&name);
            self.steps.push(Step::Removed(name));
        }
    }

    fn rename(&mut self, from: &str, to: &str) {
        if let (Some(from), Some(to)) = (self.name(from), self.name(to)) {
            let no = self.names.remove(&from).unwrap();
            self.names.insert(to.clone(), no);
            self.steps.push(Step::Renamed(from, to));
        }
    }
}

fn number(text: &str) -> usize {
    text.parse().unwrap()
}

/// The bytes of `"\x61\x62"`.
fn bytes(quoted: &str) -> Vec<u8> {
    let inner = quoted
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    hex::decode(&inner.unwrap().replace("\\x", "")).unwrap()
}

#[test]
fn a_record_is_read_in_its_order() {
    let text = "\
9 openat(AT_FDCWD, \"\\x2f\\x64\\x2f\\x61\", O_RDWR|O_CREAT, 0644) = 5
9 openat(AT_FDCWD, \"\\x2f\\x78\", O_RDONLY) = 6
9 write(5, \"\\x61\\x62\", 2) = 2
9 write(5, \"\\x63\", 1)                   = 1
9 write(6, \"\\x63\", 1) = 1
9 lseek(5, 7, SEEK_SET) = 7
9 write(5, \"\\x64\\x65\", 2) = 1
9 fdatasync(5) = 0
9 fsync(5) = -1 EIO (Input/output error)
9 rename(\"\\x2f\\x64\\x2f\\x61\", \"\\x2f\\x64\\x2f\\x62\") = 0
9 openat(AT_FDCWD, \"\\x2f\\x64\", O_RDONLY) = 7
9 fsync(7) = 0
9 openat(AT_FDCWD, \"\\x2f\\x64\\x2f\\x62\", O_WRONLY|O_APPEND) = 8
9 write(8, \"\\x66\", 1) = 1
9 unlink(\"\\x2f\\x64\\x2f\\x62\") = 0
";
    let steps = [
        Step::Made(0, "a".to_owned()),
        Step::Written(0, 0, b"ab".to_vec()),
        Step::Written(0, 2, b"c".to_vec()),
        Step::Written(0, 7, b"d".to_vec()),
        Step::Synced(0),
        Step::Renamed("a".to_owned(), "b".to_owned()),
        Step::NamesSynced,
        Step::Written(0, 8, b"f".to_vec()),
        Step::Removed("b".to_owned()),
    ];
    assert_eq!(read(text, Path::new("/d")), steps);
}
