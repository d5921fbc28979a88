//! What a person typed, as a question to the full-text index that cannot fail.
//!
//! The index has a language of its own: nearly nine of ten texts typed at random are errors in it,
//! and some that are none run for seconds. So every word is quoted and there is a limit to them.

/// Words that are looked at.
const MOST_WORDS: usize = 16;
/// Characters that are looked at.
const LONGEST: usize = 200;

/// All words must occur, the last one may be unfinished. None when there is no word.
pub(super) fn expression(text: &str) -> Option<String> {
    let text: String = text.chars().take(LONGEST).collect();
    // What has no letter and no digit is no word of the index.
    let has_word = |word: &&str| word.chars().any(char::is_alphanumeric);
    let words: Vec<&str> = text
        .split_whitespace()
        .filter(has_word)
        .take(MOST_WORDS)
        .collect();
    let (last, others) = words.split_last()?;
    let quoted = others.iter().map(|word| quote(word));
    let quoted: Vec<String> = quoted.chain([unfinished(last, &text)]).collect();
    Some(quoted.join(" AND "))
}

/// A word as itself, whatever it is made of.
fn quote(word: &str) -> String {
    let plain: String = word.chars().filter(|letter| *letter != '\0').collect();
    format!("\"{}\"", plain.replace('"', "\"\""))
}

/// The word being typed finds what begins with it. One letter would find nearly everything, and a
/// word with a blank after it is finished.
fn unfinished(word: &str, text: &str) -> String {
    let is_finished = text.ends_with(char::is_whitespace) || word.chars().nth(1).is_none();
    let end = if is_finished { "" } else { "*" };
    format!("{}{end}", quote(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_code_is_a_word_and_not_a_subtraction() {
        let asked = expression("BATCH-CSE201-2026 kw").unwrap();
        assert_eq!(asked, r#""BATCH-CSE201-2026" AND "kw"*"#);
    }

    #[test]
    fn what_has_no_letter_is_no_question() {
        assert_eq!(expression(" - \" ( * "), None);
        assert_eq!(expression(""), None);
    }

    #[test]
    fn no_more_than_sixteen_words_are_looked_at() {
        let asked = expression(&"ab ".repeat(60)).unwrap();
        assert_eq!(asked.matches("\"ab\"").count(), 16);
    }
}
