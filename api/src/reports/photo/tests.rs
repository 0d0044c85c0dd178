//! Photos as cameras make them, and as people make them who mean no good.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{
    DynamicImage, ExtendedColorType, GenericImageView as _, ImageEncoder as _, ImageFormat, Rgb, RgbImage, Rgba,
    RgbaImage,
};

use super::*;

/// Left half red, right half blue; a white stripe at the top, so that every turn shows.
fn picture(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| match (x < width / 2, y < height / 8) {
        (_, true) => Rgb([255, 255, 255]),
        (true, false) => Rgb([200, 20, 20]),
        (false, false) => Rgb([20, 20, 200]),
    })
}

fn jpeg(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    picture.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 90)).unwrap();
    bytes
}

fn png(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    picture.write_with_encoder(PngEncoder::new(&mut bytes)).unwrap();
    bytes
}

/// A JPEG with EXIF: an orientation, and what nobody is to see.
fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
    exif.extend(b"SECRET-CAMERA 20.8449N 106.6881E");
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xFF, 0xE1], &length, &exif, &jpeg[2..]].concat()
}

fn read(photo: &Photo) -> DynamicImage {
    assert!(photo.0.starts_with(&[0xFF, 0xD8, 0xFF]));
    image::load_from_memory_with_format(&photo.0, ImageFormat::Jpeg).unwrap()
}

fn is_white(picture: &DynamicImage, x: u32, y: u32) -> bool {
    picture.get_pixel(x, y).0[..3].iter().all(|channel| *channel > 200)
}

/// A chunk of a PNG.
fn chunk(kind: [u8; 4], data: &[u8]) -> Vec<u8> {
    let body = [&kind[..], data].concat();
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    [&length[..], &body, &crc32fast::hash(&body).to_be_bytes()].concat()
}

/// A PNG of one colour and any size, as small as such a file can be.
fn bomb(width: u32, height: u32, depth: u8, colour: u8) -> Vec<u8> {
    use std::io::Write as _;
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[depth, colour, 0, 0, 0]].concat();
    let mut pixels = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    let row = vec![0; 64 * 1024];
    for _ in 0..512 {
        pixels.write_all(&row).unwrap();
    }
    let pixels = pixels.finish().unwrap();
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(*b"IHDR", &head), chunk(*b"IDAT", &pixels), chunk(*b"IEND", b"")].concat()
}

#[test]
fn every_kind_is_kept_as_a_small_jpeg() {
    let large = picture(1_640, 820);
    let mut webp = Vec::new();
    WebPEncoder::new_lossless(&mut webp).write_image(&large, 1_640, 820, ExtendedColorType::Rgb8).unwrap();
    for bytes in [jpeg(&large), png(&large), webp] {
        let photo = develop(&bytes).unwrap();
        assert!(photo.0.len() <= KEPT_BYTES);
        assert_eq!(read(&photo).dimensions(), (1_600, 800));
    }
    assert_eq!(read(&develop(&png(&picture(40, 30))).unwrap()).dimensions(), (40, 30), "nothing is enlarged");
}

#[test]
fn what_came_with_it_is_gone_and_it_stands_upright() {
    let bytes = with_exif(&jpeg(&picture(400, 200)), 6);
    assert!(bytes.windows(6).any(|window| window == b"SECRET"));
    let photo = develop(&bytes).unwrap();
    for secret in [&b"SECRET"[..], b"Exif", b"106.6881", b"ICC_PROFILE", b"http"] {
        assert!(!photo.0.windows(secret.len()).any(|window| window == secret));
    }
    let upright = read(&photo);
    assert_eq!(upright.dimensions(), (200, 400));
    // Turned clockwise by a quarter: what was the top is at the right.
    assert!(is_white(&upright, 195, 200) && !is_white(&upright, 5, 200));
}

#[test]
fn an_orientation_that_is_none_is_passed_over() {
    for orientation in [0, 9, 255] {
        let photo = develop(&with_exif(&jpeg(&picture(400, 200)), orientation)).unwrap();
        assert_eq!(read(&photo).dimensions(), (400, 200));
    }
}

