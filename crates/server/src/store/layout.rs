//! The tables, and how those of older versions become them.

use elms_protocol::{
    Epoch, Event, InstitutionId, Seq,
    proof::{Frontier, Key, Leaf, Signed, commitment},
};
use rusqlite::{Connection, OptionalExtension as _, Transaction, params};
use sha2::{Digest as _, Sha256};

use super::{
    StoreError,
    disk::size,
    proofs::{last_checkpoint, put_checkpoint, put_tile, signed_end},
};
use crate::notary::Notary;

/// Version of the tables; an older program refuses a newer file.
const VERSION: i64 = 2;

const LOG: &str = "
CREATE TABLE institution (
    institution INTEGER PRIMARY KEY,
    -- Names this life of the log; a restored backup gets a new one.
    epoch BLOB NOT NULL,
    -- The last position given out; equal to the number of events.
    head INTEGER NOT NULL,
    -- The right edge of the Merkle tree over the events.
    frontier BLOB NOT NULL,
    n_incidents INTEGER NOT NULL DEFAULT 0,
    n_notifications INTEGER NOT NULL DEFAULT 0,
    -- Where audits begin: the first life, and the key that signed it.
    first_epoch BLOB NOT NULL,
    first_key TEXT NOT NULL
) STRICT;
CREATE TABLE event (
    institution INTEGER NOT NULL,
    -- 1, 2, 3, … within the institution.
    seq INTEGER NOT NULL,
    -- The event, byte for byte as it is sent; what is left of it when it was erased.
    body TEXT NOT NULL,
    -- The hash of its leaf in the tree.
    leaf BLOB NOT NULL,
    -- Hides the body behind the leaf; none when it was erased, and then the commitment stays.
    salt BLOB,
    commitment BLOB,
    -- The chained hash that cursors were made of before there was a tree.
    old_tag BLOB,
    PRIMARY KEY (institution, seq)
) STRICT, WITHOUT ROWID;
-- The root of every 256 leaves, so that a proof reads few rows.
CREATE TABLE tile (
    institution INTEGER NOT NULL,
    n INTEGER NOT NULL,
    root BLOB NOT NULL,
    PRIMARY KEY (institution, n)
) STRICT, WITHOUT ROWID;
-- The signed end of the log after each commit.
CREATE TABLE checkpoint (
    institution INTEGER NOT NULL,
    size INTEGER NOT NULL,
    epoch BLOB NOT NULL,
    root BLOB NOT NULL,
    -- Four bytes of the key's id, and the signature.
    signature BLOB NOT NULL,
    PRIMARY KEY (institution, size)
) STRICT, WITHOUT ROWID;
-- Where the log speaks of itself: new lives, new keys, erasures.
CREATE TABLE noted (
    institution INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (institution, seq)
) STRICT, WITHOUT ROWID;
";

