//! The same texts as names and codes that an import brings in: in the calendar, in every report, and
//! at a station that comes in afterwards.

use elms_tests::{rest::REGISTRAR, station::StationProcess};

use super::{everywhere::no_report_is_a_formula, *};

/// Plain records that the others name: sixty halls, a timetable and a sitting.
const GROUND: [(&str, &str); 3] = [
    (
        "timetables.csv",
        "title,start_date,end_date\nJanuary 2027,2027-01-11,2027-01-22\n",
    ),
    ("venues.csv", "code,name,capacity\nQUAY,Quay Hall,400\n"),
    (
        "sittings.csv",
        "batch_code,timetable,course_code,course_name,faculty,department,venue,room,date,start,end,chief\n\
         BASE,January 2027,NAV110,Navigation,1,11,QUAY,Room 1,2027-01-11,09:30,11:30,adjoa.mb@aut.example\n",
    ),
];

const SITTINGS: &str = "batch_code,timetable,course_code,course_name,faculty,department,venue,room,date,start,end,chief";

/// One column a line: a file, its first row, and a row. `§` is the text, `%` its number.
const COLUMNS: [(&str, &str, &str); 11] = [
    (
        "timetables.csv",
        "title,start_date,end_date",
        "§,2027-01-11,2027-01-22",
    ),
    ("venues.csv", "code,name,capacity", "V%,§,60"),
    (
        "venues.csv",
        "code,name,location,capacity",
        "L%,Hall %,§,60",
    ),
    (
        "venues.csv",
        "code,name,capacity",
        "§,Hall with this code,60",
    ),
    (
        "sittings.csv",
        SITTINGS,
        "CC%,January 2027,§,Course,1,11,QUAY,Room,2027-01-12,09:30,11:30,adjoa.mb@aut.example",
    ),
    (
        "sittings.csv",
        SITTINGS,
        "CN%,January 2027,C%,§,1,11,QUAY,Room,2027-01-13,09:30,11:30,adjoa.mb@aut.example",
    ),
    (
        "sittings.csv",
        SITTINGS,
        "CR%,January 2027,C%,Course,1,11,QUAY,§,2027-01-14,09:30,11:30,adjoa.mb@aut.example",
    ),
    (
        "sittings.csv",
        SITTINGS,
        "§,January 2027,C%,Course,1,11,QUAY,Room,2027-01-15,09:30,11:30,adjoa.mb@aut.example",
    ),
    (
        "registrations.csv",
        "batch_code,index_number,name,seat",
        "BASE,§,Candidate %,A%",
    ),
    (
        "registrations.csv",
        "batch_code,index_number,name,seat",
        "BASE,N%,§,B%",
    ),
    (
        "registrations.csv",
        "batch_code,index_number,name,seat",
        "BASE,S%,Candidate %,§",
    ),
];

/// What a line of the calendar may be.
const LINES: [&str; 13] = [
    "BEGIN:",
    "VERSION:2.0",
    "PRODID:",
    "UID:",
    "SEQUENCE:",
    "DTSTAMP:",
    "DTSTART:",
    "DTEND:",
    "SUMMARY:",
    "LOCATION:",
    "STATUS:",
    "END:VEVENT",
    "END:VCALENDAR",
];

/// A column with every text, as the rows of a file; each with the line on which it begins.
struct Rows {
    head: String,
    rows: Vec<String>,
}

impl Rows {
    fn of(head: &str, row: &str, texts: &[String]) -> Result<Self> {
        let rows = texts.iter().enumerate().map(|(n, text)| {
            let cells = row.split(',').map(|cell| {
                let cell = cell.replace('%', &n.to_string());
                cell.replace('§', text)
            });
            let mut line = csv::Writer::from_writer(Vec::new());
            line.write_record(cells)?;
            Ok(String::from_utf8(line.into_inner()?)?)
        });
        Ok(Self {
            head: format!("{head}\n"),
            rows: rows.collect::<Result<_>>()?,
        })
    }

    fn text(&self) -> String {
        [self.head.as_str(), &self.rows.concat()].concat()
    }

    /// Without the rows that begin on these lines.
    fn without(&mut self, lines: &[u64]) -> Result<()> {
        let mut line = 2;
        let mut kept = Vec::new();
        for row in self.rows.drain(..) {
            let n_lines = u64::try_from(row.matches('\n').count())?;
            if !lines.contains(&line) {
                kept.push(row);
            }
            line = n_lines.saturating_add(line);
        }
        self.rows = kept;
        Ok(())
    }
}

