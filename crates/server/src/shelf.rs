//! Files of evidence on the server's disk: each comes in parts, in order, and is whole when it is byte
//! for byte what its case announced.
//!
//! ```text
//! evidence/<institution>/<case>/<file>.part     as far as it has come
//! evidence/<institution>/<case>/<file>          whole; never written again
//! evidence/<institution>/<case>/<file>.shown    the copy that is shown, drawn anew
//! ```
//!
//! All names are ids: what a file was called where it came from is never part of a path. **All of it
//! blocks.**

use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use elms_evidence::{NotShown, fingerprint, shown};
use elms_protocol::{
    CommandId, CommandRequest, Evidence, FileKind, IncidentRef, InstitutionId, ReceiveEvidence,
    Times, Timestamp,
};
use uuid::Uuid;

#[cfg(test)]
mod tests;

/// How far a file has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    /// Bytes that are here.
    pub(crate) offset: u64,
    /// Whether it is whole.
    pub(crate) complete: bool,
}

/// A part was not taken.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotTaken {
    /// It does not begin where the file has come to.
    #[error("The file has come to byte {0}: go on from there.")]
    Elsewhere(u64),
    /// There is more than was announced.
    #[error("This is more than was announced.")]
    TooMuch,
    /// Everything is here, and it is not what was announced.
    #[error("What came is not the file that was attached. It is taken anew from its beginning.")]
    OtherFile,
    /// It is not of the kind that was announced.
    #[error("By its content, this file is not what it was attached as.")]
    OtherKind,
    /// The disk refuses.
    #[error(transparent)]
    Disk(#[from] io::Error),
}

/// All files of evidence.
#[derive(Debug, Clone)]
pub(crate) struct Shelf {
    root: PathBuf,
    /// One part at a time is written.
    writing: Arc<Mutex<()>>,
    /// One picture at a time is drawn: each may take much memory.
    drawing: Arc<Mutex<()>>,
}

/// Which file.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) institution: InstitutionId,
    pub(crate) incident: IncidentRef,
    pub(crate) file: Evidence,
}

impl Place {
    /// What makes the log say that the file is here; none when it says so already. Its id comes from the
    /// file: it is said once, whoever brings the file and however often.
    pub(crate) fn received(&self, now: Timestamp) -> Option<CommandRequest> {
        let received = ReceiveEvidence {
            incident: self.incident,
            evidence: self.file.id,
        };
        self.file.received_at.is_none().then(|| CommandRequest {
            command_id: CommandId(Uuid::new_v5(&self.file.id.0, b"received")),
            times: Times::at(now),
            command: received.into(),
        })
    }
}

impl Shelf {
    /// The shelf in the data directory `dir`; nothing is made before a file comes.
    pub(crate) fn new(dir: &Path) -> Self {
        Self {
            root: dir.join("evidence"),
            writing: Arc::default(),
            drawing: Arc::default(),
        }
    }

    fn path(&self, place: &Place, end: &str) -> PathBuf {
        let case = self.root.join(place.institution.to_string());
        let case = case.join(place.incident.to_string());
        case.join(format!("{}{end}", place.file.id))
    }

    /// Takes away everything that belongs to a case.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub(crate) fn clear(&self, institution: InstitutionId, case: IncidentRef) -> io::Result<()> {
        let _alone = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let dir = self.root.join(institution.to_string());
        match fs::remove_dir_all(dir.join(case.to_string())) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            done => done,
        }
    }

    /// How far a file has come.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub(crate) fn standing(&self, place: &Place) -> io::Result<Standing> {
        if let Some(size) = size_of(&self.path(place, ""))? {
            return Ok(Standing {
                offset: size,
                complete: true,
            });
        }
        let offset = size_of(&self.path(place, ".part"))?.unwrap_or(0);
        Ok(Standing {
            offset,
            complete: false,
        })
    }

    /// Adds the next part of a file, from byte `offset` on; how far it has come then.
    ///
    /// # Errors
    ///
    /// [`NotTaken`]; when the whole is not what was announced, it begins anew.
    pub(crate) fn add(
        &self,
        place: &Place,
        offset: u64,
        bytes: &[u8],
    ) -> Result<Standing, NotTaken> {
        let _alone = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let before = self.standing(place)?;
        if before.complete {
            return Ok(before);
        }
        if before.offset != offset {
            return Err(NotTaken::Elsewhere(before.offset));
        }
        let size = u64::try_from(place.file.size).unwrap_or(0);
        let after = offset.saturating_add(length(bytes.len()));
        if size < after {
            return Err(NotTaken::TooMuch);
        }
        let part = self.path(place, ".part");
        if let Some(case) = part.parent() {
            fs::create_dir_all(case)?;
        }
        let mut file = File::options().create(true).append(true).open(&part)?;
        file.write_all(bytes)?;
        if after == size {
            self.complete(place, &file)?;
        }
        Ok(Standing {
            offset: after,
            complete: after == size,
        })
    }

    /// Everything has come: looks whether it is what was announced, and only then gives it its name.
    fn complete(&self, place: &Place, file: &File) -> Result<(), NotTaken> {
        let part = self.path(place, ".part");
        let whole = fs::read(&part)?;
        let wrong = if fingerprint(&whole) != place.file.sha256 {
            // The line, or a power cut that took what was not on the disk yet.
            Some(NotTaken::OtherFile)
        } else if FileKind::of(&whole) != Some(place.file.kind) {
            Some(NotTaken::OtherKind)
        } else {
            None
        };
        if let Some(wrong) = wrong {
            fs::remove_file(&part)?;
            return Err(wrong);
        }
        file.sync_all()?;
        fs::rename(&part, self.path(place, ""))?;
        if cfg!(unix)
            && let Some(case) = part.parent()
        {
            // The way to it must be on the disk too: the folder of the case may be new.
            for folder in case.ancestors().take(3) {
                File::open(folder)?.sync_all()?;
            }
        }
        Ok(())
    }

    /// A whole file, byte for byte; none while it is on its way.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub(crate) fn original(&self, place: &Place) -> io::Result<Option<Vec<u8>>> {
        some(fs::read(self.path(place, "")))
    }

    /// The copy of a whole picture that is shown; none while it is on its way.
    ///
    /// # Errors
    ///
    /// [`NotDrawn`].
    pub(crate) fn shown(&self, place: &Place) -> Result<Option<Vec<u8>>, NotDrawn> {
        let path = self.path(place, ".shown");
        if let Some(copy) = some(fs::read(&path))? {
            return Ok(Some(copy));
        }
        let _alone = self.drawing.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(original) = self.original(place)? else {
            return Ok(None);
        };
        let copy = shown(&original, place.file.kind)?;
        // Half a copy under its name would be shown for ever.
        let fresh = self.path(place, ".drawing");
        fs::write(&fresh, &copy)?;
        fs::rename(&fresh, &path)?;
        Ok(Some(copy))
    }
}

/// There is no copy to show.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotDrawn {
    /// It cannot be drawn.
    #[error(transparent)]
    Picture(#[from] NotShown),
    /// The disk refuses.
    #[error(transparent)]
    Disk(#[from] io::Error),
}

fn size_of(path: &Path) -> io::Result<Option<u64>> {
    Ok(some(fs::metadata(path))?.map(|found| found.len()))
}

/// None for what is not there.
fn some<T>(read: io::Result<T>) -> io::Result<Option<T>> {
    match read {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn length(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}
