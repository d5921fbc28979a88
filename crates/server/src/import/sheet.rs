//! A CSV file as rows with named columns.

use csv::{ReaderBuilder, StringRecord, Trim};
use elms_protocol::Role;
use jiff::{
    civil::{Date, Time},
    tz::TimeZone,
};

use super::{File, Problem, Table};

/// The most characters of a cell.
const LONGEST: usize = 200;

/// A file that was read.
#[derive(Debug)]
pub(crate) struct Sheet {
    pub(crate) table: Table,
    file: String,
    columns: Vec<String>,
    /// Rows with something in them, by their numbers.
    rows: Vec<(usize, StringRecord)>,
}

/// One row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    sheet: &'a Sheet,
    /// As a spreadsheet numbers it.
    pub(super) number: usize,
    cells: &'a StringRecord,
}

impl Sheet {
    /// The rows of a file; adds what is wrong with it as a whole. Rows with too few or too many
    /// cells are left out and told.
    pub(super) fn read(file: &File, problems: &mut Vec<Problem>) -> Option<Self> {
        let whole = |row, message: String| Problem {
            file: file.name.clone(),
            row,
            column: String::new(),
            message,
        };
        let Some(table) = Table::of_file(&file.name) else {
            let names: Vec<&str> = Table::ALL.iter().map(|table| table.name()).collect();
            let message = format!(
                "The name of a file begins with one of {}.",
                names.join(", ")
            );
            problems.push(whole(0, message));
            return None;
        };
        let Ok(text) = std::str::from_utf8(&file.bytes) else {
            let message = "This is no text in UTF-8. Save it as \"CSV UTF-8\".";
            problems.push(whole(0, message.to_owned()));
            return None;
        };
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter(text))
            .flexible(true)
            .trim(Trim::All)
            .from_reader(text.as_bytes());
        let header = reader.headers().cloned().unwrap_or_default();
        let mut sheet = Self {
            table,
            file: file.name.clone(),
            columns: header.iter().map(str::to_lowercase).collect(),
            rows: Vec::new(),
        };
        if !sheet.has_right_columns(problems) {
            return None;
        }
        let mut lines = Lines::of(text);
        for read in reader.records() {
            match read {
                Ok(row) if row.iter().all(str::is_empty) => {}
                Ok(row) => sheet.rows.push((lines.of_row(&row), row)),
                Err(error) => problems.push(whole(0, format!("The file cannot be read: {error}."))),
            }
        }
        sheet.check_lengths(problems);
        Some(sheet)
    }

    fn has_right_columns(&self, problems: &mut Vec<Problem>) -> bool {
        let before = problems.len();
        let known = self.table.columns();
        for (at, name) in self.columns.iter().enumerate() {
            if !known.iter().any(|column| column.name == name) {
                let names: Vec<&str> = known.iter().map(|column| column.name).collect();
                let message = format!("There is no such column; there are {}.", names.join(", "));
                problems.push(self.problem(1, name, message));
            }
            if self.columns.iter().skip(at + 1).any(|other| other == name) {
                problems.push(self.problem(1, name, "This column is there twice.".to_owned()));
            }
        }
        for column in known.iter().filter(|column| column.needed) {
            if !self.columns.iter().any(|name| name == column.name) {
                problems.push(self.problem(1, column.name, "This column is missing.".to_owned()));
            }
        }
        problems.len() == before
    }

    fn check_lengths(&mut self, problems: &mut Vec<Problem>) {
        let wanted = self.columns.len();
        let fits = |row: &(usize, StringRecord)| row.1.len() == wanted;
        for (number, cells) in self.rows.iter().filter(|row| !fits(row)) {
            let found = cells.len();
            let message = format!("This row has {found} cells, the first row has {wanted}.");
            problems.push(self.problem(*number, "", message));
        }
        self.rows.retain(fits);
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(number, cells)| Row {
            sheet: self,
            number: *number,
            cells,
        })
    }

    /// A problem of the whole file.
    pub(super) fn whole(&self, message: String) -> Problem {
        self.problem(0, "", message)
    }

    fn problem(&self, row: usize, column: &str, message: String) -> Problem {
        Problem {
            file: self.file.clone(),
            row,
            column: column.to_owned(),
            message,
        }
    }
}

/// Counts lines as a spreadsheet numbers its rows: the reader passes over empty ones.
struct Lines<'a> {
    rest: &'a [u8],
    at: u64,
    line: usize,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        Self {
            rest: text.as_bytes(),
            at: 0,
            line: 1,
        }
    }

    fn of_row(&mut self, row: &StringRecord) -> usize {
        let begins = row.position().map_or(0, csv::Position::byte);
        while let Some((byte, rest)) = self.rest.split_first() {
            // The end of the row before, and empty lines, still lie before this row.
            if begins <= self.at && !matches!(byte, b'\r' | b'\n') {
                break;
            }
            self.line += usize::from(*byte == b'\n');
            self.at += 1;
            self.rest = rest;
        }
        self.line
    }
}

