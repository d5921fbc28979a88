//! `elms-server import`: reference records from files, into a data directory that no server uses.

use std::{
    io::Write as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail, ensure};
use clap::Args;
use elms_protocol::{Actor, InstitutionId};
use elms_server::{
    App, ServeError,
    clock::Clock,
    config::Settings,
    import::{Counts, File, Report, bring_in, institution_of},
    open,
};
use tokio_util::sync::CancellationToken;

/// What is brought in, and where.
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// The server's data directory; made where it is missing.
    #[arg(long, value_name = "DIR", env = "ELMS_DATA")]
    data: PathBuf,
    /// Which institution; needed where there are several.
    #[arg(long, value_name = "NUMBER")]
    institution: Option<i64>,
    /// Say what the files would change and what is wrong with them, and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// CSV files; the name of each begins with the name of its table, like `people.csv`.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

impl Import {
    pub(crate) fn carry_out(&self) -> Result<()> {
        let files: Vec<File> = self
            .files
            .iter()
            .map(|path| read(path))
            .collect::<Result<_>>()?;
        let runtime = tokio::runtime::Runtime::new()?;
        let report = runtime.block_on(self.bring_in(&files))?;
        say(&report)?;
        match report.problems.len() {
            0 => Ok(()),
            1 => bail!("there is a problem; nothing was written"),
            n => bail!("there are {n} problems; nothing was written"),
        }
    }

    async fn bring_in(&self, files: &[File]) -> Result<Report> {
        let app = open_alone(&self.data).await?;
        let institution = self.institution(&app, files)?;
        let actor = Actor::system(institution);
        Ok(bring_in(&app, actor, files, self.dry_run).await?)
    }

    fn institution(&self, app: &App, files: &[File]) -> Result<InstitutionId> {
        let named = self.institution.map(InstitutionId);
        if let Some(institution) = named.or_else(|| institution_of(files)) {
            return Ok(institution);
        }
        which(app)
    }
}

/// The only institution of a data directory.
pub(crate) fn which(app: &App) -> Result<InstitutionId> {
    match app.store.institutions().as_slice() {
        [only] => Ok(*only),
        [] => bail!("there is no institution yet: bring in institution.csv too"),
        _ => bail!("there are several institutions: say which with --institution NUMBER"),
    }
}

/// Opens a data directory that no server uses.
pub(crate) async fn open_alone(data: &Path) -> Result<App> {
    let settings = Settings {
        data: Some(data.to_owned()),
        ..Settings::default()
    };
    let opened = open(
        settings.complete(false)?,
        Clock::system(),
        CancellationToken::new(),
    );
    match opened.await {
        Err(ServeError::Taken(dir)) => {
            bail!("a server is using {dir}: stop it first, or do this over its /api")
        }
        opened => Ok(opened?),
    }
}

fn read(path: &Path) -> Result<File> {
    let name = path.file_name().and_then(|name| name.to_str());
    let name = name.with_context(|| format!("{} has no name", path.display()))?;
    ensure!(path.is_file(), "there is no file {}", path.display());
    let bytes = std::fs::read(path);
    Ok(File {
        name: name.to_owned(),
        bytes: bytes.with_context(|| format!("{} cannot be read", path.display()))?,
    })
}

/// Says what became of each table, every problem, and the first passwords.
fn say(report: &Report) -> Result<()> {
    let mut stdout = std::io::stdout().lock();
    for problem in &report.problems {
        let (file, row, column) = (&problem.file, problem.row, &problem.column);
        let column = if column.is_empty() { "-" } else { column };
        writeln!(stdout, "{file}\trow {row}\t{column}\t{}", problem.message)?;
    }
    for (table, Counts { new, changed, same }) in &report.tables {
        writeln!(stdout, "{table}\t{new} new\t{changed} changed\t{same} same")?;
    }
    for first in &report.first_passwords {
        writeln!(
            stdout,
            "first password\t{}\t{}",
            first.email, first.password
        )?;
    }
    Ok(stdout.flush()?)
}
