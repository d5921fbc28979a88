//! The holes of the original, tried on our server; and on a careless one, to see that the scripts
//! would tell.

mod careless;

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use elms_tests::{
    attacks::{Found, HOLES, Held, Target, Who},
    process::{DEMO_PASSWORD, ServerProcess},
    rest::{OFFICER, STRANGER},
};

fn who(email: &str) -> Who {
    Who {
        email: email.to_owned(),
        password: DEMO_PASSWORD.to_owned(),
    }
}

async fn attacked(url: &str) -> Result<Vec<Found>> {
    let people = (who(OFFICER), who(STRANGER));
    Target::new(url, Some(people)).attack().await
}

/// The numbers of holes that were tried.
fn numbers(found: &[Found]) -> BTreeSet<&'static str> {
    found.iter().map(|one| one.hole).collect()
}

/// The numbers of holes that the table says are tried.
fn to_try() -> BTreeSet<&'static str> {
    let tried = HOLES.iter().filter(|hole| hole.held == Held::Tried);
    tried.map(|hole| hole.number).collect()
}

#[test]
fn the_table_has_each_hole_of_the_original_once() {
    let numbers: Vec<&str> = HOLES.iter().map(|hole| hole.number).collect();
    let expected: Vec<String> = (1..=31).map(|n| format!("O{n}")).collect();
    assert_eq!(numbers, expected);
}

#[tokio::test]
async fn none_of_the_holes_of_the_original_is_open_here() -> Result<()> {
    let data = tempfile::tempdir()?;
    let server = ServerProcess::start(data.path(), 0, &[]).await?;
    let found = attacked(&server.url).await?;
    let open: Vec<&Found> = found.iter().filter(|one| one.got.is_some()).collect();
    ensure!(open.is_empty(), "{open:#?}");
    assert_eq!(numbers(&found), to_try());
    Ok(())
}

#[tokio::test]
async fn each_script_sees_its_hole_where_it_is_open() -> Result<()> {
    let found = attacked(&careless::start(false).await?).await?;
    let held: Vec<&Found> = found.iter().filter(|one| one.got.is_none()).collect();
    // Whether a server ends cannot be seen on one that goes on.
    ensure!(numbers(&found) == to_try(), "{found:#?}");
    ensure!(
        held.len() == 1 && held.iter().all(|one| one.hole == "O3"),
        "{held:#?}"
    );
    let found = attacked(&careless::start(true).await?).await?;
    let ended = found.iter().find(|one| one.hole == "O3");
    ensure!(ended.is_some_and(|one| one.got.is_some()), "{found:#?}");
    Ok(())
}
