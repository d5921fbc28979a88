//! Errors as the user interface gets them: a code for programs, a sentence for people.

use elms_protocol::{
    StationStanding,
    host::{HostError, StationKeyView},
};

use crate::{calls, http::Trouble, seal::keep::KeyTrouble};

/// Why nothing is entered at a review desk.
pub(crate) const REVIEW_DESK: &str =
    "This station is a review desk: nothing is changed here. Enter it at another station.";

/// An error with a sentence to show.
pub(crate) fn sentence(code: &str, message: impl std::fmt::Display) -> HostError {
    HostError::new(code, message)
}

pub(super) fn nothing_here() -> HostError {
    let message = "Nobody has worked on this station yet. The first sign-in needs the server.";
    sentence("nothing_kept", message)
}

/// Why a sign-in did not work; `known` tells that the person has a copy here.
pub(super) fn refusal(trouble: Trouble, known: bool) -> HostError {
    let error = trouble_error(trouble);
    if known && ["unreachable", "other_server", "in_the_clear"].contains(&error.code.as_str()) {
        let message = format!(
            "{} You can work offline: this station keeps a copy of your data.",
            error.message
        );
        return HostError { message, ..error };
    }
    error
}

/// There is no key to what this station keeps of somebody; the code says what they can choose.
pub(super) fn key_error(trouble: &KeyTrouble) -> HostError {
    let code = match trouble {
        KeyTrouble::Store(_) => "no_keystore",
        KeyTrouble::WordsWanted => "passphrase_wanted",
        KeyTrouble::WrongWords => "wrong_passphrase",
        KeyTrouble::TooShort => "short_passphrase",
        KeyTrouble::WrongSecret { .. } => "wrong_secret",
        KeyTrouble::NoTries | KeyTrouble::TooOld => "server_wanted",
        KeyTrouble::NotAPin => "not_a_pin",
        KeyTrouble::SecretWanted => "secret_wanted",
        KeyTrouble::Gone => "key_gone",
        KeyTrouble::Chance(_) | KeyTrouble::Wrap(_) | KeyTrouble::Disk(_) => "disk",
    };
    sentence(code, trouble)
}

/// Something of theirs is not sent yet.
pub(super) fn unsent_error(n: i64) -> HostError {
    let what = match n {
        1 => "One entry was not sent yet.".to_owned(),
        n => format!("{n} entries were not sent yet."),
    };
    let message = format!("{what} It stays sealed on this station until you sign in here again.");
    sentence("unsent", message)
}

/// A trouble with the server, for the user interface.
pub(crate) fn trouble_error(trouble: Trouble) -> HostError {
    let code = match &trouble {
        Trouble::CodeNeeded => "code_needed",
        Trouble::SetUpCodeNeeded => "set_up_code_needed",
        Trouble::CodeWrong => "code_wrong",
        Trouble::FactorWanted(begun) => {
            let set_up = Some(Box::new(calls::set_up_view(begun)));
            let error = sentence("second_factor_needed", &trouble);
            return HostError { set_up, ..error };
        }
        Trouble::NotLetIn {
            fingerprint,
            standing,
            ..
        } => {
            let station = not_let_in(fingerprint, *standing);
            let code = match standing {
                StationStanding::Waiting => "station_waits",
                StationStanding::Paired | StationStanding::Suspended => "station_suspended",
            };
            let error = sentence(code, &trouble);
            return HostError {
                station: Some(Box::new(station)),
                ..error
            };
        }
        Trouble::Unreachable(_) => "unreachable",
        Trouble::OtherServer => "other_server",
        Trouble::InTheClear => "in_the_clear",
        Trouble::NotElms | Trouble::Missing => {
            return sentence("not_elms", Trouble::NotElms);
        }
        Trouble::Refused { status: 401, .. } => {
            return sentence(
                "wrong_password",
                "The e-mail address or the password is wrong.",
            );
        }
        Trouble::Refused { .. } => "refused",
        Trouble::Busy { .. } => "busy",
        Trouble::Broken(_) => "server_failed",
    };
    sentence(code, trouble)
}

fn not_let_in(fingerprint: &str, standing: StationStanding) -> StationKeyView {
    StationKeyView {
        fingerprint: fingerprint.to_owned(),
        standing,
        by: None,
        since: None,
    }
}

/// What is said of a file that is none of the kinds that evidence comes in.
pub(crate) const NO_KIND: &str = "This is neither JPEG, PNG, WebP, HEIC, PDF, MP4 nor plain text by its \
                                  content, whatever its name says.";

/// What is said of a copy that could not be used any more.
pub(super) fn put_aside(why: &str) -> String {
    format!(
        "{why} It was put aside and is filled again from the server; nothing that you kept here is \
         lost."
    )
}
