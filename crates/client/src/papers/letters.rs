//! The letters of papers: which can be drawn, how wide they are, in which order they lie, and where a
//! line ends.

use krilla::text::{Font, TextDirection};
use rustybuzz::{Face, UnicodeBuffer};
use unicode_bidi::{BidiInfo, Level};

/// Inter, cut down to Latin letters, and Noto Sans Arabic, each in two weights; the window's own.
const LATIN: [&[u8]; 2] = [
    include_bytes!("../../fonts/Inter-Regular.ttf"),
    include_bytes!("../../fonts/Inter-SemiBold.ttf"),
];
const ARABIC: [&[u8]; 2] = [
    include_bytes!("../../fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../../fonts/NotoSansArabic-SemiBold.ttf"),
];

/// Marks on one letter: no writing has more, and a PDF cannot say what a pile of them was.
const MOST_MARKS: usize = 8;
/// The size of all words but headings and feet, in points.
pub(super) const SIZE: f32 = 9.0;

/// Letters of one script that are read in one direction.
#[derive(Debug, PartialEq)]
pub(super) struct Stretch<'a> {
    pub(super) text: &'a str,
    pub(super) arabic: bool,
    pub(super) rightwards: bool,
}

impl Stretch<'_> {
    /// In the words of the PDF.
    pub(super) fn direction(&self) -> TextDirection {
        if self.rightwards {
            TextDirection::LeftToRight
        } else {
            TextDirection::RightToLeft
        }
    }
}

/// Knows what can be drawn, and how wide it is.
pub(super) struct Letters {
    latin: [Face<'static>; 2],
    arabic: [Face<'static>; 2],
    fonts: [[Font; 2]; 2],
    /// Whether the language of the paper is read from right to left.
    leftwards: bool,
}

impl Letters {
    /// Those of a paper whose language is read from right to left, or not.
    pub(super) fn new(leftwards: bool) -> Option<Self> {
        let faces = |files: [&'static [u8]; 2]| {
            let [regular, bold] = files.map(|file| Face::from_slice(file, 0));
            Some([regular?, bold?])
        };
        let fonts = |files: [&'static [u8]; 2]| {
            let [regular, bold] = files.map(|file| Font::new(file.into(), 0));
            Some([regular?, bold?])
        };
        Some(Self {
            latin: faces(LATIN)?,
            arabic: faces(ARABIC)?,
            fonts: [fonts(LATIN)?, fonts(ARABIC)?],
            leftwards,
        })
    }

    /// Whether the paper is read from right to left.
    pub(super) fn are_leftwards(&self) -> bool {
        self.leftwards
    }

    /// What a stretch is drawn with.
    pub(super) fn font(&self, stretch: &Stretch<'_>, bold: bool) -> Font {
        let [latin, arabic] = &self.fonts;
        of_weight(if stretch.arabic { arabic } else { latin }, bold).clone()
    }

    /// How wide a line is, in points.
    pub(super) fn width(&self, text: &str, size: f32, bold: bool) -> f32 {
        let stretches = self.stretches(text);
        let widths = stretches
            .iter()
            .map(|stretch| self.width_of(stretch, size, bold));
        widths.sum()
    }

    /// How wide a stretch is, in points.
    pub(super) fn width_of(&self, stretch: &Stretch<'_>, size: f32, bold: bool) -> f32 {
        let faces = if stretch.arabic {
            &self.arabic
        } else {
            &self.latin
        };
        let face = of_weight(faces, bold);
        // Where lines begin at the left, the sum of Latin letters is near enough, and much faster.
        let units = if stretch.arabic || self.leftwards {
            joined(face, stretch.text)
        } else {
            apart(face, stretch.text)
        };
        let em = u16::try_from(face.units_per_em()).unwrap_or(1_000);
        units * size / f32::from(em)
    }

    /// The parts of a line from left to right, as the Unicode Bidirectional Algorithm (UAX #9) has it.
    pub(super) fn stretches<'a>(&self, text: &'a str) -> Vec<Stretch<'a>> {
        // Most lines of most papers: nothing in them is read to the left.
        if !self.leftwards && !text.is_empty() && text.chars().all(|letter| self.is_latin(letter)) {
            return vec![Stretch {
                text,
                arabic: false,
                rightwards: true,
            }];
        }
        let base = if self.leftwards {
            Level::rtl()
        } else {
            Level::ltr()
        };
        let info = BidiInfo::new(text, Some(base));
        let mut found = Vec::new();
        for paragraph in &info.paragraphs {
            let (levels, runs) = info.visual_runs(paragraph, paragraph.range.clone());
            found.extend(runs.into_iter().flat_map(|run| {
                let rightwards = levels.get(run.start).is_none_or(Level::is_ltr);
                self.in_one_direction(text.get(run).unwrap_or_default(), rightwards)
            }));
        }
        found
    }

