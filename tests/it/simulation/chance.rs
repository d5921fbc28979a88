//! All chance of a story, drawn from one number.

use anyhow::{Context as _, Result};
use uuid::Uuid;

/// Draws numbers from a seed (splitmix64): the same seed, the same story.
#[derive(Debug)]
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn of(seed: usize) -> Result<Self> {
        Ok(Self(u64::try_from(seed)?))
    }

    pub(super) fn any(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From `least` to `most`.
    pub(super) fn between(&mut self, least: i64, most: i64) -> i64 {
        let span = u64::try_from(most - least + 1).unwrap_or(1);
        least + i64::try_from(self.any() % span).unwrap_or(0)
    }

    pub(super) fn percent(&mut self, percent: i64) -> bool {
        self.between(0, 99) < percent
    }

    pub(super) fn pick<T>(&mut self, from: &[T]) -> Result<T>
    where
        T: Copy,
    {
        let n = usize::try_from(self.any())? % from.len().max(1);
        from.get(n).copied().context("there is nothing to pick")
    }

    pub(super) fn uuid(&mut self) -> Uuid {
        let (high, low) = (self.any(), self.any());
        uuid::Builder::from_random_bytes((u128::from(high) << 64 | u128::from(low)).to_be_bytes())
            .into_uuid()
    }
}
