//! The address of a server, as a person types it and as the client uses it.

use elms_protocol::pin::{Pin, PinError};
use reqwest::Url;
use sha2::{Digest as _, Sha256};

/// The text is no address of a server.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("This is not the address of a server: {0}")]
pub struct AddressError(String);

/// The address of a server: scheme, host and port, and the key that it has if the address names
/// one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerUrl {
    url: Url,
    pin: Option<Pin>,
}

impl ServerUrl {
    /// Reads what a person typed. Without a scheme, `http` is meant on this computer and `https`
    /// everywhere else. What stands behind a `#` names the server's key; see
    /// [`elms_protocol::pin`].
    ///
    /// # Errors
    ///
    /// [`AddressError`] when there is no host in it, or a key that is none.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let whole = text.trim();
        let refused = || AddressError(whole.chars().take(80).collect());
        let (text, behind) = whole.split_once('#').unwrap_or((whole, ""));
        let pin = pin_in(behind).ok().ok_or_else(refused)?;
        let full = if text.contains("://") {
            text.to_owned()
        } else if text.contains('@') {
            return Err(refused());
        } else {
            let scheme = pin.map_or_else(|| scheme_for(text), |_| "https");
            format!("{scheme}://{text}")
        };
        let mut url = Url::parse(&full).ok().ok_or_else(refused)?;
        // In the clear there is no key to look at.
        let known = url.scheme() == "https" || (url.scheme() == "http" && pin.is_none());
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
        Ok(Self { url, pin })
    }

    /// The key that the server has, if the address names it.
    pub(crate) fn pin(&self) -> Option<Pin> {
        self.pin
    }

    /// The address with all that belongs to it: read again, it is the same.
    pub fn whole(&self) -> String {
        match self.pin {
            Some(pin) => format!("{}#{pin}", self.text()),
            None => self.text().to_owned(),
        }
    }

    /// The address of a path on this server.
    pub(crate) fn join(&self, path: &str) -> Url {
        let mut url = self.url.clone();
        url.set_path(path);
        url
    }

    /// The address without a slash at its end, and without a key.
    pub fn text(&self) -> &str {
        self.url.as_str().trim_end_matches('/')
    }

    /// Host and port.
    pub fn host_port(&self) -> String {
        let host = self.url.host_str().unwrap_or_default();
        let port = self.url.port_or_known_default().unwrap_or_default();
        format!("{host}:{port}")
    }

    /// Where the socket is opened.
    pub(crate) fn socket_address(&self) -> String {
        let secure = self.url.scheme() == "https";
        let scheme = if secure { "wss" } else { "ws" };
        format!(
            "{scheme}://{}/socket.io/?EIO=4&transport=websocket",
            self.authority()
        )
    }

    fn authority(&self) -> String {
        let host = self.url.host_str().unwrap_or_default();
        self.url
            .port()
            .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// The host, when it is given as a number.
    pub(crate) fn ip(&self) -> Option<std::net::IpAddr> {
        let host = self.url.host_str()?;
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
        self.url.scheme() == "http" && !is_here(self.url.host_str().unwrap_or_default())
    }
}

impl std::fmt::Display for ServerUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.text())
    }
}

/// A letter that was lost must not make an address that anybody may answer: what was meant to be a
/// key is one, or an error.
fn pin_in(behind: &str) -> Result<Option<Pin>, PinError> {
    if behind.to_ascii_lowercase().contains("sha256") {
        behind.parse().map(Some)
    } else {
        Ok(None)
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

    const KEY: &str = "sha256-6zQqfmyQh7xXyzDTD_p5BZyTmBBgwq0Aw458zrChJ2k";

    #[test]
    fn an_address_with_a_key_keeps_it_and_is_always_encrypted() {
        for text in ["https://10.0.0.7:4300", "10.0.0.7:4300", "127.0.0.1:4300"] {
            let server = ServerUrl::parse(&format!(" {text}#{KEY} ")).unwrap();
            assert_eq!(server.pin().unwrap().to_string(), KEY);
            assert!(server.text().starts_with("https://"), "{server}");
            assert!(!server.to_string().contains('#'), "{server}");
            assert_eq!(ServerUrl::parse(&server.whole()), Ok(server));
        }
        let other = ServerUrl::parse("https://exams.tug/#/login").unwrap();
        assert_eq!(
            (other.pin(), other.whole().as_str()),
            (None, "https://exams.tug")
        );
    }

    #[test]
    fn a_key_that_lacks_a_letter_is_no_address() {
        let cut = KEY.get(..KEY.len() - 1).unwrap();
        for text in [
            format!("https://exams.tug#{cut}"),
            format!("https://exams.tug#{}", KEY.to_uppercase()),
            format!("https://exams.tug# {KEY}"),
            format!("http://exams.tug#{KEY}"),
            format!("https://exams.tug#sha256:{cut}"),
        ] {
            assert!(ServerUrl::parse(&text).is_err(), "{text}");
        }
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
