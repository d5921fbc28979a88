//! Reads an answer, and sorts what can be wrong with it by what a person can do about it.

use elms_protocol::StationStanding;
use reqwest::{RequestBuilder, Response, StatusCode, header};
use serde_json::Value;

use super::factor::{self, SetUp};
use crate::pinned;

/// Why the server gave no usable answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Trouble {
    /// Nothing answers there: no network, no server, or a certificate that is not trusted.
    #[error("The server does not answer: {0}.")]
    Unreachable(String),
    /// Another server answers than the one whose key the address names.
    #[error(
        "The server at this address is not the one that this station was set up with. Nothing was \
         sent to it."
    )]
    OtherServer,
    /// The address is one of another computer, and not encrypted.
    #[error(
        "This address is not encrypted: others in the network could read along. Nothing was sent \
         to it; it must begin with https."
    )]
    InTheClear,
    /// Something answers, but it is not an ELMS server: a captive portal, another web site.
    #[error(
        "What answers at this address is not an ELMS server. Check the address, and whether \
         this network wants you to sign in first."
    )]
    NotElms,
    /// There is no such path: the server is of another kind or age.
    #[error("The server does not know this request.")]
    Missing,
    /// The password is right; a code of the second factor is needed, too.
    #[error("Type the code that your authenticator app shows.")]
    CodeNeeded,
    /// The password is right; to set a second factor up a code of the operator is needed.
    #[error("Type the set-up code that the operator of the server gave you.")]
    SetUpCodeNeeded,
    /// The code is none, or was used.
    #[error("This code is not right, or it was used before. An app shows the next one soon.")]
    CodeWrong,
    /// The password is right; the server lets nobody of this role in without a second factor.
    #[error("Your role needs a second factor at this server. Set it up to sign in.")]
    FactorWanted(Box<SetUp>),
    /// The server takes no sign-in at this station.
    #[error("{message}")]
    NotLetIn {
        /// By what people tell its key from others.
        fingerprint: String,
        /// How it stands.
        standing: StationStanding,
        /// For people.
        message: String,
    },
    /// The server said no.
    #[error("{message}")]
    Refused {
        /// The status, 400 to 499.
        status: u16,
        /// For programs; empty when the server gave none.
        code: String,
        /// For people.
        message: String,
    },
    /// The server is there and asks for patience.
    #[error("The server has too much to do. Try again in {after_s} s.")]
    Busy {
        /// Seconds to wait.
        after_s: u64,
    },
    /// The server failed.
    #[error("The server has failed (status {0}).")]
    Broken(u16),
}

/// Sends `request` and reads the JSON of its answer, at most `largest` bytes.
pub(super) async fn json(request: RequestBuilder, largest: usize) -> Result<Value, Trouble> {
    let response = answered(request).await?;
    let status = response.status();
    if !has_json(&response) {
        return Err(Trouble::NotElms);
    }
    let body = read(response, largest).await?;
    let value: Value = serde_json::from_slice(&body).ok().ok_or(Trouble::NotElms)?;
    if status.is_success() {
        Ok(value)
    } else {
        Err(refused(status, &value))
    }
}

/// Sends `request` and reads the file that it is answered with, at most `largest` bytes.
pub(super) async fn bytes(request: RequestBuilder, largest: usize) -> Result<Vec<u8>, Trouble> {
    let response = answered(request).await?;
    let status = response.status();
    if status.is_success() {
        // A page of a captive portal says nothing of the kind.
        let is_ours = response
            .headers()
            .contains_key(header::X_CONTENT_TYPE_OPTIONS);
        let body = read(response, largest).await?;
        return is_ours.then_some(body).ok_or(Trouble::NotElms);
    }
    let body = read(response, largest).await?;
    let value: Value = serde_json::from_slice(&body).ok().ok_or(Trouble::NotElms)?;
    Err(refused(status, &value))
}

/// An answer, or what a person can do when there is none to read.
async fn answered(request: RequestBuilder) -> Result<Response, Trouble> {
    let response = request.send().await.map_err(|error| unreachable(&error))?;
    let (status, wait) = (response.status(), retry_after(&response));
    if status.is_redirection() {
        return Err(Trouble::NotElms);
    }
    if status == StatusCode::NOT_FOUND {
        return Err(Trouble::Missing);
    }
    let too_busy = [
        StatusCode::TOO_MANY_REQUESTS,
        StatusCode::SERVICE_UNAVAILABLE,
    ];
    if too_busy.contains(&status) {
        return Err(Trouble::Busy {
            after_s: wait.unwrap_or(5),
        });
    }
    if status.is_server_error() {
        return Err(Trouble::Broken(status.as_u16()));
    }
    Ok(response)
}

async fn read(mut response: Response, largest: usize) -> Result<Vec<u8>, Trouble> {
    let mut body = Vec::new();
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|error| unreachable(&error))?
    {
        if largest < body.len().saturating_add(chunk.len()) {
            return Err(Trouble::NotElms);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn has_json(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE);
    kind.and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.contains("json"))
}

fn retry_after(response: &Response) -> Option<u64> {
    let wait = response.headers().get(header::RETRY_AFTER)?;
    wait.to_str().ok()?.trim().parse().ok()
}

fn refused(status: StatusCode, value: &Value) -> Trouble {
    let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let message = text("message").or_else(|| text("error"));
    let code = text("code").unwrap_or_default();
    match code.as_str() {
        "CODE_NEEDED" if value.get("setUpCode") == Some(&Value::Bool(true)) => {
            return Trouble::SetUpCodeNeeded;
        }
        "CODE_NEEDED" => return Trouble::CodeNeeded,
        "CODE_WRONG" => return Trouble::CodeWrong,
        "SECOND_FACTOR_NEEDED" => {
            let begun = factor::set_up(value.get("setUp").unwrap_or(&Value::Null));
            return begun.map_or_else(
                |trouble| trouble,
                |begun| Trouble::FactorWanted(Box::new(begun)),
            );
        }
        _ => {}
    }
    let message = message.unwrap_or_else(|| format!("The server refused (status {status})."));
    if let Some((fingerprint, standing)) = value.get("station").and_then(not_let_in) {
        return Trouble::NotLetIn {
            fingerprint,
            standing,
            message,
        };
    }
    Trouble::Refused {
        status: status.as_u16(),
        code,
        message,
    }
}

/// The station that the server lets nobody in at.
fn not_let_in(station: &Value) -> Option<(String, StationStanding)> {
    let text = |name: &str| station.get(name).and_then(Value::as_str);
    let standing = StationStanding::from_text(text("standing")?);
    Some((text("fingerprint")?.to_owned(), standing))
}

/// The innermost cause says most: "Connection refused", "invalid peer certificate".
fn unreachable(error: &reqwest::Error) -> Trouble {
    if pinned::is_other_server(error) {
        return Trouble::OtherServer;
    }
    if error.is_timeout() {
        return Trouble::Unreachable("no answer in time".to_owned());
    }
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    Trouble::Unreachable(cause.to_string())
}
