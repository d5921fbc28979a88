//! Password hashes: argon2id with 19 MiB and two passes.

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version,
    password_hash::phc::PasswordHash,
};

use super::guessed;

/// The fewest characters of a password.
pub const SHORTEST: usize = 8;
/// The most bytes of a password: hashing more only takes time.
const LONGEST: usize = 1_024;

/// A password cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PasswordError {
    /// Too few characters, or far too many.
    #[error("a password has at least {SHORTEST} characters and at most {LONGEST} bytes")]
    Length,
    /// Among the first that somebody would try.
    #[error(
        "Somebody would soon guess this password. Choose words that nobody connects with you or this place."
    )]
    Guessed,
    /// The hash could not be computed.
    #[error("the password could not be hashed: {0}")]
    Hash(String),
}

/// Refuses what is too short to be a secret.
///
/// # Errors
///
/// [`PasswordError::Length`].
pub fn long_enough(password: &str) -> Result<(), PasswordError> {
    let fits = SHORTEST <= password.chars().count() && password.len() <= LONGEST;
    if fits {
        Ok(())
    } else {
        Err(PasswordError::Length)
    }
}

/// Refuses what is too short, and what somebody would soon guess who knows `about`: the person's
/// name and address, the institution.
///
/// # Errors
///
/// [`PasswordError::Length`] or [`PasswordError::Guessed`].
pub fn may_be_chosen(password: &str, about: &[&str]) -> Result<(), PasswordError> {
    long_enough(password)?;
    if guessed::soon(password, about) {
        return Err(PasswordError::Guessed);
    }
    Ok(())
}

fn argon2() -> Result<Argon2<'static>, PasswordError> {
    // OWASP's second choice of parameters; the default of the crate, written out.
    let params = Params::new(19_456, 2, 1, None);
    let params = params.map_err(|error| PasswordError::Hash(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// The hash of a password, as a PHC string with a salt of its own.
///
/// # Errors
///
/// [`PasswordError::Hash`] when there is no memory for it.
pub fn hash_password(password: &str) -> Result<String, PasswordError> {
    let hash = argon2()?.hash_password(password.as_bytes());
    hash.map(|hash| hash.to_string())
        .map_err(|error| PasswordError::Hash(error.to_string()))
}

/// Whether `password` is the one that `hash` was made of.
pub fn verify_password(password: &str, hash: &str) -> bool {
    let (Ok(argon2), Ok(hash)) = (argon2(), PasswordHash::new(hash)) else {
        return false;
    };
    password.len() <= LONGEST && argon2.verify_password(password.as_bytes(), &hash).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_password_opens() {
        let hash = hash_password("seal 20418").unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(verify_password("seal 20418", &hash));
        assert!(!verify_password("seal 20427", &hash));
        assert!(!verify_password("seal 20418", "not a hash"));
    }

    #[test]
    fn a_password_is_what_was_typed_to_the_last_blank() {
        let long = "Three goats on the roof of the Great Hall, and no ladder: ɔbaa sima. ";
        assert!(64 < long.chars().count());
        let hash = hash_password(long).unwrap();
        assert!(may_be_chosen(long, &[]).is_ok() && verify_password(long, &hash));
        for near in [
            long.trim(),
            &long.to_lowercase(),
            &long.chars().take(64).collect::<String>(),
            &format!("{long} "),
        ] {
            assert!(!verify_password(near, &hash), "{near}");
        }
    }

    #[test]
    fn a_password_of_seven_letters_is_too_short_and_of_eight_is_not() {
        assert!(long_enough("strongr").is_err());
        assert!(long_enough("stronger").is_ok());
        assert!(long_enough(&"x".repeat(1_025)).is_err());
    }
}
