//! Changing inputs at random, by a seed: the same seed makes the same inputs.

/// Makes inputs of a corpus.
#[derive(Debug, Clone)]
pub struct Mutation {
    state: u64,
}

/// Bytes that have ended programs before.
const STRANGE: &[u8] = &[
    0, 1, 9, 10, 13, 26, 34, 39, 44, 58, 61, 92, 123, 127, 128, 192, 255,
];
/// The most changes of one input.
const MOST: usize = 6;
/// Inputs do not grow beyond this.
const LONGEST: usize = 300_000;

impl Mutation {
    /// A row of inputs; each seed has its own.
    pub fn new(seed: u64) -> Self {
        Self {
            state: seed ^ 0x9e37_79b9_7f4a_7c15,
        }
    }

    /// The next number (`SplitMix64`), below `limit`.
    fn below(&mut self, limit: usize) -> usize {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let number = usize::try_from((mixed ^ (mixed >> 31)) >> 1).unwrap_or(usize::MAX);
        number.checked_rem(limit).unwrap_or(0)
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }

    /// The next input: one of the corpus with some changes.
    pub fn next(&mut self, corpus: &[Vec<u8>], words: &[&str]) -> Vec<u8> {
        let mut input = self.pick(corpus).cloned().unwrap_or_default();
        let n_changes = self.below(MOST).saturating_add(1);
        for _ in 0..n_changes {
            self.change(&mut input, corpus, words);
        }
        input.truncate(LONGEST);
        input
    }

    fn change(&mut self, input: &mut Vec<u8>, corpus: &[Vec<u8>], words: &[&str]) {
        let (from, to) = self.range(input.len());
        match self.below(8) {
            0 => {
                let bit = 1_u8 << self.below(8);
                input
                    .iter_mut()
                    .skip(from)
                    .take(1)
                    .for_each(|byte| *byte ^= bit);
            }
            1 => {
                let strange = self.pick(STRANGE).copied().unwrap_or_default();
                input
                    .iter_mut()
                    .skip(from)
                    .take(1)
                    .for_each(|byte| *byte = strange);
            }
            2 => drop(input.drain(from..to)),
            3 => {
                let part: Vec<u8> = input.get(from..to).unwrap_or_default().to_vec();
                input.splice(from..from, part);
            }
            4 => {
                let word = self.pick(words).copied().unwrap_or_default();
                input.splice(from..from, word.bytes());
            }
            5 => {
                let word = self.pick(words).copied().unwrap_or_default();
                input.splice(from..to, word.bytes());
            }
            6 => {
                let other = self.pick(corpus).cloned().unwrap_or_default();
                let (start, end) = self.range(other.len());
                let part = other.get(start..end).unwrap_or_default();
                input.splice(from..to, part.iter().copied());
            }
            _ => {
                let byte = self.pick(STRANGE).copied().unwrap_or_default();
                let n = self.below(64);
                input.splice(from..from, std::iter::repeat_n(byte, n));
            }
        }
    }

    /// A stretch of something of this length, mostly a short one.
    fn range(&mut self, len: usize) -> (usize, usize) {
        let from = self.below(len.saturating_add(1));
        let longest = if self.below(4) == 0 { len } else { 16 };
        let to = from.saturating_add(self.below(longest.saturating_add(1)));
        (from, to.min(len))
    }
}
