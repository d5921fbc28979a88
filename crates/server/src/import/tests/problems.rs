//! Everything that can be wrong with files.

use super::*;

#[test]
fn every_problem_is_told_with_its_place() {
    let wrong = "email,name,role\nno address,,WIZARD\nexams@harbour.example,Mr Wren,INVIGILATOR\n\
                 exams@harbour.example,Mr Wren,INVIGILATOR\nfour,cells,are,many\n";
    let mut files = samples();
    files
        .iter_mut()
        .find(|file| file.name == "people.csv")
        .unwrap()
        .bytes = wrong.into();
    let report = Office::default().plan(&files);
    assert_eq!(
        places(&report),
        [
            "people.csv 5 ",
            "people.csv 2 email",
            "people.csv 2 name",
            "people.csv 2 role",
            "people.csv 4 email",
            "sittings.csv 2 chief",
            "sittings.csv 2 invigilators",
            "sittings.csv 2 lecturer",
            "sittings.csv 3 chief",
            "sittings.csv 3 lecturer",
            "registrations.csv 2 batch_code",
            "registrations.csv 3 batch_code",
            "registrations.csv 4 batch_code",
            "registrations.csv 5 batch_code",
            "registrations.csv 6 batch_code",
            "registrations.csv 7 batch_code",
            "registrations.csv 8 batch_code",
        ]
    );
    assert_eq!(report.problems[1].message, "`no address` is no address.");
}

#[test]
fn a_column_that_is_missing_misspelt_or_there_twice_is_told() {
    let wrong = with(
        "venues.csv",
        "code,name,location,capacity",
        "code,name,code,seats",
    );
    let report = Office::default().plan(&wrong);
    let of_venues: Vec<String> = places(&report)
        .into_iter()
        .filter(|place| place.starts_with("venues"))
        .collect();
    assert_eq!(
        of_venues,
        [
            "venues.csv 1 code",
            "venues.csv 1 seats",
            "venues.csv 1 capacity"
        ]
    );
}

#[test]
fn dates_times_and_numbers_that_are_none_are_told() {
    for (file, old, new, place) in [
        ("sittings.csv", "09:30", "9:30", "sittings.csv 2 start"),
        ("sittings.csv", "11:30", "25:00", "sittings.csv 2 end"),
        ("sittings.csv", "11:30", "09:30", "sittings.csv 2 end"),
        (
            "sittings.csv",
            "2027-01-11,09",
            "2027-02-30,09",
            "sittings.csv 2 date",
        ),
        (
            "sittings.csv",
            "2027-01-11,09",
            "2027-03-01,09",
            "sittings.csv 2 date",
        ),
        ("venues.csv", "120", "0", "venues.csv 2 capacity"),
        (
            "timetables.csv",
            "2027-01-22",
            "2027-01-10",
            "timetables.csv 2 end_date",
        ),
        (
            "registrations.csv",
            "A2,25",
            "A2,101",
            "registrations.csv 3 extra_time_pct",
        ),
        (
            "registrations.csv",
            "A2,25",
            "A1,25",
            "registrations.csv 3 seat",
        ),
        (
            "registrations.csv",
            "HT26003",
            "HT26001",
            "registrations.csv 4 index_number",
        ),
        (
            "institution.csv",
            "Europe/London",
            "Europe/Harbour",
            "institution.csv 2 timezone",
        ),
        (
            "institution.csv",
            "7,HTC",
            "8,HTC",
            "institution.csv 2 number",
        ),
    ] {
        let report = Office::default().plan(&with(file, old, new));
        assert!(
            places(&report).contains(&place.to_owned()),
            "{new}: {report:?}"
        );
    }
}

#[test]
fn a_spreadsheets_semicolons_byte_order_mark_and_empty_rows_are_understood() {
    let mut files = samples();
    let venues = files
        .iter_mut()
        .find(|file| file.name == "venues.csv")
        .unwrap();
    venues.bytes =
        "\u{feff}Code;Name;Capacity\r\nDRILL;Drill Hall;120\r\n;;\r\n\r\nLIB2;Library;x\r\n".into();
    let report = Office::default().plan(&files);
    assert_eq!(places(&report)[0], "venues.csv 5 capacity");
    assert_eq!(report.tables["venues"], counts(1, 0, 0));
}

#[test]
fn a_published_timetable_is_not_changed_by_a_file() {
    let mut office = Office::default();
    office.bring_in(&samples());
    office.publish();
    assert!(!office.bring_in(&samples()).changes());
    let moved = with(
        "sittings.csv",
        "NAV110,Coastal Navigation,1,11,DRILL",
        "NAV110,Coastal Navigation,1,11,LIB2",
    );
    assert_eq!(places(&office.plan(&moved)), ["sittings.csv 2 timetable"]);
}

#[test]
fn an_officer_brings_in_no_administrator_and_makes_none() {
    let office = Office::default();
    let report = plan(
        &read(&samples()),
        &office.records,
        &office.accounts,
        &by(Role::ExamsOfficer),
    )
    .report;
    let roles: Vec<String> = places(&report)
        .into_iter()
        .filter(|place| place.ends_with("role"))
        .collect();
    assert_eq!(
        roles,
        [
            "people.csv 2 role",
            "people.csv 3 role",
            "people.csv 8 role",
            "people.csv 9 role"
        ]
    );
    let report = plan(
        &read(&samples()),
        &office.records,
        &office.accounts,
        &by(Role::Admin),
    )
    .report;
    assert_eq!(report.problems, []);
    // Nor does a change of a row take somebody's office away.
    let mut office = Office::default();
    office.bring_in(&samples());
    let demoted = with("people.csv", "ADMIN,,", "INVIGILATOR,,");
    let report = plan(
        &read(&demoted),
        &office.records,
        &office.accounts,
        &by(Role::ExamsOfficer),
    )
    .report;
    assert!(places(&report).contains(&"people.csv 2 role".to_owned()));
}

#[test]
fn an_address_of_another_institution_is_refused() {
    let mut office = Office::default();
    office.bring_in(&samples());
    for account in &mut office.accounts {
        account.institution = Some(InstitutionId(8));
    }
    let report = office.plan(&samples());
    assert_eq!(places(&report)[0], "people.csv 2 email");
    assert_eq!(
        report.problems[0].message,
        "This address belongs to another account."
    );
}

#[test]
fn a_file_of_no_table_and_a_second_file_of_one_are_told() {
    let mut files = samples();
    files.push(File {
        name: "peoples.csv".to_owned(),
        bytes: Vec::new(),
    });
    files.push(File {
        name: "people-2026.csv".to_owned(),
        ..files[2].clone()
    });
    files[3].bytes = vec![0xff, 0xfe, b'a'];
    let report = Office::default().plan(&files);
    let whole: Vec<String> = places(&report).into_iter().take(3).collect();
    assert_eq!(
        whole,
        ["venues.csv 0 ", "peoples.csv 0 ", "people-2026.csv 0 "]
    );
}
