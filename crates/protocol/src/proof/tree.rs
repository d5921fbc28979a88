//! The Merkle tree of RFC 6962 (RFC 9162 §2.1): leaves, roots and the two kinds of proof.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};

use crate::hex;

/// The height of the subtrees whose roots are stored; with them a proof is made of few rows.
pub const TILE_LEVEL: u32 = 8;
/// Leaves in such a subtree.
pub const TILE: u64 = 1 << TILE_LEVEL;

/// A SHA-256 value; 64 hexadecimal digits as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(type = "string"))]
pub struct Digest(pub [u8; 32]);

/// The text is not 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a hash is 64 hexadecimal digits")]
pub struct ParseDigestError;

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl std::str::FromStr for Digest {
    type Err = ParseDigestError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bytes = hex::decode(text).and_then(|bytes| bytes.try_into().ok());
        bytes.map(Self).ok_or(ParseDigestError)
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// The leaf of some bytes.
pub fn leaf_of(bytes: &[u8]) -> Digest {
    let mut hasher = Sha256::new();
    hasher.update([0]);
    hasher.update(bytes);
    Digest(hasher.finalize().into())
}

fn node(left: Digest, right: Digest) -> Digest {
    let mut bytes = [1; 65];
    let (_, children) = bytes.split_at_mut(1);
    let (first, second) = children.split_at_mut(32);
    first.copy_from_slice(&left.0);
    second.copy_from_slice(&right.0);
    Digest(Sha256::digest(bytes).into())
}

/// The right edge of a tree: all that is needed to append to it and to name its root.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frontier {
    size: u64,
    /// The roots of the complete subtrees, the largest first.
    peaks: Vec<Digest>,
}

impl Frontier {
    /// Leaves in the tree.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends a leaf. When it completes a subtree of [`TILE`] leaves, that one's number and root.
    pub fn push(&mut self, leaf: Digest) -> Option<(u64, Digest)> {
        let tile = self.join(leaf, 0);
        let number = self.size >> TILE_LEVEL;
        self.size = self.size.saturating_add(1);
        tile.map(|root| (number, root))
    }

    /// Appends a whole subtree of [`TILE`] leaves. False, and nothing happens, unless the tree is
    /// made of such subtrees.
    pub fn push_tile(&mut self, root: Digest) -> bool {
        let is_even = self.size.trailing_zeros() >= TILE_LEVEL;
        if is_even {
            self.join(root, TILE_LEVEL);
            self.size = self.size.saturating_add(TILE);
        }
        is_even
    }

    /// Joins a subtree of this height at the right; the subtree of [`TILE_LEVEL`] that came about.
    fn join(&mut self, mut right: Digest, mut level: u32) -> Option<Digest> {
        let mut tile = None;
        for _ in 0..(self.size >> level).trailing_ones() {
            if let Some(left) = self.peaks.pop() {
                right = node(left, right);
            }
            level = level.saturating_add(1);
            if level == TILE_LEVEL {
                tile = Some(right);
            }
        }
        self.peaks.push(right);
        tile
    }

    /// The root of the tree.
    pub fn root(&self) -> Digest {
        let mut peaks = self.peaks.iter().rev().copied();
        match peaks.next() {
            None => Digest(Sha256::digest([]).into()),
            Some(last) => peaks.fold(last, |right, left| node(left, right)),
        }
    }

    /// The peaks as bytes, 32 each.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.peaks.iter().flat_map(|peak| peak.0).collect()
    }

    /// The frontier of a tree of `size` leaves; none when there are not as many peaks as it has.
    pub fn from_bytes(size: u64, bytes: &[u8]) -> Option<Self> {
        let (peaks, rest) = bytes.as_chunks::<32>();
        let n_peaks = usize::try_from(size.count_ones()).ok()?;
        (rest.is_empty() && peaks.len() == n_peaks).then(|| Self {
            size,
            peaks: peaks.iter().copied().map(Digest).collect(),
        })
    }
}

/// Where a tree of `n` leaves is split: the largest power of two below `n`.
fn split(n: u64) -> u64 {
    let below = n.saturating_sub(1).max(1);
    1 << below.ilog2()
}

