//! Files that somebody uploads: what they are, and how the registry's desk is given them.

use std::fs::File;
use std::io::{Seek as _, Write as _};
use std::path::Path;

use bytes::Bytes;
use nguon_openapi::Lang;
use sha2::{Digest as _, Sha256};

use super::Wrong;
use crate::registry::Id;
use crate::registry::import::{Document, Format};
use crate::registry::media::hex;
use crate::registry::text::is_forbidden;
use crate::sheets::{Album, Book, Legend, Reading, SheetFormat, Unreadable};
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

/// What is to be imported, and how to read the report of a spreadsheet. Blocks for as long as pictures take to draw.
///
/// # Errors
/// When nothing of it can be read.
pub(super) fn open(
    document: &Uploaded,
    photos: Option<&Uploaded>,
    publisher: &Id,
    lang: Lang,
) -> Result<(Document, Option<Legend>), Wrong> {
    let name = Path::new(&document.name);
    let Some(format) = SheetFormat::of_name(name) else {
        return Ok((Document::bytes(document.bytes.clone(), Format::of_name(name)), None));
    };
    let mut album = Album::none();
    if let Some(photos) = photos {
        let spooled = spooled(&photos.bytes).map_err(|error| {
            tracing::error!(%error, "pictures could not be kept for a while");
            Wrong::at("photos", "Máy chủ đang bận: hãy thử lại.", "The server is busy: try again.")
        })?;
        album.add(&photos.name, spooled).map_err(|why| unreadable(why, "photos"))?;
    }
    let reading = Reading { format, publisher, lang };
    let book = Book::read(&document.bytes, reading, &mut album)
        .map_err(|why| unreadable(why, if why == Unreadable::Pictures { "photos" } else { "document" }))?;
    let (document, legend) = book.into_document();
    Ok((document, Some(legend)))
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
    fn only_what_can_be_read_is_taken() {
        for name in ["a.xlsx", "A.CSV", "a.ndjson", "a.json", "a.xls"] {
            assert!(must_be_readable(name).is_ok(), "{name}");
        }
        for name in ["", "xlsx", "a.pdf", "a.docx", "a.zip", "a.xlsx.exe"] {
            assert!(must_be_readable(name).is_err(), "{name}");
        }
    }
}