async fn import(office: &Rest, files: &[(&str, &str)], dry_run: bool) -> Result<Value> {
    let files = files
        .iter()
        .map(|(name, text)| json!({ "name": name, "text": text }));
    let files: Vec<Value> = files.collect();
    let body = json!({ "dryRun": dry_run, "files": files });
    office.post("/import", &body).await
}

/// Brings in what can be brought in; how many rows. What cannot is named by its line, with a sentence.
async fn bring_in(office: &Rest, file: &str, rows: &mut Rows) -> Result<usize> {
    loop {
        let tried = import(office, &[(file, &rows.text())], true).await?;
        let problems = tried.pointer("/data/problems").and_then(Value::as_array);
        let problems = problems.with_context(|| format!("{file}: {tried}"))?;
        let mut lines = Vec::new();
        for problem in problems {
            let message = problem.get("message").and_then(Value::as_str);
            ensure!(message.is_some_and(|said| said.ends_with('.')), "{problem}");
            let line = problem.get("row").and_then(Value::as_u64);
            lines.push(
                line.filter(|line| 2 <= *line)
                    .with_context(|| problem.to_string())?,
            );
        }
        if lines.is_empty() {
            break;
        }
        let before = rows.rows.len();
        rows.without(&lines)?;
        ensure!(
            rows.rows.len() < before,
            "{file}: no row begins on {lines:?}"
        );
    }
    let done = import(office, &[(file, &rows.text())], false).await?;
    ensure!(done.get("success") == Some(&json!(true)), "{file}: {done}");
    Ok(rows.rows.len())
}

/// Everything that can be brought in, at an institution that has the ground; how many rows of each column.
pub(crate) async fn brought_in(office: &Rest) -> Result<Vec<usize>> {
    let texts = texts()?;
    let ground = import(office, &GROUND, false).await?;
    ensure!(ground.get("success") == Some(&json!(true)), "{ground}");
    let mut taken = Vec::new();
    for (file, head, row) in COLUMNS {
        let mut rows = Rows::of(head, row, &texts)?;
        taken.push(bring_in(office, file, &mut rows).await?);
    }
    Ok(taken)
}

/// A calendar program finds entries and nothing else, one for each sitting.
fn is_calendar(file: &str, n_sittings: usize) -> Result<()> {
    let whole = file.replace("\r\n ", "");
    for line in whole.split_terminator("\r\n") {
        let is_known = LINES.iter().any(|begin| line.starts_with(begin));
        ensure!(is_known && !line.contains(['\r', '\n']), "{line:?}");
    }
    let n_entries = whole.matches("\r\nBEGIN:VEVENT\r\n").count();
    ensure!(
        n_entries == n_sittings,
        "{n_entries} entries of {n_sittings}"
    );
    ensure!(
        whole.contains("SUMMARY:C0 <script>window.__pwned=1</script>\r\n"),
        "the first text is no name"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_names_and_codes_of_an_import_are_names_and_codes_wherever_they_stand() -> Result<()>
{
    let data = tempfile::tempdir()?;
    let server = ServerProcess::start(&data.path().join("server"), 0, &[]).await?;
    let office = Rest::sign_in(&server.url, REGISTRAR).await?;
    let before = office.file("/export/timetable?format=csv").await?;
    let n_before = csv::Reader::from_reader(before.as_bytes())
        .records()
        .count();
    let taken = brought_in(&office).await?;
    // Control characters, empty cells, what is too long and twins are refused; the rest are names.
    ensure!(taken.iter().all(|n| 230 <= *n), "{taken:?}");
    let n_sittings = taken.iter().skip(4).take(4).sum::<usize>();
    let file = office.file("/export/timetable?format=ics").await?;
    // One more is the sitting of the ground.
    is_calendar(&file, n_sittings.saturating_add(n_before).saturating_add(1))?;
    let n_cells = no_report_is_a_formula(&office).await?;
    ensure!(10_000 < n_cells, "{n_cells} cells");
    let mut station = StationProcess::start(&data.path().join("EO-1"), "EO-1")?;
    station.sign_in(&server.url, REGISTRAR).await?;
    station.live(office.head().await?).await?;
    station.stop().await?;
    server.stop().await
}
