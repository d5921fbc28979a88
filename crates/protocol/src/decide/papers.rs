//! The question papers of a batch: printed, and signed for by the hall.

use super::batches::not_from_there;
use super::{Asked, Decision, LONGEST_LINE, words};
use crate::{
    Action, BatchPrinted, BatchStatus, Fact, NotePrinted, PrintRun, Printed, Rejection, Subject,
    UserId,
};

/// The action of the hall log by which somebody signs for the question papers.
pub const PAPERS_RECEIVED: &str = "PAPERS_RECEIVED";

/// Papers that one sitting can have at most; more is a slip of the finger.
const MOST_PAPERS: i64 = 20_000;

pub(crate) fn print(asked: Asked<'_>, input: &NotePrinted) -> Decision {
    let (batch, sitting) = asked.batch(input.batch_id)?;
    let subject = Subject {
        sitting: Some(&sitting),
        batch: Some(&batch),
        own: false,
    };
    asked.need(Action::NotePrinted, subject)?;
    // Once the scripts are under seal, nothing that could explain their number changes any more.
    if !matches!(
        batch.status,
        BatchStatus::Pending | BatchStatus::InCollection
    ) {
        return Err(not_from_there(&batch, "printed"));
    }
    plausible(input.copies, input.spare)?;
    let printed_at = input.printed_at.unwrap_or_else(|| asked.happened());
    if printed_at > asked.now {
        return Err(Rejection::invalid("That is still to come."));
    }
    Ok(vec![Fact::BatchPrinted(BatchPrinted {
        batch_id: batch.id,
        batch_qr_code: batch.code.clone(),
        copies: input.copies,
        spare: input.spare,
        place: words(&input.place, "place", LONGEST_LINE)?,
        printed_at,
        noted_by: asked.actor.name.clone(),
        noted_by_id: asked.actor.user.unwrap_or(UserId(0)),
        before: batch.printed.map(run),
    })])
}

fn run(printed: Printed) -> PrintRun {
    PrintRun {
        copies: printed.copies,
        spare: printed.spare,
        place: printed.place,
        printed_at: printed.at,
    }
}

fn plausible(copies: i64, spare: i64) -> Result<(), Rejection> {
    if (1..=MOST_PAPERS).contains(&copies) && (0..=MOST_PAPERS).contains(&spare) {
        return Ok(());
    }
    let message = format!("{copies} copies and {spare} spare cannot be right.");
    Err(Rejection::invalid(message))
}

/// Refuses a number of papers that nobody can have signed for.
pub(crate) fn signed_for(count: Option<i64>) -> Result<(), Rejection> {
    match count {
        Some(count) if !(1..=MOST_PAPERS).contains(&count) => {
            let message = format!("Nobody signs for {count} papers.");
            Err(Rejection::invalid(message))
        }
        Some(_) | None => Ok(()),
    }
}
