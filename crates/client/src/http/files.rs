//! Files of evidence: sent in parts, shown as a copy, fetched as they are.

use elms_protocol::{LARGEST_FILE, host::OfFile};
use reqwest::{Method, RequestBuilder};
use serde::Deserialize;
use serde_json::Value;

use super::{COPY, Http, LARGEST_ANSWER, ServerUrl, Trouble, answer};
use crate::auth::Secret;

/// The largest shown copy, in bytes.
const LARGEST_COPY: usize = 8 << 20;

/// How far a file has come at the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct FileStanding {
    /// Bytes that it has.
    pub offset: i64,
    /// Whether it has all of it, and found it to be what was attached.
    pub complete: bool,
}

impl Http {
    fn of_file(
        &self,
        method: Method,
        (server, access): (&ServerUrl, &Secret),
        of: &OfFile,
        end: &str,
    ) -> Result<RequestBuilder, Trouble> {
        let (incident, file) = (of.incident, of.evidence);
        let path = format!("/api/incidents/{incident}/evidence/{file}{end}");
        let request = self.ask(method, server, &path)?;
        Ok(request.bearer_auth(access.expose()))
    }

    /// How far a file has come.
    ///
    /// # Errors
    ///
    /// [`Trouble`]; [`Trouble::Missing`] when the server does not know it, or not for this person.
    pub async fn file_standing(
        &self,
        pass: (&ServerUrl, &Secret),
        of: &OfFile,
    ) -> Result<FileStanding, Trouble> {
        let request = self.of_file(Method::GET, pass, of, "")?;
        standing(answer::json(request, LARGEST_ANSWER).await?)
    }

    /// Sends what comes next of a file, from byte `offset` on.
    ///
    /// # Errors
    ///
    /// [`Trouble`]; `OTHER_OFFSET` when the file has come to another byte.
    pub async fn send_part(
        &self,
        pass: (&ServerUrl, &Secret),
        of: &OfFile,
        (offset, bytes): (i64, Vec<u8>),
    ) -> Result<FileStanding, Trouble> {
        let request = self
            .of_file(Method::PATCH, pass, of, "")?
            .header("upload-offset", offset)
            .header("content-type", "application/octet-stream")
            .body(bytes);
        standing(answer::json(request, LARGEST_ANSWER).await?)
    }

    /// The copy of a picture that is shown.
    ///
    /// # Errors
    ///
    /// [`Trouble`]; [`Trouble::Refused`] says why there is none.
    pub async fn shown_file(
        &self,
        pass: (&ServerUrl, &Secret),
        of: &OfFile,
    ) -> Result<Vec<u8>, Trouble> {
        let request = self.of_file(Method::GET, pass, of, "/shown")?;
        answer::bytes(request, LARGEST_COPY).await
    }

    /// A file as it is. The server notes who has opened it.
    ///
    /// # Errors
    ///
    /// [`Trouble`]; [`Trouble::Refused`] while it is on its way from another station.
    pub async fn original_file(
        &self,
        pass: (&ServerUrl, &Secret),
        of: &OfFile,
    ) -> Result<Vec<u8>, Trouble> {
        let request = self.of_file(Method::GET, pass, of, "/original")?;
        let largest = usize::try_from(LARGEST_FILE).unwrap_or(usize::MAX);
        answer::bytes(request.timeout(COPY), largest).await
    }
}

fn standing(mut answer: Value) -> Result<FileStanding, Trouble> {
    let data = answer.get_mut("data").map(Value::take).unwrap_or_default();
    serde_json::from_value(data).map_err(|_other| Trouble::NotElms)
}
