//! What a file of evidence may be: told by its first bytes, never by its name.

use serde::{Deserialize, Serialize};

/// The largest file of evidence, in bytes: 20 MiB.
pub const LARGEST_FILE: i64 = 20 * 1_024 * 1_024;
/// Files that one case may have.
pub const MOST_FILES: usize = 100;

/// What a file of evidence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "UPPERCASE")]
pub enum FileKind {
    /// A photo.
    Jpeg,
    /// A picture of a screen.
    Png,
    /// A photo.
    Webp,
    /// A photo of a telephone. It has no shown copy.
    Heic,
    /// A document. It has no shown copy.
    Pdf,
    /// A film. It has no shown copy.
    Mp4,
    /// Plain text in UTF-8. It has no shown copy.
    Text,
}

/// The brands of a film in the container that photos of telephones use too.
const FILMS: [&[u8; 4]; 8] = [
    b"isom", b"iso2", b"mp41", b"mp42", b"avc1", b"M4V ", b"3gp4", b"3gp5",
];
/// The brands of a photo in it.
const PHOTOS: [&[u8; 4]; 4] = [b"heic", b"heix", b"mif1", b"msf1"];

impl FileKind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Jpeg,
        Self::Png,
        Self::Webp,
        Self::Heic,
        Self::Pdf,
        Self::Mp4,
        Self::Text,
    ];

    /// What `bytes` are, the whole file; none when it is nothing that evidence may be.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let at = |from: usize, what: &[u8]| bytes.get(from..).is_some_and(|b| b.starts_with(what));
        if at(0, b"\xff\xd8\xff") {
            return Some(Self::Jpeg);
        }
        if at(0, b"\x89PNG\r\n\x1a\n") {
            return Some(Self::Png);
        }
        if at(0, b"RIFF") && at(8, b"WEBP") {
            return Some(Self::Webp);
        }
        if at(0, b"%PDF-") {
            return Some(Self::Pdf);
        }
        if at(4, b"ftyp") {
            let is_one = |brands: &[&[u8; 4]]| brands.iter().any(|brand| at(8, *brand));
            return match (is_one(&PHOTOS), is_one(&FILMS)) {
                (true, _) => Some(Self::Heic),
                (_, true) => Some(Self::Mp4),
                _ => None,
            };
        }
        is_text(bytes).then_some(Self::Text)
    }

    /// Its media type.
    pub fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Heic => "image/heic",
            Self::Pdf => "application/pdf",
            Self::Mp4 => "video/mp4",
            Self::Text => "text/plain; charset=utf-8",
        }
    }

    /// The end of its name.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Heic => "heic",
            Self::Pdf => "pdf",
            Self::Mp4 => "mp4",
            Self::Text => "txt",
        }
    }

    /// Whether a copy can be shown in the window.
    pub fn is_shown(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png | Self::Webp)
    }
}

/// Words and lines, and nothing that a program would take for itself: no markup.
fn is_text(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return false;
    };
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let is_plain = |letter: char| !letter.is_control() || matches!(letter, '\t' | '\r' | '\n');
    !start.is_empty() && !start.starts_with(['<', '{']) && text.chars().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_bytes_say_and_not_what_its_name_says() {
        let cases: [(&[u8], Option<FileKind>); 12] = [
            (b"\xff\xd8\xff\xe0 photo", Some(FileKind::Jpeg)),
            (b"\x89PNG\r\n\x1a\n....", Some(FileKind::Png)),
            (b"RIFF\x10\0\0\0WEBPVP8 ", Some(FileKind::Webp)),
            (b"\0\0\0\x18ftypheic\0\0", Some(FileKind::Heic)),
            (b"\0\0\0\x18ftypisom\0\0", Some(FileKind::Mp4)),
            (b"%PDF-1.7\n", Some(FileKind::Pdf)),
            (
                "Telefon unter dem Blatt, Pl\u{e4}tze G3\n".as_bytes(),
                Some(FileKind::Text),
            ),
            (b"<svg onload=alert(1)>", None),
            (b"MZ\x90\0\x03", None),
            (b"PK\x03\x04", None),
            (b"\0\0\0\x18ftypqqqq", None),
            (b"", None),
        ];
        for (bytes, kind) in cases {
            assert_eq!(FileKind::of(bytes), kind, "{bytes:?}");
        }
    }
}
