//! Files of evidence that a station could not send any more.

use std::{fs, io, path::Path};

use elms_protocol::{
    Actor, EvidenceId, Incident, View as _,
    recovery::{FILE_INFO, SealedFile, folder_of},
};

use super::{Private, RecoveryError, author, half_of, unsealed};
use crate::{
    App,
    door::ApplyError,
    shelf::{NotTaken, Place, Standing},
};

/// A file with what stands before it.
#[derive(Debug)]
pub struct OpenedFile {
    /// Whose it is, and where it belongs.
    pub head: SealedFile,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Opens the sealed files that lie beside the lines of a station.
///
/// # Errors
///
/// [`RecoveryError`] that names the first file which the key does not fit.
pub fn open_files(lines: &Path, private: &str) -> Result<Vec<OpenedFile>, RecoveryError> {
    let private = half_of(private)?;
    let entries = match fs::read_dir(folder_of(lines)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    // A power cut may have left half of one, beside its whole self or before its outbox made it anew.
    paths.retain(|path| path.extension().is_none_or(|end| end != "new"));
    paths.sort();
    paths.iter().map(|path| opened(path, &private)).collect()
}

fn opened(path: &Path, private: &Private) -> Result<OpenedFile, RecoveryError> {
    let name = || {
        let name = path.file_name().unwrap_or_default();
        RecoveryError::File(name.to_string_lossy().into_owned())
    };
    let inside = unsealed(&fs::read_to_string(path)?, private, FILE_INFO).ok_or_else(name)?;
    let (head, bytes) = SealedFile::parted(&inside).ok_or_else(name)?;
    Ok(OpenedFile {
        head,
        bytes: bytes.to_vec(),
    })
}

/// What became of a file that was brought back.
#[derive(Debug)]
pub enum BroughtFile {
    /// It is on the shelf, now or before, and the log says so.
    Received,
    /// The log knows of no such file by this author: bring the lines in first.
    Unknown,
    /// Nobody vouches for its author, or they have no account here.
    NotTheirs,
    /// It is not what was announced, or the disk refuses.
    Refused(String),
}

/// Puts files on the shelf, each in the name of who attached it; what is there already stays.
///
/// # Errors
///
/// [`ApplyError`] when the log cannot be written; bringing all back again is harmless.
pub async fn bring_files(
    app: &App,
    files: Vec<OpenedFile>,
) -> Result<Vec<(EvidenceId, BroughtFile)>, ApplyError> {
    let mut told = Vec::new();
    for file in files {
        let brought = bring(app, &file).await?;
        told.push((file.head.evidence, brought));
    }
    Ok(told)
}

async fn bring(app: &App, file: &OpenedFile) -> Result<BroughtFile, ApplyError> {
    let head = &file.head;
    let own = app.auth.recovery();
    let vouched = own.is_some_and(|own| own.vouches(head.author, &head.voucher));
    let author = author(app, head.author, head.station.as_deref()).await;
    let Some(author) = author.filter(|_| vouched) else {
        return Ok(BroughtFile::NotTheirs);
    };
    let Some(place) = place(app, &author, head) else {
        return Ok(BroughtFile::Unknown);
    };
    if let Err(error) = put(app, &place, &file.bytes) {
        return Ok(BroughtFile::Refused(error.to_string()));
    }
    if let Some(request) = place.received(app.clock.now()) {
        app.door
            .apply(Actor::system(place.institution), request)
            .await?;
    }
    Ok(BroughtFile::Received)
}

/// The file as its author has announced it.
fn place(app: &App, author: &Actor, head: &SealedFile) -> Option<Place> {
    let records = app.store.view(author.institution).ok()?;
    let Incident { files, .. } = *records.incident(head.incident)?;
    let mut files = files.into_iter();
    let file = files.find(|file| file.id == head.evidence)?;
    let by = file.by.as_ref().map(|named| named.id);
    (by == author.user).then_some(Place {
        institution: author.institution,
        incident: head.incident,
        file,
    })
}

/// What had arrived of it before goes on, unless it was something else.
fn put(app: &App, place: &Place, bytes: &[u8]) -> Result<Standing, NotTaken> {
    let offset = app.shelf.standing(place)?.offset;
    let rest = usize::try_from(offset).ok().and_then(|at| bytes.get(at..));
    match app.shelf.add(place, offset, rest.unwrap_or_default()) {
        Err(NotTaken::OtherFile) if 0 < offset => app.shelf.add(place, 0, bytes),
        added => added,
    }
}
