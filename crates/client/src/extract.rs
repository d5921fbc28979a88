//! What a review has found, as a file: CSV for spreadsheets, JSON Lines for programs.
//!
//! The file begins with where it is from and what was asked for; then comes a line for each event.

use std::io::{self, Write};

use elms_protocol::host::ReviewRow;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// How it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// For spreadsheets; no cell is taken for a formula.
    Csv,
    /// One JSON object a line.
    Jsonl,
}

impl Format {
    /// The ending of its files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
        }
    }
}

/// The columns in order, by their names in [`ReviewRow`].
const COLUMNS: [&str; 12] = [
    "seq",
    "happenedAt",
    "receivedAt",
    "seenAt",
    "late",
    "channel",
    "event",
    "text",
    "station",
    "by",
    "severity",
    "incident",
];

/// A file that is being written, and the hash of what is in it so far.
#[derive(Debug)]
pub struct Extract<W: Write> {
    format: Format,
    out: W,
    hash: Sha256,
    bytes: usize,
}

impl<W: Write> Extract<W> {
    /// Begins the file with `about`: where it is from and what was asked for.
    ///
    /// # Errors
    ///
    /// What `out` says.
    pub fn begin(format: Format, out: W, about: &impl Serialize) -> io::Result<Self> {
        let mut begun = Self {
            format,
            out,
            hash: Sha256::new(),
            bytes: 0,
        };
        let about = serde_json::to_string(about)?;
        match format {
            Format::Csv => {
                begun.line(&format!("# {about}"))?;
                begun.line(&COLUMNS.join(","))?;
            }
            Format::Jsonl => begun.line(&format!("{{\"about\":{about}}}"))?,
        }
        Ok(begun)
    }

    /// Writes an event down.
    ///
    /// # Errors
    ///
    /// What the file says.
    pub fn row(&mut self, row: &ReviewRow) -> io::Result<()> {
        let row = serde_json::to_value(row)?;
        match self.format {
            Format::Csv => {
                let cells = COLUMNS.map(|column| cell(row.get(column)));
                self.line(&cells.join(","))
            }
            Format::Jsonl => self.line(&row.to_string()),
        }
    }

    /// Ends the file: its bytes, and their SHA-256 in hexadecimal.
    ///
    /// # Errors
    ///
    /// What the file says.
    pub fn end(mut self) -> io::Result<(usize, String)> {
        self.out.flush()?;
        Ok((self.bytes, format!("{:x}", self.hash.finalize())))
    }

    fn line(&mut self, text: &str) -> io::Result<()> {
        let ending = if self.format == Format::Csv {
            "\r\n"
        } else {
            "\n"
        };
        let line = format!("{text}{ending}");
        self.hash.update(&line);
        self.bytes = self.bytes.saturating_add(line.len());
        self.out.write_all(line.as_bytes())
    }
}

/// A cell: quoted where it must be, and never a formula.
fn cell(value: Option<&Value>) -> String {
    let text = match value {
        None | Some(Value::Null) => return String::new(),
        Some(Value::String(text)) => defused(text),
        Some(other) => other.to_string(),
    };
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

/// A spreadsheet takes a text that begins like this for a formula, and would carry it out.
fn defused(text: &str) -> String {
    let first = text.trim_start_matches(' ').chars().next();
    let like_formula = matches!(
        first,
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠')
    );
    if like_formula {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use elms_protocol::{Seq, Timestamp};

    use super::*;

    fn row(text: &str) -> ReviewRow {
        ReviewRow {
            seq: Seq(7),
            happened_at: Timestamp(0),
            received_at: Timestamp(0),
            seen_at: Timestamp(0),
            channel: "incident".to_owned(),
            event: "incident:reported".to_owned(),
            text: text.to_owned(),
            station: Some("GH-A".to_owned()),
            by: None,
            severity: None,
            incident: None,
            late: true,
        }
    }

    fn written(format: Format, text: &str) -> (String, usize, String) {
        let mut out = Vec::new();
        let about = serde_json::json!({ "station": "EO-02" });
        let mut extract = Extract::begin(format, &mut out, &about).unwrap();
        extract.row(&row(text)).unwrap();
        let (bytes, hash) = extract.end().unwrap();
        (String::from_utf8(out).unwrap(), bytes, hash)
    }

    #[test]
    fn what_a_candidate_wrote_is_no_formula_in_a_spreadsheet() {
        for text in ["=1+1", "+49", "-2", "@SUM(A1)", "  =1", "\tx"] {
            let (file, ..) = written(Format::Csv, text);
            let line = file.lines().nth(2).unwrap();
            assert!(line.contains(&format!(",'{text},")), "{line}");
        }
    }

    #[test]
    fn a_comma_and_a_quote_stay_in_their_cell() {
        let (file, ..) = written(Format::Csv, "said \"no\", left");
        assert!(file.contains(",\"said \"\"no\"\", left\","), "{file}");
        assert!(
            file.starts_with("# {\"station\":\"EO-02\"}\r\nseq,happenedAt"),
            "{file}"
        );
    }

    #[test]
    fn each_line_for_programs_is_an_object_and_the_first_says_where_it_is_from() {
        let (file, bytes, hash) = written(Format::Jsonl, "=1");
        let lines: Vec<Value> = file
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(lines[0]["about"]["station"], "EO-02");
        assert_eq!(
            (&lines[1]["text"], &lines[1]["late"]),
            (&"=1".into(), &true.into())
        );
        assert_eq!(bytes, file.len());
        assert_eq!(hash, format!("{:x}", Sha256::digest(file.as_bytes())));
    }
}
