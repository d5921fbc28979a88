//! The tables of this crate, as constants of TypeScript.

use serde::Serialize;

use crate::{Action, COLUMNS, RejectionCode, Role, host, names, reach};

/// The tables of this crate as constants.
pub(super) fn tables(text: &mut String) -> Result<(), serde_json::Error> {
    let channels: Vec<_> = names::CHANNELS
        .iter()
        .map(|name| Spelled {
            channel: None,
            spelling: [name.seed, name.backend, name.frontend],
        })
        .collect();
    constant(
        text,
        "Channels: the guide's spelling, the original's server, its web client.",
        "CHANNELS",
        &channels,
    )?;
    let events: Vec<_> = names::EVENTS
        .iter()
        .map(|name| Spelled {
            channel: Some(name.channel),
            spelling: [name.seed, name.backend, name.frontend],
        })
        .collect();
    constant(text, "Events, with the channel of each.", "EVENTS", &events)?;
    constant(text, "The calls of the console.", "CALLS", host::CALLS)?;
    constant(
        text,
        "Why a command may be refused.",
        "REJECTION_CODES",
        RejectionCode::ALL,
    )?;
    let columns: Vec<_> = COLUMNS
        .iter()
        .map(|role| role.map_or("CHIEF_INVIGILATOR", Role::text))
        .collect();
    constant(text, "The columns of `REACH`.", "REACH_COLUMNS", &columns)?;
    reach_table(text)
}

/// A channel or event in its three spellings.
#[derive(Serialize)]
struct Spelled {
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<&'static str>,
    #[serde(flatten, serialize_with = "by_partner")]
    spelling: [&'static str; 3],
}

fn by_partner<S: serde::Serializer>(
    spelling: &[&'static str; 3],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let [seed, backend, frontend] = spelling;
    serializer.collect_map([("seed", seed), ("backend", backend), ("frontend", frontend)])
}

/// One constant with a row on each line.
fn constant<T: Serialize>(
    text: &mut String,
    what: &str,
    name: &str,
    rows: &[T],
) -> Result<(), serde_json::Error> {
    text.extend(["/** ", what, " */\nexport const ", name, " = [\n"]);
    for row in rows {
        text.extend(["  ", &serde_json::to_string(row)?, ",\n"]);
    }
    text.push_str("] as const;\n");
    Ok(())
}

/// Who may do what: one letter for each column.
fn reach_table(text: &mut String) -> Result<(), serde_json::Error> {
    text.push_str(
        "/** How far each role may go: S machine, I institution, F faculty, D department, A assigned, O own, - no. */\n\
         export const REACH: { readonly [A in Action]: string } = {\n",
    );
    for action in Action::ALL {
        let letters: String = COLUMNS
            .iter()
            .map(|role| reach(*role, *action).letter())
            .collect();
        let name = serde_json::to_value(action)?;
        let name = name.as_str().unwrap_or_default();
        text.extend(["  ", name, ": \"", &letters, "\",\n"]);
    }
    text.push_str("};\n");
    Ok(())
}