    fn in_one_direction<'a>(&self, run: &'a str, rightwards: bool) -> Vec<Stretch<'a>> {
        let parts = self.by_script(run).into_iter();
        let mut stretches: Vec<Stretch<'a>> = parts
            .map(|(arabic, text)| Stretch {
                text,
                arabic,
                rightwards,
            })
            .collect();
        if !rightwards {
            stretches.reverse();
        }
        stretches
    }

    /// The parts that are drawn with one font: whether it is the Arabic one, and the letters.
    fn by_script<'a>(&self, run: &'a str) -> Vec<(bool, &'a str)> {
        let mut parts = Vec::new();
        let mut begin = 0;
        let mut before = None;
        for (at, letter) in run.char_indices() {
            let is_arabic = !self.is_latin(letter);
            if let Some(was_arabic) = before.filter(|was_arabic| *was_arabic != is_arabic) {
                parts.push((was_arabic, run.get(begin..at).unwrap_or_default()));
                begin = at;
            }
            before = Some(is_arabic);
        }
        let last = before.map(|is_arabic| (is_arabic, run.get(begin..).unwrap_or_default()));
        parts.extend(last);
        parts
    }

    fn is_latin(&self, letter: char) -> bool {
        let [face, _] = &self.latin;
        face.glyph_index(letter).is_some()
    }

    fn is_arabic(&self, letter: char) -> bool {
        let [face, _] = &self.arabic;
        face.glyph_index(letter).is_some()
    }

    /// The text with every letter that can be drawn; another script is written by its code points,
    /// so that no name loses a letter silently.
    pub(super) fn drawable(&self, text: &str) -> String {
        let mut marks = 0_usize;
        let drawn = |c: char| {
            marks = if self.is_mark(c) {
                marks.saturating_add(1)
            } else {
                0
            };
            match c {
                '\u{202f}' | '\n' | '\t' => " ".to_owned(),
                c if marks <= MOST_MARKS && (self.is_latin(c) || self.is_arabic(c)) => {
                    c.to_string()
                }
                c => format!("[U+{:04X}]", u32::from(c)),
            }
        };
        text.chars().map(drawn).collect()
    }

    /// Whether it stands on the letter before it.
    fn is_mark(&self, c: char) -> bool {
        let [latin, _] = &self.latin;
        let [arabic, _] = &self.arabic;
        advance(latin, c).or_else(|| advance(arabic, c)) == Some(0)
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

fn of_weight<T>([regular, half_bold]: &[T; 2], bold: bool) -> &T {
    if bold { half_bold } else { regular }
}

fn advance(face: &Face<'_>, letter: char) -> Option<u16> {
    let glyph = face.glyph_index(letter)?;
    face.glyph_hor_advance(glyph)
}

/// The width of letters beside each other, in units of the font.
fn apart(face: &Face<'_>, text: &str) -> f32 {
    let advances = text.chars().filter_map(|letter| advance(face, letter));
    advances.map(f32::from).sum()
}

/// The same as they are drawn: Arabic letters have other widths where they join.
fn joined(face: &Face<'_>, text: &str) -> f32 {
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    let drawn = rustybuzz::shape(face, &[], buffer);
    let units: i32 = drawn.glyph_positions().iter().map(|at| at.x_advance).sum();
    // What is wider than sixty-five letters of the height of the line is wider than any line.
    f32::from(u16::try_from(units).unwrap_or(u16::MAX))
}
