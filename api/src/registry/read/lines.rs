//! Splitting a stream into lines without ever holding more than one of them.

use std::io::{self, BufRead};

use crate::registry::{Fault, FaultCode};

/// Most bytes that a line may have: 1 MiB.
pub const MAX_LINE_BYTES: usize = 1024 * 1024;

/// One line that is not blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number, from 1. Blank lines count.
    pub number: u64,
    /// Its text without the end of line, or why it cannot be read.
    pub text: Result<String, Fault>,
}

/// The lines of a stream. A line that is too long is passed over without being held; the next one is read as usual.
#[derive(Debug)]
pub struct Lines<R> {
    source: R,
    number: u64,
}

impl<R: BufRead> Lines<R> {
    /// The lines of `source`.
    pub const fn new(source: R) -> Self {
        Self { source, number: 0 }
    }

    /// The number of the last line that was read.
    pub const fn number(&self) -> u64 {
        self.number
    }

    /// Pass over everything up to and with a line.
    ///
    /// # Errors
    /// When the source cannot be read.
    pub fn skip_to(&mut self, line: u64) -> io::Result<()> {
        let mut passed = Vec::new();
        while self.number < line && self.take(&mut passed)?.is_some() {
            self.number += 1;
            passed.clear();
        }
        Ok(())
    }

    /// The next line that is not blank; `None` at the end.
    ///
    /// # Errors
    /// When the source cannot be read.
    pub fn next_line(&mut self) -> io::Result<Option<Line>> {
        loop {
            let mut bytes = Vec::new();
            let Some(fits) = self.take(&mut bytes)? else { return Ok(None) };
            self.number += 1;
            if !fits {
                return Ok(Some(self.refused(FaultCode::LineTooLong, "is longer than 1 MiB: split the record")));
            }
            let line = match bytes.strip_prefix(b"\xEF\xBB\xBF") {
                Some(rest) if self.number == 1 => rest,
                _ => bytes.as_slice(),
            };
            let Ok(text) = core::str::from_utf8(line) else {
                return Ok(Some(self.refused(FaultCode::Json, "is not UTF-8: save the file as UTF-8")));
            };
            let text = text.trim();
            if !text.is_empty() {
                return Ok(Some(Line { number: self.number, text: Ok(text.to_owned()) }));
            }
        }
    }

    fn refused(&self, code: FaultCode, message: &str) -> Line {
        Line { number: self.number, text: Err(Fault::new("", code, message)) }
    }

    /// One line into `bytes`: whether it fits; `None` at the end of the source.
    fn take(&mut self, bytes: &mut Vec<u8>) -> io::Result<Option<bool>> {
        let mut any = false;
        let mut fits = true;
        loop {
            let buffer = match self.source.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if buffer.is_empty() {
                return Ok(any.then_some(fits));
            }
            any = true;
            let end = buffer.iter().position(|&b| b == b'\n');
            let part = end.map_or(buffer, |end| buffer.get(..end).unwrap_or_default());
            fits = fits && bytes.len() + part.len() <= MAX_LINE_BYTES;
            if fits {
                bytes.extend_from_slice(part);
            }
            let used = end.map_or(buffer.len(), |end| end + 1);
            self.source.consume(used);
            if end.is_some() {
                return Ok(Some(fits));
            }
        }
    }
}
