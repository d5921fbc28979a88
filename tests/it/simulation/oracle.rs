//! What must hold after every story.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use anyhow::{Result, ensure};
use elms_client::FileKey;
use elms_client::cache::{Cache, Records};
use elms_protocol::{Kind, Seq};
use elms_server::store::Logged;

use super::{hall::Hall, network::World, scratch};

/// I1: what was called kept is in the log exactly once. I2: each copy is the log. I3: the log
/// verifies. I4, that nothing waits any more, was what the story has ended with.
pub(super) fn ask(world: &World) -> Result<()> {
    let log = world.office.log()?;
    for (n, event) in log.iter().enumerate() {
        ensure!(
            usize::try_from(event.event.seq.0)? == n + 1,
            "the log has a gap at {n}"
        );
    }
    for hall in &world.halls {
        kept_once(hall, &log)?;
        same(world, hall, &log)?;
    }
    world.office.audit()
}

fn kept_once(hall: &Hall, log: &[Arc<Logged>]) -> Result<()> {
    let refused = hall.refused()?;
    for told in &hall.told {
        let words = &told.words;
        let says_it = |logged: &&Arc<Logged>| logged.event.payload.to_string().contains(words);
        let saying: Vec<_> = log
            .iter()
            .filter(says_it)
            .map(|logged| &logged.event)
            .collect();
        let refusal = refused.iter().find(|text| text.contains(words));
        let first = saying.first().map(|event| (&event.event, event.seq));
        let times = saying
            .iter()
            .filter(|event| first.is_some_and(|(name, _)| *name == event.event));
        let times = times.count();
        ensure!(
            times == 1,
            "{words} is in the log {times} times; refused: {refusal:?}"
        );
    }
    ensure!(refused.is_empty(), "refused: {refused:?}");
    Ok(())
}

fn same(world: &World, hall: &Hall, log: &[Arc<Logged>]) -> Result<()> {
    let fresh = scratch()?;
    let mut truth = Cache::open(&fresh.path().join("cache.db"), &FileKey::mint()?)?;
    truth.install(
        &world.office.snapshot(hall.me.clone())?,
        elms_protocol::Timestamp(0),
    )?;
    let copy = hall.cache()?;
    ensure!(
        copy.state_hash() == truth.state_hash(),
        "the records differ: {}",
        differences(&copy.records(), &truth.records())
    );
    for logged in log {
        // What its first copy includes comes as history, which is no part of a story.
        let Some(held) = hall.holds(logged.event.seq)? else {
            ensure!(
                logged.event.seq <= copy.reader()?.filled(),
                "{} is missing",
                logged.event.seq
            );
            continue;
        };
        ensure!(
            held.event_id == logged.event.event_id,
            "{} is another",
            held.seq
        );
    }
    let beyond = Seq(world.office.head()?.seq.0 + 1);
    ensure!(
        hall.holds(beyond)?.is_none(),
        "{beyond} is held and never happened"
    );
    Ok(())
}

/// Every record of which the copy has something else than the log.
fn differences(copy: &Records, truth: &Records) -> String {
    let mut found = Vec::new();
    for kind in Kind::ALL.iter().copied() {
        let all = |records: &Records| {
            let all = records
                .of(kind)
                .map(|(key, record)| (key.clone(), record.clone()));
            all.collect::<BTreeMap<_, _>>()
        };
        let (copy, truth) = (all(copy), all(truth));
        let keys: BTreeSet<_> = copy.keys().chain(truth.keys()).collect();
        let differ = keys
            .into_iter()
            .filter(|key| copy.get(*key) != truth.get(*key));
        found.extend(differ.map(|key| format!("{:?} is {:?}", copy.get(key), truth.get(key))));
    }
    found.join("; ")
}
