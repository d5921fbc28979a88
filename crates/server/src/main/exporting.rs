//! `elms-server export`: reports from a data directory that no server uses.

use std::{io::Write as _, path::PathBuf};

use anyhow::{Context as _, Result};
use clap::Args;
use elms_protocol::{Actor, InstitutionId};
use elms_server::export::{Format, What, take_out};

use crate::importing::{open_alone, which};

/// What is taken out, and how.
#[derive(Debug, Args)]
pub(crate) struct Export {
    /// The server's data directory.
    #[arg(long, value_name = "DIR", env = "ELMS_DATA")]
    data: PathBuf,
    /// Which institution; needed where there are several.
    #[arg(long, value_name = "NUMBER")]
    institution: Option<i64>,
    /// `csv`, `jsonl`, or `ics` for the timetable.
    #[arg(long, default_value = "csv")]
    format: String,
    /// Where to write; else to standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// incidents, batches, custody, hall-log, register, timetable or events.
    what: String,
}

impl Export {
    pub(crate) fn carry_out(&self) -> Result<()> {
        let what = What::from_name(&self.what);
        let what = what.with_context(|| format!("there is no report `{}`", self.what))?;
        let format = Format::from_name(&self.format);
        let format =
            format.with_context(|| format!("`{}` is none of csv, jsonl and ics", self.format))?;
        anyhow::ensure!(
            self.data.is_dir(),
            "{} is no data directory",
            self.data.display()
        );
        let file = tokio::runtime::Runtime::new()?.block_on(async {
            let app = open_alone(&self.data).await?;
            let institution = self
                .institution
                .map(InstitutionId)
                .map_or_else(|| which(&app), Ok)?;
            Ok::<_, anyhow::Error>(take_out(&app, Actor::system(institution), what, format).await?)
        })?;
        match &self.out {
            Some(path) => std::fs::write(path, file)
                .with_context(|| format!("{} cannot be written", path.display())),
            None => Ok(std::io::stdout().write_all(&file)?),
        }
    }
}
