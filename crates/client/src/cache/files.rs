//! The files of the copy on the disk: their size, and how they are put aside.

use std::path::{Path, PathBuf};

use elms_protocol::Timestamp;

use super::Reader;
use crate::error::CacheError;

/// How much the copy holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holds {
    /// Events.
    pub events: i64,
    /// When the oldest of them happened.
    pub since: Option<Timestamp>,
    /// Bytes of the index of their words.
    pub words: i64,
}

impl Reader {
    /// How much the copy holds. Reads one narrow table as a whole: for a page that asks for it, not
    /// for every frame of the window.
    ///
    /// # Errors
    ///
    /// [`CacheError`] when it cannot be read.
    pub fn holds(&self) -> Result<Holds, CacheError> {
        let sql = "SELECT COUNT(*), MIN(at),
                   (SELECT COALESCE(SUM(LENGTH(block)), 0) FROM word_data) FROM mark";
        let holds = self.conn.query_row(sql, [], |row| {
            let since: Option<i64> = row.get(1)?;
            Ok(Holds {
                events: row.get(0)?,
                since: since.map(Timestamp),
                words: row.get(2)?,
            })
        });
        Ok(holds?)
    }
}

/// The file and its companions.
fn files(path: &Path) -> impl Iterator<Item = PathBuf> {
    let name = path.as_os_str().to_owned();
    ["", "-wal", "-shm"].into_iter().map(move |end| {
        let mut name = name.clone();
        name.push(end);
        PathBuf::from(name)
    })
}

/// Bytes on disk.
pub(super) fn bytes(path: &Path) -> i64 {
    let sizes = files(path).filter_map(|file| std::fs::metadata(file).ok());
    i64::try_from(sizes.map(|file| file.len()).sum::<u64>()).unwrap_or(i64::MAX)
}

/// Moves the file and its companions to `quarantine/<time>`; where the file lies now.
pub(super) fn quarantine(path: &Path, now: Timestamp) -> std::io::Result<PathBuf> {
    let root = path.with_file_name("quarantine");
    let time = now.to_string().replace(':', "-");
    let mut names = std::iter::once(time.clone()).chain((2..).map(|n| format!("{time}-{n}")));
    let free = names.find_map(|name| Some(root.join(name)).filter(|dir| !dir.exists()));
    let dir = free.unwrap_or(root);
    std::fs::create_dir_all(&dir)?;
    for file in files(path).filter(|file| file.exists()) {
        std::fs::rename(&file, dir.join(file.file_name().unwrap_or_default()))?;
    }
    Ok(dir.join(path.file_name().unwrap_or_default()))
}
