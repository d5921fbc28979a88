//! A command in one sentence.

use elms_protocol::{Command, describe};

use crate::overlay::Pending;

/// Fields that hold what a person wrote, the telling ones first.
const WRITTEN: [&str; 9] = [
    "description",
    "text",
    "resolution",
    "reason",
    "note",
    "title",
    "grade",
    "to",
    "sealNumber",
];

/// What a command would become, or what it asks for.
pub(super) fn pending(pending: &Pending) -> String {
    pending
        .events
        .first()
        .map_or_else(|| asked(&pending.request.command), describe)
}

/// What a command asks for: `Note incident: two phones`.
pub(super) fn asked(command: &Command) -> String {
    let tagged = serde_json::to_value(command).unwrap_or_default();
    let written = |name| tagged.get("input")?.get(name)?.as_str().map(str::to_owned);
    let written = WRITTEN
        .into_iter()
        .filter_map(written)
        .find(|text| !text.is_empty());
    let name = spaced(command.name());
    written.map_or_else(|| name.clone(), |written| format!("{name}: {written}"))
}

/// `ReportIncident` as `Report incident`.
fn spaced(name: &str) -> String {
    let mut spaced = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !spaced.is_empty() {
            spaced.push(' ');
            spaced.extend(letter.to_lowercase());
        } else {
            spaced.push(letter);
        }
    }
    spaced
}

#[cfg(test)]
mod tests {
    use elms_protocol::{BatchId, OpenCollection, UnsealBatch, UserId};

    use super::*;

    #[test]
    fn a_command_is_named_with_what_was_written() {
        let open = Command::from(OpenCollection {
            batch_id: BatchId(7),
        });
        assert_eq!(asked(&open), "Open collection");
        let reason = "one script was left on a desk".to_owned();
        let unseal = UnsealBatch {
            batch_id: BatchId(7),
            witness: UserId(2),
            reason,
        };
        assert_eq!(
            asked(&unseal.into()),
            "Unseal batch: one script was left on a desk"
        );
    }
}
