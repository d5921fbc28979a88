//! Where a list was seen late: the rows between the loss of the line and its return.

use elms_protocol::host::LateRows;

use super::marks::{Chosen, Marks};

/// Stretches that are told; of a list with more of them, the last.
const MOST: usize = 200;

/// The stretches of rows that were seen late, in the order of the list.
pub(super) fn stretches(marks: &Marks, chosen: &Chosen) -> Vec<LateRows> {
    let mut all = match chosen {
        Chosen::All => marks.late_rows.clone(),
        Chosen::These(chosen) => joined(marks.times(chosen).map(|(_, late)| late)),
    };
    all.split_off(all.len().saturating_sub(MOST))
}

/// The stretches of a whole list.
pub(super) fn joined(flags: impl Iterator<Item = bool>) -> Vec<LateRows> {
    let mut found = Vec::new();
    (0..)
        .zip(flags)
        .for_each(|(row, late)| add(&mut found, row, late));
    found
}

/// Notes the next row of a list.
pub(super) fn add(found: &mut Vec<LateRows>, row: i64, late: bool) {
    if !late {
        return;
    }
    let to = row.saturating_add(1);
    match found.last_mut() {
        Some(last) if last.to == row => last.to = to,
        Some(_) | None => found.push(LateRows { from: row, to }),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Mark, *};

    fn marks(flags: &str) -> Marks {
        let mut marks = Marks::default();
        for (seq, flag) in (1..).zip(flags.chars()) {
            marks.push(&Mark {
                seq,
                at: seq,
                channel: 1,
                station: 0,
                sitting: 0,
                severity: 0,
                late: flag == 'x',
            });
        }
        marks
    }

    fn ends(marks: &Marks, chosen: &Chosen) -> Vec<(i64, i64)> {
        let rows = stretches(marks, chosen).into_iter();
        rows.map(|LateRows { from, to }| (from, to)).collect()
    }

    #[test]
    fn rows_that_were_seen_late_one_after_the_other_are_one_stretch() {
        assert_eq!(ends(&marks("..xxx..x"), &Chosen::All), [(2, 5), (7, 8)]);
        assert_eq!(ends(&marks("..."), &Chosen::All), []);
        let some = Chosen::These(vec![0, 2, 4, 7]);
        assert_eq!(ends(&marks("..xxx..x"), &some), [(1, 4)]);
    }

    #[test]
    fn stretches_are_right_after_old_events_were_let_go() {
        let mut marks = marks(".xx.x");
        marks.take(&[1, 2]);
        assert_eq!(ends(&marks, &Chosen::All), [(0, 1), (2, 3)]);
    }

    #[test]
    fn a_station_that_lost_its_line_very_often_tells_the_last_two_hundred_times() {
        let all = ends(&marks(&".x".repeat(300)), &Chosen::All);
        assert_eq!((all.len(), all[MOST - 1]), (MOST, (599, 600)));
    }
}
