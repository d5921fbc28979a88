//! `cargo xtask bench`: deliveries for each second of a server's processor time, ours beside the
//! official Node server, in one run. `--subscribers N --events N --rooms N --steady N --runs N`,
//! `--only ours|node`, `--encrypted yes|no`.

use std::io::Write as _;

use anyhow::{Context as _, Result, bail};
use elms_tests::fanout::{Measured, Plan, Which, measure, raise_file_limit, table};

/// What was asked for.
struct Asked {
    plan: Plan,
    runs: usize,
    servers: Vec<Which>,
}

fn main() -> Result<()> {
    let asked = asked(std::env::args().skip(1))?;
    raise_file_limit()?;
    // The generator has one thread and no more, as it shares the machine with the servers.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let all = runtime.block_on(measure_all(&asked))?;
    let Plan {
        subscribers,
        events,
        rooms,
        encrypted,
        ..
    } = asked.plan;
    let how = if encrypted {
        "encrypted"
    } else {
        "in the clear"
    };
    let runs = asked.runs;
    let heading = format!(
        "{subscribers} subscribers, {events} events of each pace, {rooms} rooms besides the \
         institution's, {how}, medians of {runs} runs of each server in turn"
    );
    writeln!(std::io::stdout(), "{heading}\n\n{}", table(&all))?;
    Ok(())
}

async fn measure_all(asked: &Asked) -> Result<Vec<Measured>> {
    let mut all = Vec::new();
    for run in 1..=asked.runs {
        for which in &asked.servers {
            let measured = measure(*which, &asked.plan).await?;
            let rates: Vec<String> = measured
                .paces
                .iter()
                .map(|figures| format!("{:.0}", figures.per_cpu_second()))
                .collect();
            let (rates, runs) = (rates.join(", "), asked.runs);
            writeln!(
                std::io::stderr(),
                "run {run} of {runs}, {which:?}: {rates} deliveries per CPU second"
            )?;
            all.push(measured);
        }
    }
    Ok(all)
}

fn asked(mut words: impl Iterator<Item = String>) -> Result<Asked> {
    let mut asked = Asked {
        plan: Plan::default(),
        runs: 3,
        servers: vec![Which::Ours, Which::Node],
    };
    while let Some(word) = words.next() {
        // Cargo says so to every benchmark.
        if word == "--bench" {
            continue;
        }
        let value = words
            .next()
            .with_context(|| format!("{word} wants a value"))?;
        match word.as_str() {
            "--subscribers" => asked.plan.subscribers = value.parse()?,
            "--events" => asked.plan.events = value.parse()?,
            "--rooms" => asked.plan.rooms = value.parse()?,
            "--steady" => asked.plan.steady = value.parse()?,
            "--runs" => asked.runs = value.parse()?,
            "--encrypted" => asked.plan.encrypted = value == "yes",
            "--only" if value == "ours" => asked.servers = vec![Which::Ours],
            "--only" if value == "node" => asked.servers = vec![Which::Node],
            _ => bail!("unknown: {word} {value}"),
        }
    }
    Ok(asked)
}