/// The proof that the leaf at `index` is in the tree of `size` leaves. `root_of(a, b)` gives the
/// root over the leaves from `a` to before `b`.
///
/// # Errors
///
/// Those of `root_of`.
pub fn inclusion<E>(
    index: u64,
    size: u64,
    mut root_of: impl FnMut(u64, u64) -> Result<Digest, E>,
) -> Result<Vec<Digest>, E> {
    let (mut from, mut to, mut path) = (0_u64, size, Vec::new());
    while 1 < to.saturating_sub(from) {
        let middle = from.saturating_add(split(to.saturating_sub(from)));
        if index < middle {
            path.push(root_of(middle, to)?);
            to = middle;
        } else {
            path.push(root_of(from, middle)?);
            from = middle;
        }
    }
    path.reverse();
    Ok(path)
}

/// The proof that the tree of `size` leaves begins with the tree of its first `old` leaves.
///
/// # Errors
///
/// Those of `root_of`.
pub fn consistency<E>(
    old: u64,
    size: u64,
    mut root_of: impl FnMut(u64, u64) -> Result<Digest, E>,
) -> Result<Vec<Digest>, E> {
    let (mut from, mut to, mut path) = (0_u64, size, Vec::new());
    if old == 0 || size <= old {
        return Ok(path);
    }
    while to != old {
        let middle = from.saturating_add(split(to.saturating_sub(from)));
        if old <= middle {
            path.push(root_of(middle, to)?);
            to = middle;
        } else {
            path.push(root_of(from, middle)?);
            from = middle;
        }
    }
    if from != 0 {
        path.push(root_of(from, to)?);
    }
    path.reverse();
    Ok(path)
}

/// The way up from a leaf to the root, as RFC 9162 (2.1.3.2 and 2.1.4.2) walks it.
struct Climb {
    place: u64,
    /// The last place of this height; 0 at the root.
    last: u64,
}

/// On which side of the way a sibling stands.
enum Side {
    Left,
    Right,
}

impl Climb {
    /// Goes up past the next sibling; none when this is the root.
    fn step(&mut self) -> Option<Side> {
        if self.last == 0 {
            return None;
        }
        let side = if self.place & 1 == 1 || self.place == self.last {
            // The last node of a height has no sibling there: it goes up until it has one.
            self.rise(self.place.trailing_zeros());
            Side::Left
        } else {
            Side::Right
        };
        self.rise(1);
        Some(side)
    }

    fn rise(&mut self, levels: u32) {
        self.place = self.place.checked_shr(levels).unwrap_or(0);
        self.last = self.last.checked_shr(levels).unwrap_or(0);
    }
}

/// Whether `path` proves that `leaf` is at `index` of the tree with `size` leaves and this root.
pub fn includes(leaf: Digest, index: u64, (size, root): (u64, Digest), path: &[Digest]) -> bool {
    if size <= index {
        return false;
    }
    let mut climb = Climb {
        place: index,
        last: size.saturating_sub(1),
    };
    let top = path.iter().try_fold(leaf, |hash, sibling| {
        Some(match climb.step()? {
            Side::Left => node(*sibling, hash),
            Side::Right => node(hash, *sibling),
        })
    });
    climb.last == 0 && top == Some(root)
}

/// Whether `path` proves that the tree `new` begins with the tree `old`, each a size and a root.
pub fn extends(old: (u64, Digest), new: (u64, Digest), path: &[Digest]) -> bool {
    let ((old_size, old_root), (new_size, new_root)) = (old, new);
    if old_size == 0 {
        return path.is_empty();
    }
    if new_size <= old_size {
        return old == new && path.is_empty();
    }
    let mut climb = Climb {
        place: old_size.saturating_sub(1),
        last: new_size.saturating_sub(1),
    };
    climb.rise(climb.place.trailing_ones());
    let mut rest = path.iter().copied();
    let seed = if old_size.is_power_of_two() {
        Some(old_root)
    } else {
        rest.next()
    };
    let Some(seed) = seed else { return false };
    let top = rest.try_fold((seed, seed), |(before, after), sibling| {
        Some(match climb.step()? {
            Side::Left => (node(sibling, before), node(sibling, after)),
            Side::Right => (before, node(after, sibling)),
        })
    });
    climb.last == 0 && top == Some((old_root, new_root))
}

#[cfg(test)]
mod tests;
