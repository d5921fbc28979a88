//! Papers: made from the copy, saved where the shell said, noted in the record.

use std::path::Path;

use elms_protocol::{
    Command, NoteExport, Timestamp,
    host::{HostError, SavedPaper, Submit},
};
use serde::Deserialize;

use super::submit;
use crate::{
    cache::Reader,
    console::Console,
    error::CacheError,
    papers::{self, Foot, Paper, PaperError, Wanted, Writing, Zone},
    run::sentence,
    screens::Scene,
    tongue::Tongue,
};

/// Arguments of `paper`.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(flatten)]
    wanted: Wanted,
    zone: Zone,
}

/// Makes the paper, saves it and asks the server to note that it was made.
pub(super) async fn paper(console: &Console, asked: Asked) -> Result<SavedPaper, HostError> {
    let desk = console.desk()?;
    let tongue = console.shared.tongue();
    let (now, station) = (now(console), console.shared.station().code);
    let made = desk.show(now, move |reader, scene, _| {
        let writing = Writing {
            tongue,
            zone: &asked.zone,
        };
        let paper = papers::make(reader, &scene, asked.wanted, &writing)?;
        Ok(paper.map(|paper| (paper, foot(reader, &scene, &writing, &station))))
    });
    let made = made
        .await
        .map_err(|error: CacheError| unmade(&error.into()))?;
    let (paper, foot) =
        made.ok_or_else(|| sentence("not_found", "There is nothing to print here."))?;
    let saved = save(&paper, &foot, tongue, &console.shared.config.papers_dir);
    let saved = saved.map_err(|error| unmade(&error))?;
    let hash = paper.hash();
    note(console, "pdf", (&paper.title, &paper.about, &hash)).await;
    Ok(saved)
}

pub(super) fn now(console: &Console) -> Timestamp {
    let now = console.shared.now();
    console.shared.clock(|clock| clock.server_or_wall(now))
}

/// Who made it where, and from which place of the record.
fn foot(reader: &Reader, scene: &Scene<'_>, writing: &Writing<'_>, station: &str) -> Foot {
    let institution = scene.institution_name().unwrap_or_default();
    let cursor = reader.cursor();
    let tag = cursor
        .map(|cursor| format!("{:016x}", cursor.tag.0))
        .unwrap_or_default();
    let seq = scene.overlay.records().upto().0;
    let tongue = writing.tongue;
    Foot {
        proved: proved(reader, tongue),
        by: tongue.say_with(
            "paper-by-station",
            [
                ("institution", institution.into()),
                ("station", station.into()),
                ("person", scene.actor.name.clone().into()),
            ],
        ),
        made: tongue.say_with(
            "paper-made",
            [
                ("moment", writing.moment(scene.now).into()),
                ("seq", seq.to_string().into()),
                ("tag", tag.into()),
            ],
        ),
    }
}

/// The end of the signed log that was proved here; none before any was.
fn proved(reader: &Reader, tongue: Tongue) -> Option<String> {
    let note = reader.kept_note().ok().flatten()?;
    // A checkpoint is its origin, its size and the root of its tree, a line each.
    let mut lines = note.lines().skip(1);
    let (size, root) = (lines.next()?, lines.next()?);
    let key = reader.record_check().ok()?.key.unwrap_or_default();
    Some(tongue.say_with(
        "paper-proved",
        [
            ("size", size.into()),
            ("root", root.into()),
            ("key", key.into()),
        ],
    ))
}

fn save(
    paper: &Paper,
    foot: &Foot,
    tongue: Tongue,
    folder: &Path,
) -> Result<SavedPaper, PaperError> {
    let pdf = paper.pdf(foot, tongue)?;
    std::fs::create_dir_all(folder)?;
    let file = paper.file(folder);
    std::fs::write(&file, &pdf)?;
    Ok(SavedPaper {
        file: file.display().to_string(),
        hash: paper.hash(),
        bytes: pdf.len(),
    })
}

/// The record says that the paper was made, by its title, what it is about and its hash. Who may not export has a paper all the same, and the
/// record of this station's server says nothing of it.
pub(super) async fn note(
    console: &Console,
    format: &str,
    (title, about, hash): (&str, &str, &str),
) {
    let tongue = console.shared.tongue();
    let text = tongue.say_with(
        "paper-noted",
        [
            ("title", title.to_owned().into()),
            ("about", about.to_owned().into()),
            ("hash", hash.to_owned().into()),
        ],
    );
    let command = Command::from(NoteExport {
        format: vec![format.to_owned()],
        text,
    });
    let kept = submit::submit(
        console,
        Submit {
            command,
            occurred_at: None,
            draft: None,
        },
    )
    .await;
    if let Err(error) = kept {
        tracing::warn!(code = error.code, "a paper was made and not noted");
    }
}

pub(super) fn unmade(error: &PaperError) -> HostError {
    let code = match error {
        PaperError::Cache(_) => "cache",
        PaperError::Drawing => "internal",
        PaperError::Disk(_) => "disk",
    };
    sentence(code, error)
}
