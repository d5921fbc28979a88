//! What proves the log: tiles of its tree, its signed ends, and the proofs made of them.

use elms_protocol::{
    Epoch, Event, InstitutionId, Seq, Timestamp,
    frame::{Proof, ProvedEntry},
    proof::{
        Checkpoint, Digest, Entry, Frontier, Signed, TILE, consistency, inclusion, origin,
        salt_to_hex,
    },
};
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::{StoreError, disk::size};
use crate::notary::Notary;

/// The end of a log, signed.
pub(super) fn signed_end(
    notary: &Notary,
    institution: InstitutionId,
    epoch: Epoch,
    tree: &Frontier,
) -> Signed {
    notary.sign(Checkpoint {
        origin: origin(institution, epoch),
        size: tree.size(),
        root: tree.root(),
    })
}

pub(crate) fn put_tile(
    conn: &Connection,
    institution: InstitutionId,
    (n, root): (u64, Digest),
) -> Result<(), StoreError> {
    let mut insert = conn.prepare_cached("INSERT INTO tile VALUES (?1, ?2, ?3)")?;
    insert.execute(params![institution.0, number(n), root.0])?;
    Ok(())
}

pub(crate) fn put_checkpoint(
    conn: &Connection,
    institution: InstitutionId,
    epoch: Epoch,
    note: &Signed,
) -> Result<(), StoreError> {
    let mut insert = conn.prepare_cached("INSERT INTO checkpoint VALUES (?1, ?2, ?3, ?4, ?5)")?;
    let Checkpoint { size, root, .. } = &note.checkpoint;
    let (size, epoch) = (number(*size), epoch.0.as_bytes());
    insert.execute(params![
        institution.0,
        size,
        epoch,
        root.0,
        note.signature()
    ])?;
    Ok(())
}

pub(crate) fn put_noted(
    conn: &Connection,
    institution: InstitutionId,
    seq: Seq,
) -> Result<(), StoreError> {
    conn.execute("INSERT INTO noted VALUES (?1, ?2)", [institution.0, seq.0])?;
    Ok(())
}

fn number(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

const CHECKPOINT: &str = "SELECT size, epoch, root, signature FROM checkpoint";

/// The newest signed end.
pub(crate) fn last_checkpoint(
    conn: &Connection,
    institution: InstitutionId,
) -> Result<Option<Signed>, StoreError> {
    let sql = format!("{CHECKPOINT} WHERE institution = ?1 ORDER BY size DESC LIMIT 1");
    let read = |row: &Row<'_>| checkpoint(row, institution);
    let mut query = conn.prepare_cached(&sql)?;
    let found = query.query_row([institution.0], read).optional()?;
    Ok(found.flatten())
}

/// The signed ends from `from` to `to`, in their order. One that is none is as good as missing.
pub(crate) fn checkpoints(
    conn: &Connection,
    institution: InstitutionId,
    (from, to): (Seq, Seq),
) -> Result<Vec<Signed>, StoreError> {
    let sql =
        format!("{CHECKPOINT} WHERE institution = ?1 AND size BETWEEN ?2 AND ?3 ORDER BY size");
    let mut query = conn.prepare_cached(&sql)?;
    let rows = query.query_map([institution.0, from.0, to.0], |row| {
        checkpoint(row, institution)
    })?;
    Ok(rows
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .flatten()
        .collect())
}

fn checkpoint(row: &Row<'_>, institution: InstitutionId) -> rusqlite::Result<Option<Signed>> {
    let epoch = Epoch(uuid::Uuid::from_bytes(row.get(1)?));
    let checkpoint = Checkpoint {
        origin: origin(institution, epoch),
        size: size(Seq(row.get(0)?)),
        root: Digest(row.get(2)?),
    };
    Ok(Signed::from_parts(checkpoint, &row.get::<_, Vec<u8>>(3)?))
}

/// The root over the leaves from `from` to before `to`, as the tree's proofs split them.
fn root_of(
    conn: &Connection,
    institution: InstitutionId,
    from: u64,
    to: u64,
) -> Result<Digest, StoreError> {
    let mut tree = Frontier::default();
    let (first, last) = (
        from.div_ceil(TILE),
        to.checked_div(TILE).unwrap_or_default(),
    );
    if TILE <= to.saturating_sub(from) {
        let mut query = conn.prepare_cached(
            "SELECT root FROM tile WHERE institution = ?1 AND n BETWEEN ?2 AND ?3 ORDER BY n",
        )?;
        let key = [institution.0, number(first), number(last.saturating_sub(1))];
        for root in query.query_map(key, |row| row.get(0).map(Digest))? {
            tree.push_tile(root?);
        }
    }
    let read = from.saturating_add(tree.size());
    let mut query = conn.prepare_cached(
        "SELECT leaf FROM event WHERE institution = ?1 AND seq BETWEEN ?2 AND ?3 ORDER BY seq",
    )?;
    let key = [institution.0, number(read.saturating_add(1)), number(to)];
    for leaf in query.query_map(key, |row| row.get(0).map(Digest))? {
        tree.push(leaf?);
    }
    Ok(tree.root())
}

/// What is asked to be proved: that the log begins as it did with `from` events, and that it has
/// these events.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) from: u64,
    pub(crate) seqs: Vec<Seq>,
}

