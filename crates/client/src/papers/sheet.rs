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
};

use super::{
    Paper, Part,
    letters::{Letters, SIZE},
};
use crate::tongue::Tongue;

/// A4, in points.
const WIDTH: f32 = 595.28;
const HEIGHT: f32 = 841.89;
const MARGIN: f32 = 54.0;
/// Where the foot begins.
const BOTTOM: f32 = HEIGHT - 72.0;
const LEADING: f32 = 12.5;
/// The size of the foot.
const FOOT: f32 = 7.0;
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

#[cfg(test)]
impl Ink {
    /// Its right end.
    pub(super) fn end(&self, letters: &Letters) -> f32 {
        self.x + letters.width(&self.text, self.size, self.bold)
    }
}

/// A page: letters, and the heights of its rules.
#[derive(Debug, Default)]
pub(super) struct Leaf {
    pub(super) inks: Vec<Ink>,
    rules: Vec<f32>,
}

/// The pages of a paper without their feet.
pub(super) fn leaves(paper: &Paper, letters: &Letters) -> Vec<Leaf> {
    let mut laying = Laying {
        letters,
        leaves: vec![Leaf::default()],
        y: MARGIN + 12.0,
    };
    laying.heading(16.0, true, &paper.title);
    laying.y += 18.0;
    laying.heading(11.0, false, &paper.about);
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

    fn heading(&mut self, size: f32, bold: bool, text: &str) {
        self.line(0.0, size, bold, self.letters.drawable(text));
    }

    /// A line that begins `indent` from the side where reading begins.
    fn line(&mut self, indent: f32, size: f32, bold: bool, text: String) {
        let x = from_side(self.letters, indent, self.letters.width(&text, size, bold));
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
        self.heading(11.0, true, &part.title);
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
            let mut indent = 0.0;
            for (lines, share) in &cells {
                let text = lines.get(at).cloned().unwrap_or_default();
                self.line(indent, SIZE, bold, text);
                indent += room(*share);
            }
            self.y += LEADING;
        }
    }
}

/// The paper with `feet` and the number of the page under every page.
pub(super) fn pdf(paper: &Paper, feet: &[String], tongue: Tongue) -> Option<Vec<u8>> {
    let letters = Letters::new(tongue == Tongue::Ar)?;
    let leaves = leaves(paper, &letters);
    let mut document = Document::new();
    document.set_metadata(Metadata::new().title(format!("{} {}", paper.title, paper.about)));
    let last = leaves.len();
    for (at, leaf) in leaves.iter().enumerate() {
        let args = [("at", (at + 1).into()), ("last", last.into())];
        let number = tongue.say_with("paper-page", args);
        let mut page = document.start_page_with(PageSettings::from_wh(WIDTH, HEIGHT)?);
        let mut surface = page.surface();
        draw(&mut surface, leaf, &letters);
        foot(&mut surface, feet, &number, &letters);
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

fn draw(surface: &mut Surface<'_>, leaf: &Leaf, letters: &Letters) {
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
        write(surface, one, letters);
    }
}

/// The left end of a line that is `wide` and begins `indent` from the side where reading begins.
fn from_side(letters: &Letters, indent: f32, wide: f32) -> f32 {
    if letters.are_leftwards() {
        WIDTH - MARGIN - indent - wide
    } else {
        MARGIN + indent
    }
}

/// A line, stretch by stretch from left to right.
fn write(surface: &mut Surface<'_>, ink: &Ink, letters: &Letters) {
    let mut x = ink.x;
    for stretch in letters.stretches(&ink.text) {
        let (at, direction) = (Point::from_xy(x, ink.y), stretch.direction());
        let font = letters.font(&stretch, ink.bold);
        surface.draw_text(at, font, ink.size, stretch.text, false, direction);
        x += letters.width_of(&stretch, ink.size, ink.bold);
    }
}

fn foot(surface: &mut Surface<'_>, feet: &[String], number: &str, letters: &Letters) {
    surface.set_fill(Some(ink(0x69)));
    let mut y = BOTTOM + 28.0;
    let small = |text: String, indent: f32, y: f32| Ink {
        x: from_side(letters, indent, letters.width(&text, FOOT, false)),
        y,
        size: FOOT,
        bold: false,
        text,
    };
    for line in feet {
        write(surface, &small(letters.drawable(line), 0.0, y), letters);
        y += 10.0;
    }
    let wide = letters.width(number, FOOT, false);
    let end = WIDTH - 2.0 * MARGIN - wide;
    let number = small(number.to_owned(), end, BOTTOM + 28.0);
    write(surface, &number, letters);
}
