//! A form with files (multipart/form-data, RFC 7578), written as it is read.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;

/// What ends one part and begins the next. It is in no file by chance: 30 hyphens would do.
const BOUNDARY: &str = "------------------------------nguon-7e5d1c0b9a3f4826";

/// The parts of a form.
#[derive(Default)]
pub(super) struct Form {
    pieces: VecDeque<Box<dyn Read + Send>>,
}

impl Form {
    /// Its media type.
    pub(super) fn media_type() -> String {
        format!("multipart/form-data; boundary={BOUNDARY}")
    }

    /// Add a file under its own name.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub(super) fn file(&mut self, field: &str, path: &Path, media_type: &str) -> io::Result<()> {
        let name: String = path.file_name().and_then(|name| name.to_str()).unwrap_or(field).to_owned();
        // Names are sent as they are; what would end the header is not.
        let name: String =
            name.chars().map(|c| if c.is_control() || matches!(c, '"' | '\\') { '_' } else { c }).collect();
        let head = format!(
            "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\ncontent-type: {media_type}\r\n\r\n"
        );
        self.text(head);
        self.pieces.push_back(Box::new(File::open(path)?));
        self.text("\r\n".to_owned());
        Ok(())
    }

    /// The form as it is sent.
    pub(super) fn finish(mut self) -> impl Read + Send {
        self.text(format!("--{BOUNDARY}--\r\n"));
        self
    }

    fn text(&mut self, text: String) {
        self.pieces.push_back(Box::new(Cursor::new(text.into_bytes())));
    }
}

impl Read for Form {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(piece) = self.pieces.front_mut() {
            match piece.read(buffer)? {
                0 if !buffer.is_empty() => {
                    self.pieces.pop_front();
                }
                read => return Ok(read),
            }
        }
        Ok(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_its_parts_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ảnh \"1\".jpg");
        std::fs::write(&path, "PIXELS").unwrap();
        let mut form = Form::default();
        form.file("images", &path, "image/jpeg").unwrap();
        let mut sent = String::new();
        form.finish().read_to_string(&mut sent).unwrap();
        assert!(sent.contains("name=\"images\"; filename=\"ảnh _1_.jpg\"\r\n"), "{sent}");
        assert!(sent.contains("\r\n\r\nPIXELS\r\n--"), "{sent}");
        assert!(sent.ends_with("--\r\n"));
    }
}
