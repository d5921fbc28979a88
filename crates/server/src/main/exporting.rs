//! `elms-server export`: reports from a data directory that no server uses.

use std::{io::Write as _, path::PathBuf};

use anyhow::{Context as _, Result};
use clap::Args;
use elms_protocol::{Actor, InstitutionId};
use elms_server::{
    export::{Format, What, note_log_taken_out, take_out},
    ledger::{self, Ledger},
};

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
    /// The whole log with its signatures, to be checked with `verify`.
    #[arg(long, conflicts_with_all = ["what", "format"])]
    signed: bool,
    /// Where to write; else to standard output.
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
    /// incidents, batches, custody, hall-log, register, timetable or events.
    #[arg(required_unless_present = "signed")]
    what: Option<String>,
}

impl Export {
    pub(crate) fn carry_out(&self) -> Result<()> {
        let Some(what) = &self.what else {
            return self.sign_out();
        };
        let what = What::from_name(what).with_context(|| format!("there is no report `{what}`"))?;
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
        self.put(&file)
    }

    /// The log as a bundle; that it was taken out is its last event.
    fn sign_out(&self) -> Result<()> {
        let mut file = Vec::new();
        tokio::runtime::Runtime::new()?.block_on(async {
            let app = open_alone(&self.data).await?;
            let institution = self
                .institution
                .map(InstitutionId)
                .map_or_else(|| which(&app), Ok)?;
            note_log_taken_out(&app, Actor::system(institution)).await?;
            let ledger = Ledger::open(&self.data)?;
            let head = ledger
                .heads()?
                .into_iter()
                .find(|head| head.institution == institution);
            let head = head.with_context(|| format!("there is no institution {institution}"))?;
            Ok::<_, anyhow::Error>(ledger::take_out(&ledger, &head, &mut file)?)
        })?;
        self.put(&file)
    }

    fn put(&self, file: &[u8]) -> Result<()> {
        match &self.out {
            Some(path) => std::fs::write(path, file)
                .with_context(|| format!("{} cannot be written", path.display())),
            None => Ok(std::io::stdout().write_all(file)?),
        }
    }
}
