//! A document that is read twice: once for its hash, once for its records.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use sha2::{Digest as _, Sha256};
use tempfile::SpooledTempFile;

use crate::registry::media::hex;

/// How much of a body is held in memory before it moves to a temporary file: 4 MiB.
const SPOOL_BYTES: usize = 4 * 1024 * 1024;

/// How records are written in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One record a line, in order; of any length.
    Ndjson,
    /// One record, an array, `{"records": […]}` or an EPCIS 2.0 document, in any order; at most 64 MiB.
    Json,
}

impl Format {
    /// The format that a file's name promises: `.json` and `.jsonld` are documents, everything else lines.
    #[must_use]
    pub fn of_name(name: &Path) -> Self {
        match name.extension() {
            Some(extension) if ["json", "jsonld"].iter().any(|it| extension.eq_ignore_ascii_case(it)) => Self::Json,
            _ => Self::Ndjson,
        }
    }

    /// The format of a media type.
    #[must_use]
    pub fn of_media_type(media_type: &str) -> Option<Self> {
        match media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
            "application/x-ndjson" | "application/ndjson" | "application/jsonl" => Some(Self::Ndjson),
            "application/json" | "application/ld+json" => Some(Self::Json),
            _ => None,
        }
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Ndjson => "application/x-ndjson",
            Self::Json => "application/json",
        }
    }
}

/// Something to import.
#[derive(Debug)]
pub struct Document {
    format: Format,
    body: Body,
}

#[derive(Debug)]
enum Body {
    Bytes(Bytes),
    File(PathBuf),
    Spooled { file: Box<SpooledTempFile>, sha256: String },
}

impl Document {
    /// Bytes in memory.
    pub fn bytes(bytes: impl Into<Bytes>, format: Format) -> Self {
        Self { format, body: Body::Bytes(bytes.into()) }
    }

    /// A file. It must not change while it is imported.
    pub fn file(path: impl Into<PathBuf>, format: Format) -> Self {
        Self { format, body: Body::File(path.into()) }
    }

    pub(super) const fn format(&self) -> Format {
        self.format
    }

    /// SHA-256 of the document, and the document from its beginning. Reads a file once; blocks. May be done again.
    pub(super) fn open(&mut self) -> io::Result<(String, Box<dyn Read + Send + '_>)> {
        match &mut self.body {
            Body::Bytes(bytes) => Ok((hex(&Sha256::digest(&*bytes)), Box::new(Cursor::new(&*bytes)))),
            Body::File(path) => {
                let mut file = File::open(path)?;
                let sha256 = digest(&mut file)?;
                file.rewind()?;
                Ok((sha256, Box::new(file)))
            }
            Body::Spooled { file, sha256 } => {
                file.rewind()?;
                Ok((sha256.clone(), Box::new(&mut **file)))
            }
        }
    }
}

fn digest(source: &mut impl Read) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 256 * 1024];
    loop {
        match source.read(&mut buffer) {
            Ok(0) => return Ok(hex(&hash.finalize())),
            Ok(read) => hash.update(buffer.get(..read).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Collects a body that arrives in pieces: in memory while it is small, then in an unnamed temporary file.
#[derive(Debug)]
pub struct Spool {
    format: Format,
    file: SpooledTempFile,
    hash: Sha256,
    bytes: u64,
}

impl Spool {
    /// An empty body.
    #[must_use]
    pub fn new(format: Format) -> Self {
        Self { format, file: SpooledTempFile::new(SPOOL_BYTES), hash: Sha256::new(), bytes: 0 }
    }

    /// Add a piece. Blocks for as long as writing it to a local file takes.
    ///
    /// # Errors
    /// When there is no room for it.
    pub fn push(&mut self, piece: &[u8]) -> io::Result<()> {
        self.hash.update(piece);
        self.bytes += piece.len() as u64;
        self.file.write_all(piece)
    }

    /// Bytes so far.
    #[must_use]
    pub const fn len(&self) -> u64 {
        self.bytes
    }

    /// Whether nothing has arrived.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.bytes == 0
    }

    /// The document.
    #[must_use]
    pub fn finish(self) -> Document {
        let sha256 = hex(&self.hash.finalize());
        Document { format: self.format, body: Body::Spooled { file: Box::new(self.file), sha256 } }
    }

    /// Everything that a reader gives.
    ///
    /// # Errors
    /// When it cannot be read or there is no room for it.
    pub fn read_all(format: Format, source: impl Read) -> io::Result<Document> {
        let mut spool = Self::new(format);
        let mut source = BufReader::with_capacity(256 * 1024, source);
        loop {
            let piece = io::BufRead::fill_buf(&mut source)?;
            if piece.is_empty() {
                return Ok(spool.finish());
            }
            let read = piece.len();
            spool.push(piece)?;
            io::BufRead::consume(&mut source, read);
        }
    }
}

impl io::Write for Spool {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        self.push(piece)?;
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
