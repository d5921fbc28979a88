//! The address of a server, as a person types it and as the client uses it.

use reqwest::Url;
use sha2::{Digest as _, Sha256};

/// The text is no address of a server.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("This is not the address of a server: {0}")]
pub struct AddressError(String);

/// The address of a server: scheme, host and port, nothing behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerUrl(Url);

impl ServerUrl {
    /// Reads what a person typed. Without a scheme, `http` is meant on this computer and `https`
    /// everywhere else.
    ///
    /// # Errors
    ///
    /// [`AddressError`] when there is no host in it.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let text = text.trim();
        let refused = || AddressError(text.chars().take(80).collect());
        let full = if text.contains("://") {
            text.to_owned()
        } else if text.contains('@') {
            return Err(refused());
        } else {
            format!("{}://{text}", scheme_for(text))
        };
        let mut url = Url::parse(&full).ok().ok_or_else(refused)?;
        let known = matches!(url.scheme(), "http" | "https");
        if text.is_empty() || !known || !url.has_host() {
            return Err(refused());
        }
        url.set_path("");
        url.set_query(None);
        url.set_fragment(None);
        if url
            .set_username("")
            .and_then(|()| url.set_password(None))
            .is_err()
        {
            return Err(refused());
        }
        Ok(Self(url))
    }

    /// The address of a path on this server.
    pub(crate) fn join(&self, path: &str) -> Url {
        let mut url = self.0.clone();
        url.set_path(path);
        url
    }

    /// The address without a slash at its end.
    pub fn text(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }

    /// Host and port.
    pub fn host_port(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        let port = self.0.port_or_known_default().unwrap_or_default();
        format!("{host}:{port}")
    }

    /// Where the socket is opened.
    pub(crate) fn socket_address(&self) -> String {
        let secure = self.0.scheme() == "https";
        let scheme = if secure { "wss" } else { "ws" };
        format!(
            "{scheme}://{}/socket.io/?EIO=4&transport=websocket",
            self.authority()
        )
    }

    fn authority(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        self.0
            .port()
            .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// The host, when it is given as a number.
    pub(crate) fn ip(&self) -> Option<std::net::IpAddr> {
        let host = self.0.host_str()?;
        host.trim_start_matches('[')
            .trim_end_matches(']')
            .parse()
            .ok()
    }

    /// A short name for the directory of this server's profiles.
    pub fn short_hash(&self) -> String {
        let hash = Sha256::digest(self.host_port().as_bytes());
        let start: [u8; 8] = std::array::from_fn(|at| hash.get(at).copied().unwrap_or_default());
        format!("{:016x}", u64::from_be_bytes(start))
    }

    /// Whether others on the way can read what is sent.
    pub fn is_open_to_listeners(&self) -> bool {
        self.0.scheme() == "http" && !is_here(self.0.host_str().unwrap_or_default())
    }
}

impl std::fmt::Display for ServerUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.text())
    }
}

fn scheme_for(address: &str) -> &'static str {
    let end = address.find(['/', '?']).unwrap_or(address.len());
    let authority = address.get(..end).unwrap_or(address);
    let host = authority
        .rsplit_once(':')
        .map_or(authority, |(host, _)| host);
    if is_here(host) { "http" } else { "https" }
}

fn is_here(host: &str) -> bool {
    host == "localhost" || host == "[::1]" || host.starts_with("127.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_types_becomes_an_address() {
        let read = |text| ServerUrl::parse(text).map(|url| url.text().to_owned());
        assert_eq!(
            read(" exams.tug.edu.gh ").as_deref(),
            Ok("https://exams.tug.edu.gh")
        );
        assert_eq!(
            read("127.0.0.1:7420").as_deref(),
            Ok("http://127.0.0.1:7420")
        );
        assert_eq!(
            read("http://hall.local:80/login?a=b").as_deref(),
            Ok("http://hall.local")
        );
        assert_eq!(
            read("https://me:word@exams.tug/").as_deref(),
            Ok("https://exams.tug")
        );
    }

    #[test]
    fn nonsense_is_no_address() {
        for text in [
            "",
            "   ",
            "ftp://exams.tug",
            "https://",
            "mailto:a@b",
            "ex ams",
        ] {
            assert!(ServerUrl::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn one_server_has_one_directory_however_it_is_written() {
        let hash = |text| ServerUrl::parse(text).unwrap().short_hash();
        assert_eq!(hash("https://exams.tug"), hash("exams.tug:443/"));
        assert_ne!(hash("https://exams.tug"), hash("https://exams.tug:8443"));
    }

    #[test]
    fn a_bare_line_to_another_computer_can_be_overheard() {
        let open = |text| ServerUrl::parse(text).unwrap().is_open_to_listeners();
        assert!(open("http://exams.tug"));
        assert!(!open("https://exams.tug"));
        assert!(!open("http://localhost:7420"));
    }
}
