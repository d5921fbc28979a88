//! Passwords that somebody would soon guess: the most used ones of the world, and what is made of
//! words that everybody here knows.
//!
//! `zxcvbn` brings 30,000 passwords from breaches (11,611 of them are long enough to be chosen here),
//! the commonest names and words, years, dates and rows of keys, and says after how many tries
//! somebody who knows these has found a password. Nothing leaves the machine for it.

use zxcvbn::{Score, zxcvbn};

/// Words that are near at hand for everybody who works with this; with those of the person and of
/// the institution they are named in `docs/OPERATIONS.md`.
const NEAR: [&str; 22] = [
    "elms",
    "elms console",
    "console",
    "exam",
    "exams",
    "examination",
    "exam hall",
    "invigilator",
    "invigilation",
    "incident",
    "hall",
    "candidate",
    "script",
    "batch",
    "timetable",
    "officer",
    "lecturer",
    "admin",
    "administrator",
    "university",
    "college",
    "welcome",
];
/// Shorter words of a name say nothing.
const SHORTEST_WORD: usize = 3;

/// The words in what is known of somebody: name, address, institution.
pub(super) fn words(known: &[&str]) -> Vec<String> {
    let parts = known.iter().flat_map(|text| {
        let apart = text.split(|sign: char| !sign.is_alphanumeric());
        apart.chain(std::iter::once(*text))
    });
    let words = parts.filter(|word| SHORTEST_WORD <= word.chars().count());
    words.map(str::to_lowercase).collect()
}

/// Whether somebody who knows `about` finds the password within a million tries.
pub(super) fn soon(password: &str, about: &[&str]) -> bool {
    let about = words(about);
    // The nearest first: what stands later in the list is thought of later.
    let known: Vec<&str> = about.iter().map(String::as_str).chain(NEAR).collect();
    zxcvbn(password, &known).score() < Score::Two
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_that_half_the_world_uses_is_not_taken() {
        // From the first to the last of the list, and as people disguise them.
        for common in [
            "password",
            "12345678",
            "qwertyuiop",
            "iloveyou",
            "trustno1",
            "1q2w3e4r",
            "Password1",
            "passw0rd",
            "11111111",
            "football",
            "abcdefgh",
            "liverpool",
            "sunshine1",
            "P@ssw0rd",
            "drowssap",
            "asdfghjkl",
            "2026-12-07",
            "qwerty123",
        ] {
            assert!(soon(common, &[]), "{common}");
        }
    }

    #[test]
    fn what_is_made_of_the_place_or_the_person_is_not_taken() {
        let about = [
            "Mrs Adjoa Mensah-Boateng",
            "adjoa.mb@aut.example",
            "Ankobra University of Technology",
            "AUT",
        ];
        for near in [
            "elms2026",
            "elmsconsole",
            "ELMS Console1",
            "invigilator1",
            "ankobra2026",
            "Ankobra123",
            "adjoa1234",
            "mensahboateng",
            "boateng99",
            "adjoa.mb@aut.example",
            "examhall",
        ] {
            assert!(soon(near, &about), "{near}");
        }
        // The same words are as good as others for who is elsewhere.
        assert!(!soon("mensahboateng", &[]));
    }

    #[test]
    fn words_of_ones_own_are_taken_whatever_they_are_made_of() {
        for good in [
            "seal 20418 holds",
            "three goats on the roof",
            "tgotrbtf",
            "ɔbaa sima wɔ fie",
            "كلمة سر طويلة",
            &"x1 y2 z3 ".repeat(40),
            &super::super::first_password(),
        ] {
            assert!(
                !soon(good, &["Mrs Office", "office@hall.example"]),
                "{good}"
            );
        }
    }
}
