//! Which station this is: its folder, its code, its server.
//!
//! The file `station.json` in the station's folder says it; each `ELMS_*` variable wins over the
//! file. Neither is needed: a console that was just installed works.

use std::path::{Path, PathBuf};

use elms_client::config::{self, Config};
use elms_protocol::host::{DescribeStation, HostError, StationHall, StationKind};
use serde::{Deserialize, Serialize};

/// The most characters of a code that is made up from the computer's name.
const CODE: usize = 12;

/// The most characters of a station's words.
const LABEL: usize = 60;
/// The most characters of a server's address.
const ADDRESS: usize = 200;

/// What `station.json` may say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Station {
    /// The station's code, unique in its institution. Also `ELMS_CONSOLE_STATION`.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    /// The station in words. Also `ELMS_CONSOLE_LABEL`.
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    /// The server that is offered at sign-in. Also `ELMS_SERVER_URL`.
    #[serde(skip_serializing_if = "Option::is_none")]
    server: Option<String>,
    /// Where the bundled server listens (`ADDR:PORT`), when this station hosts it. Also
    /// `ELMS_CONSOLE_HOST`.
    #[serde(skip_serializing_if = "Option::is_none")]
    host: Option<String>,
    /// What the station is used for: `office`, `hall` or `review`.
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<StationKind>,
    /// The hall that it stands in: the number of the venue, and its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    hall: Option<StationHall>,
}

/// The file that describes the station cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{} cannot be used: {reason}", path.display())]
pub(crate) struct StationError {
    path: PathBuf,
    reason: String,
}

