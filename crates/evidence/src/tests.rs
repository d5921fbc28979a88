//! What is in a shown copy, and what is not.

use image::{GenericImageView as _, Rgb, RgbImage};

use super::*;

/// A wide picture, red on its left and blue on its right, as a camera that was held upside down
/// writes it: with the place where it was taken.
fn photo(width: u32, height: u32) -> Vec<u8> {
    let picture = RgbImage::from_fn(width, height, |x, _| {
        Rgb(if x < width / 2 {
            [255, 0, 0]
        } else {
            [0, 0, 255]
        })
    });
    let mut plain = Vec::new();
    JpegEncoder::new_with_quality(&mut plain, 95)
        .encode_image(&picture)
        .unwrap();
    // Behind the start of the picture: a block of the camera, turned by 180 degrees.
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0".to_vec();
    exif.extend(b"\x12\x01\x03\0\x01\0\0\0\x03\0\0\0");
    exif.extend(b"\0\0\0\0GPS 5.6037N 0.1870W");
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let mut photo = plain[..2].to_vec();
    photo.extend([0xff, 0xe1]);
    photo.extend(length);
    photo.extend(exif);
    photo.extend(&plain[2..]);
    photo.extend(b"PK\x03\x04 a second file behind the end");
    photo
}

fn has(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

#[test]
fn the_shown_copy_says_nothing_of_the_place_and_is_upright() {
    let photo = photo(64, 16);
    assert!(has(&photo, b"GPS 5.6037N") && has(&photo, b"PK\x03\x04"));
    let copy = shown(&photo, FileKind::Jpeg).unwrap();
    for trace in [&b"GPS"[..], b"Exif", b"PK\x03\x04"] {
        assert!(!has(&copy, trace), "{trace:?} is in the copy");
    }
    let picture = image::load_from_memory(&copy).unwrap();
    assert_eq!(picture.dimensions(), (64, 16));
    let [left, right] = [4, 60].map(|x| picture.get_pixel(x, 8).0);
    // It was taken upside down: blue is on the left when one looks at it.
    assert!(left[0] < 60 && 190 < left[2], "{left:?}");
    assert!(190 < right[0] && right[2] < 60, "{right:?}");
}

#[test]
fn a_large_photo_is_shown_small() {
    let copy = shown(&photo(3_200, 800), FileKind::Jpeg).unwrap();
    let picture = image::load_from_memory(&copy).unwrap();
    assert_eq!(picture.dimensions(), (1_600, 400));
}

#[test]
fn what_is_cut_off_damaged_or_no_picture_has_no_copy() {
    let photo = photo(64, 16);
    let half = &photo[..photo.len() / 3];
    assert!(matches!(shown(half, FileKind::Png), Err(NotShown::Damaged)));
    assert!(matches!(
        shown(b"%PDF-1.7", FileKind::Pdf),
        Err(NotShown::Kind)
    ));
}

#[test]
fn a_picture_that_says_it_is_immense_is_not_drawn() {
    // A head of a PNG of a billion by a billion points, and nothing behind it.
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    png.extend(1_000_000_000_u32.to_be_bytes());
    png.extend(1_000_000_000_u32.to_be_bytes());
    png.extend([8, 2, 0, 0, 0, 0, 0, 0, 0]);
    assert!(shown(&png, FileKind::Png).is_err());
}

#[test]
fn the_fingerprint_is_that_of_every_other_program() {
    let of_nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(fingerprint(b""), of_nothing);
}
