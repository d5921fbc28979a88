//! Files that are brought in: read and planned, and either a list of what is wrong, or of what would
//! change. The first byte names the table, the rest is the file.

use anyhow::{Result, ensure};
use elms_server::import::{File, bring_in};

use super::{
    Target,
    hall::{hall, officer},
};

/// A file.
pub(super) const IMPORTS: Target = Target {
    name: "imports",
    runs: 1_500,
    feed: imports,
    words: &[
        ",",
        ";",
        "\t",
        "\"",
        "\"\"",
        "\n",
        "\r\n",
        "\u{feff}",
        "=1+1",
        "id",
        "name",
        "email",
        "role",
        "EXAMS_OFFICER",
        "code",
        "starts",
        "2026-12-07",
        "09:00",
        "-1",
        "99999999999999999999",
        "\0",
        "\u{202e}",
        "capacity",
        "sitting",
        "student",
    ],
};

const TABLES: [&str; 6] = [
    "institution.csv",
    "people.csv",
    "venues.csv",
    "timetables.csv",
    "sittings.csv",
    "registrations.csv",
];

fn imports(bytes: &[u8]) -> Result<()> {
    let [table, content @ ..] = bytes else {
        return Ok(());
    };
    let number = usize::from(*table).checked_rem(TABLES.len());
    let name = number.and_then(|number| TABLES.get(number));
    let file = File {
        name: name.copied().unwrap_or_default().to_owned(),
        bytes: content.to_vec(),
    };
    let hall = hall()?;
    let files = [file];
    let planned = bring_in(&hall.app, officer(), &files, true);
    let report = hall.runtime.block_on(planned)?;
    ensure!(report.first_passwords.is_empty(), "a trial told passwords");
    let mut problems = report.problems.iter();
    ensure!(problems.all(|problem| !problem.message.is_empty()));
    Ok(())
}
