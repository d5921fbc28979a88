//! How a paper lies on A4: lines, columns and pages first, ink afterwards.

use krilla::{
    Document,
    color::rgb,
    geom::{PathBuilder, Point, Rect},
    metadata::Metadata,
    num::NormalizedF32,
    page::PageSettings,
    paint::Fill,
    surface::Surface,
    text::{Font, TextDirection},
};
use ttf_parser::Face;

use super::{Paper, Part};
use crate::tongue::Tongue;

/// Inter in two weights, cut down to Latin letters; the window's own.
const REGULAR: &[u8] = include_bytes!("../../fonts/Inter-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../../fonts/Inter-SemiBold.ttf");

/// A4, in points.
const WIDTH: f32 = 595.28;
const HEIGHT: f32 = 841.89;
const MARGIN: f32 = 54.0;
/// Marks on one letter: no writing has more, and a PDF cannot say what a pile of them was.
const MOST_MARKS: usize = 8;
/// Where the foot begins.
const BOTTOM: f32 = HEIGHT - 72.0;
const SIZE: f32 = 9.0;
const LEADING: f32 = 12.5;
const GAP: f32 = 8.0;

/// A run of letters at its place.
#[derive(Debug, PartialEq)]
pub(super) struct Ink {
    x: f32,
    y: f32,
    size: f32,
    bold: bool,
    pub(super) text: String,
}

/// A page: letters, and the heights of its rules.
#[derive(Debug, Default)]
pub(super) struct Leaf {
    pub(super) inks: Vec<Ink>,
    rules: Vec<f32>,
}

/// Knows how wide letters are.
pub(super) struct Letters {
    regular: Face<'static>,
    bold: Face<'static>,
}

impl Letters {
    pub(super) fn new() -> Option<Self> {
        Some(Self {
            regular: Face::parse(REGULAR, 0).ok()?,
            bold: Face::parse(BOLD, 0).ok()?,
        })
    }

    fn width(&self, text: &str, size: f32, bold: bool) -> f32 {
        let face = if bold { &self.bold } else { &self.regular };
        let advance = |c| {
            face.glyph_index(c)
                .and_then(|glyph| face.glyph_hor_advance(glyph))
        };
        let units: f32 = text.chars().filter_map(advance).map(f32::from).sum();
        units * size / f32::from(face.units_per_em())
    }

    /// The text with every letter that can be drawn; another script is written by its code points,
    /// so that no name loses a letter silently.
    fn drawable(&self, text: &str) -> String {
        let mut marks = 0_usize;
        let drawn = |c: char| {
            marks = if self.is_mark(c) {
                marks.saturating_add(1)
            } else {
                0
            };
            match c {
                '\u{202f}' | '\n' | '\t' => " ".to_owned(),
                c if marks <= MOST_MARKS && self.regular.glyph_index(c).is_some() => c.to_string(),
                c => format!("[U+{:04X}]", u32::from(c)),
            }
        };
        text.chars().map(drawn).collect()
    }

    /// Whether it stands on the letter before it.
    fn is_mark(&self, c: char) -> bool {
        let glyph = self.regular.glyph_index(c);
        glyph.and_then(|glyph| self.regular.glyph_hor_advance(glyph)) == Some(0)
    }

    /// The text in lines no wider than `room`.
    pub(super) fn lines(&self, text: &str, room: f32, bold: bool) -> Vec<String> {
        let mut lines = Vec::new();
        for paragraph in text.split('\n') {
            let mut line = String::new();
            for word in self.drawable(paragraph).split_whitespace() {
                self.push(&mut lines, &mut line, word, (room, bold));
            }
            lines.push(line);
        }
        lines
    }

    /// Puts a word on the line, or on the next one; one that fits on none is cut.
    fn push(
        &self,
        lines: &mut Vec<String>,
        line: &mut String,
        word: &str,
        (room, bold): (f32, bool),
    ) {
        let space = if line.is_empty() { "" } else { " " };
        if self.width(&format!("{line}{space}{word}"), SIZE, bold) <= room {
            line.push_str(space);
            line.push_str(word);
            return;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(line));
        }
        for letter in word.chars() {
            if !line.is_empty() && room < self.width(&format!("{line}{letter}"), SIZE, bold) {
                lines.push(std::mem::take(line));
            }
            line.push(letter);
        }
    }
}

/// The pages of a paper without their feet.
pub(super) fn leaves(paper: &Paper, letters: &Letters) -> Vec<Leaf> {
    let mut laying = Laying {
        letters,
        leaves: vec![Leaf::default()],
        y: MARGIN + 12.0,
    };
    laying.line(MARGIN, 16.0, true, paper.title.clone());
    laying.y += 18.0;
    laying.line(MARGIN, 11.0, false, letters.drawable(&paper.about));
    laying.y += 22.0;
    for (name, value) in &paper.facts {
        laying.row(&[(name, 26), (value, 74)], false);
    }
    for part in &paper.parts {
        laying.part(part);
    }
    laying.leaves
}

struct Laying<'a> {
    letters: &'a Letters,
    leaves: Vec<Leaf>,
    y: f32,
}

