//! `elms-server recovery-key` and `elms-server recovery`: what stations could not send any more.

use std::{io::Write as _, path::PathBuf};

use anyhow::{Context as _, Result, ensure};
use clap::{Args, Subcommand};
use elms_protocol::{Outcome, recovery::SealedItem};
use elms_server::recovery::{self, Brought, BroughtFile, OpenedFile, Recovery};

use crate::importing::open_alone;

#[derive(Debug, Subcommand)]
pub(crate) enum RecoveryKey {
    /// Make a recovery key. The private half is written to a file that belongs in the safe of the
    /// exams office, not on this machine.
    Init {
        /// The server's data directory; made where it is missing.
        #[arg(long, value_name = "DIR", env = "ELMS_DATA")]
        data: PathBuf,
        /// Where the private half is written; never over another file.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum FromStation {
    /// Open what a station has sealed, and show it or carry it through the door in the name of who
    /// wrote it.
    Open(Open),
}

#[derive(Debug, Args)]
pub(crate) struct Open {
    /// The private half of the recovery key.
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// Bring it into this data directory, that no server uses. Repeating it is harmless.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// `recovery.jsonl` of a station. The folder `recovery` beside it has its files of evidence.
    file: PathBuf,
}

impl RecoveryKey {
    pub(crate) fn carry_out(&self) -> Result<()> {
        let Self::Init { data, out } = self;
        ensure!(!out.exists(), "{} is there already", out.display());
        let private = Recovery::init(data)?;
        let text = format!("{private}\n");
        recovery::write_for_owner(out, text.as_bytes())
            .with_context(|| format!("{} cannot be written", out.display()))
    }
}

impl FromStation {
    pub(crate) fn carry_out(&self) -> Result<()> {
        let Self::Open(open) = self;
        let read = |path: &PathBuf| {
            std::fs::read_to_string(path)
                .with_context(|| format!("{} cannot be read", path.display()))
        };
        let key = read(&open.key)?;
        let items = recovery::open(&read(&open.file)?, &key)?;
        let files = recovery::open_files(&open.file, &key)?;
        match &open.data {
            None => show(&items, &files),
            Some(data) => bring_back(data, items, files),
        }
    }
}

/// Each item as a line of JSON, without what vouches for its author.
fn show(items: &[SealedItem], files: &[OpenedFile]) -> Result<()> {
    let mut stdout = std::io::stdout().lock();
    for item in items {
        let shown = serde_json::json!({
            "author": item.author, "station": item.station, "request": item.request,
        });
        writeln!(stdout, "{shown}")?;
    }
    for OpenedFile { head, bytes } in files {
        let shown = serde_json::json!({
            "author": head.author, "station": head.station, "incident": head.incident,
            "evidence": head.evidence, "bytes": bytes.len(),
        });
        writeln!(stdout, "{shown}")?;
    }
    Ok(stdout.flush()?)
}

fn bring_back(
    data: &std::path::Path,
    items: Vec<SealedItem>,
    files: Vec<OpenedFile>,
) -> Result<()> {
    ensure!(data.is_dir(), "{} is no data directory", data.display());
    let (brought, files) = tokio::runtime::Runtime::new()?.block_on(async {
        let app = open_alone(data).await?;
        let brought = recovery::bring_back(&app, items).await?;
        let files = recovery::bring_files(&app, files).await?;
        Ok::<_, anyhow::Error>((brought, files))
    })?;
    let mut stdout = std::io::stdout().lock();
    for (item, brought) in brought {
        let what = match brought {
            Brought::Judged(Outcome::Applied { seq, .. }) => format!("in the log\t{seq}"),
            Brought::Judged(Outcome::Rejected { rejection, .. }) => {
                format!("refused\t{}", rejection.message)
            }
            Brought::NotTheirs => "not brought in\tnobody vouches for its author".to_owned(),
        };
        writeln!(
            stdout,
            "{}\t{}\t{what}",
            item.request.command_id, item.author
        )?;
    }
    for (evidence, brought) in files {
        let what = match brought {
            BroughtFile::Received => "received".to_owned(),
            BroughtFile::Unknown => "not brought in\tthe log knows of no such file".to_owned(),
            BroughtFile::NotTheirs => "not brought in\tnobody vouches for its author".to_owned(),
            BroughtFile::Refused(why) => format!("refused\t{why}"),
        };
        writeln!(stdout, "{evidence}\tfile\t{what}")?;
    }
    Ok(stdout.flush()?)
}
