//! Files of evidence as bytes: their fingerprint, and the copy of a picture that is shown.
//!
//! The shown copy is drawn anew: nothing that a camera, a telephone or a forger wrote beside the
//! picture (place, serial number, a second file behind its end) is in it. The original is never
//! changed.

use std::io::Cursor;

use elms_protocol::{FileKind, hex};
use image::{
    DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits, codecs::jpeg::JpegEncoder,
};
use sha2::{Digest as _, Sha256};

/// The media type of every shown copy.
pub const SHOWN_MIME: &str = "image/jpeg";
/// The longer side of a shown copy, in pixels.
const LONGER_SIDE: u32 = 1_600;
/// How well it is drawn, of 100.
const QUALITY: u8 = 82;
/// The longest side of a picture that is drawn at all, in pixels.
const LONGEST_SIDE: u32 = 12_000;
/// Points of a picture that is drawn at all: 50 million.
const MOST_POINTS: u64 = 50_000_000;
/// What decoding may take, in bytes.
const MEMORY: u64 = 256 << 20;

/// Why there is no copy to show.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NotShown {
    /// Files of this kind are only opened.
    #[error("There is no preview of this kind of file; open the original.")]
    Kind,
    /// It is larger than what is drawn.
    #[error("This picture is too large for a preview; open the original.")]
    TooLarge,
    /// It is cut off or damaged.
    #[error("This picture cannot be drawn; open the original.")]
    Damaged,
}

/// SHA-256 of a file, in hexadecimal.
pub fn fingerprint(bytes: &[u8]) -> String {
    hex::encode(&Sha256::digest(bytes))
}

/// The copy of a picture that is shown, as JPEG: upright, at most 1,600 pixels, without anything
/// that stood beside the picture.
///
/// # Errors
///
/// [`NotShown`] with a sentence to show.
pub fn shown(bytes: &[u8], kind: FileKind) -> Result<Vec<u8>, NotShown> {
    let format = match kind {
        FileKind::Jpeg => ImageFormat::Jpeg,
        FileKind::Png => ImageFormat::Png,
        FileKind::Webp => ImageFormat::WebP,
        FileKind::Heic | FileKind::Pdf | FileKind::Mp4 | FileKind::Text => {
            return Err(NotShown::Kind);
        }
    };
    let picture = decoded(bytes, format)?;
    let picture = if LONGER_SIDE < picture.width().max(picture.height()) {
        picture.thumbnail(LONGER_SIDE, LONGER_SIDE)
    } else {
        picture
    };
    let mut copy = Vec::new();
    let drawn = JpegEncoder::new_with_quality(&mut copy, QUALITY).encode_image(&picture.to_rgb8());
    drawn.map_err(|_image| NotShown::Damaged)?;
    Ok(copy)
}

fn decoded(bytes: &[u8], format: ImageFormat) -> Result<DynamicImage, NotShown> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| why(&error))?;
    let (width, height) = decoder.dimensions();
    if MOST_POINTS < u64::from(width).saturating_mul(u64::from(height)) {
        return Err(NotShown::TooLarge);
    }
    // Which way is up is the one thing that is taken from beside the picture.
    let upright = decoder.orientation().map_err(|error| why(&error))?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| why(&error))?;
    picture.apply_orientation(upright);
    Ok(picture)
}

fn why(error: &image::ImageError) -> NotShown {
    if matches!(error, image::ImageError::Limits(_)) {
        NotShown::TooLarge
    } else {
        NotShown::Damaged
    }
}

#[cfg(test)]
mod tests;
