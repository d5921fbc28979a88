//! The rules, one story each.

mod cases;
mod custody;
mod halls;
mod incidents;
mod papers;
mod registers;
mod revisions;
mod scripts;
mod seals;
mod stations;

use crate::{Fact, Rejection, RejectionCode};

/// The code of a refusal; panics when it was none.
fn code(answer: Result<Vec<Fact>, Rejection>) -> RejectionCode {
    answer.unwrap_err().code
}
