//! How long to wait before the next attempt: for ever patient, never in step with others.
//!
//! Decorrelated jitter. When a server comes back after five minutes, ten thousand stations are all
//! back within a tenth more than the server needs for them anyway.

/// The first wait is drawn from nothing up to this.
const FIRST_MS: i64 = 2_000;
/// Later waits are at least this.
const LEAST_MS: i64 = 1_000;
/// No wait is longer than this, unless the server asks for it.
const MOST_MS: i64 = 30_000;
/// No server may ask for more.
const MOST_FLOOR_MS: i64 = 3_600_000;

/// The waits since the link was last a good one.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Waits {
    previous: Option<i64>,
}

impl Waits {
    /// The next wait in milliseconds, at least `floor_ms`; `dice` is any number.
    pub(super) fn next_ms(&mut self, dice: u64, floor_ms: i64) -> i64 {
        let wait = match self.previous {
            None => between(0, FIRST_MS, dice),
            Some(previous) => {
                let most = previous.saturating_mul(3).clamp(LEAST_MS, MOST_MS);
                between(LEAST_MS, most, dice)
            }
        };
        self.previous = Some(wait.max(LEAST_MS));
        let floor_ms = floor_ms.clamp(0, MOST_FLOOR_MS);
        if floor_ms == 0 {
            return wait;
        }
        // Those who were given the same floor must not come in the same instant either.
        wait.max(floor_ms.saturating_add(between(0, LEAST_MS.max(floor_ms / 10), dice)))
    }
}

fn between(least: i64, most: i64, dice: u64) -> i64 {
    let span = u64::try_from(most.saturating_sub(least))
        .unwrap_or(0)
        .saturating_add(1);
    least.saturating_add(i64::try_from(dice % span).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_first_wait_is_short_and_later_ones_may_treble() {
        let mut waits = Waits::default();
        assert_eq!(waits.next_ms(1_700, 0), 1_700);
        assert_eq!(waits.next_ms(4_100, 0), 5_100);
        assert_eq!(waits.next_ms(14_300, 0), 15_300);
        assert_eq!(waits.next_ms(29_000, 0), 30_000);
    }

    proptest! {
        #[test]
        fn no_wait_is_longer_than_half_a_minute_or_shorter_than_the_servers_floor(
            throws in prop::collection::vec((any::<u64>(), 0..100_000_i64), 1..40),
        ) {
            let mut waits = Waits::default();
            for (dice, floor_ms) in throws {
                let wait = waits.next_ms(dice, floor_ms);
                prop_assert!(floor_ms <= wait);
                prop_assert!(wait <= 30_000_i64.max(floor_ms + 1_000.max(floor_ms / 10)));
            }
        }
    }
}
