//! What the person reads about the files of their profile.

use std::path::Path;

/// An outbox lies under a key that is gone.
pub(super) fn put_aside(path: &Path) -> String {
    format!(
        "The key to what you kept here before is gone. Nothing was deleted: it lies in {} and comes \
         back by itself when the key store has the key again.{}",
        path.display(),
        for_the_office(path)
    )
}

/// Whether somebody else can open it.
fn for_the_office(path: &Path) -> &'static str {
    if path.with_file_name("recovery.jsonl").exists() {
        " The exams office can open the file recovery.jsonl beside it with its recovery key."
    } else {
        ""
    }
}

/// What was put aside is here again.
pub(super) fn taken_back(n: usize) -> String {
    match n {
        1 => "One entry that was put aside is here again and will be sent.".to_owned(),
        n => format!("{n} entries that were put aside are here again and will be sent."),
    }
}