/// A comma, or the semicolon that spreadsheets write where the comma is the decimal sign.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    if first.matches(',').count() < first.matches(';').count() {
        b';'
    } else {
        b','
    }
}

type Read<T> = Result<T, Problem>;

impl<'a> Row<'a> {
    pub(super) fn problem(&self, column: &str, message: impl Into<String>) -> Problem {
        self.sheet.problem(self.number, column, message.into())
    }

    /// What stands in a column; empty where there is none.
    pub(super) fn cell(&self, column: &str) -> &'a str {
        let at = self.sheet.columns.iter().position(|name| name == column);
        at.and_then(|at| self.cells.get(at)).unwrap_or_default()
    }

    /// Whether the file has such a column.
    pub(super) fn has(&self, column: &str) -> bool {
        self.sheet.columns.iter().any(|name| name == column)
    }

    /// A telephone number; none where the cell is empty.
    pub(super) fn phone(&self, column: &str) -> Read<Option<String>> {
        let text = self.line(column)?;
        if text.is_empty() {
            return Ok(None);
        }
        let is_sign = |sign: char| sign.is_ascii_digit() || "+()-./ x".contains(sign);
        let digits = text.chars().filter(char::is_ascii_digit).count();
        if text.chars().all(is_sign) && (2..=20).contains(&digits) {
            return Ok(Some(text));
        }
        Err(self.problem(column, format!("`{text}` is no telephone number.")))
    }

    /// A line of text; may be empty.
    pub(super) fn line(&self, column: &str) -> Read<String> {
        let text = self.cell(column);
        if text.chars().any(char::is_control) {
            return Err(self.problem(
                column,
                "There is a line break or another control character.",
            ));
        }
        if LONGEST < text.chars().count() {
            let message = format!("This is longer than {LONGEST} characters.");
            return Err(self.problem(column, message));
        }
        Ok(text.to_owned())
    }

    /// A line of text that must be there.
    pub(super) fn text(&self, column: &str) -> Read<String> {
        let text = self.line(column)?;
        if text.is_empty() {
            return Err(self.problem(column, "This is empty."));
        }
        Ok(text)
    }

    /// A whole number within limits; none where the cell is empty.
    pub(super) fn number(&self, column: &str, least: i64, most: i64) -> Read<Option<i64>> {
        let text = self.line(column)?;
        if text.is_empty() {
            return Ok(None);
        }
        let number = text.parse().ok();
        let fits = number.filter(|number| (least..=most).contains(number));
        let message = || format!("`{text}` is no whole number from {least} to {most}.");
        fits.map(Some)
            .ok_or_else(|| self.problem(column, message()))
    }

    /// A whole number within limits that must be there.
    pub(super) fn some_number(&self, column: &str, least: i64, most: i64) -> Read<i64> {
        let number = self.number(column, least, most)?;
        number.ok_or_else(|| self.problem(column, "This is empty."))
    }

    /// A day.
    pub(super) fn date(&self, column: &str) -> Read<Date> {
        let text = self.text(column)?;
        let wrong = |_| self.problem(column, format!("`{text}` is no day like 2026-12-07."));
        let day = if text.len() == 10 {
            text.parse()
        } else {
            "".parse()
        };
        day.map_err(wrong)
    }

    /// A time of day.
    pub(super) fn time(&self, column: &str) -> Read<Time> {
        let text = self.text(column)?;
        let wrong = || self.problem(column, format!("`{text}` is no time of day like 09:00."));
        let (hour, minute) = text.split_once(':').ok_or_else(wrong)?;
        let two = |part: &str| {
            let fits = part.len() == 2 && part.bytes().all(|digit| digit.is_ascii_digit());
            fits.then(|| part.parse().ok()).flatten()
        };
        let (Some(hour), Some(minute)) = (two(hour), two(minute)) else {
            return Err(wrong());
        };
        Time::new(hour, minute, 0, 0).map_err(|_out_of_range| wrong())
    }

    /// A role.
    pub(super) fn role(&self, column: &str) -> Read<Role> {
        let text = self.text(column)?;
        let all = || Role::ALL.iter().map(|role| role.text()).collect::<Vec<_>>();
        let message = || format!("`{text}` is no role; there are {}.", all().join(", "));
        Role::from_text(&text).ok_or_else(|| self.problem(column, message()))
    }

    /// `yes` or `no`; none where the cell is empty.
    pub(super) fn yes(&self, column: &str) -> Read<Option<bool>> {
        match self.cell(column).to_lowercase().as_str() {
            "" => Ok(None),
            "yes" | "true" | "1" => Ok(Some(true)),
            "no" | "false" | "0" => Ok(Some(false)),
            _ => Err(self.problem(column, "This is neither `yes` nor `no`.")),
        }
    }

    /// A time zone by its name.
    pub(super) fn zone(&self, column: &str) -> Read<String> {
        let text = self.text(column)?;
        if TimeZone::get(&text).is_ok() {
            return Ok(text);
        }
        let message = format!("`{text}` is no time zone like Africa/Accra.");
        Err(self.problem(column, message))
    }
}