const REST: &str = "
CREATE TABLE record (
    institution INTEGER NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (institution, kind, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE answer (
    institution INTEGER NOT NULL,
    -- 0 is the system. An id belongs to its author: another's is another command.
    author INTEGER NOT NULL,
    command BLOB NOT NULL,
    -- SHA-256 of the command, to notice an id that is used twice.
    body_hash BLOB NOT NULL,
    outcome TEXT NOT NULL,
    PRIMARY KEY (institution, author, command)
) STRICT, WITHOUT ROWID;
";

/// Brings the tables to this version.
pub(super) fn migrate(conn: &mut Connection, notary: &Notary) -> Result<(), StoreError> {
    let version: i64 = conn.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let tx = conn.transaction()?;
    match version {
        0 => tx.execute_batch(&format!("{LOG}{REST}"))?,
        1 => plant(&tx, notary)?,
        VERSION => return Ok(()),
        newer => return Err(StoreError::Newer(newer)),
    }
    tx.pragma_update(None, "user_version", VERSION)?;
    Ok(tx.commit()?)
}

/// Refuses a file of another version.
pub(crate) fn check_version(conn: &Connection) -> Result<(), StoreError> {
    let version: i64 = conn.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    match version {
        VERSION => Ok(()),
        other if VERSION < other => Err(StoreError::Newer(other)),
        _ => Err(StoreError::Older),
    }
}

/// Whether anything was signed already.
pub(super) fn is_signed(conn: &Connection) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM sqlite_schema WHERE name = 'checkpoint'";
    let there_is = conn.query_row(sql, [], |_| Ok(())).optional()?.is_some();
    if !there_is {
        return Ok(false);
    }
    let sql = "SELECT 1 FROM checkpoint LIMIT 1";
    Ok(conn.query_row(sql, [], |_| Ok(())).optional()?.is_some())
}

/// Whether any log ends with a signature of this key.
pub(super) fn was_signed_by(conn: &Connection, key: &Key) -> bool {
    let ends = || -> Result<Vec<Signed>, StoreError> {
        let mut query = conn.prepare("SELECT institution FROM institution")?;
        let all = query.query_map([], |row| row.get(0).map(InstitutionId))?;
        let all = all.collect::<Result<Vec<_>, _>>()?;
        let ends = all
            .into_iter()
            .map(|institution| last_checkpoint(conn, institution));
        Ok(ends
            .collect::<Result<Vec<_>, _>>()?
            .into_iter()
            .flatten()
            .collect())
    };
    ends().is_ok_and(|ends| ends.iter().any(|note| note.verify(key).is_ok()))
}

/// Makes the events of a chained log the leaves of a tree. The chain is checked once more on the
/// way: what was changed before must not be signed as if it were the truth.
fn plant(tx: &Transaction<'_>, notary: &Notary) -> Result<(), StoreError> {
    tx.execute_batch(
        "ALTER TABLE institution RENAME TO institution_1; ALTER TABLE event RENAME TO event_1;",
    )?;
    tx.execute_batch(LOG)?;
    let mut query = tx.prepare("SELECT institution, epoch FROM institution_1")?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get::<_, [u8; 16]>(1)?)))?;
    for row in rows {
        let (institution, epoch) = row?;
        let epoch = Epoch(uuid::Uuid::from_bytes(epoch));
        plant_one(tx, notary, InstitutionId(institution), epoch)?;
    }
    drop(query);
    Ok(tx.execute_batch("DROP TABLE event_1; DROP TABLE institution_1;")?)
}

fn plant_one(
    tx: &Transaction<'_>,
    notary: &Notary,
    institution: InstitutionId,
    epoch: Epoch,
) -> Result<(), StoreError> {
    let mut tree = Frontier::default();
    let mut query =
        tx.prepare("SELECT seq, body, hash FROM event_1 WHERE institution = ?1 ORDER BY seq")?;
    let mut rows = query.query([institution.0])?;
    let mut chain = [0; 32];
    while let Some(row) = rows.next()? {
        let (seq, body): (i64, String) = (row.get(0)?, row.get(1)?);
        let hash: [u8; 32] = row.get(2)?;
        chain = chained(&chain, &body);
        let follows = size(Seq(seq)) == tree.size().saturating_add(1);
        if chain != hash || !follows {
            return Err(StoreError::Torn(institution, Seq(seq)));
        }
        put_leaf(tx, institution, (Seq(seq), &body, &hash), &mut tree)?;
    }
    tx.execute(
        "INSERT INTO institution
         SELECT institution, epoch, head, ?2, n_incidents, n_notifications, epoch, ?3
         FROM institution_1 WHERE institution = ?1",
        params![institution.0, tree.to_bytes(), notary.key().to_string()],
    )?;
    if 0 < tree.size() {
        put_checkpoint(
            tx,
            institution,
            epoch,
            &signed_end(notary, institution, epoch, &tree),
        )?;
    }
    Ok(())
}

fn put_leaf(
    tx: &Transaction<'_>,
    institution: InstitutionId,
    (seq, body, old_tag): (Seq, &str, &[u8]),
    tree: &mut Frontier,
) -> Result<(), StoreError> {
    let event: Event = serde_json::from_str(body)?;
    let salt = Notary::salt();
    let leaf = Leaf::of(&event, commitment(&salt, body)).digest();
    let mut insert = tx.prepare_cached(
        "INSERT INTO event (institution, seq, body, leaf, salt, old_tag)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    insert.execute(params![institution.0, seq.0, body, leaf.0, salt, old_tag])?;
    if let Some(tile) = tree.push(leaf) {
        put_tile(tx, institution, tile)?;
    }
    Ok(())
}

/// A link of the old chain: SHA-256 of the hash before and the body.
fn chained(before: &[u8; 32], body: &str) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(before);
    hasher.update(body.as_bytes());
    hasher.finalize().into()
}

#[cfg(test)]
mod tests;
