//! `elms-server restored` and `new-key`: what is done to the logs themselves, while no server uses them.

use std::{io::Write as _, path::PathBuf};

use anyhow::{Result, ensure};
use clap::Args;
use elms_server::{clock::Clock, door::change_key};

use crate::importing::open_alone;

/// Whose data, and who says so.
#[derive(Debug, Args)]
pub(crate) struct Kept {
    /// The data directory.
    #[arg(long, value_name = "DIR", env = "ELMS_DATA")]
    data: PathBuf,
    /// Who does it, for the record.
    #[arg(long, value_name = "NAME")]
    by: String,
}

impl Kept {
    pub(crate) fn carry_out(&self) -> Result<()> {
        let data = &self.data;
        ensure!(data.is_dir(), "{} is no data directory", data.display());
        tokio::runtime::Runtime::new()?.block_on(async {
            let app = open_alone(data).await?;
            for institution in app.store.institutions() {
                app.door.restored(institution, &self.by).await?;
                let cursor = app.store.cursor(institution)?;
                let line = format!(
                    "institution {institution}: a new life from event {}",
                    cursor.seq
                );
                writeln!(std::io::stdout(), "{line}")?;
            }
            Ok(())
        })
    }

    pub(crate) fn change_key(&self) -> Result<()> {
        let data = &self.data;
        ensure!(data.is_dir(), "{} is no data directory", data.display());
        let words = tokio::runtime::Runtime::new()?
            .block_on(async { change_key(data, Clock::real_now(), &self.by) })?;
        Ok(writeln!(
            std::io::stdout(),
            "the logs are signed with {words} now"
        )?)
    }
}
