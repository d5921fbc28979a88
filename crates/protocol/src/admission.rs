//! Who may come in until when: the cut-offs of admission, counted from the planned start by
//! corrected time and to the full second.

use serde::{Deserialize, Serialize};

use crate::{AttendanceStatus, Policy, Timestamp};

/// How whoever comes in a stretch of time is written into the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Arrival {
    /// Its beginning, corrected; none is since the doors were opened.
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    pub from: Option<Timestamp>,
    /// What the hall writes down: `PRESENT`, `LATE` or `REFUSED`.
    pub attendance: AttendanceStatus,
    /// Whether the exam office needs the form of the board to admit somebody all the same.
    pub board_form: bool,
    /// What the candidate is told, in one sentence.
    pub tell: String,
}

/// The stretches of a sitting that is planned to start at `starts_at`, in order.
pub fn arrivals(policy: &Policy, starts_at: Timestamp) -> Vec<Arrival> {
    let (cutoff_min, board_min) = (policy.late_cutoff_min, policy.very_late_min);
    let after = |minutes: i64| minutes.saturating_mul(60).saturating_add(1);
    let mut edges = vec![1, after(cutoff_min), after(board_min)];
    edges.sort_unstable();
    edges.dedup();
    let doors = arrival_after(policy, 0);
    let later = edges.into_iter().map(|late_sec| Arrival {
        from: Some(starts_at.plus_ms(late_sec.saturating_mul(1_000))),
        ..arrival_after(policy, late_sec)
    });
    [doors].into_iter().chain(later).collect()
}

/// The stretch in which somebody comes `late_sec` full seconds after the planned start.
pub(crate) fn arrival_after(policy: &Policy, late_sec: i64) -> Arrival {
    let (cutoff_min, board_min) = (policy.late_cutoff_min, policy.very_late_min);
    let beyond = |minutes: i64| minutes.saturating_mul(60) < late_sec;
    let refused = beyond(cutoff_min);
    let board_form = refused && beyond(board_min);
    let (attendance, tell) = if board_form {
        let tell = format!(
            "More than {board_min} min late: the exam office has the form, and the board decides."
        );
        (AttendanceStatus::Refused, tell)
    } else if refused {
        let tell = format!("More than {cutoff_min} min late: only the exam office can admit you.");
        (AttendanceStatus::Refused, tell)
    } else if 0 < late_sec {
        let tell = "You are late; the paper ends at its time.".to_owned();
        (AttendanceStatus::Late, tell)
    } else {
        (AttendanceStatus::Present, "You are in time.".to_owned())
    };
    Arrival {
        from: None,
        attendance,
        board_form,
        tell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::AttendanceStatus::{Late, Present, Refused};

    const NINE: Timestamp = Timestamp(1_796_634_000_000);

    #[test]
    fn the_cut_offs_are_at_half_an_hour_and_at_an_hour_to_the_second() {
        let table = [
            (-3_600, Present, false),
            (0, Present, false),
            (1, Late, false),
            (29 * 60 + 59, Late, false),
            (30 * 60, Late, false),
            (30 * 60 + 1, Refused, false),
            (60 * 60, Refused, false),
            (60 * 60 + 1, Refused, true),
        ];
        let policy = Policy::default();
        let stretches = arrivals(&policy, NINE);
        for (late_sec, attendance, board_form) in table {
            let found = arrival_after(&policy, late_sec);
            assert_eq!(
                (found.attendance, found.board_form),
                (attendance, board_form),
                "{late_sec} s"
            );
            // What the screen finds in the list is what the rule says.
            let at = NINE.plus_ms(late_sec * 1_000 + 999);
            let listed = stretches
                .iter()
                .rev()
                .find(|one| one.from.is_none_or(|from| from <= at));
            let listed = listed.unwrap();
            assert_eq!(
                (listed.attendance, &listed.tell),
                (attendance, &found.tell),
                "{late_sec} s"
            );
        }
        assert_eq!(stretches.len(), 4);
    }

    #[test]
    fn where_the_board_decides_before_the_cut_off_nobody_in_time_needs_its_form() {
        let policy = Policy {
            late_cutoff_min: 90,
            ..Policy::default()
        };
        assert_eq!(arrival_after(&policy, 4_000).attendance, Late);
        assert!(!arrival_after(&policy, 4_000).board_form);
        assert!(arrival_after(&policy, 5_401).board_form);
    }
}
