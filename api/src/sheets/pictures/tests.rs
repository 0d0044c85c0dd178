//! Pictures as phones make them, by the names that people give them.

use std::io::{Cursor, Write as _};

use image::{ImageFormat, Rgb, RgbImage};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

fn photo(width: u32, height: u32, seed: u32) -> Vec<u8> {
    let mut state = seed | 1;
    let picture = RgbImage::from_fn(width, height, |x, y| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let noise = state.to_be_bytes()[0] / 4;
        Rgb([x.to_le_bytes()[0] / 2 + noise, y.to_le_bytes()[0] / 2 + noise, noise])
    });
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

fn zip(files: &[(&str, &[u8])]) -> File {
    let mut writer = ZipWriter::new(tempfile::tempfile().unwrap());
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    let mut file = writer.finish().unwrap();
    file.rewind().unwrap();
    file
}

fn album(files: &[(&str, &[u8])]) -> Album {
    let mut album = Album::none();
    album.add("anh.zip", zip(files)).unwrap();
    album
}

#[test]
fn a_photo_is_drawn_in_three_sizes_of_at_most_60_kilobytes() {
    let mut album = album(&[("mam.jpg", &photo(2_000, 1_500, 7))]);
    let named = album.take("mam.jpg").unwrap();
    let mut drained = 0;
    let media = album.drain(&mut drained);
    assert_eq!(media.len(), 3);
    for media in &media {
        assert!(media.bytes().unwrap().len() <= 60_000);
        assert_eq!(media.sizes.len(), 3);
        assert!(crate::registry::Declared::faults(media).is_empty());
    }
    let card = media.iter().find(|media| media.hash == named).unwrap();
    let size = card.sizes.iter().find(|size| size.hash == named).unwrap();
    assert!((320..=640).contains(&size.side), "what a card shows is the one of the middle: {size:?}");
    assert!(album.drain(&mut drained).is_empty());
}

#[test]
fn a_small_photo_is_not_enlarged() {
    let mut album = album(&[("a.jpg", &photo(200, 100, 3))]);
    album.take("a.jpg").unwrap();
    let sides: Vec<u16> = album.drain(&mut 0)[0].sizes.iter().map(|size| size.side).collect();
    assert!(sides.iter().all(|side| *side == 200), "{sides:?}");
}

#[test]
fn names_are_found_in_any_case_composition_and_folder() {
    let bytes = photo(64, 64, 1);
    let mut album =
        album(&[("Anh san pham/NƯỚC MẮM.JPG", &bytes), ("../../mật ong.png", &bytes), ("__MACOSX/._x.jpg", b"x")]);
    for name in [
        "nước mắm.jpg",
        "Nu\u{31b}o\u{31b}\u{301}c ma\u{306}\u{301}m.jpg",
        "nước mắm",
        "C:\\anh\\nước mắm.jpg",
        "mật ong.png",
    ] {
        assert!(album.take(name).is_ok(), "{name}");
    }
    assert_eq!(album.take("._x.jpg"), Err(Trouble::PictureMissing("._x.jpg".into(), None)));
}

#[test]
fn what_cannot_be_taken_is_said() {
    let bytes = photo(64, 64, 1);
    let mut album = album(&[
        ("a/x.jpg", &bytes),
        ("b/x.jpg", &bytes),
        ("p.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"),
        ("t.jpg", &bytes[..40]),
        ("v.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    ]);
    assert_eq!(album.take("x.jpg"), Err(Trouble::PictureTwice("x.jpg".into())));
    for (name, word) in [("p.heic", "HEIC"), ("t.jpg", "không đọc được"), ("v.svg", "không đọc được")] {
        let Err(trouble) = album.take(name) else { panic!("{name}") };
        assert!(trouble.say(nguon_openapi::Lang::Vi).contains(word), "{trouble:?}");
    }
    assert!(matches!(album.take("T.jpeg"), Err(Trouble::Picture(..))), "the other ending of a JPEG");
    let near = Err(Trouble::PictureMissing("V.png".into(), Some("v.svg".into())));
    assert_eq!(album.take("V.png"), near);
    assert_eq!(album.take("none.jpg"), Err(Trouble::PictureMissing("none.jpg".into(), None)));
    assert_eq!(Album::none().take("a.jpg"), Err(Trouble::NoPictures("a.jpg".into())));
}

#[test]
fn a_picture_that_unpacks_to_too_much_is_refused() {
    let mut album = album(&[("bomb.jpg", &vec![0; 40 * 1024 * 1024])]);
    assert!(matches!(album.take("bomb.jpg"), Err(Trouble::Picture(_, _, _))));
}

#[test]
fn a_damaged_archive_is_refused() {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(b"PK\x03\x04 and no more").unwrap();
    file.rewind().unwrap();
    assert_eq!(Album::none().add("a.zip", file), Err(Unreadable::Pictures));
}
