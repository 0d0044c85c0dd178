//! A document that is read twice: once for its hash, once for its records.

use core::fmt;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use sha2::{Digest as _, Sha256};
use tempfile::SpooledTempFile;

use crate::registry::media::hex;
use crate::registry::read::Read;

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
    body: Body,
    watch: Option<Watch>,
}

/// Told how much has been read since it was told last: bytes, or records where those were read beforehand.
#[derive(Clone)]
pub struct Watch(Arc<dyn Fn(u64) + Send + Sync>);

impl Watch {
    /// Tell a function.
    pub fn new(tell: impl Fn(u64) + Send + Sync + 'static) -> Self {
        Self(Arc::new(tell))
    }

    pub(super) fn tell(&self, much: u64) {
        (self.0)(much);
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Watch")
    }
}

/// A reader that tells how much it gives.
struct Watched<R> {
    source: R,
    watch: Option<Watch>,
}

impl<R: io::Read> io::Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        if let Some(watch) = &self.watch {
            watch.tell(read as u64);
        }
        Ok(read)
    }
}

#[derive(Debug)]
enum Body {
    Bytes(Format, Bytes),
    File(Format, PathBuf),
    Spooled { format: Format, file: Box<SpooledTempFile>, sha256: String },
    Records { sha256: String, parts: String, reads: Arc<[Read]> },
}

/// A document that is open, at its beginning.
pub(super) enum Source<'d> {
    /// To be read.
    Text(Format, Box<dyn io::Read + Send + 'd>),
    /// Read already.
    Records(Arc<[Read]>, Option<Watch>),
}

impl Document {
    /// Bytes in memory.
    pub fn bytes(bytes: impl Into<Bytes>, format: Format) -> Self {
        Self { body: Body::Bytes(format, bytes.into()), watch: None }
    }

    /// A file. It must not change while it is imported.
    pub fn file(path: impl Into<PathBuf>, format: Format) -> Self {
        Self { body: Body::File(format, path.into()), watch: None }
    }

    /// Records that somebody else has read out of a file, referenced ones first. `sha256` is the file's, which the
    /// evidence names. Where more than the file makes the records (pictures beside a spreadsheet), `parts` names the
    /// rest: an import that was cut short continues only with the same.
    pub fn records(sha256: String, parts: &str, reads: Arc<[Read]>) -> Self {
        Self { body: Body::Records { sha256, parts: parts.to_owned(), reads }, watch: None }
    }

    /// The same, telling how far it is read.
    #[must_use]
    pub fn watched(self, watch: Watch) -> Self {
        Self { watch: Some(watch), ..self }
    }

    /// What is imported beside the document itself; empty where that is all.
    pub(super) fn parts(&self) -> &str {
        match &self.body {
            Body::Records { parts, .. } => parts,
            _ => "",
        }
    }

    /// SHA-256 of the document, and the document from its beginning. Reads a file once; blocks. May be done again.
    pub(super) fn open(&mut self) -> io::Result<(String, Source<'_>)> {
        let watch = self.watch.clone();
        match &mut self.body {
            Body::Bytes(format, bytes) => {
                let source = Watched { source: Cursor::new(&*bytes), watch };
                Ok((hex(&Sha256::digest(&*bytes)), Source::Text(*format, Box::new(source))))
            }
            Body::File(format, path) => {
                let mut file = File::open(path)?;
                let sha256 = digest(&mut file)?;
                file.rewind()?;
                Ok((sha256, Source::Text(*format, Box::new(Watched { source: file, watch }))))
            }
            Body::Spooled { format, file, sha256 } => {
                file.rewind()?;
                Ok((sha256.clone(), Source::Text(*format, Box::new(Watched { source: &mut **file, watch }))))
            }
            Body::Records { sha256, reads, .. } => Ok((sha256.clone(), Source::Records(Arc::clone(reads), watch))),
        }
    }
}

fn digest(source: &mut impl io::Read) -> io::Result<String> {
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
        Document { body: Body::Spooled { format: self.format, file: Box::new(self.file), sha256 }, watch: None }
    }

    /// Everything that a reader gives.
    ///
    /// # Errors
    /// When it cannot be read or there is no room for it.
    pub fn read_all(format: Format, source: impl io::Read) -> io::Result<Document> {
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
