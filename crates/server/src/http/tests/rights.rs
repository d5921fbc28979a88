//! Every route, asked by every role and by another institution, against a table that is written
//! by hand and not read from the program.

use std::collections::{BTreeMap, BTreeSet};

use elms_protocol::{DepartmentId, FacultyId, InstitutionId, Role, SittingId, View as _};

use super::{
    access::{body, full},
    *,
};
use crate::{accounts::Account, http::openapi::ROUTES};

/// A column: its name, and the account that asks; 0 is made for the test, with this role.
type Column = (&'static str, i64, Option<Role>);

/// A table, its columns, and whether people that are made for it have another faculty than sitting 1.
struct Table {
    text: &'static str,
    columns: &'static [Column],
    elsewhere: bool,
}

const TABLES: [Table; 2] = [
    Table {
        text: include_str!("rights.txt"),
        columns: &[
            ("SA", OPERATOR, None),
            ("AD", 2, None),
            ("FA", 0, Some(Role::FacultyAdmin)),
            ("DE", 0, Some(Role::Dean)),
            ("HO", 0, Some(Role::Hod)),
            ("EO", OFFICER, None),
            ("CH", CHIEF, None),
            ("IN", INVIGILATOR, None),
            ("SH", 6, None),
            ("LE", LECTURER, None),
            ("ST", 0, Some(Role::Student)),
            // The officer of another institution.
            ("XX", STRANGER, None),
        ],
        elsewhere: false,
    },
    Table {
        text: include_str!("rights_elsewhere.txt"),
        columns: &[
            ("FA", 0, Some(Role::FacultyAdmin)),
            ("DE", 0, Some(Role::Dean)),
            ("HO", 0, Some(Role::Hod)),
            ("EO", 0, Some(Role::ExamsOfficer)),
            ("IN", 14, None),
            ("LE", 24, None),
        ],
        elsewhere: true,
    },
];

impl Table {
    /// `METHOD path` with a letter for each column.
    fn rows(&self) -> BTreeMap<String, Vec<char>> {
        let lines = self
            .text
            .lines()
            .filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
        lines.map(row).collect()
    }
}

fn row(line: &str) -> (String, Vec<char>) {
    let (route, letters) = line.rsplit_once('|').unwrap();
    let route = route.split_whitespace().collect::<Vec<_>>().join(" ");
    let letters = letters.split_whitespace();
    let letters = letters.map(|letter| letter.chars().next().unwrap());
    (route, letters.collect())
}

fn routes() -> BTreeSet<String> {
    let closed = ROUTES.iter().filter(|route| !route.is_public());
    closed
        .flat_map(|route| {
            let methods = route.methods.split(' ');
            methods.map(move |method| format!("{method} {}", route.path))
        })
        .collect()
}

#[test]
fn every_route_has_a_row_and_every_row_a_letter_for_each_column() {
    for table in TABLES {
        let rows = table.rows();
        assert_eq!(rows.keys().cloned().collect::<BTreeSet<_>>(), routes());
        for (route, letters) in &rows {
            assert_eq!(letters.len(), table.columns.len(), "{route}");
            assert!(
                letters.iter().all(|letter| "+-.".contains(*letter)),
                "{route}"
            );
        }
    }
}

/// Somebody of the faculty and department of sitting 1, with this role.
pub(super) fn somebody(hall: &Hall, role: Role) -> i64 {
    let records = hall.app.store.view(InstitutionId(1)).unwrap();
    let sitting = records.sitting(SittingId(1)).unwrap();
    of(hall, role, (sitting.faculty_id, sitting.department_id))
}

/// Somebody of a faculty and department that has no part in sitting 1, with this role.
fn somebody_elsewhere(hall: &Hall, role: Role) -> i64 {
    let records = hall.app.store.view(InstitutionId(1)).unwrap();
    let sitting = records.sitting(SittingId(4)).unwrap();
    of(hall, role, (sitting.faculty_id, sitting.department_id))
}

fn of(hall: &Hall, role: Role, (faculty, department): (FacultyId, DepartmentId)) -> i64 {
    let account = Account {
        id: UserId(0),
        email: format!("{}@aut.example", role.text().to_lowercase()),
        name: "Somebody".to_owned(),
        role,
        institution: Some(InstitutionId(1)),
        faculty: Some(faculty),
        department: Some(department),
        active: true,
        demo: true,
        first_password: false,
        staff_number: None,
    };
    hall.app.auth.accounts().add(&account, "no hash").unwrap().0
}

/// The body for a route, so that only the right decides.
fn asked(path: &str, other: &Value) -> Value {
    match path {
        "/timetables/{id}/status" => json!({ "status": "IN_PROGRESS" }),
        // Impossible days: nobody makes one here.
        "/timetables" => {
            json!({ "title": "Resits", "startDate": "2027-01-12", "endDate": "2027-01-11" })
        }
        "/timetables/{id}" => json!({ "endDate": "2026-12-31" }),
        // The timetable is no draft any more: nobody puts a sitting into it.
        "/timetables/{id}/entries" => json!({
            "venueId": 1, "courseCode": "X", "startTime": "2026-12-07T09:00:00Z",
            "endTime": "2026-12-07T12:00:00Z",
        }),
        "/timetable-entries/{id}" => json!({ "room": "B" }),
        "/import" => json!({
            "dryRun": true, "files": [{ "name": "venues.csv", "text": "code,name,capacity\n" }],
        }),
        "/exam-registrations/attendance" | "/exam-logistics/check-in-student" => {
            json!({ "examEntryId": 1, "studentId": 1001 })
        }
        "/exam-logistics/assign-invigilator" | "/exam-logistics/reassign-invigilator" => {
            json!({ "examEntryId": 1, "invigilatorId": 14 })
        }
        "/exam-logistics/invigilator-presence" => {
            json!({ "assignmentId": "1/9", "action": "check_in" })
        }
        "/exam-logistics/report-incident" | "/incidents" => {
            json!({ "type": "OTHER", "description": "Noise.", "examEntryId": 1 })
        }
        "/script-submissions/submit" | "/script-submissions/scan-student" => {
            json!({ "studentQRCode": "1001", "examEntryId": 1 })
        }
        "/incidents/{id}" => json!({ "notes": "Looked under the desk." }),
        "/script-submissions/{id}/verify" => json!({ "batchId": 1 }),
        path if path.ends_with("/merge") => json!({ "mergedInto": other }),
        _ => body(),
    }
}

/// `+` the door of rights lets it pass, `-` it does not, `.` it is as if it were not there.
fn letter(answer: &Answer) -> char {
    match answer.status.as_u16() {
        403 => '-',
        404 => '.',
        401 => '!',
        _ => '+',
    }
}

#[tokio::test]
async fn every_route_lets_pass_whom_the_table_names_and_nobody_else() {
    let [table, _] = TABLES;
    is_as_written(&table).await;
}

#[tokio::test]
async fn whose_faculty_hall_or_paper_is_another_passes_only_where_the_table_says() {
    let [_, table] = TABLES;
    is_as_written(&table).await;
}

async fn is_as_written(table: &Table) {
    let hall = Hall::new().await;
    let make = if table.elsewhere {
        somebody_elsewhere
    } else {
        somebody
    };
    let people: Vec<i64> = table
        .columns
        .iter()
        .map(|(_, id, role)| role.map_or(*id, |role| make(&hall, role)))
        .collect();
    stations::come(&hall, 1);
    let other = hall.incident("MEDIUM").await["ref"].clone();
    let (rows, mut found) = (table.rows(), BTreeMap::new());
    for route in routes() {
        let (method, path) = route.split_once(' ').unwrap();
        let mut letters = Vec::new();
        for person in &people {
            let path_of = hall.concrete(path).await;
            let answer = hall
                .status(*person, method, &path_of, &asked(path, &other))
                .await;
            letters.push(letter(&answer));
        }
        found.insert(route, letters);
    }
    let shown = |(route, letters): (&String, &Vec<char>)| {
        let letters: Vec<String> = letters.iter().map(char::to_string).collect();
        format!("{route:<60} | {}", letters.join("  "))
    };
    let wrong: Vec<String> = found
        .iter()
        .filter(|(route, letters)| rows.get(*route) != Some(letters))
        .map(shown)
        .collect();
    assert!(wrong.is_empty(), "found:\n{}", wrong.join("\n"));
}

impl Hall {
    /// The path of a record of sitting 1; of an incident that nobody has touched.
    async fn concrete(&self, path: &str) -> String {
        let id = if path.starts_with("/incidents/{id}") {
            self.incident("MEDIUM").await["id"].to_string()
        } else {
            "1".to_owned()
        };
        if path.contains("{evidence}") {
            self.attached(&id).await;
        }
        let path = full(path, &id).replace("/student/1/", "/student/1001/");
        path.replace(
            "/script-submissions/1/verify",
            "/script-submissions/1001/verify",
        )
    }

    /// The chief announces the file that everybody asks for.
    async fn attached(&self, incident: &str) {
        let path = full("/incidents/{id}/evidence", incident);
        let mut file = body();
        file["evidence"] = json!(uuid::Uuid::nil());
        let announced = self.post(CHIEF, &path, file).await;
        announced.expect(StatusCode::CREATED);
    }

    /// The same as [`Hall::ask`] for answers that may be files.
    async fn status(&self, user: i64, method: &str, path: &str, body: &Value) -> Answer {
        let mut request = self.request(user, method.parse().unwrap(), path, body);
        request
            .extensions_mut()
            .insert(Peer(SocketAddr::from(([127, 0, 0, 1], 50_000))));
        let response = self.router.clone().oneshot(request).await.unwrap();
        Answer {
            status: response.status(),
            headers: response.headers().clone(),
            body: Value::Null,
        }
    }
}
