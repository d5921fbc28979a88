//! What an operator may set: by file, by `ELMS_*`, by flag; the later wins. What is not known is
//! an error, never ignored: a misspelt limit is no limit.

mod stations;

use std::{
    collections::BTreeMap,
    fmt,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use serde::Deserialize;
pub use stations::StationsWord;

/// Variables of the server that are read elsewhere.
const OTHER_VARIABLES: &[&str] = &["ELMS_PASSWORD", "ELMS_CONFIG", "ELMS_LOG"];
/// Variables of the console, which hands its own on to a server that it starts, and of the tests.
const FOREIGN_VARIABLES: &[&str] = &[
    "ELMS_CONSOLE_",
    "ELMS_SERVER_URL",
    "ELMS_TEST_",
    "ELMS_WRITE_",
];
/// Where the server listens when nobody says: this machine only.
const USUAL_PORT: u16 = 4_300;
/// How long an access token is good for when nobody says: 15 minutes.
const USUAL_LIFE_S: i64 = 900;
/// The longest life of an access token that may be set: a day, as in the original.
const LONGEST_LIFE_S: i64 = 86_400;
/// Sign-ins an account may try in a minute when nobody says.
const USUAL_TRIES: u32 = 10;

/// Requests an account may make in a minute when nobody says.
const USUAL_REQUESTS: u32 = 3_000;

/// Who encrypts what goes over the network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tls {
    /// Nobody: the server is reached from its own computer only.
    None,
    /// The server, with a key and a certificate of its own.
    Own,
    /// The server, with a certificate that somebody has got for it.
    Provided {
        /// The file of the certificate, with those between it and its root.
        certificate: PathBuf,
        /// The file of its key.
        key: PathBuf,
    },
    /// A proxy in front of it; between the two nobody does.
    ByProxy,
}

/// How `tls` may be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum TlsWord {
    /// `own`
    Own,
    /// `by-proxy`
    ByProxy,
}

impl std::str::FromStr for TlsWord {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "own" => Ok(Self::Own),
            "by-proxy" => Ok(Self::ByProxy),
            _ => Err("own or by-proxy".to_owned()),
        }
    }
}

impl TryFrom<String> for TlsWord {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

/// A setting is wrong.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("the configuration file {0} cannot be read: {1}")]
    Unreadable(PathBuf, std::io::Error),
    /// The file is not as it should be.
    #[error("the configuration file {0} is not right: {1}")]
    Malformed(PathBuf, toml::de::Error),
    /// A variable is not known.
    #[error("{0} is not a setting of the server; known are {1}")]
    UnknownVariable(String, String),
    /// A setting has a value that does not fit.
    #[error("{0}: {1}")]
    Value(&'static str, String),
}

/// Settings as they may stand in a file.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Where the data is.
    pub data: Option<PathBuf>,
    /// Where to listen.
    pub listen: Option<SocketAddr>,
    /// Who encrypts, when no certificate is given.
    pub tls: Option<TlsWord>,
    /// The certificate to show, as PEM.
    pub certificate: Option<PathBuf>,
    /// The key of `certificate`, as PEM.
    pub certificate_key: Option<PathBuf>,
    /// Seconds that an access token is good for.
    pub access_seconds: Option<i64>,
    /// Sign-ins an account may try in a row, and in every minute; a network address ten times as
    /// many.
    pub sign_in_tries: Option<u32>,
    /// Requests an account may make in a row, and in every minute.
    pub requests: Option<u32>,
    /// Whether people of the office sign in with a second factor only.
    pub office_second_factor: Option<bool>,
    /// At which stations people sign in.
    pub stations: Option<StationsWord>,
    /// Origins of web pages that may connect.
    pub allowed_origins: Option<Vec<String>>,
    /// Whether logs are JSON lines.
    pub log_json: Option<bool>,
    /// The password of the demo accounts; by variable only, so that no file holds it.
    #[serde(skip)]
    pub demo_password: Option<String>,
}

