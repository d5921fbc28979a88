//! How often somebody may try to sign in, for each account and for each network address, and how
//! often an account may ask for anything.

use crate::limits::ACCOUNTS_PER_ADDRESS;
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use elms_protocol::Timestamp;

use super::AuthError;

/// In this time all tries come back, in milliseconds.
const MINUTE_MS: i64 = 60_000;
/// Names remembered; when there are more, those that are rested are forgotten.
const REMEMBERED: usize = 10_000;

/// The instants at which each account and address will be rested.
#[derive(Debug)]
pub(super) struct Tries {
    per_minute: i64,
    rested_at: Mutex<HashMap<String, i64>>,
}

impl Tries {
    /// Allows an account so many tries in a row, and as many in every minute.
    pub(super) fn new(per_minute: u32) -> Self {
        Self {
            per_minute: i64::from(per_minute.max(1)),
            rested_at: Mutex::default(),
        }
    }

    /// Counts one more try, or refuses it.
    pub(super) fn one_more(
        &self,
        account: &str,
        address: &str,
        now: Timestamp,
    ) -> Result<(), AuthError> {
        let mut rested = self
            .rested_at
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if REMEMBERED < rested.len() {
            rested.retain(|_, at| now.0 < *at);
        }
        if !address.is_empty() {
            let most = self.per_minute.saturating_mul(ACCOUNTS_PER_ADDRESS);
            take(&mut rested, format!("address {address}"), most, now)?;
        }
        let account: String = account.chars().take(320).collect();
        take(
            &mut rested,
            format!("account {account}"),
            self.per_minute,
            now,
        )
    }
}

fn take(
    rested: &mut HashMap<String, i64>,
    name: String,
    per_minute: i64,
    now: Timestamp,
) -> Result<(), AuthError> {
    let at = rested.entry(name).or_insert(now.0);
    let pause_ms = MINUTE_MS.div_euclid(per_minute).max(1);
    let next = now.0.max(*at).saturating_add(pause_ms);
    let over = next
        .saturating_sub(now.0)
        .saturating_sub(per_minute.saturating_mul(pause_ms));
    if 0 < over {
        let seconds = u64::try_from(over.div_euclid(1_000)).unwrap_or_default();
        return Err(AuthError::TooManyTries(seconds.saturating_add(1)));
    }
    *at = next;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eleventh_try_in_a_row_waits_and_another_account_does_not() {
        let tries = Tries::new(10);
        for _ in 0..10 {
            tries.one_more("a@hall", "10.0.0.1", Timestamp(0)).unwrap();
        }
        let refused = tries.one_more("a@hall", "10.0.0.1", Timestamp(0));
        assert!(matches!(refused, Err(AuthError::TooManyTries(_))));
        tries.one_more("b@hall", "10.0.0.1", Timestamp(0)).unwrap();
        tries
            .one_more("a@hall", "10.0.0.1", Timestamp(6_000))
            .unwrap();
    }

    #[test]
    fn one_address_cannot_try_every_account_of_the_institution() {
        let tries = Tries::new(10);
        for n in 0..100 {
            tries
                .one_more(&format!("{n}@hall"), "10.0.0.1", Timestamp(0))
                .unwrap();
        }
        let refused = tries.one_more("fresh@hall", "10.0.0.1", Timestamp(0));
        assert!(matches!(refused, Err(AuthError::TooManyTries(1))));
        tries
            .one_more("fresh@hall", "10.0.0.2", Timestamp(0))
            .unwrap();
    }
}
