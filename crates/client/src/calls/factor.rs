//! The second factor: a secret for an authenticator app, shown once, with a picture that apps read.

use elms_protocol::host::{self, HostError};
use qrcodegen::{QrCode, QrCodeEcc};
use serde_json::Value;

use super::{json, read};
use crate::{
    console::Console,
    http::{SetUp, Trouble},
    run::{Ask, sentence, trouble_error},
};

/// Answers the call `name`.
pub(super) async fn answer(console: &Console, name: &str, args: Value) -> Result<Value, HostError> {
    let (server, access) = console.ask_for(Ask::Pass).await?;
    let http = &console.shared.http;
    match name {
        "set_up_second_factor" => {
            let asked: host::SetUpSecondFactor = read(args)?;
            let begun = http.set_up_second_factor(&server, &access, &asked.password);
            json(view(&begun.await.map_err(trouble)?))
        }
        "confirm_second_factor" => {
            let asked: host::ConfirmSecondFactor = read(args)?;
            let confirmed = http.confirm_second_factor(&server, &access, &asked.code);
            confirmed.await.map(|()| Value::Null).map_err(trouble)
        }
        "end_second_factor" => {
            let ended = http.end_second_factor(&server, &access, &read(args)?).await;
            ended.map(|()| Value::Null).map_err(trouble)
        }
        "new_recovery_codes" => {
            let both = read(args)?;
            let codes = http.new_recovery_codes(&server, &access, &both).await;
            json(codes.map_err(trouble)?)
        }
        _ => match http.second_factor(&server, &access).await {
            // A server that knows no second factors asks for none.
            Err(Trouble::Missing) => Ok(Value::Null),
            found => json(found.map_err(trouble)?),
        },
    }
}

/// Here the one password that can be wrong is the person's own.
fn trouble(trouble: Trouble) -> HostError {
    if let Trouble::Refused { status: 401, .. } = trouble {
        return sentence("wrong_password", "This password is not right.");
    }
    trouble_error(trouble)
}

/// A set-up as the window shows it.
pub(crate) fn view(set_up: &SetUp) -> host::SecondFactorSetUp {
    let codes = set_up.recovery_codes.iter();
    host::SecondFactorSetUp {
        secret: set_up.secret.expose().to_owned(),
        picture: picture(set_up.uri.expose()),
        recovery_codes: codes.map(|code| code.expose().to_owned()).collect(),
    }
}

/// The rows of the picture; none for what is too long for one.
fn picture(text: &str) -> Vec<String> {
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Medium) else {
        return Vec::new();
    };
    let side = 0..code.size();
    let dot = |x, y| if code.get_module(x, y) { '#' } else { '.' };
    side.clone()
        .map(|y| side.clone().map(|x| dot(x, y)).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_is_a_square_with_its_three_corners() {
        let rows = picture("otpauth://totp/ELMS:a@hall.example?secret=JBSWY3DP&issuer=ELMS");
        assert!(rows.iter().all(|row| row.len() == rows.len()));
        assert!(rows[0].starts_with("#######.") && rows[0].ends_with(".#######"));
        assert!(rows[rows.len() - 1].starts_with("#######."));
        assert_eq!(picture(&"x".repeat(5_000)), Vec::<String>::new());
    }
}
