//! What a review has found, taken out as a file; noted in the record.

use std::fs::File;
use std::io::{self, BufWriter};
use std::path::Path;

use elms_protocol::host::{HostError, ReviewQuery, SavedPaper};
use serde::Deserialize;
use serde_json::{Value, json};

use super::papers::{note, now, unmade};
use crate::{
    cache::Reader,
    console::Console,
    error::CacheError,
    extract::{Extract, Format},
    papers::PaperError,
};

/// Rows that are read at a time.
const PAGE: usize = 200;

/// Arguments of `export`.
#[derive(Deserialize)]
pub(super) struct Asked {
    format: Format,
    query: ReviewQuery,
}

/// Saves what the query finds, and asks the server to note that it was taken out.
pub(super) async fn export(console: &Console, asked: Asked) -> Result<SavedPaper, HostError> {
    let desk = console.desk()?;
    let config = &console.shared.config;
    let folder = config.papers_dir.clone();
    let about = about(console, &asked.query);
    let format = asked.format;
    let written = desk
        .reading(move |reader| write(reader, &asked, &about, &folder))
        .await;
    let written = written.map_err(|error| unmade(&error.into()))?;
    let (saved, n) = written.map_err(|error| unmade(&PaperError::Disk(error)))?;
    let tongue = console.shared.tongue();
    let title = tongue.say("paper-events");
    let counted = tongue.say_with("paper-n-events", [("n", n.into())]);
    note(console, format.name(), (&title, &counted, &saved.hash)).await;
    Ok(saved)
}

/// Where the file is from: the person, the station, the moment, and what was asked for.
fn about(console: &Console, query: &ReviewQuery) -> Value {
    json!({
        "station": console.shared.station().code,
        "made": now(console),
        "query": query,
    })
}

type Written = (SavedPaper, usize);

fn write(
    reader: &mut Reader,
    asked: &Asked,
    about: &Value,
    folder: &Path,
) -> Result<io::Result<Written>, CacheError> {
    let mut about = about.clone();
    let cursor = reader.cursor();
    let found = reader.review(&asked.query)?;
    if let (Some(about), Some(cursor)) = (about.as_object_mut(), cursor) {
        about.insert("upTo".to_owned(), json!(cursor.seq));
        about.insert("chain".to_owned(), format!("{:016x}", cursor.tag.0).into());
    }
    let total = usize::try_from(found.total).unwrap_or(0);
    let part = folder.join("events.part");
    let begun = std::fs::create_dir_all(folder)
        .and_then(|()| File::create(&part))
        .and_then(|file| Extract::begin(asked.format, BufWriter::new(file), &about));
    let mut extract = match begun {
        Ok(extract) => extract,
        Err(error) => return Ok(Err(error)),
    };
    for from in (0..total).step_by(PAGE) {
        for row in reader.rows(found.handle, from, from.saturating_add(PAGE))? {
            if let Err(error) = extract.row(&row) {
                return Ok(Err(error));
            }
        }
    }
    Ok(keep(extract, asked.format, &part, folder).map(|saved| (saved, total)))
}

/// Gives the file its name, which ends in the hash: two files of the same never differ.
fn keep(
    extract: Extract<BufWriter<File>>,
    format: Format,
    part: &Path,
    folder: &Path,
) -> io::Result<SavedPaper> {
    let (bytes, hash) = extract.end()?;
    let short: String = hash.chars().take(8).collect();
    let file = folder.join(format!("events-{short}.{}", format.name()));
    std::fs::rename(part, &file)?;
    Ok(SavedPaper {
        file: file.display().to_string(),
        hash,
        bytes,
    })
}
