//! Papers of the record as PDF: what is written on them is made here, how it lies on the page in
//! [`sheet`].
//!
//! A paper says under its own foot what it was made from: the SHA-256 of every word on it, and the
//! place in the log up to which this station had read. It is made on the station, also without a
//! line, and saved where the shell has said papers belong; no path comes from the window.

mod contents;
mod letters;
mod malpractice;
mod sheet;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use elms_protocol::{BatchId, IncidentRef, Key, Kind, SittingId, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{
    cache::{Held, Reader},
    error::CacheError,
    screens::Scene,
    tongue::Tongue,
};

/// Which paper is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Wanted {
    /// What happened in a hall, line by line.
    Hall {
        /// The sitting.
        id: SittingId,
    },
    /// The way of a batch from hand to hand.
    Custody {
        /// The batch.
        id: BatchId,
    },
    /// A case for the committee.
    Malpractice {
        /// The case.
        id: IncidentRef,
    },
    /// The sums of a day.
    Day {
        /// Its first instant.
        from: Timestamp,
        /// The first instant after it.
        to: Timestamp,
    },
}

/// How times are written: those of the institution.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Zone {
    /// Minutes ahead of UTC on that day.
    pub offset_min: i64,
    /// What people call it, like `GMT`.
    pub name: String,
}

/// What stands on a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Paper {
    /// What it is.
    pub title: String,
    /// What it is about, in a few words; also its file's name.
    pub about: String,
    /// Pairs of a name and a value.
    pub facts: Vec<(String, String)>,
    /// What follows.
    pub parts: Vec<Part>,
}

/// A part of a paper under a heading of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The heading.
    pub title: String,
    /// Words; empty when there is only a table.
    pub words: String,
    /// Names of the columns, each with its share of the width.
    pub columns: Vec<(String, u16)>,
    /// The rows, a cell for each column.
    pub rows: Vec<Vec<String>>,
}

/// Where the record stood.
#[derive(Debug, Clone)]
pub struct Foot {
    /// The institution and the station.
    pub by: String,
    /// When it was made, and up to where the log was read.
    pub made: String,
    /// How far the signed log was proved on this station: its size, its root and the key's words.
    pub proved: Option<String>,
}

/// Why there is no paper.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// The record could not be read.
    #[error(transparent)]
    Cache(#[from] CacheError),
    /// The letters or the pages; a fault of the program.
    #[error("The paper could not be drawn.")]
    Drawing,
    /// The disk did not take it.
    #[error("The paper could not be saved: {0}.")]
    Disk(#[from] std::io::Error),
}

impl Paper {
    /// SHA-256 of every word that stands on it, in hexadecimal.
    pub fn hash(&self) -> String {
        let words = serde_json::to_vec(self).unwrap_or_default();
        format!("{:x}", Sha256::digest(words))
    }

    /// The paper as a PDF.
    ///
    /// # Errors
    ///
    /// [`PaperError::Drawing`].
    pub fn pdf(&self, foot: &Foot, tongue: Tongue) -> Result<Vec<u8>, PaperError> {
        let hash = self.hash();
        let mut lines = vec![
            format!("{}  {}", foot.by, foot.made),
            tongue.say_with("paper-hash", [("hash", hash.into())]),
        ];
        lines.extend(foot.proved.clone());
        sheet::pdf(self, &lines, tongue).ok_or(PaperError::Drawing)
    }

    /// Where the paper is saved in `folder`; two papers about the same do not overwrite each other.
    pub fn file(&self, folder: &Path) -> PathBuf {
        let short: String = self.hash().chars().take(8).collect();
        let name: String = format!("{} {}", self.title, self.about)
            .chars()
            .map(|c| {
                if c.is_alphanumeric() || c == '-' {
                    c
                } else {
                    ' '
                }
            })
            .collect();
        let name = name.split_whitespace().collect::<Vec<_>>().join("-");
        folder.join(format!("{name}-{short}.pdf"))
    }
}

/// Makes the paper; none when this person does not see what it is about.
///
/// # Errors
///
/// [`CacheError`] when the record cannot be read.
pub fn make(
    reader: &Reader,
    scene: &Scene<'_>,
    wanted: Wanted,
    writing: &Writing<'_>,
) -> Result<Option<Paper>, CacheError> {
    let history = history(reader, scene, wanted)?;
    Ok(match wanted {
        Wanted::Hall { id } => contents::hall(writing, scene, id, &history),
        Wanted::Custody { id } => contents::custody(writing, scene, id, &history),
        Wanted::Malpractice { id } => malpractice::malpractice(writing, scene, id, &history),
        Wanted::Day { from, to } => Some(contents::day(writing, scene, (from, to))),
    })
}

pub use contents::Writing;

fn history(reader: &Reader, scene: &Scene<'_>, wanted: Wanted) -> Result<Vec<Held>, CacheError> {
    let keys = match wanted {
        Wanted::Hall { id } => crate::screens::hall_keys(scene, id),
        Wanted::Custody { id } => vec![Key::new(Kind::Batch, id)],
        Wanted::Malpractice { id } => vec![Key::new(Kind::Incident, id)],
        Wanted::Day { .. } => Vec::new(),
    };
    let mut history = Vec::new();
    for key in keys {
        history.extend(reader.history(&key)?);
    }
    history.sort_by_key(|held| held.event.seq);
    history.dedup_by_key(|held| held.event.seq);
    Ok(history)
}
