//! The commit under way, written down before any of it is done.
//!
//! Redis has no transaction across slots. So a commit is first put into a list beside the marker, in pieces of about
//! 256 KiB, none of which keeps Redis for long. When the list is whole the commit is decided: whoever finds it there
//! later, after the writer died, does all of it again, which leaves the same state. A list that is not whole was never
//! begun and is dropped.
//!
//! Elements: head (revision, number of pieces, token of the writer); the last number of the evidence log before it and
//! how often it was tried to carry the commit out; pieces. Each piece is an envelope of `codec` around rows: kind of row, then its parts, each with its length (4
//! bytes, little endian) before it.

use crate::registry::Revision;
use crate::store::codec::{self, open, seal};
use crate::store::{Batch, Key, Kind, Progress, StoreError};

/// Kind of value in its envelope, beside those of `codec`.
const PIECE: u8 = 0x42;
const PIECE_BYTES: usize = 256 * 1024;

const PUT: u8 = 1;
const EVIDENCE: u8 = 2;
const PROGRESS: u8 = 3;

/// What a commit writes, encoded.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Work {
    /// In the order of [`Kind::ALL`], then of their keys.
    pub(super) puts: Vec<(Key, Vec<u8>)>,
    /// Lines of the evidence log.
    pub(super) evidence: Vec<Vec<u8>>,
    pub(super) progress: Option<Progress>,
}

impl Work {
    /// What a batch comes to as the commit of this revision.
    ///
    /// # Errors
    /// `Corrupt` when an entry is of another kind than its key.
    pub(super) fn of(batch: &Batch, revision: Revision) -> Result<Self, StoreError> {
        batch.must_be_sound()?;
        let mut puts = Vec::with_capacity(batch.puts.len());
        for kind in Kind::ALL {
            let start = puts.len();
            for put in batch.puts.iter().filter(|put| put.key.kind() == kind) {
                puts.push((put.key.clone(), codec::encode(&put.entry)?));
            }
            puts[start..].sort_unstable();
        }
        let evidence = batch.evidence.iter().map(|line| {
            let mut line = line.clone();
            line.revision = revision;
            codec::encode_evidence(&line)
        });
        Ok(Self { puts, evidence: evidence.collect::<Result<_, _>>()?, progress: batch.progress.clone() })
    }

    /// The pieces of the journal; at least one.
    pub(super) fn pieces(&self) -> Result<Vec<Vec<u8>>, StoreError> {
        let mut pieces = Vec::new();
        let mut piece = Vec::new();
        let mut row = |tag: u8, parts: &[&[u8]]| {
            piece.push(tag);
            for part in parts {
                let length = u32::try_from(part.len())
                    .map_err(|_| StoreError::Corrupt("a value of 4 GiB and more".to_owned()))?;
                piece.extend_from_slice(&length.to_le_bytes());
                piece.extend_from_slice(part);
            }
            if piece.len() >= PIECE_BYTES {
                pieces.push(seal(PIECE, &core::mem::take(&mut piece))?);
            }
            Ok::<_, StoreError>(())
        };
        for (key, value) in &self.puts {
            row(PUT, &[&[key.kind().tag()], &key.to_bytes(), value])?;
        }
        for line in &self.evidence {
            row(EVIDENCE, &[line])?;
        }
        if let Some(Progress { file, lines }) = &self.progress {
            let lines = lines.map(|lines| lines.to_string()).unwrap_or_default();
            row(PROGRESS, &[file.as_bytes(), lines.as_bytes()])?;
        }
        if !piece.is_empty() || pieces.is_empty() {
            pieces.push(seal(PIECE, &piece)?);
        }
        Ok(pieces)
    }

    /// The work of pieces.
    ///
    /// # Errors
    /// `Corrupt` when they are damaged.
    pub(super) fn from_pieces(pieces: &[Vec<u8>]) -> Result<Self, StoreError> {
        let mut work = Self::default();
        for piece in pieces {
            let mut rest = open(PIECE, piece)?;
            while let Some((&tag, after)) = rest.split_first() {
                rest = after;
                work.row(tag, &mut rest).ok_or_else(damaged)?;
            }
        }
        Ok(work)
    }

    fn row(&mut self, tag: u8, rest: &mut &[u8]) -> Option<()> {
        match tag {
            PUT => {
                let &[kind] = part(rest)? else { return None };
                let kind = Kind::ALL.into_iter().find(|known| known.tag() == kind)?;
                let key = Key::from_bytes(kind, part(rest)?).ok()?;
                self.puts.push((key, part(rest)?.to_vec()));
            }
            EVIDENCE => self.evidence.push(part(rest)?.to_vec()),
            PROGRESS => {
                let file = core::str::from_utf8(part(rest)?).ok()?.to_owned();
                let lines = core::str::from_utf8(part(rest)?).ok()?;
                let lines = if lines.is_empty() { None } else { Some(lines.parse().ok()?) };
                self.progress = Some(Progress { file, lines });
            }
            _ => return None,
        }
        Some(())
    }
}

fn part<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, after) = rest.split_first_chunk::<4>()?;
    let (part, after) = after.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
    *rest = after;
    Some(part)
}

pub(super) fn damaged() -> StoreError {
    StoreError::Corrupt("the journal of a commit".to_owned())
}

/// The first element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) revision: Revision,
    pub(super) pieces: usize,
    pub(super) token: String,
}

impl Head {
    pub(super) fn text(&self) -> String {
        format!("1 {} {} {}", self.revision, self.pieces, self.token)
    }

    /// # Errors
    /// `Corrupt` when it is none.
    pub(super) fn parse(text: &[u8]) -> Result<Self, StoreError> {
        let parse = || {
            let mut words = core::str::from_utf8(text).ok()?.split(' ');
            let version = words.next()?;
            let head = Self {
                revision: words.next()?.parse().ok()?,
                pieces: words.next()?.parse().ok()?,
                token: words.next()?.to_owned(),
            };
            (version == "1" && words.next().is_none()).then_some(head)
        };
        parse().ok_or_else(damaged)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_comes_back_from_its_pieces() {
        let gtin = "08934567000019".parse().ok().or_else(|| gs1::Gtin14::from_u64(8_934_567_000_019));
        let gtin = gtin.or_else(|| gs1::Gtin14::from_u64(0)).unwrap();
        let work = Work {
            puts: (0..40_000).map(|n| (Key::LotName(gtin, n), vec![7; 60])).collect(),
            evidence: vec![vec![1; 3_000_000], Vec::new()],
            progress: Some(Progress { file: "f".to_owned(), lines: Some(7) }),
        };
        let pieces = work.pieces().unwrap();
        assert!(pieces.len() > 2);
        assert_eq!(Work::from_pieces(&pieces).unwrap(), work);
        assert_eq!(Work::from_pieces(&Work::default().pieces().unwrap()).unwrap(), Work::default());

        let mut damaged = pieces;
        damaged[0].truncate(100);
        assert!(matches!(Work::from_pieces(&damaged), Err(StoreError::Corrupt(_))));
    }

    #[test]
    fn a_head_comes_back() {
        let head = Head { revision: 7, pieces: 2, token: "t".to_owned() };
        assert_eq!(Head::parse(head.text().as_bytes()).unwrap(), head);
        assert!(Head::parse(b"2 7 2 t").is_err());
        assert!(Head::parse(b"1 7").is_err());
    }
}
