//! A log in one file that needs nothing else to be audited.

use std::io::{BufRead, Read, Write};

use elms_protocol::{
    InstitutionId,
    proof::{Audit, Entry, Fault, Signed},
};
use serde::{Deserialize, Serialize};

use super::{Head, Item, Ledger, audit_item};
use crate::store::StoreError;

/// The longest line that is read, in bytes; the server takes no event that long.
const LONGEST: u64 = 4 * 1_024 * 1_024;
/// What the first line says.
const KIND: &str = "elms log 1";

/// A bundle could not be written or read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BundleError {
    /// The log cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file cannot be written or read.
    #[error("the bundle cannot be written or read: {0}")]
    File(#[from] std::io::Error),
    /// It is not a bundle of this version.
    #[error("it is not a bundle that this version knows")]
    Unknown,
    /// It ends too early, or a line of it is none.
    #[error("line {0} of the bundle cannot be read")]
    Line(usize),
}

/// A line of a bundle.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
enum Line {
    Bundle {
        kind: String,
        institution: InstitutionId,
        origin: String,
        key: String,
    },
    Event(Entry),
    Checkpoint(String),
    End(u64),
}

/// Writes the log of an institution as a bundle; how many events that are.
///
/// # Errors
///
/// [`BundleError`].
pub fn take_out(ledger: &Ledger, head: &Head, file: &mut impl Write) -> Result<u64, BundleError> {
    let mut say = |line: &Line| {
        serde_json::to_writer(&mut *file, line).map_err(std::io::Error::from)?;
        file.write_all(b"\n")
    };
    say(&Line::Bundle {
        kind: KIND.to_owned(),
        institution: head.institution,
        origin: head.origin.clone(),
        key: head.key.to_string(),
    })?;
    let mut n_events = 0_u64;
    ledger.walk(head.institution, |item| {
        let line = match item {
            Item::Event(entry) => {
                n_events = n_events.saturating_add(1);
                Line::Event(entry)
            }
            Item::Checkpoint(note) => Line::Checkpoint(note.to_string()),
        };
        say(&line).map_err(BundleError::File)
    })?;
    say(&Line::End(n_events))?;
    Ok(n_events)
}

/// A bundle that is being read.
#[derive(Debug)]
pub struct Bundle<R> {
    file: R,
    /// Lines read.
    n_lines: usize,
    /// Where its audit begins.
    pub head: Head,
}

impl<R: BufRead> Bundle<R> {
    /// Reads the first line.
    ///
    /// # Errors
    ///
    /// [`BundleError::Unknown`] when it is no bundle.
    pub fn open(mut file: R) -> Result<Self, BundleError> {
        let first = line(&mut file, 1).map_err(|_no_line| BundleError::Unknown)?;
        let Line::Bundle {
            kind,
            institution,
            origin,
            key,
        } = first
        else {
            return Err(BundleError::Unknown);
        };
        let key = key.parse().map_err(|_no_key| BundleError::Unknown)?;
        // The origin is what is signed: whoever says another institution beside it is believed
        // nothing.
        let is_theirs = origin.starts_with(&format!("elms/{institution}/"));
        if kind != KIND || !is_theirs {
            return Err(BundleError::Unknown);
        }
        let head = Head {
            institution,
            origin,
            key,
        };
        Ok(Self {
            file,
            n_lines: 1,
            head,
        })
    }

    fn line(&mut self) -> Result<Line, BundleError> {
        self.n_lines = self.n_lines.saturating_add(1);
        line(&mut self.file, self.n_lines)
    }

    /// Reads it through an audit.
    ///
    /// # Errors
    ///
    /// [`BundleError`] when it cannot be read to its end.
    pub fn audit(mut self, audit: &mut Audit) -> Result<Option<Fault>, BundleError> {
        let mut n_events = 0_u64;
        loop {
            let item = match self.line()? {
                Line::Event(entry) => {
                    n_events = n_events.saturating_add(1);
                    Item::Event(entry)
                }
                Line::Checkpoint(note) => {
                    let note = note.parse::<Signed>();
                    Item::Checkpoint(note.map_err(|_no_note| BundleError::Line(self.n_lines))?)
                }
                Line::End(n) if n == n_events => return Ok(None),
                Line::End(_) | Line::Bundle { .. } => return Err(BundleError::Line(self.n_lines)),
            };
            if let Err(fault) = audit_item(audit, &item) {
                return Ok(Some(fault));
            }
        }
    }
}

fn line(file: &mut impl BufRead, number: usize) -> Result<Line, BundleError> {
    let mut text = String::new();
    let read = Read::take(file, LONGEST).read_line(&mut text);
    // What is not UTF-8 is as unreadable as what is not JSON.
    let whole = read.ok().and_then(|_| text.strip_suffix('\n'));
    let line = whole.and_then(|text| serde_json::from_str(text).ok());
    line.ok_or(BundleError::Line(number))
}
