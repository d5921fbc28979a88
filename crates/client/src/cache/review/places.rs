//! Positions in the log, most of which follow one another: a day without holes is one run.

/// Positions in rising order, each of which has an index, counted from 0.
#[derive(Debug, Clone, Default)]
pub(crate) struct Places {
    runs: Vec<Run>,
    len: u32,
}

/// Positions without a hole.
#[derive(Debug, Clone, Copy)]
struct Run {
    /// The first position.
    seq: i64,
    /// Its index.
    index: u32,
}

impl Places {
    /// How many there are.
    pub(super) fn len(&self) -> u32 {
        self.len
    }

    /// The last position.
    pub(super) fn last(&self) -> Option<i64> {
        self.seq(self.len.checked_sub(1)?)
    }

    /// Puts a position behind all others.
    pub(super) fn push(&mut self, seq: i64) {
        let follows = |run: &Run| run.seq.saturating_add(i64::from(self.len - run.index)) == seq;
        if !self.runs.last().is_some_and(follows) {
            let index = self.len;
            self.runs.push(Run { seq, index });
        }
        self.len = self.len.saturating_add(1);
    }

    fn push_run(&mut self, seq: i64, len: u32) {
        if 0 < len {
            self.push(seq);
            self.len = self.len.saturating_add(len - 1);
        }
    }

    /// The positions without those of these rising indexes.
    pub(super) fn without(&self, indexes: &[u32]) -> Self {
        let (mut left, mut gone) = (Self::default(), indexes.iter().copied().peekable());
        for (n, run) in self.runs.iter().enumerate() {
            let end = self.runs.get(n + 1).map_or(self.len, |next| next.index);
            let seq = |index: u32| run.seq.saturating_add(i64::from(index - run.index));
            let mut from = run.index;
            while let Some(index) = gone.next_if(|index| *index < end) {
                left.push_run(seq(from), index - from);
                from = index.saturating_add(1);
            }
            left.push_run(seq(from), end - from);
        }
        left
    }

    /// The position that has this index.
    pub(super) fn seq(&self, index: u32) -> Option<i64> {
        if self.len <= index {
            return None;
        }
        let after = self.runs.partition_point(|run| run.index <= index);
        let run = self.runs.get(after.checked_sub(1)?)?;
        Some(run.seq.saturating_add(i64::from(index - run.index)))
    }

    /// The positions of these rising indexes.
    pub(super) fn of(&self, indexes: &[u32]) -> Self {
        let mut found = Self::default();
        let mut rest = self.runs.as_slice();
        for index in indexes {
            while let [_, next, ..] = rest
                && next.index <= *index
            {
                rest = rest.get(1..).unwrap_or_default();
            }
            if let Some(run) = rest.first() {
                found.push(run.seq.saturating_add(i64::from(index - run.index)));
            }
        }
        found.runs.shrink_to_fit();
        found
    }

    /// The indexes of these rising positions; those that are not here are left out.
    pub(super) fn indexes(&self, seqs: &[i64]) -> Vec<u32> {
        let mut rest = self.runs.as_slice();
        let mut find = |seq: &i64| {
            while let [_, next, ..] = rest
                && next.seq <= *seq
            {
                rest = rest.get(1..).unwrap_or_default();
            }
            let end = rest.get(1).map_or(self.len, |next| next.index);
            let run = rest.first()?;
            let index = u32::try_from(seq.checked_sub(run.seq)?).ok()?;
            Some(run.index.saturating_add(index)).filter(|index| *index < end)
        };
        seqs.iter().filter_map(&mut find).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn positions_and_indexes_lead_to_each_other_whatever_the_holes(
            seqs in prop::collection::btree_set(-9_i64..60, 0..40),
            asked in prop::collection::btree_set(-9_i64..60, 0..40),
        ) {
            let seqs: Vec<i64> = seqs.into_iter().collect();
            let asked: Vec<i64> = asked.into_iter().collect();
            let mut places = Places::default();
            for seq in &seqs {
                places.push(*seq);
            }
            prop_assert_eq!(places.last(), seqs.last().copied());
            let indexes: Vec<u32> = (0..places.len()).collect();
            let back: Vec<i64> = indexes.iter().filter_map(|index| places.seq(*index)).collect();
            prop_assert_eq!(&back, &seqs);
            let known: Vec<i64> = asked.iter().copied().filter(|seq| seqs.contains(seq)).collect();
            let found = places.of(&places.indexes(&asked));
            let found: Vec<i64> = (0..found.len()).filter_map(|index| found.seq(index)).collect();
            prop_assert_eq!(found, known);
            let left = places.without(&places.indexes(&asked));
            let left: Vec<i64> = (0..left.len()).filter_map(|index| left.seq(index)).collect();
            let kept: Vec<i64> = seqs.iter().copied().filter(|seq| !asked.contains(seq)).collect();
            prop_assert_eq!(left, kept);
        }
    }
}
