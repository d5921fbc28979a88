//! Codes of authenticator apps: RFC 6238 as they all expect it, with SHA-1, six digits and thirty
//! seconds. SHA-1 is what the apps compute; that its collisions are known does not touch HMAC.

use elms_protocol::Timestamp;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;

/// A code is another one after so long.
const STEP_MS: i64 = 30_000;
/// Clocks may differ by so many steps, either way.
const APART: i64 = 1;
/// Six digits.
const CODES: u32 = 1_000_000;
/// The bytes of a secret, as the RFC wants them for SHA-1.
pub(super) const SECRET: usize = 20;

/// The HMAC of SHA-1.
pub(super) fn mac(key: &[u8], message: &[&[u8]]) -> [u8; SECRET] {
    // A key of any length is one.
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(key) else {
        return [0; SECRET];
    };
    for part in message {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// The step that an instant lies in.
pub fn step(now: Timestamp) -> i64 {
    now.0.div_euclid(STEP_MS)
}

/// The code of a step.
pub fn code(secret: &[u8], step: i64) -> u32 {
    let digest = mac(secret, &[&step.to_be_bytes()]);
    let at = usize::from(digest.last().map_or(0, |last| last & 0x0f));
    let word = digest.iter().skip(at).take(4);
    let word = word.fold(0_u32, |word, byte| (word << 8) | u32::from(*byte));
    (word & 0x7fff_ffff) % CODES
}

/// The step that `given` is the code of: the one of `now` or a neighbour, after the last that was
/// used. All are computed whichever fits, and a code is compared as one number, so that the time
/// taken tells nothing.
pub(super) fn step_of(secret: &[u8], given: u32, (now, last): (Timestamp, i64)) -> Option<i64> {
    let here = step(now);
    let around = here.saturating_sub(APART)..=here.saturating_add(APART);
    around.fold(None, |found, step| {
        let fits = code(secret, step) == given && last < step;
        if fits { found.or(Some(step)) } else { found }
    })
}

/// A code as somebody types it: six digits, with blanks between them or not, of this or that writing.
pub(super) fn read(typed: &str) -> Option<u32> {
    let signs = typed.chars().filter(|sign| !sign.is_whitespace());
    let digits: Vec<u32> = signs.map(digit).collect::<Option<_>>()?;
    if digits.len() != 6 {
        return None;
    }
    let code = digits.iter().fold(0_u32, |code, digit| {
        code.saturating_mul(10).saturating_add(*digit)
    });
    Some(code)
}

/// Digits as they stand on Arabic and Persian keyboards are digits too.
fn digit(sign: char) -> Option<u32> {
    let zero = match sign {
        '0'..='9' => '0',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        _ => return None,
    };
    Some(u32::from(sign).saturating_sub(u32::from(zero)))
}

/// What an authenticator app reads from a code in the picture.
pub(super) fn uri(secret: &str, email: &str) -> String {
    let name: String = email.bytes().map(escaped).collect();
    format!("otpauth://totp/ELMS:{name}?secret={secret}&issuer=ELMS")
}

fn escaped(byte: u8) -> String {
    let plain = byte.is_ascii_alphanumeric() || b"-._~@".contains(&byte);
    if plain {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET_OF_THE_RFC: &[u8] = b"12345678901234567890";

    #[test]
    fn codes_are_those_of_the_rfc() {
        // RFC 6238, appendix B, SHA-1: the last six of its eight digits.
        let vectors = [
            (59, 287_082),
            (1_111_111_109, 81_804),
            (1_111_111_111, 50_471),
            (1_234_567_890, 5_924),
            (2_000_000_000, 279_037),
            (20_000_000_000, 353_130),
        ];
        for (second, expected) in vectors {
            let step = step(Timestamp(second * 1_000));
            assert_eq!(code(SECRET_OF_THE_RFC, step), expected, "{second}");
        }
        // RFC 4226, appendix D.
        let counted = [
            755_224, 287_082, 359_152, 969_429, 338_314, 254_676, 287_922, 162_583, 399_871,
            520_489,
        ];
        for (count, expected) in (0_i64..).zip(counted) {
            assert_eq!(code(SECRET_OF_THE_RFC, count), expected, "{count}");
        }
    }

    #[test]
    fn a_code_is_taken_one_step_early_and_one_late_and_no_further() {
        let now = Timestamp(1_000 * STEP_MS + 12_345);
        let tried = |step| step_of(SECRET_OF_THE_RFC, code(SECRET_OF_THE_RFC, step), (now, 0));
        for step in [999, 1_000, 1_001] {
            assert_eq!(tried(step), Some(step));
        }
        for step in [997, 998, 1_002, 1_003] {
            assert_eq!(tried(step), None, "{step}");
        }
    }

    #[test]
    fn a_step_begins_with_its_first_millisecond() {
        let first = Timestamp(1_000 * STEP_MS);
        assert_eq!(step(first), 1_000);
        assert_eq!(step(Timestamp(first.0 - 1)), 999);
        let early = code(SECRET_OF_THE_RFC, 1_001);
        assert!(step_of(SECRET_OF_THE_RFC, early, (first, 0)).is_some());
        let earlier = Timestamp(first.0 - 1);
        assert!(step_of(SECRET_OF_THE_RFC, early, (earlier, 0)).is_none());
    }

    #[test]
    fn a_code_that_was_used_is_used_up_with_all_before_it() {
        let now = Timestamp(1_000 * STEP_MS);
        let tried = |step, last| {
            step_of(
                SECRET_OF_THE_RFC,
                code(SECRET_OF_THE_RFC, step),
                (now, last),
            )
        };
        assert_eq!(tried(1_000, 999), Some(1_000));
        assert_eq!(tried(1_000, 1_000), None);
        assert_eq!(tried(999, 1_000), None);
        assert_eq!(tried(1_001, 1_000), Some(1_001));
    }

    #[test]
    fn digits_may_be_typed_with_blanks_and_in_arabic() {
        for typed in ["081804", " 081 804 ", "٠٨١٨٠٤", "۰۸۱۸۰۴", "08\u{a0}18 04"] {
            assert_eq!(read(typed), Some(81_804), "{typed}");
        }
        for typed in [
            "", "81804", "0818040", "08180x", "-81804", "+81804", "08.804",
        ] {
            assert_eq!(read(typed), None, "{typed}");
        }
    }

    #[test]
    fn an_app_reads_whose_code_it_is() {
        let uri = uri("JBSWY3DP", "a+b?secret=x&é@hall.example");
        let expected = "otpauth://totp/ELMS:a%2Bb%3Fsecret%3Dx%26%C3%A9@hall.example?secret=JBSWY3DP&issuer=ELMS";
        assert_eq!(uri, expected);
    }
}
