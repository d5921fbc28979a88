//! The events that have the words, as the full-text index knows them.
//!
//! A common word has a hundred thousand of them. Fetched one by one most of the time would go into
//! coming and going between the database and us, so that the database gathers them and hands them
//! over in one piece.

use rusqlite::{
    Connection,
    functions::{Aggregate, Context, FunctionFlags},
};

use crate::error::CacheError;

/// Gathers numbers into one blob.
struct Gather;

impl Aggregate<Vec<u8>, Vec<u8>> for Gather {
    fn init(&self, _: &mut Context<'_>) -> rusqlite::Result<Vec<u8>> {
        Ok(Vec::new())
    }

    fn step(&self, context: &mut Context<'_>, gathered: &mut Vec<u8>) -> rusqlite::Result<()> {
        gathered.extend_from_slice(&context.get::<i64>(0)?.to_ne_bytes());
        Ok(())
    }

    fn finalize(
        &self,
        _: &mut Context<'_>,
        gathered: Option<Vec<u8>>,
    ) -> rusqlite::Result<Vec<u8>> {
        Ok(gathered.unwrap_or_default())
    }
}

/// Teaches a connection what [`search`] asks.
pub(in crate::cache) fn prepare(conn: &Connection) -> Result<(), CacheError> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    Ok(conn.create_aggregate_function("gathered", 1, flags, Gather)?)
}

/// The positions of the events that have the words, in the order of the log.
pub(super) fn search(conn: &Connection, expression: &str) -> Result<Vec<i64>, CacheError> {
    let sql = "SELECT gathered(rowid) FROM word WHERE word MATCH ?1";
    let mut select = conn.prepare_cached(sql)?;
    let mut hits: Vec<i64> = select.query_row([expression], |row| {
        let blob = row
            .get_ref(0)?
            .as_blob()
            .map_err(crate::cache::schema::from_sql)?;
        let (numbers, _) = blob.as_chunks();
        Ok(numbers
            .iter()
            .map(|bytes| i64::from_ne_bytes(*bytes))
            .collect())
    })?;
    // They come in this order; that is the index's habit and not its promise.
    if !hits.is_sorted() {
        hits.sort_unstable();
    }
    Ok(hits)
}
