//! Loading spreadsheets, with the pictures that they name.

use std::error::Error;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use nguon_openapi::Lang;

use super::progress::Progress;
use crate::registry::Id;
use crate::registry::import::{Desk, ImportOrder, Report};
use crate::sheets::{Album, Book, MAX_BYTES, Reading, SheetFormat};

/// Load a spreadsheet into the desk's registry.
pub(super) async fn import(
    desk: &Desk,
    file: &Path,
    (format, images, lang): (SheetFormat, Option<&Path>, Lang),
    order: &ImportOrder,
) -> Result<Report, Box<dyn Error>> {
    let name = file.display().to_string();
    let reading =
        Progress::without_end(format!("{name}: {}", lang.pick("đang đọc bảng và ảnh", "reading sheets and pictures")));
    let (file, images, publisher) = (file.to_owned(), images.map(Path::to_owned), order.author.publisher.clone());
    let book = tokio::task::spawn_blocking(move || -> Result<Book, String> {
        let mut album = match &images {
            Some(path) => Album::open(path).map_err(|error| format!("{}: {error}", path.display()))?,
            None => Album::none(),
        };
        let bytes = bytes(&file).map_err(|error| error.to_string())?;
        let reading = Reading { format, publisher: &publisher, lang };
        Book::read(&bytes, reading, &mut album).map_err(|why| why.say(lang).into_owned())
    })
    .await??;
    drop(reading);
    let loading = Progress::of(book.len() as u64, name);
    let mut report = desk.import(book.document().watched(loading.watch()), order.clone()).await?;
    book.legend().explain(&mut report);
    Ok(report)
}

/// The file, with one byte more than is taken where it is too large.
fn bytes(file: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(file)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The files to send along with a spreadsheet: an archive as it is, of a folder those that it names.
pub(super) fn pictures(
    file: &Path,
    format: SheetFormat,
    publisher: &Id,
    images: &Path,
) -> io::Result<Vec<std::path::PathBuf>> {
    if !images.is_dir() {
        fs::metadata(images)?;
        return Ok(vec![images.to_owned()]);
    }
    let mut asked = Album::none();
    // What is wrong with the file is for the server to say.
    let _ = Book::read(&bytes(file)?, Reading { format, publisher, lang: Lang::En }, &mut asked);
    asked.files_asked_for(images)
}
