//! What stands in the files.

use super::*;

#[test]
fn no_cell_is_a_formula() {
    for text in [
        "=1+1",
        "+233",
        "-5",
        "@sum",
        "\tx",
        "\rx",
        "\nx",
        "  =HYPERLINK(1)",
        "＝1+1",
        "＠sum",
    ] {
        assert_eq!(cell(&Value::from(text)), format!("'{text}"));
    }
    for text in ["Noise", "", "a=b", "5-6", "'=x"] {
        assert_eq!(cell(&Value::from(text)), text);
    }
    assert_eq!(cell(&Value::from(-5)), "-5", "a number is no text");
}

#[test]
fn every_row_has_a_cell_for_each_column_and_no_more() {
    let row: Row = [("seq", 1), ("no column", 2)]
        .map(|(name, n)| (name.to_owned(), Value::from(n)))
        .into_iter()
        .collect();
    let file = csv_file(&[row], &["seq", "text"]).unwrap();
    assert_eq!(String::from_utf8(file).unwrap(), "seq,text\r\n1,\r\n");
}

#[test]
fn every_word_stands_for_what_it_names() {
    for what in What::ALL {
        assert_eq!(What::from_name(what.name()), Some(*what));
        assert!(rows::columns(*what).is_sorted_by(|one, two| one != two));
    }
    for format in [Format::Csv, Format::Jsonl, Format::Ics] {
        assert_eq!(Format::from_name(format.name()), Some(format));
    }
    assert_eq!(
        (What::from_name("users"), Format::from_name("xls")),
        (None, None)
    );
}