#[test]
fn transparency_becomes_white() {
    let clear = RgbaImage::from_pixel(20, 20, Rgba([0, 0, 0, 0]));
    let mut bytes = Vec::new();
    clear.write_with_encoder(PngEncoder::new(&mut bytes)).unwrap();
    assert!(is_white(&read(&develop(&bytes).unwrap()), 10, 10));
}

#[test]
fn noise_is_kept_small_too() {
    let mut seed = 1_u32;
    let noise = RgbImage::from_fn(1_000, 1_000, |_, _| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [a, b, c, _] = seed.to_be_bytes();
        Rgb([a, b, c])
    });
    assert!(develop(&jpeg(&noise)).unwrap().0.len() <= KEPT_BYTES);
}

#[test]
fn huge_dimensions_are_refused_before_a_pixel_is_decoded() {
    for (width, height, depth, colour) in [
        (65_535, 65_535, 8, 2),
        (20_000, 2_000, 8, 2),
        (6_000, 6_000, 8, 2),
        (4_800, 4_800, 16, 6),
        (u32::MAX >> 1, u32::MAX >> 1, 8, 2),
        (1, 100_000_000, 1, 0),
    ] {
        let bytes = bomb(width, height, depth, colour);
        assert!(bytes.len() < 400_000);
        let fault = develop(&bytes).unwrap_err();
        assert!(matches!(fault, Fault::PhotoTooWide | Fault::PhotoUnreadable), "{width} × {height}: {fault:?}");
    }
    // A JPEG that says it is larger than it is.
    let mut bytes = jpeg(&picture(64, 64));
    let frame = bytes.windows(2).position(|marker| marker == [0xFF, 0xC0]).unwrap();
    bytes[frame + 5..frame + 9].copy_from_slice(&[0xFF; 4]);
    assert!(matches!(develop(&bytes), Err(Fault::PhotoTooWide | Fault::PhotoUnreadable)));
}

#[test]
fn more_pixels_than_the_header_says_change_nothing() {
    // 32 MiB of them behind a header of 8 × 8.
    let photo = develop(&bomb(8, 8, 8, 2));
    if let Ok(photo) = photo {
        assert_eq!(read(&photo).dimensions(), (8, 8));
    }
}

#[test]
fn truncated_and_mangled_files_never_panic_and_never_pass_as_whole() {
    let whole = [jpeg(&picture(200, 100)), png(&picture(200, 100))];
    for bytes in &whole {
        for end in (0..bytes.len()).step_by(bytes.len() / 60 + 1) {
            if let Ok(photo) = develop(&bytes[..end]) {
                assert_eq!(read(&photo).dimensions(), (200, 100));
            }
        }
        for at in (0..bytes.len()).step_by(bytes.len() / 60 + 1) {
            let mut mangled = bytes.clone();
            mangled[at] ^= 0x55;
            let _ = develop(&mangled);
        }
    }
    assert!(develop(&whole[1][..40]).is_err());
    assert!(develop(&whole[0][..20]).is_err());
}

#[test]
fn of_a_file_that_is_two_things_only_the_picture_is_kept() {
    let script = b"<script>alert(1)</script>PK\x03\x04 GIF89a %PDF-1.7";
    for bytes in [jpeg(&picture(80, 60)), png(&picture(80, 60))] {
        let photo = develop(&[&bytes[..], script].concat()).unwrap();
        assert!(!photo.0.windows(7).any(|window| window == b"<script" || window == b"%PDF-1."));
    }
}

#[test]
fn other_kinds_are_told_what_to_do() {
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";
    let avif = b"\0\0\0\x1cftypavif\0\0\0\0avifmif1";
    for bytes in [&heic[..], avif] {
        assert_eq!(looks_readable(bytes), Err(Fault::PhotoHeic));
        assert_eq!(develop(bytes).unwrap_err(), Fault::PhotoHeic);
    }
    for bytes in [&b""[..], b"GIF89a", b"<svg xmlns=", b"%PDF-1.7", b"BM", b"II*\0", b"\x89PNG"] {
        assert_eq!(looks_readable(bytes), Err(Fault::PhotoUnreadable));
    }
}
