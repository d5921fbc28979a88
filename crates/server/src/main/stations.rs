//! `elms-server station`: which stations may be signed in at, with or without a running server.

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use clap::{Args, Subcommand};
use elms_protocol::{InstitutionId, StationStanding};
use elms_server::{
    accounts::{Accounts, Sayer},
    clock::Clock,
};

use crate::users::say;

#[derive(Debug, Subcommand)]
pub(crate) enum Station {
    /// List the stations that somebody has signed in at, or tried to: fingerprint, code, standing, with
    /// which institution, when and which account last.
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
    /// Only with this institution, by its number; else with all that know the station.
    #[arg(long, value_name = "NUMBER")]
    institution: Option<i64>,
    /// The station's fingerprint, as it shows it.
    #[arg(required = true)]
    fingerprint: Vec<String>,
}

impl Which {
    fn set(&self, standing: StationStanding) -> Result<()> {
        let typed = self.fingerprint.concat();
        let sayer = Sayer::Operator(self.institution.map(InstitutionId));
        let set = open(&self.data)?.set_station(&typed, standing, sayer, Clock::real_now())?;
        for station in set.stations {
            let code = station.code.unwrap_or_default();
            let place = of(station.institution);
            let (key, stands) = (station.fingerprint, station.standing.text());
            say(&format!("{key} {code} is {stands} with {place}"))?;
        }
        Ok(())
    }
}

fn open(data: &Path) -> Result<Accounts> {
    ensure!(data.is_dir(), "{} is no data directory", data.display());
    Ok(Accounts::open(data)?)
}

fn of(institution: Option<InstitutionId>) -> String {
    institution.map_or_else(
        || "those who run the machine".to_owned(),
        |id| format!("institution {id}"),
    )
}

pub(crate) fn look_after(what: &Station) -> Result<()> {
    match what {
        Station::List { data } => {
            for station in open(data)?.stations(None)? {
                say(&format!(
                    "{}\t{}\t{}\t{}\t{}\t{}",
                    station.fingerprint,
                    station.code.unwrap_or_default(),
                    station.standing.text(),
                    of(station.institution),
                    station.seen_at,
                    station.seen_by.id
                ))?;
            }
            Ok(())
        }
        Station::Pair(which) | Station::Restore(which) => which.set(StationStanding::Paired),
        Station::Suspend(which) => which.set(StationStanding::Suspended),
    }
}
