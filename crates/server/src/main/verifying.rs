//! `elms-server verify`: whether a log is what it was.

use std::{
    fs::{self, File},
    io::{BufReader, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context as _, Result, bail, ensure};
use clap::Args;
use elms_protocol::{
    InstitutionId,
    proof::{Audit, Fault, Held, Receipt, Verdict},
};
use elms_server::ledger::{Bundle, Head, Ledger, pinned};

/// Nothing can be told.
const UNCLEAR: u8 = 2;
/// Something was changed.
const TAMPERED: u8 = 1;

/// What is checked, and beside what.
#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// A bundle, as `export --signed` writes it.
    #[arg(required_unless_present = "data", conflicts_with = "data")]
    bundle: Option<PathBuf>,
    /// A data directory instead of a bundle.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Which institution of the directory; all of them otherwise.
    #[arg(long, value_name = "NUMBER", requires = "data")]
    institution: Option<i64>,
    /// The words of the key, as written down when the institution was set up. A directory is held
    /// against the key beside it otherwise.
    #[arg(long, value_name = "WORDS")]
    pin: Option<String>,
    /// A checkpoint that a station or a print-out has kept; may be named several times.
    #[arg(long, value_name = "FILE")]
    checkpoint: Vec<PathBuf>,
    /// A receipt that a reporter has kept; may be named several times.
    #[arg(long, value_name = "FILE")]
    receipt: Vec<PathBuf>,
}

impl Verify {
    pub(crate) fn carry_out(&self) -> Result<ExitCode> {
        let verdicts = match self.verdicts() {
            Ok(verdicts) => verdicts,
            // Whatever hinders the check hinders the telling.
            Err(error) => vec![(None, Verdict::Unclear(vec![format!("{error:#}")]))],
        };
        let mut worst = 0;
        for (institution, verdict) in &verdicts {
            let code = say(*institution, verdict)?;
            worst = if worst == TAMPERED {
                worst
            } else {
                worst.max(code)
            };
            worst = if code == TAMPERED { TAMPERED } else { worst };
        }
        Ok(ExitCode::from(worst))
    }

    fn verdicts(&self) -> Result<Vec<(Option<InstitutionId>, Verdict)>> {
        if let Some(path) = &self.bundle {
            let file = File::open(path).with_context(|| format!("{}", path.display()))?;
            let bundle = Bundle::open(BufReader::new(file))?;
            let head = bundle.head.clone();
            let mut audit = self.audit(&head, self.pin.clone())?;
            let fault = bundle.audit(&mut audit)?;
            let verdict = self.end(audit, fault);
            return Ok(vec![(Some(head.institution), verdict)]);
        }
        let Some(data) = &self.data else {
            bail!("name a bundle or --data")
        };
        let ledger = Ledger::open(data)?;
        let pin = self
            .pin
            .clone()
            .map_or_else(|| pinned(data).map(Some), |pin| Ok(Some(pin)))?;
        let heads = ledger.heads()?;
        let wanted = |head: &&Head| self.institution.is_none_or(|id| head.institution.0 == id);
        let heads: Vec<&Head> = heads.iter().filter(wanted).collect();
        ensure!(!heads.is_empty(), "there is no such log");
        heads
            .into_iter()
            .map(|head| self.one(&ledger, head, pin.clone()))
            .collect()
    }

    fn one(
        &self,
        ledger: &Ledger,
        head: &Head,
        pin: Option<String>,
    ) -> Result<(Option<InstitutionId>, Verdict)> {
        let mut audit = self.audit(head, pin)?;
        let fault = ledger.audit(head.institution, &mut audit)?;
        let verdict = fault.map_or_else(|| audit.end(), Verdict::Tampered);
        Ok((Some(head.institution), verdict))
    }

    /// An audit with everything put beside it that concerns this institution.
    fn audit(&self, head: &Head, pin: Option<String>) -> Result<Audit> {
        let mut audit = Audit::new(&head.origin, head.key);
        if let Some(pin) = pin {
            audit.pin(&pin);
        }
        let whose = format!("elms/{}/", head.institution);
        for path in &self.checkpoint {
            let note = read(path)?.parse();
            let note: elms_protocol::proof::Signed =
                note.with_context(|| format!("{}", path.display()))?;
            let by = path.display().to_string();
            if note.checkpoint.origin.starts_with(&whose) || self.bundle.is_some() {
                audit.hold(Held { by, note });
            }
        }
        for path in &self.receipt {
            let receipt: Receipt = serde_json::from_str(&read(path)?)
                .with_context(|| format!("{} is no receipt", path.display()))?;
            audit.expect(&receipt);
        }
        Ok(audit)
    }

    /// A bundle brings its own key: without anything from elsewhere it proves nothing but that it
    /// fits together.
    fn end(&self, audit: Audit, fault: Option<Fault>) -> Verdict {
        let verdict = fault.map_or_else(|| audit.end(), Verdict::Tampered);
        let Verdict::Sound { size, key, .. } = &verdict else {
            return verdict;
        };
        if self.pin.is_some() {
            return verdict;
        }
        Verdict::Unclear(vec![
            format!("the {size} events fit together and are signed with the key {key}"),
            "without --pin it cannot be told whose key that is".to_owned(),
        ])
    }
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

fn say(institution: Option<InstitutionId>, verdict: &Verdict) -> Result<u8> {
    let mut stdout = std::io::stdout().lock();
    let whose = institution.map_or_else(String::new, |id| format!("institution {id}: "));
    match verdict {
        Verdict::Sound {
            size,
            root,
            key,
            erased,
        } => {
            writeln!(stdout, "ok: {whose}{size} events, root {root}, key {key}")?;
            if !erased.is_empty() {
                let seqs: Vec<String> = erased.iter().map(ToString::to_string).collect();
                let (n, seqs) = (seqs.len(), seqs.join(", "));
                writeln!(stdout, "erased: {whose}the words of {n}: events {seqs}")?;
            }
            Ok(0)
        }
        Verdict::Tampered(fault) => {
            writeln!(stdout, "tampered: {whose}{fault}")?;
            Ok(TAMPERED)
        }
        Verdict::Unclear(doubts) => {
            for doubt in doubts {
                writeln!(stdout, "cannot tell: {whose}{doubt}")?;
            }
            Ok(UNCLEAR)
        }
    }
}