/// Settings as the server uses them.
#[derive(Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "three settings, independent of one another"
)]
pub struct Config {
    /// Where the data is.
    pub data: PathBuf,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Who encrypts.
    pub tls: Tls,
    /// Whether the demo institutions and their accounts exist.
    pub demo: bool,
    /// Seconds that an access token is good for.
    pub access_seconds: i64,
    /// Sign-ins an account may try in a minute.
    pub sign_in_tries: u32,
    /// Requests an account may make in a minute.
    pub requests: u32,
    /// Whether people of the office sign in with a second factor only.
    pub office_second_factor: bool,
    /// At which stations people sign in.
    pub stations: StationsWord,
    /// Origins of web pages that may connect.
    pub allowed_origins: Vec<String>,
    /// Whether logs are JSON lines.
    pub log_json: bool,
    /// The password of the demo accounts; none has one made at the first start.
    pub demo_password: Option<String>,
}

impl Settings {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] when it cannot be read or has a key that is not known.
    pub fn from_file(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path);
        let text = text.map_err(|error| ConfigError::Unreadable(path.to_owned(), error))?;
        toml::from_str(&text).map_err(|error| ConfigError::Malformed(path.to_owned(), error))
    }

    /// Reads `ELMS_*` of the environment. Variables of the console are not ours to judge.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] for a variable that is not known, or a value that does not fit.
    pub fn from_variables(
        variables: impl Iterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        let mut ours: BTreeMap<String, String> =
            variables.filter(|(name, _)| is_ours(name)).collect();
        let mut text = |name: &str| ours.remove(name).filter(|text| !text.is_empty());
        let settings = Self {
            data: text("ELMS_DATA").map(PathBuf::from),
            listen: parsed("ELMS_LISTEN", text("ELMS_LISTEN"))?,
            tls: parsed("ELMS_TLS", text("ELMS_TLS"))?,
            certificate: text("ELMS_CERTIFICATE").map(PathBuf::from),
            certificate_key: text("ELMS_CERTIFICATE_KEY").map(PathBuf::from),
            access_seconds: parsed("ELMS_ACCESS_SECONDS", text("ELMS_ACCESS_SECONDS"))?,
            sign_in_tries: parsed("ELMS_SIGN_IN_TRIES", text("ELMS_SIGN_IN_TRIES"))?,
            requests: parsed("ELMS_REQUESTS", text("ELMS_REQUESTS"))?,
            office_second_factor: parsed(
                "ELMS_OFFICE_SECOND_FACTOR",
                text("ELMS_OFFICE_SECOND_FACTOR"),
            )?,
            stations: parsed("ELMS_STATIONS", text("ELMS_STATIONS"))?,
            allowed_origins: text("ELMS_ALLOWED_ORIGINS").map(|list| origins(&list)),
            log_json: parsed("ELMS_LOG_JSON", text("ELMS_LOG_JSON"))?,
            demo_password: text("ELMS_DEMO_PASSWORD"),
        };
        match ours.into_keys().next() {
            None => Ok(settings),
            Some(name) => Err(ConfigError::UnknownVariable(name, known_variables())),
        }
    }

    /// These settings where they are set, else those of `other`.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            data: self.data.or(other.data),
            listen: self.listen.or(other.listen),
            tls: self.tls.or(other.tls),
            certificate: self.certificate.or(other.certificate),
            certificate_key: self.certificate_key.or(other.certificate_key),
            access_seconds: self.access_seconds.or(other.access_seconds),
            sign_in_tries: self.sign_in_tries.or(other.sign_in_tries),
            requests: self.requests.or(other.requests),
            office_second_factor: self.office_second_factor.or(other.office_second_factor),
            stations: self.stations.or(other.stations),
            allowed_origins: self.allowed_origins.or(other.allowed_origins),
            log_json: self.log_json.or(other.log_json),
            demo_password: self.demo_password.or(other.demo_password),
        }
    }

    /// The settings with what stands where nothing is set.
    ///
    /// # Errors
    ///
    /// [`ConfigError::Value`] when nobody says where the data is, or a number is out of range.
    pub fn complete(self, demo: bool) -> Result<Config, ConfigError> {
        let no_data = || ConfigError::Value("data", "say where the data is: --data DIR".to_owned());
        let access_seconds = self.access_seconds.unwrap_or(USUAL_LIFE_S);
        if !(1..=LONGEST_LIFE_S).contains(&access_seconds) {
            let message = format!("an access token is good for 1 to {LONGEST_LIFE_S} seconds");
            return Err(ConfigError::Value("access_seconds", message));
        }
        let here = SocketAddr::from(([127, 0, 0, 1], USUAL_PORT));
        let listen = self.listen.unwrap_or(here);
        let tls = tls(self.tls, self.certificate, self.certificate_key)?;
        if tls == Tls::None && !listen.ip().to_canonical().is_loopback() {
            return Err(ConfigError::Value("listen", in_the_clear(listen)));
        }
        Ok(Config {
            data: self.data.ok_or_else(no_data)?,
            listen,
            tls,
            demo,
            access_seconds,
            sign_in_tries: self.sign_in_tries.unwrap_or(USUAL_TRIES),
            requests: self.requests.unwrap_or(USUAL_REQUESTS),
            office_second_factor: self.office_second_factor.unwrap_or_default(),
            stations: self.stations.unwrap_or(StationsWord::Any),
            allowed_origins: self.allowed_origins.unwrap_or_default(),
            log_json: self.log_json.unwrap_or_default(),
            demo_password: self.demo_password,
        })
    }
}

