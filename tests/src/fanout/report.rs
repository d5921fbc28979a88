//! The figures as a table: the middle one of all runs.

use super::{Figures, Measured, Pace, Which};

const BOTH: [Which; 2] = [Which::Node, Which::Ours];

/// A table in Markdown of what the runs have shown, each figure the median of its kind.
pub fn table(runs: &[Measured]) -> String {
    let mut lines = vec![
        "| pace | server | deliveries per CPU s | CPU µs each | p50 ms | p99 ms | deliveries/s | \
         bytes each | repeated |"
            .to_owned(),
        "|---|---|---|---|---|---|---|---|---|".to_owned(),
    ];
    let n_paces = runs.iter().map(|run| run.paces.len()).min().unwrap_or(0);
    for pace in 0..n_paces {
        lines.extend(BOTH.map(|which| row(&of(runs, which, pace), which)));
        lines.push(ratio(runs, pace));
    }
    lines.push(String::new());
    lines.push("| server | KiB per connection | KiB before | CPU ms to enter |".to_owned());
    lines.push("|---|---|---|---|".to_owned());
    lines.extend(BOTH.map(|which| memory(runs, which)));
    lines.join("\n")
}

fn row(figures: &[&Figures], which: Which) -> String {
    let middle = |of: fn(&Figures) -> f64| median(figures.iter().map(|figures| of(figures)));
    let pace = figures.first().map(|first| pace_name(first.pace));
    format!(
        "| {} | {} | {:.0} | {:.2} | {:.1} | {:.1} | {:.0} | {:.0} | {:.0} |",
        pace.unwrap_or_default(),
        name(which),
        middle(Figures::per_cpu_second),
        middle(|f| 1e6 / f.per_cpu_second()),
        middle(|f| f.p50_ms),
        middle(|f| f.p99_ms),
        middle(|f| super::to_f64(f.deliveries) / f.wall_s),
        middle(|f| super::to_f64(f.bytes) / super::to_f64(f.deliveries)),
        middle(|f| super::to_f64(f.repeated)),
    )
}

fn ratio(runs: &[Measured], pace: usize) -> String {
    let rate = |which| median(of(runs, which, pace).iter().map(|f| f.per_cpu_second()));
    let ratio = rate(Which::Ours) / rate(Which::Node);
    format!("| | **ours to Node** | **{ratio:.2}** | | | | | | |")
}

fn memory(runs: &[Measured], which: Which) -> String {
    let runs = || runs.iter().filter(|run| run.which == which);
    let each = median(runs().map(|run| run.kib_per_connection));
    let base = median(runs().map(|run| super::to_f64(run.base_kib)));
    let entry = median(runs().map(|run| run.entry_cpu_ms));
    let name = name(which);
    format!("| {name} | {each:.1} | {base:.0} | {entry:.2} |")
}

fn of(runs: &[Measured], which: Which, pace: usize) -> Vec<&Figures> {
    let runs = runs.iter().filter(|run| run.which == which);
    runs.filter_map(|run| run.paces.get(pace)).collect()
}

fn name(which: Which) -> &'static str {
    match which {
        Which::Ours => "elms-server",
        Which::Node => "socket.io",
    }
}

fn pace_name(pace: Pace) -> String {
    match pace {
        Pace::OneByOne => "one by one".to_owned(),
        Pace::Bursts(size) => format!("bursts of {size}"),
        Pace::Steady(per_second) => format!("{per_second} a second"),
    }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    values.get(middle).copied().unwrap_or(f64::NAN)
}
