//! Bytes as hexadecimal digits: hashes, salts and keys in texts.

/// `bytes` as lower-case digits, two for each.
pub fn encode(bytes: &[u8]) -> String {
    let halves = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    halves
        .filter_map(|half| char::from_digit(u32::from(half), 16))
        .collect()
}

/// The bytes of a text of digits; none when there is anything else in it, or half a byte.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let digit = |c: u8| {
        let digit = char::from(c).to_digit(16)?;
        u8::try_from(digit).ok()
    };
    let pairs = text.as_bytes().chunks(2);
    pairs
        .map(|pair| match pair {
            [high, low] => Some(digit(*high)? << 4 | digit(*low)?),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_written_is_read_again(bytes: Vec<u8>) {
            prop_assert_eq!(decode(&encode(&bytes)), Some(bytes));
        }
    }

    #[test]
    fn what_is_no_byte_is_not_read() {
        for bad in ["a", "abc", "gg", "é0", " a"] {
            assert_eq!(decode(bad), None, "{bad}");
        }
    }
}