/// Proves against the newest signed end; none while nothing was ever signed.
pub(crate) fn prove(
    conn: &Connection,
    institution: InstitutionId,
    key: String,
    asked: &Asked,
) -> Result<Option<Proof>, StoreError> {
    let Some(note) = last_checkpoint(conn, institution)? else {
        return Ok(None);
    };
    let end = note.checkpoint.size;
    let root_of = |from, to| root_of(conn, institution, from, to);
    let path = consistency(asked.from, end, root_of)?;
    let prove = |seq: Seq| {
        let index = size(seq).saturating_sub(1);
        let entry = entries(conn, institution, (seq, seq))?.pop();
        let path = inclusion(index, end, root_of)?;
        Ok::<_, StoreError>(entry.map(|entry| ProvedEntry { entry, path }))
    };
    let proved = |seqs: &[Seq]| -> Result<Vec<ProvedEntry>, StoreError> {
        let known = seqs.iter().filter(|seq| (1..=end).contains(&size(**seq)));
        let proved = known
            .map(|seq| prove(*seq))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(proved.into_iter().flatten().collect())
    };
    Ok(Some(Proof {
        note: note.to_string(),
        key,
        path,
        noted: proved(&noted(conn, institution)?)?,
        entries: proved(&asked.seqs)?,
    }))
}

/// Where the log speaks of itself.
pub(crate) fn noted(conn: &Connection, institution: InstitutionId) -> Result<Vec<Seq>, StoreError> {
    let mut query = conn.prepare_cached("SELECT seq FROM noted WHERE institution = ?1")?;
    let rows = query.query_map([institution.0], |row| row.get(0).map(Seq))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The events from `from` to `to`, as they are checked.
pub(crate) fn entries(
    conn: &Connection,
    institution: InstitutionId,
    (from, to): (Seq, Seq),
) -> Result<Vec<Entry>, StoreError> {
    let mut query = conn.prepare_cached(
        "SELECT seq, body, leaf, salt, commitment FROM event
         WHERE institution = ?1 AND seq BETWEEN ?2 AND ?3 ORDER BY seq",
    )?;
    let rows = query.query_map([institution.0, from.0, to.0], entry)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A row that is damaged becomes an entry that no audit takes.
fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let (body, salt): (String, Option<[u8; 16]>) = (row.get(1)?, row.get(3)?);
    let commitment = row.get::<_, Option<[u8; 32]>>(4)?.map(Digest);
    let event = serde_json::from_str::<Event>(&body).ok();
    let name = event.as_ref().map(|event| match commitment {
        Some(_) => event
            .payload
            .get("event")
            .and_then(|name| name.as_str())
            .unwrap_or_default(),
        None => event.event.as_str(),
    });
    Ok(Entry {
        seq: Seq(row.get(0)?),
        at: event.as_ref().map_or(Timestamp(0), |event| event.timestamp),
        event: name.unwrap_or_default().to_owned(),
        leaf: Digest(row.get(2)?),
        body: commitment.is_none().then_some(body),
        salt: salt.map(|salt| salt_to_hex(&salt)),
        commitment,
    })
}
