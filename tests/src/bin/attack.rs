//! `attack URL [OWNER THIEF]`: tries the holes of the original on a server. The two are officers of
//! two institutions there, each as `address:password`. Ends with 1 when one of them is open.

use std::{io::Write as _, process::ExitCode};

use anyhow::{Context as _, Result};
use elms_tests::attacks::{Target, Who};

const USAGE: &str = "usage: attack URL [OWNER-ADDRESS:PASSWORD THIEF-ADDRESS:PASSWORD]";

fn who(text: &str) -> Result<Who> {
    let (email, password) = text.split_once(':').context(USAGE)?;
    Ok(Who {
        email: email.to_owned(),
        password: password.to_owned(),
    })
}

#[tokio::main]
async fn main() -> Result<ExitCode> {
    let mut words = std::env::args().skip(1);
    let url = words.next().context(USAGE)?;
    let people = match (words.next(), words.next()) {
        (Some(owner), Some(thief)) => Some((who(&owner)?, who(&thief)?)),
        _ => None,
    };
    let found = Target::new(&url, people).attack().await?;
    let mut stdout = std::io::stdout().lock();
    for one in &found {
        let (word, got) = match &one.got {
            Some(got) => ("OPEN", got.as_str()),
            None => ("held", ""),
        };
        writeln!(stdout, "{word}  {:<4} {} {got}", one.hole, one.tried)?;
    }
    let n_open = found.iter().filter(|one| one.got.is_some()).count();
    writeln!(stdout, "{n_open} of {} are open", found.len())?;
    Ok(if n_open == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
