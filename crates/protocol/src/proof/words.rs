//! Hashes as words that can be read out over the telephone.

/// The letters of a proquint: a consonant is four bits, a vowel two.
const CONSONANTS: [char; 16] = [
    'b', 'd', 'f', 'g', 'h', 'j', 'k', 'l', 'm', 'n', 'p', 'r', 's', 't', 'v', 'z',
];
const VOWELS: [char; 4] = ['a', 'i', 'o', 'u'];

/// The first 16 bytes of a hash as eight words of five letters, like `lusab-babad-…` (proquints).
pub fn words_of(hash: &[u8; 32]) -> String {
    let (pairs, _) = hash.as_chunks::<2>();
    let words: Vec<String> = pairs.iter().take(8).map(|pair| word(*pair)).collect();
    words.join("-")
}

fn word(pair: [u8; 2]) -> String {
    let bits = u16::from_be_bytes(pair);
    let consonant = |shift: u32| letter(&CONSONANTS, bits >> shift);
    let vowel = |shift: u32| letter(&VOWELS, bits >> shift);
    [
        consonant(12),
        vowel(10),
        consonant(6),
        vowel(4),
        consonant(0),
    ]
    .into_iter()
    .collect()
}

fn letter(letters: &[char], bits: u16) -> char {
    let mask = letters.len().saturating_sub(1);
    let at = usize::from(bits) & mask;
    letters.get(at).copied().unwrap_or('?')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_published_proquints() {
        // 127.0.0.1 and 63.84.220.193, from the proquint article.
        assert_eq!(word([127, 0]) + "-" + &word([0, 1]), "lusab-babad");
        assert_eq!(word([63, 84]) + "-" + &word([220, 193]), "gutih-tugad");
        assert_eq!(words_of(&[0; 32]).split('-').count(), 8);
    }
}
