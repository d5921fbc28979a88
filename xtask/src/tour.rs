//! Pictures of the real window: a script signs in through the web driver and walks from place to place.

use std::path::Path;

use crate::display::{in_own_session, on_display};
use crate::node::Node;
use crate::processes::Company;
use crate::run::{Hall, demo_password, station};
use crate::stage::{Stop, While as _, say};

/// The chief exams officer of the demo institution, who sees everything.
const OFFICER: &str = "adjoa.mb@aut.example";

/// Leaves pictures of Monitor, Incident, Batches and Review in `folder`.
pub(crate) fn tour(
    hall: &Hall<'_>,
    node: &Node,
    folder: &Path,
    company: &mut Company,
) -> Result<(), Stop> {
    let display = hall.display.as_deref().ok_or_else(|| {
        Stop::new("pictures are taken on Linux only, where the window can be driven")
    })?;
    std::fs::create_dir_all(folder).doing(&format!("make {}", folder.display()))?;
    let folder = std::path::absolute(folder).doing("find the pictures' folder")?;
    let keys = hall.scratch.join("keys");
    let mut command = in_own_session(&keys, "node".as_ref(), false)?;
    command.arg(hall.places.root.join("xtask").join("tour.mjs"));
    on_display(&mut command, display);
    station(&mut command, hall);
    command
        .env("PATH", node.path())
        .env("TOUR_CONSOLE", hall.places.program("elms-console"))
        .env("TOUR_PICTURES", &folder)
        .env("TOUR_EMAIL", OFFICER)
        .env("TOUR_PASSWORD", demo_password());
    if let Some(time) = hall
        .options
        .until()
        .filter(|_| hall.options.server.is_none())
    {
        command.env("TOUR_UNTIL", time);
    }
    company.run_to_end("Walk through the console", &mut command)?;
    say(&format!("The pictures are in {}.", folder.display()));
    Ok(())
}
