use super::{letters::Letters, *};

fn paper(rows: usize) -> Paper {
    let row = |n: usize| {
        vec![
            format!("10:{n:02}"),
            "Two answer booklets were torn; replaced at desk 14, both signed for by the chief"
                .to_owned(),
        ]
    };
    Paper {
        title: "Journal de la salle".to_owned(),
        about: "Great Hall / CSC101".to_owned(),
        facts: vec![(
            "Salle".to_owned(),
            "Grand amphithéâtre, œuvre, « été »".to_owned(),
        )],
        parts: vec![Part {
            title: "Tous les événements".to_owned(),
            words: String::new(),
            columns: vec![("Heure".to_owned(), 20), ("Quoi".to_owned(), 80)],
            rows: (0..rows).map(row).collect(),
        }],
    }
}

fn foot() -> Foot {
    Foot {
        by: "TU Ghana, station EO-02, Ama Boateng.".to_owned(),
        made: "Made 2026-11-24 10:42:18 GMT from the record up to #1482907.".to_owned(),
        proved: Some("Proved up to 1482907 events.".to_owned()),
    }
}

#[test]
fn every_word_of_a_long_paper_lies_on_some_page_and_none_over_the_foot() {
    let letters = Letters::new(false).unwrap();
    let leaves = sheet::leaves(&paper(120), &letters);
    assert!(1 < leaves.len());
    let drawn: Vec<&str> = leaves
        .iter()
        .flat_map(|leaf| &leaf.inks)
        .map(|ink| &*ink.text)
        .collect();
    for n in 0..120 {
        assert!(
            drawn.contains(&&*format!("10:{n:02}")),
            "row {n} is missing"
        );
    }
    assert!(
        drawn
            .iter()
            .any(|text| text.contains("Grand amphithéâtre, œuvre, « été »"))
    );
}

#[test]
fn a_word_that_is_wider_than_its_column_is_cut_and_not_lost() {
    let letters = Letters::new(false).unwrap();
    let hash = "0123456789abcdef".repeat(8);
    let lines = letters.lines(&hash, 120.0, false);
    assert!(1 < lines.len());
    assert_eq!(lines.concat(), hash);
}

#[test]
fn a_name_in_letters_that_the_font_lacks_is_written_by_its_code_points() {
    let letters = Letters::new(false).unwrap();
    assert_eq!(letters.lines("\u{5e9}", 200.0, false), ["[U+05E9]"]);
}

/// The text of each stretch from left to right, with an arrow where it is read to the left.
fn in_order(letters: &Letters, text: &str) -> Vec<String> {
    let stretches = letters.stretches(text);
    let said = stretches.iter().map(|stretch| {
        let arrow = if stretch.rightwards { "" } else { "←" };
        format!("{arrow}{}", stretch.text)
    });
    said.collect()
}

#[test]
fn an_arabic_name_is_read_from_the_right_wherever_it_stands() {
    let name = "قاعة الامتحان";
    let english = Letters::new(false).unwrap();
    assert_eq!(
        in_order(&english, &format!("{name}, seat G3")),
        ["←الامتحان", "← ", "←قاعة", ", seat G3"]
    );
    let arabic = Letters::new(true).unwrap();
    assert_eq!(
        in_order(&arabic, &format!("{name} GH-A 10:42")),
        ["GH-A 10:42", "← ", "←الامتحان", "← ", "←قاعة"]
    );
}

#[test]
fn joined_letters_are_narrower_than_each_by_itself() {
    let letters = Letters::new(true).unwrap();
    let apart: f32 = "قاعة"
        .chars()
        .map(|letter| letters.width(&letter.to_string(), 9.0, false))
        .sum();
    let joined = letters.width("قاعة", 9.0, false);
    assert!(0.0 < joined && joined < apart, "{joined} {apart}");
}

#[test]
fn a_paper_in_arabic_begins_at_the_right_margin() {
    let mut paper = paper(3);
    paper.title = "سجل القاعة".to_owned();
    let letters = Letters::new(true).unwrap();
    let leaves = sheet::leaves(&paper, &letters);
    let ends = leaves[0].inks.iter().map(|ink| ink.end(&letters));
    let most = ends.fold(0.0, f32::max);
    assert!((most - 541.28).abs() < 0.1, "{most}");
    assert!(leaves[0].inks[0].text.contains("سجل"));
    let pdf = paper.pdf(&foot(), Tongue::Ar).unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
}

#[test]
fn a_pile_of_marks_on_one_letter_is_written_by_its_code_points() {
    let letters = Letters::new(false).unwrap();
    let accents = |n| "\u{301}".repeat(n);
    let eight = format!("e{}", accents(8));
    assert_eq!(letters.lines(&eight, 200.0, false).concat(), eight);
    let pile = letters.lines(&format!("e{}x", accents(10)), 400.0, false);
    assert_eq!(pile.concat(), format!("{eight}[U+0301][U+0301]x"));
}

#[test]
fn the_hash_is_of_the_words_and_changes_with_any_of_them() {
    let (one, mut other) = (paper(3), paper(3));
    assert_eq!(one.hash(), other.hash());
    other.parts[0].rows[2][1].push('.');
    assert_ne!(one.hash(), other.hash());
    assert_ne!(
        one.file(Path::new("papers")),
        other.file(Path::new("papers"))
    );
}

#[test]
fn a_paper_is_a_pdf_and_its_file_name_has_no_signs_of_a_path() {
    let paper = paper(3);
    let pdf = paper.pdf(&foot(), Tongue::Fr).unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
    let file = paper.file(Path::new("papers"));
    let name = file.file_name().unwrap().to_str().unwrap();
    assert!(
        name.starts_with("Journal-de-la-salle-Great-Hall-CSC101-"),
        "{name}"
    );
    assert_eq!(file.parent().unwrap(), Path::new("papers"));
}
