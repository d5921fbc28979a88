//! `elms-server station`: which stations may be signed in at, with or without a running server.

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use clap::{Args, Subcommand};
use elms_server::{
    accounts::{Accounts, StationState},
    clock::Clock,
};

use crate::users::say;

#[derive(Debug, Subcommand)]
pub(crate) enum Station {
    /// List the stations that somebody has signed in at, or tried to: fingerprint, code, state, when
    /// and which account last.
    List {
        /// The server's data directory.
        #[arg(long, value_name = "DIR", env = "ELMS_DATA")]
        data: PathBuf,
    },
    /// Let people sign in at a station, with `stations = "paired"`. Compare the fingerprint with what
    /// the station shows.
    Pair(Which),
    /// Let nobody sign in at a station; who is signed in there loses everything within 5 s.
    Suspend(Which),
    /// Let people sign in again at a station that was suspended.
    Restore(Which),
}

#[derive(Debug, Args)]
pub(crate) struct Which {
    /// The server's data directory.
    #[arg(long, value_name = "DIR", env = "ELMS_DATA")]
    data: PathBuf,
    /// The station's fingerprint, as it shows it.
    #[arg(required = true)]
    fingerprint: Vec<String>,
}

impl Which {
    fn set(&self, state: StationState) -> Result<()> {
        let typed = self.fingerprint.concat();
        let set = open(&self.data)?.set_station(&typed, state, Clock::real_now())?;
        let code = set.code.unwrap_or_default();
        say(&format!("{} {code} is {}", set.fingerprint, state.text()))
    }
}

fn open(data: &Path) -> Result<Accounts> {
    ensure!(data.is_dir(), "{} is no data directory", data.display());
    Ok(Accounts::open(data)?)
}

pub(crate) fn look_after(what: &Station) -> Result<()> {
    match what {
        Station::List { data } => {
            for station in open(data)?.stations()? {
                say(&format!(
                    "{}\t{}\t{}\t{}\t{}",
                    station.fingerprint,
                    station.code.unwrap_or_default(),
                    station.state.text(),
                    station.seen_at,
                    station.user
                ))?;
            }
            Ok(())
        }
        Station::Pair(which) | Station::Restore(which) => which.set(StationState::Paired),
        Station::Suspend(which) => which.set(StationState::Suspended),
    }
}