fn tls(
    word: Option<TlsWord>,
    certificate: Option<PathBuf>,
    key: Option<PathBuf>,
) -> Result<Tls, ConfigError> {
    match (word, certificate, key) {
        (None, None, None) => Ok(Tls::None),
        (Some(TlsWord::Own), None, None) => Ok(Tls::Own),
        (Some(TlsWord::ByProxy), None, None) => Ok(Tls::ByProxy),
        (None, Some(certificate), Some(key)) => Ok(Tls::Provided { certificate, key }),
        (None, Some(_), None) | (None, None, Some(_)) => {
            let message = "it goes with certificate_key, and neither without the other";
            Err(ConfigError::Value("certificate", message.to_owned()))
        }
        (Some(_), _, _) => {
            let message = "a certificate is given, so leave tls out, or leave the certificate out";
            Err(ConfigError::Value("tls", message.to_owned()))
        }
    }
}

fn in_the_clear(listen: SocketAddr) -> String {
    format!(
        "at {listen} other computers reach the server, so its connections must be encrypted: set \
         tls to own, or certificate and certificate_key, or tls to by-proxy when a proxy in front \
         of it does it"
    )
}

fn is_ours(name: &str) -> bool {
    name.starts_with("ELMS_")
        && !OTHER_VARIABLES.contains(&name)
        && !FOREIGN_VARIABLES
            .iter()
            .any(|start| name.starts_with(start))
}

fn known_variables() -> String {
    let settings = "ELMS_DATA, ELMS_LISTEN, ELMS_TLS, ELMS_CERTIFICATE, ELMS_CERTIFICATE_KEY, \
                    ELMS_ACCESS_SECONDS, ELMS_SIGN_IN_TRIES, \
                    ELMS_REQUESTS, ELMS_OFFICE_SECOND_FACTOR, ELMS_STATIONS, ELMS_ALLOWED_ORIGINS, \
                    ELMS_LOG_JSON, ELMS_DEMO_PASSWORD";
    format!("{settings}, {}", OTHER_VARIABLES.join(", "))
}

fn origins(list: &str) -> Vec<String> {
    list.split(',')
        .map(|origin| origin.trim().to_owned())
        .collect()
}

fn parsed<T: std::str::FromStr<Err: fmt::Display>>(
    name: &'static str,
    text: Option<String>,
) -> Result<Option<T>, ConfigError> {
    let value = text.map(|text| text.trim().parse());
    value
        .transpose()
        .map_err(|error: T::Err| ConfigError::Value(name, error.to_string()))
}

impl Config {
    /// Whether whoever comes from another computer comes by an encrypted connection.
    pub fn is_encrypted(&self) -> bool {
        self.tls != Tls::None
    }

    /// Whether a page of this origin may connect. On a demo server pages of this machine may.
    pub fn allows_origin(&self, origin: &str) -> bool {
        let listed = self.allowed_origins.iter().any(|allowed| allowed == origin);
        listed || (self.demo && is_of_this_machine(origin))
    }
}

fn is_of_this_machine(origin: &str) -> bool {
    ["http://localhost", "http://127.0.0.1", "http://[::1]"]
        .iter()
        .any(|host| {
            let port = origin
                .strip_prefix(host)
                .map(|rest| rest.strip_prefix(':').unwrap_or(rest));
            port.is_some_and(|port| port.bytes().all(|digit| digit.is_ascii_digit()))
        })
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("data", &self.data)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("data", &self.data)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
