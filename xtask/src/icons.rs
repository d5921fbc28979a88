//! Draws every icon size from the hand-written SVGs in `icons/`.

use std::path::Path;
use std::process::Command;

use crate::needs::has_program;
use crate::places::Places;
use crate::stage::{Stop, While as _, say};

/// The PNG files made from the mark: name and edge in pixels.
const MARK: [(&str, u32); 4] = [
    ("32x32.png", 32),
    ("128x128.png", 128),
    ("128x128@2x.png", 256),
    ("icon.png", 512),
];

/// The tray's three shapes, each beside its SVG.
const TRAY: [&str; 3] = ["tray-live", "tray-offline", "tray-critical"];

/// The edge of the tray's pictures, in pixels; panels scale them down.
const TRAY_EDGE: u32 = 64;

/// The sizes within the Windows icon.
const ICO: [u32; 6] = [16, 24, 32, 48, 64, 256];

/// The kinds within the macOS icon with their edges in pixels.
const ICNS: [(&[u8; 4], u32); 7] = [
    (b"ic11", 32),
    (b"ic12", 64),
    (b"ic07", 128),
    (b"ic13", 256),
    (b"ic08", 256),
    (b"ic09", 512),
    (b"ic10", 1024),
];

/// Draws all of them.
pub(crate) fn icons(places: &Places) -> Result<(), Stop> {
    if !has_program("rsvg-convert") {
        return Err(Stop::new(
            "drawing needs rsvg-convert (Debian: apt-get install librsvg2-bin)",
        ));
    }
    let folder = places.root.join("icons");
    let mark = folder.join("mark.svg");
    for (name, edge) in MARK {
        save(&folder.join(name), &drawn(&mark, edge)?)?;
    }
    for name in TRAY {
        let picture = drawn(&folder.join(format!("{name}.svg")), TRAY_EDGE)?;
        save(&folder.join(format!("{name}.png")), &picture)?;
    }
    let mut pictures = Vec::new();
    for edge in ICO {
        pictures.push((edge, drawn(&mark, edge)?));
    }
    save(&folder.join("icon.ico"), &ico(&pictures)?)?;
    let mut pictures = Vec::new();
    for (kind, edge) in ICNS {
        pictures.push((kind, drawn(&mark, edge)?));
    }
    save(&folder.join("icon.icns"), &icns(&pictures)?)
}

/// The SVG as a PNG of that many pixels.
fn drawn(svg: &Path, edge: u32) -> Result<Vec<u8>, Stop> {
    let edge = edge.to_string();
    let output = Command::new("rsvg-convert")
        .args(["--width", &edge, "--height", &edge])
        .arg(svg)
        .output()
        .doing("start rsvg-convert")?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(Stop(format!(
        "{} cannot be drawn: {}",
        svg.display(),
        String::from_utf8_lossy(&output.stderr)
    )))
}

fn save(path: &Path, bytes: &[u8]) -> Result<(), Stop> {
    std::fs::write(path, bytes).doing(&format!("write {}", path.display()))?;
    say(&format!("drew {}", path.display()));
    Ok(())
}

/// A Windows icon that holds the PNG pictures as they are.
fn ico(pictures: &[(u32, Vec<u8>)]) -> Result<Vec<u8>, Stop> {
    let count = u16::try_from(pictures.len()).doing("count the pictures")?;
    let mut directory = vec![0, 0, 1, 0];
    directory.extend(count.to_le_bytes());
    let mut body = Vec::new();
    let first = 6 + 16 * pictures.len();
    for (edge, picture) in pictures {
        // 256 is written as 0 there.
        let edge = u8::try_from(*edge).unwrap_or(0);
        directory.extend([edge, edge, 0, 0, 1, 0, 32, 0]);
        directory.extend(length(picture.len())?.to_le_bytes());
        directory.extend(length(first + body.len())?.to_le_bytes());
        body.extend_from_slice(picture);
    }
    directory.extend(body);
    Ok(directory)
}

/// A macOS icon that holds the PNG pictures as they are.
fn icns(pictures: &[(&[u8; 4], Vec<u8>)]) -> Result<Vec<u8>, Stop> {
    let mut body = Vec::new();
    for (kind, picture) in pictures {
        body.extend_from_slice(*kind);
        body.extend(length(picture.len() + 8)?.to_be_bytes());
        body.extend_from_slice(picture);
    }
    let mut icon = b"icns".to_vec();
    icon.extend(length(body.len() + 8)?.to_be_bytes());
    icon.extend(body);
    Ok(icon)
}

fn length(bytes: usize) -> Result<u32, Stop> {
    u32::try_from(bytes).doing("write a length")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn committed(name: &str) -> Vec<u8> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .unwrap()
            .join("icons");
        std::fs::read(folder.join(name)).unwrap()
    }

    /// Width and height that a PNG says it has.
    fn edges(png: &[u8]) -> (u32, u32) {
        assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
        let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
        (number(16), number(20))
    }

    #[test]
    fn every_committed_picture_has_the_size_its_name_promises() {
        let tray = TRAY.map(|name| (format!("{name}.png"), TRAY_EDGE));
        let mark = MARK.map(|(name, edge)| (name.to_owned(), edge));
        for (name, edge) in mark.into_iter().chain(tray) {
            assert_eq!(edges(&committed(&name)), (edge, edge), "{name}");
        }
    }

    #[test]
    fn the_windows_icon_leads_to_each_of_its_pictures() {
        let icon = committed("icon.ico");
        for (index, edge) in ICO.into_iter().enumerate() {
            let at = 6 + 16 * index;
            let number = |at: usize| u32::from_le_bytes(icon[at..at + 4].try_into().unwrap());
            let begin = usize::try_from(number(at + 12)).unwrap();
            let end = begin + usize::try_from(number(at + 8)).unwrap();
            assert_eq!(edges(&icon[begin..end]), (edge, edge));
        }
    }

    #[test]
    fn the_macos_icon_is_as_long_as_it_says_and_begins_with_a_picture() {
        let icon = committed("icon.icns");
        let says = u32::from_be_bytes(icon[4..8].try_into().unwrap());
        assert_eq!(usize::try_from(says).unwrap(), icon.len());
        assert_eq!(edges(&icon[16..]), (32, 32));
    }
}
