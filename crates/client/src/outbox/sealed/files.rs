//! Files of evidence that the server does not have yet, sealed for the institution as their commands
//! are: one file each in `recovery/` beside the outbox, since a photo is no line.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::Path,
};

use elms_protocol::{
    CommandId, EvidenceId, IncidentRef, UserId,
    recovery::{FILE_INFO, SealedFile, folder_of},
};
use rusqlite::{Connection, Row};

use super::{super::files::id, Outbox, OutboxError, Sealing, Unsealed, remove, report, write};

/// What is known of a file beside its bytes.
struct Lying {
    evidence: EvidenceId,
    command: CommandId,
    author: UserId,
    incident: IncidentRef,
}

impl Outbox {
    /// Brings the sealed files in line with those that lie here.
    pub(in crate::outbox) fn seal_files(&self) {
        report(self.reconcile_files());
    }

    fn reconcile_files(&self) -> Result<(), Unsealed> {
        let folder = folder_of(&self.sealed);
        let there = names_in(&folder)?;
        let sealing = Sealing::of(&self.conn)?;
        let wanted = match &sealing {
            Some(sealing) => lying(&self.conn, sealing)?,
            None => BTreeMap::new(),
        };
        for name in there.iter().filter(|name| !wanted.contains_key(*name)) {
            remove(&folder.join(name))?;
        }
        if wanted.is_empty() {
            return Ok(gone(fs::remove_dir(&folder))?);
        }
        let Some(sealing) = sealing else {
            return Ok(());
        };
        fs::create_dir_all(&folder)?;
        for (name, file) in wanted.iter().filter(|(name, _)| !there.contains(*name)) {
            let bytes = self.file(file.evidence)?.unwrap_or_default();
            write(&folder.join(name), &sealing.file(file, &bytes)?)?;
        }
        Ok(())
    }
}

impl Sealing {
    /// What is sealed to another key has another name.
    fn name_of(&self, id: EvidenceId) -> String {
        let key: String = self.key.chars().take(16).collect();
        format!("{id}.{key}")
    }

    fn file(&self, file: &Lying, bytes: &[u8]) -> Result<String, Unsealed> {
        let head = SealedFile {
            author: file.author,
            station: self.station.clone(),
            voucher: self.voucher.clone(),
            incident: file.incident,
            evidence: file.evidence,
        };
        let inside = head.before(bytes).map_err(io::Error::from)?;
        self.seal(file.command, FILE_INFO, &inside)
    }
}

/// The files that lie here, by the names under which they are sealed.
fn lying(conn: &Connection, sealing: &Sealing) -> Result<BTreeMap<String, Lying>, OutboxError> {
    let mut select = conn.prepare_cached("SELECT id, command, author, incident FROM file")?;
    let found = select.query_map([], one)?;
    let found = found.map(|file| file.map(|file| (sealing.name_of(file.evidence), file)));
    Ok(found.collect::<Result<_, _>>()?)
}

fn one(row: &Row<'_>) -> rusqlite::Result<Lying> {
    Ok(Lying {
        evidence: EvidenceId(id(row, 0)?),
        command: CommandId(id(row, 1)?),
        author: UserId(row.get(2)?),
        incident: IncidentRef(id(row, 3)?),
    })
}

fn names_in(folder: &Path) -> io::Result<BTreeSet<String>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        entries => entries?,
    };
    let names = entries.flatten().map(|entry| entry.file_name());
    Ok(names
        .map(|name| name.to_string_lossy().into_owned())
        .collect())
}

/// What is not there is gone already.
fn gone(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}