impl Station {
    /// The station described in `folder`, with what `variable` says instead.
    ///
    /// # Errors
    /// [`StationError`] when the file is there but cannot be read, or has an unknown key.
    pub(crate) fn read(
        folder: &Path,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, StationError> {
        let path = folder.join("station.json");
        let file = match std::fs::read(&path) {
            Ok(text) => serde_json::from_slice(&text).map_err(|error| error.to_string()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error.to_string()),
        };
        let file = file.map_err(|reason| StationError { path, reason })?;
        let chosen = |name, kept| variable(name).filter(|text| !text.is_empty()).or(kept);
        Ok(Self {
            code: chosen("ELMS_CONSOLE_STATION", file.code),
            label: chosen("ELMS_CONSOLE_LABEL", file.label),
            server: chosen("ELMS_SERVER_URL", file.server),
            host: chosen("ELMS_CONSOLE_HOST", file.host),
            kind: file.kind,
            hall: file.hall,
        })
    }

    /// Where the bundled server shall listen, when this station hosts it.
    pub(crate) fn host(&self) -> Option<&str> {
        self.host.as_deref()
    }

    /// What the client is opened with; `hosted` is the address of the server that runs here.
    /// Papers go to `papers`.
    pub(crate) fn config(self, folder: &Path, papers: &Path, hosted: Option<String>) -> Config {
        Config {
            data_dir: folder.to_owned(),
            papers_dir: papers.to_owned(),
            station: self.named(hosted),
        }
    }

    /// Which station the client is; `hosted` is the address of the server that runs here.
    pub(crate) fn named(self, hosted: Option<String>) -> config::Station {
        let computer = computer();
        config::Station {
            code: self.code.unwrap_or_else(|| code_of(&computer)),
            label: self.label.unwrap_or(computer),
            server: hosted.or(self.server),
            kind: self.kind.unwrap_or_default(),
            hall: self.hall,
        }
    }

    /// The same with what is said anew.
    ///
    /// # Errors
    /// When the code is none, or the station has another server already.
    fn described(self, said: DescribeStation) -> Result<Self, HostError> {
        let code = match trimmed(said.code, CODE) {
            Some(code) if is_code(&code) => Some(code),
            Some(_) => return Err(HostError::new("invalid", NO_CODE)),
            None => self.code,
        };
        let server = trimmed(said.server, ADDRESS);
        if self.server.is_some() && server.is_some() && server != self.server {
            return Err(refused(OTHER_SERVER));
        }
        let (kind, hall) = match said.kind {
            Some(kind) => (Some(kind), said.hall.filter(|_| kind == StationKind::Hall)),
            None => (self.kind, self.hall),
        };
        Ok(Self {
            code,
            label: trimmed(said.label, LABEL).or(self.label),
            server: self.server.or(server),
            host: self.host,
            kind,
            hall: hall.map(|hall| StationHall {
                name: hall.name.chars().take(LABEL).collect(),
                ..hall
            }),
        })
    }
}

/// What is no code.
const NO_CODE: &str = "A station's code has capitals, digits and hyphens.";
/// A station is not led to another server by its window.
const OTHER_SERVER: &str = "This station has a server already: station.json says which.";

/// Why the station is not described so.
pub(crate) fn refused(why: impl std::fmt::Display) -> HostError {
    HostError::new("station", why)
}

fn trimmed(text: Option<String>, most: usize) -> Option<String> {
    let text: String = text?.trim().chars().take(most).collect();
    Some(text).filter(|text| !text.is_empty())
}

fn is_code(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-';
    text.chars().all(fits)
}

/// Keeps what somebody said of the station.
///
/// # Errors
/// When the code is none, the station has another server already, or the file cannot be read or
/// written.
pub(crate) fn describe(folder: &Path, said: DescribeStation) -> Result<(), HostError> {
    let kept = Station::read(folder, |_| None).map_err(refused)?;
    let station = kept.described(said)?;
    serde_json::to_vec_pretty(&station)
        .map_err(std::io::Error::from)
        .and_then(|text| std::fs::write(folder.join("station.json"), text))
        .map_err(|error| {
            let message = format!("The station's files cannot be used: {error}.");
            HostError::new("disk", message)
        })
}

/// The computer's name, as its users know it.
fn computer() -> String {
    let file = std::fs::read_to_string("/etc/hostname").ok();
    let variables = ["COMPUTERNAME", "HOSTNAME"].into_iter();
    file.into_iter()
        .chain(variables.filter_map(|name| std::env::var(name).ok()))
        .map(|name| name.trim().to_owned())
        .find(|name| !name.is_empty())
        .unwrap_or_else(|| "This computer".to_owned())
}

/// A code made up from the computer's name: `EXAM-PC-7` from `exam-pc-7.campus.example`.
fn code_of(computer: &str) -> String {
    let name = computer.split('.').next().unwrap_or_default();
    let fitting = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_uppercase()
        } else {
            '-'
        }
    };
    let code: String = name.chars().map(fitting).take(CODE).collect();
    if code.trim_matches('-').is_empty() {
        "STATION".to_owned()
    } else {
        code
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn described(text: Option<&str>, name: &str) -> Result<Station, StationError> {
        let folder =
            std::env::temp_dir().join(format!("elms-station-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        if let Some(text) = text {
            std::fs::write(folder.join("station.json"), text).unwrap();
        }
        let variable = |name: &str| (name == "ELMS_CONSOLE_STATION").then(|| "GH-A".to_owned());
        let station = Station::read(&folder, variable);
        std::fs::remove_dir_all(&folder).unwrap();
        station
    }

    #[test]
    fn a_station_that_nobody_described_works() {
        let station = described(None, "none").unwrap();
        assert_eq!(station.host(), None);
        let config = station.config(Path::new("here"), Path::new("papers"), None);
        assert_eq!(
            (config.station.code.as_str(), config.station.server),
            ("GH-A", None)
        );
    }

    #[test]
    fn a_variable_wins_over_the_file() {
        let station = described(Some(r#"{"code":"EO-2","label":"Exam office"}"#), "both").unwrap();
        let config = station.config(Path::new("here"), Path::new("papers"), None);
        assert_eq!(
            (config.station.code.as_str(), config.station.label.as_str()),
            ("GH-A", "Exam office")
        );
    }

    #[test]
    fn a_key_that_is_misspelt_is_an_error_that_names_it() {
        let error = described(Some(r#"{"servr":"http://hall"}"#), "typo")
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("station.json") && error.contains("servr"),
            "{error}"
        );
    }

    #[test]
    fn the_server_that_runs_here_is_the_one_that_is_offered() {
        let station = described(
            Some(r#"{"server":"http://old","host":"0.0.0.0:4620"}"#),
            "host",
        )
        .unwrap();
        assert_eq!(station.host(), Some("0.0.0.0:4620"));
        let config = station.config(
            Path::new("here"),
            Path::new("papers"),
            Some("http://127.0.0.1:4620".to_owned()),
        );
        assert_eq!(
            config.station.server.as_deref(),
            Some("http://127.0.0.1:4620")
        );
    }

    #[test]
    fn what_somebody_called_the_station_holds_at_the_next_start_and_the_host_stays() {
        let folder = std::env::temp_dir().join(format!("elms-station-name-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("station.json"), r#"{"host":"0.0.0.0:4620"}"#).unwrap();
        let say =
            |said: serde_json::Value| describe(&folder, serde_json::from_value(said).unwrap());
        say(serde_json::json!({ "code": "EC1-01", "label": " Exam Centre 1 ", "server": "" }))
            .unwrap();
        let wrong = say(serde_json::json!({ "code": "ec 1" }));
        let hall = serde_json::json!({ "id": 7, "name": "Exam Centre 1" });
        say(serde_json::json!({ "kind": "hall", "hall": hall })).unwrap();
        let read = Station::read(&folder, |_| None).unwrap();
        say(serde_json::json!({ "server": "http://hall.local" })).unwrap();
        let again = say(serde_json::json!({ "server": "http://elsewhere" }));
        say(serde_json::json!({ "kind": "review", "hall": hall, "server": "http://hall.local" }))
            .unwrap();
        let last = Station::read(&folder, |_| None).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(again.unwrap_err().code, "station");
        assert_eq!(wrong.unwrap_err().code, "invalid");
        assert_eq!(
            (read.code.as_deref(), read.label.as_deref(), read.host()),
            (Some("EC1-01"), Some("Exam Centre 1"), Some("0.0.0.0:4620"))
        );
        let stands = read.hall.map(|hall| (hall.id.0, hall.name));
        assert_eq!(stands, Some((7, "Exam Centre 1".to_owned())));
        assert_eq!((last.kind, last.hall), (Some(StationKind::Review), None));
        assert_eq!(last.server.as_deref(), Some("http://hall.local"));
    }

    #[test]
    fn a_code_is_made_up_from_the_computers_name() {
        assert_eq!(code_of("exam-pc-7.campus.example"), "EXAM-PC-7");
        assert_eq!(code_of("überlanger_rechnername"), "-BERLANGER-R");
        assert_eq!(code_of("…"), "STATION");
    }
}
