//! What the person reads about the files of their profile.

use std::path::Path;

/// An outbox lies under a key that is gone.
pub(super) fn put_aside(path: &Path) -> String {
    format!(
        "The key to what you kept here before is gone. Nothing was deleted: it lies in {} and comes \
         back by itself when the key store has the key again.",
        path.display()
    )
}

/// What was put aside is here again.
pub(super) fn taken_back(n: usize) -> String {
    match n {
        1 => "One entry that was put aside is here again and will be sent.".to_owned(),
        n => format!("{n} entries that were put aside are here again and will be sent."),
    }
}
