//! A document as portions of records, each as large as one commit.

use std::io::{BufReader, Read as IoRead};
use std::sync::Arc;

use super::document::{Source, Watch};
use super::{DeskError, Format};
use crate::registry::Record;
use crate::registry::read::{self, Lines, MAX_DOCUMENT_BYTES, Read};

/// Most records of one commit.
const PORTION_RECORDS: usize = 20_000;

/// Most bytes of NDJSON, or of pictures, of one commit: 4 MiB.
const PORTION_BYTES: usize = 4 * 1024 * 1024;

/// Records that go into one commit.
#[derive(Debug, Default)]
pub(super) struct Portion {
    /// The records, and the lines that are none.
    pub(super) reads: Vec<Read>,
    /// How far the document is read when they are done: a line, or a number of records of a JSON document.
    pub(super) done: u64,
}

/// A document that is being read.
pub(super) enum Feed<'d> {
    Lines(Lines<BufReader<Box<dyn IoRead + Send + 'd>>>),
    Records { reads: Arc<[Read]>, done: usize, watch: Option<Watch> },
}

impl<'d> Feed<'d> {
    /// Begin to read after what was done before.
    pub(super) fn open(source: Source<'d>, done: u64) -> Result<Self, DeskError> {
        let records = |reads, watch| Self::Records { reads, done: usize::try_from(done).unwrap_or(usize::MAX), watch };
        match source {
            Source::Records(reads, watch) => Ok(records(reads, watch)),
            Source::Text(Format::Ndjson, source) => {
                let mut lines = Lines::new(BufReader::with_capacity(256 * 1024, source));
                lines.skip_to(done)?;
                Ok(Self::Lines(lines))
            }
            Source::Text(Format::Json, source) => {
                let mut text = String::new();
                source.take(MAX_DOCUMENT_BYTES + 1).read_to_string(&mut text)?;
                if text.len() as u64 > MAX_DOCUMENT_BYTES {
                    return Err(DeskError::TooLarge(
                        "a JSON document may have 64 MiB: write one record a line (NDJSON), which has no bound"
                            .to_owned(),
                    ));
                }
                let reads = read::document(&text).map_err(|fault| DeskError::Refused(vec![fault]))?;
                Ok(records(reads.into(), None))
            }
        }
    }

    /// The next portion; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Portion>, DeskError> {
        let mut portion = Portion::default();
        match self {
            Self::Lines(lines) => {
                let mut bytes = 0;
                while portion.reads.len() < PORTION_RECORDS && bytes < PORTION_BYTES {
                    let Some(line) = lines.next_line()? else { break };
                    let record = match line.text {
                        Ok(text) => {
                            bytes += text.len();
                            read::record(&text)
                        }
                        Err(fault) => Err(vec![fault]),
                    };
                    portion.reads.push(Read::at(line.number, record));
                }
                portion.done = lines.number();
            }
            Self::Records { reads, done, watch } => {
                let mut bytes = 0;
                while portion.reads.len() < PORTION_RECORDS && bytes < PORTION_BYTES {
                    let Some(read) = reads.get(*done) else { break };
                    if let Ok(Record::Media(media)) = &read.record {
                        bytes += media.base64.len();
                    }
                    portion.reads.push(read.clone());
                    *done += 1;
                }
                portion.done = *done as u64;
                if let Some(watch) = watch {
                    watch.tell(portion.reads.len() as u64);
                }
            }
        }
        Ok((!portion.reads.is_empty()).then_some(portion))
    }
}