impl Laying<'_> {
    fn leaf(&mut self) -> Option<&mut Leaf> {
        self.leaves.last_mut()
    }

    /// Turns the page when `height` does not fit any more.
    fn need(&mut self, height: f32) {
        if BOTTOM < self.y + height {
            self.leaves.push(Leaf::default());
            self.y = MARGIN + 12.0;
        }
    }

    fn line(&mut self, x: f32, size: f32, bold: bool, text: String) {
        let y = self.y;
        if let Some(leaf) = self.leaf().filter(|_| !text.is_empty()) {
            leaf.inks.push(Ink {
                x,
                y,
                size,
                bold,
                text,
            });
        }
    }

    fn rule(&mut self) {
        let y = self.y - LEADING + 3.0;
        if let Some(leaf) = self.leaf() {
            leaf.rules.push(y);
        }
    }

    fn part(&mut self, part: &Part) {
        self.y += LEADING;
        self.need(4.0 * LEADING);
        self.line(MARGIN, 11.0, true, part.title.clone());
        self.y += LEADING + 4.0;
        if !part.words.is_empty() {
            self.row(&[(&part.words, 100)], false);
        }
        if part.columns.is_empty() {
            return;
        }
        let head: Vec<(&str, u16)> = part
            .columns
            .iter()
            .map(|(name, share)| (&**name, *share))
            .collect();
        self.row(&head, true);
        if part.rows.is_empty() {
            self.row(&[("–", 100)], false);
        }
        for cells in &part.rows {
            let shares = part.columns.iter().map(|(_, share)| *share);
            let cells: Vec<(&str, u16)> = cells.iter().map(String::as_str).zip(shares).collect();
            self.rule();
            self.row(&cells, false);
        }
    }

    /// Cells beside each other, each with its share of the width in percent.
    fn row(&mut self, cells: &[(&str, u16)], bold: bool) {
        let wide = WIDTH - 2.0 * MARGIN;
        let room = |share: u16| f32::from(share) * wide / 100.0;
        let cells: Vec<(Vec<String>, u16)> = cells
            .iter()
            .map(|(text, share)| (self.letters.lines(text, room(*share) - GAP, bold), *share))
            .collect();
        let most = cells
            .iter()
            .map(|(lines, _)| lines.len())
            .max()
            .unwrap_or(0);
        for at in 0..most {
            self.need(LEADING);
            let mut x = MARGIN;
            for (lines, share) in &cells {
                let text = lines.get(at).cloned().unwrap_or_default();
                self.line(x, SIZE, bold, text);
                x += room(*share);
            }
            self.y += LEADING;
        }
    }
}

/// The paper with `feet` and the number of the page under every page.
pub(super) fn pdf(paper: &Paper, feet: &[String], tongue: Tongue) -> Option<Vec<u8>> {
    let letters = Letters::new()?;
    let fonts = [Font::new(REGULAR.into(), 0)?, Font::new(BOLD.into(), 0)?];
    let leaves = leaves(paper, &letters);
    let mut document = Document::new();
    document.set_metadata(Metadata::new().title(format!("{} {}", paper.title, paper.about)));
    let last = leaves.len();
    for (at, leaf) in leaves.iter().enumerate() {
        let args = [("at", (at + 1).into()), ("last", last.into())];
        let number = tongue.say_with("paper-page", args);
        let mut page = document.start_page_with(PageSettings::from_wh(WIDTH, HEIGHT)?);
        let mut surface = page.surface();
        draw(&mut surface, leaf, &fonts);
        foot(&mut surface, feet, &number, (&letters, &fonts));
        surface.finish();
        page.finish();
    }
    document.finish().ok()
}

fn ink(grey: u8) -> Fill {
    Fill {
        paint: rgb::Color::new(grey, grey, grey).into(),
        opacity: NormalizedF32::ONE,
        rule: krilla::paint::FillRule::default(),
    }
}

fn draw(surface: &mut Surface<'_>, leaf: &Leaf, [regular, bold]: &[Font; 2]) {
    surface.set_fill(Some(ink(0xdd)));
    for y in &leaf.rules {
        let mut path = PathBuilder::new();
        if let Some(line) = Rect::from_xywh(MARGIN, *y, WIDTH - 2.0 * MARGIN, 0.5) {
            path.push_rect(line);
        }
        if let Some(path) = path.finish() {
            surface.draw_path(&path);
        }
    }
    surface.set_fill(Some(ink(0x1d)));
    for one in &leaf.inks {
        let font = if one.bold { bold } else { regular };
        let at = Point::from_xy(one.x, one.y);
        surface.draw_text(
            at,
            font.clone(),
            one.size,
            &one.text,
            false,
            TextDirection::LeftToRight,
        );
    }
}

fn foot(
    surface: &mut Surface<'_>,
    feet: &[String],
    number: &str,
    (letters, [regular, _]): (&Letters, &[Font; 2]),
) {
    surface.set_fill(Some(ink(0x69)));
    let mut y = BOTTOM + 28.0;
    for line in feet {
        let at = Point::from_xy(MARGIN, y);
        let text = letters.drawable(line);
        surface.draw_text(
            at,
            regular.clone(),
            7.0,
            &text,
            false,
            TextDirection::LeftToRight,
        );
        y += 10.0;
    }
    let x = WIDTH - MARGIN - letters.width(number, 7.0, false);
    let at = Point::from_xy(x, BOTTOM + 28.0);
    surface.draw_text(
        at,
        regular.clone(),
        7.0,
        number,
        false,
        TextDirection::LeftToRight,
    );
}
