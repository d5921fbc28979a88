//! Forgetting what the server has erased: the words go from the events, the index and the records, the
//! place in the log stays.

use elms_protocol::{Event, Key, LogNoted, Seq, erasure::blanked};
use rusqlite::{Connection, params};

use super::schema::from_sql;
use crate::error::CacheError;

/// Does what an erasure says to everything that is held here.
pub(super) fn forget(conn: &Connection, noted: &LogNoted) -> Result<(), CacheError> {
    // The file is sealed, but its key lies on the same computer: freed bytes are overwritten.
    conn.execute_batch("PRAGMA secure_delete = ON")?;
    for seq in &noted.erased {
        if let Some(event) = held(conn, *seq)? {
            blank(conn, &blanked(&event))?;
        }
    }
    for key in &noted.records {
        remove(conn, key)?;
    }
    // The terms of a text stay in the index until its parts are merged.
    conn.execute_batch("INSERT INTO word (word) VALUES ('optimize'); PRAGMA secure_delete = OFF;")?;
    Ok(())
}

fn held(conn: &Connection, seq: Seq) -> Result<Option<Event>, CacheError> {
    let mut select = conn.prepare_cached("SELECT json FROM event WHERE seq = ?1")?;
    let mut rows = select.query([seq.0])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    let event: Event = serde_json::from_str(row.get_ref(0)?.as_str().map_err(from_sql)?)?;
    Ok((!event.is_erased()).then_some(event))
}

/// Puts what is left of an event in its place.
pub(super) fn blank(conn: &Connection, left: &Event) -> Result<(), CacheError> {
    let json = serde_json::to_string(left)?;
    conn.prepare_cached("UPDATE event SET json = ?2 WHERE seq = ?1")?
        .execute(params![left.seq.0, json])?;
    for sql in [
        "DELETE FROM late_case WHERE id IN (SELECT id FROM about WHERE seq = ?1)",
        "DELETE FROM about WHERE seq = ?1",
        "DELETE FROM word WHERE rowid = ?1",
        "UPDATE mark SET severity = 0, station = 0 WHERE seq = ?1",
    ] {
        conn.prepare_cached(sql)?.execute([left.seq.0])?;
    }
    Ok(())
}

fn remove(conn: &Connection, key: &Key) -> Result<(), CacheError> {
    for table in ["record", "base"] {
        let sql = format!("DELETE FROM {table} WHERE kind = ?1 AND id = ?2");
        conn.prepare_cached(&sql)?
            .execute(params![key.kind.text(), key.id])?;
    }
    let sql = "DELETE FROM late_case WHERE id = ?1";
    conn.prepare_cached(sql)?.execute([&key.id])?;
    Ok(())
}
