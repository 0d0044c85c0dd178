//! Files that somebody uploads: what they are, and how the registry's desk is given them.

use std::fs::File;
use std::io::{Cursor, Seek as _, Write as _};
use std::path::Path;

use bytes::Bytes;
use nguon_openapi::Lang;
use sha2::{Digest as _, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::Wrong;
use crate::registry::media::hex;
use crate::registry::text::is_forbidden;
use crate::sheets::{Album, Book, Reading, SheetFormat, Unreadable};
use crate::store::submissions::FileOf;

/// Largest document, in bytes: 8 MiB.
pub const DOCUMENT_BYTES: usize = 8 * 1024 * 1024;
/// Largest archive of pictures, in bytes: 24 MiB.
pub const PHOTOS_BYTES: usize = 24 * 1024 * 1024;
/// Longest name of a file that is kept, in characters.
const NAME_CHARS: usize = 120;

/// A file as it came.
#[derive(Clone, Debug)]
pub struct Uploaded {
    /// What it was called.
    pub name: String,
    /// What is in it.
    pub bytes: Bytes,
}

impl Uploaded {
    /// The file without its bytes. Of its name what could mislead is left out, and so is the path to it.
    #[must_use]
    pub fn describe(&self) -> FileOf {
        let name = self.name.rsplit(['/', '\\']).next().unwrap_or_default();
        let name: String = name.chars().filter(|c| !is_forbidden(*c)).collect();
        // The end of a name says what the file is.
        let skipped = name.chars().count().saturating_sub(NAME_CHARS);
        let name: String = name.trim().chars().skip(skipped).collect();
        FileOf { name, bytes: self.bytes.len() as u64, sha256: hex(&Sha256::digest(&self.bytes)) }
    }
}

/// Pictures that were chosen one by one, as the one archive that a submission keeps; an archive as it is.
///
/// # Errors
/// What is to be put right.
pub fn together(mut photos: Vec<Uploaded>) -> Result<Option<Uploaded>, Wrong> {
    if photos.len() < 2 {
        return Ok(photos.pop());
    }
    if photos.iter().any(|photo| photo.bytes.starts_with(b"PK\x03\x04")) {
        return Err(Wrong::at(
            "photos",
            "Chọn một tệp .zip, hoặc chọn các ảnh: không lẫn cả hai.",
            "Choose one .zip, or pictures: not both.",
        ));
    }
    let packed = packed(&photos).map_err(|error| {
        tracing::error!(%error, "pictures could not be put together");
        Wrong::at("photos", "Có hai ảnh cùng tên: hãy đổi tên một ảnh.", "Two pictures have one name: rename one.")
    })?;
    Ok(Some(Uploaded { name: format!("{} ảnh.zip", photos.len()), bytes: packed.into() }))
}

/// Pictures in an archive, as they are: they do not become smaller.
fn packed(photos: &[Uploaded]) -> Result<Vec<u8>, zip::result::ZipError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let as_it_is = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for photo in photos {
        archive.start_file(photo.describe().name, as_it_is)?;
        archive.write_all(&photo.bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// Whether a document of this name can be read.
///
/// # Errors
/// What is to be put right.
pub(super) fn must_be_readable(name: &str) -> Result<(), Wrong> {
    let extension = Path::new(name).extension().and_then(|it| it.to_str()).unwrap_or_default().to_ascii_lowercase();
    let is_records = matches!(extension.as_str(), "ndjson" | "jsonl" | "json");
    if is_records || SheetFormat::of_name(Path::new(name)).is_some() {
        return Ok(());
    }
    Err(Wrong::at(
        "document",
        "Chọn tệp Excel (.xlsx), .csv hoặc .ndjson.",
        "Choose an Excel file (.xlsx), .csv or .ndjson.",
    ))
}

/// Read a spreadsheet, and the pictures that it names. Blocks for as long as those take to draw.
///
/// # Errors
/// When nothing of it can be read.
pub(super) fn read(bytes: &[u8], photos: Option<&Uploaded>, reading: Reading<'_>) -> Result<Book, Wrong> {
    let mut album = Album::none();
    if let Some(photos) = photos {
        let spooled = spooled(&photos.bytes).map_err(|error| {
            tracing::error!(%error, "pictures could not be kept for a while");
            Wrong::at("photos", "Máy chủ đang bận: hãy thử lại.", "The server is busy: try again.")
        })?;
        album.add(&photos.name, spooled).map_err(|why| unreadable(why, "photos"))?;
    }
    Book::read(bytes, reading, &mut album)
        .map_err(|why| unreadable(why, if why == Unreadable::Pictures { "photos" } else { "document" }))
}

fn unreadable(why: Unreadable, field: &'static str) -> Wrong {
    Wrong::at(field, format!("Tệp {}.", why.say(Lang::Vi)), format!("The file {}.", why.say(Lang::En)))
}

fn spooled(bytes: &[u8]) -> std::io::Result<File> {
    let mut file = tempfile::tempfile()?;
    file.write_all(bytes)?;
    file.rewind()?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uploaded(name: &str) -> Uploaded {
        Uploaded { name: name.to_owned(), bytes: Bytes::from_static(b"x") }
    }

    #[test]
    fn a_name_is_kept_without_its_path_and_without_what_could_mislead() {
        assert_eq!(uploaded("C:\\Users\\Lan\\HTX Mẫu.xlsx").describe().name, "HTX Mẫu.xlsx");
        assert_eq!(uploaded("a\u{202E}xslx.exe\n").describe().name, "axslx.exe");
        let long = uploaded(&format!("{}.xlsx", "ả".repeat(300))).describe().name;
        assert!(long.chars().count() <= NAME_CHARS && Path::new(&long).extension().is_some_and(|it| it == "xlsx"));
    }

    #[test]
    fn pictures_that_were_chosen_one_by_one_go_together() {
        let two = together(vec![uploaded("a.jpg"), uploaded("Nước mắm.jpg")]).unwrap().unwrap();
        assert!(two.bytes.starts_with(b"PK\x03\x04") && two.name == "2 ảnh.zip");
        let mut album = Album::none();
        album.add(&two.name, spooled(&two.bytes).unwrap()).unwrap();
        assert_eq!(together(vec![uploaded("a.jpg")]).unwrap().unwrap().name, "a.jpg");
        assert!(together(vec![uploaded("a.jpg"), two]).is_err());
        assert!(together(vec![uploaded("a.jpg"), uploaded("x/a.jpg")]).is_err(), "nobody can tell which is meant");
    }

    #[test]
    fn only_what_can_be_read_is_taken() {
        for name in ["a.xlsx", "A.CSV", "a.ndjson", "a.json", "a.xls"] {
            assert!(must_be_readable(name).is_ok(), "{name}");
        }
        for name in ["", "xlsx", "a.pdf", "a.docx", "a.zip", "a.xlsx.exe"] {
            assert!(must_be_readable(name).is_err(), "{name}");
        }
    }
}
