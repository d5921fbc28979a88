//! Who is of the office, and how long wrong codes rest.

use super::*;

#[test]
fn the_office_are_those_who_see_more_than_where_they_are_assigned() {
    let office: Vec<Role> = Role::ALL
        .iter()
        .copied()
        .filter(|role| is_of_office(*role))
        .collect();
    let expected = [
        Role::SuperAdmin,
        Role::Admin,
        Role::FacultyAdmin,
        Role::Dean,
        Role::Hod,
        Role::ExamsOfficer,
    ];
    assert_eq!(office, expected);
}

#[test]
fn wrong_codes_in_a_row_cost_more_and_more_time_up_to_an_hour() {
    let minutes = |wrong| rest_ms(wrong).div_euclid(60_000);
    assert_eq!([0, 1, 3, 4].map(minutes), [0; 4]);
    assert_eq!([5, 6, 7, 8, 9, 10].map(minutes), [1, 2, 4, 8, 16, 32]);
    assert_eq!([11, 12, 40, u32::MAX].map(minutes), [60; 4]);
}
