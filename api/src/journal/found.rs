//! What is in a journal's file when it is opened, and the files beside it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead as _, BufReader, BufWriter, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use super::JournalError;
use super::file::Disk as _;
use super::line::{Line, Mark, Written, decode, encode};

/// Where a line is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    /// From the start of the file, in bytes.
    pub(super) at: u64,
    /// Its length, line feed included.
    pub(super) bytes: usize,
}

/// What is in a file.
#[derive(Default)]
pub(super) struct Found {
    /// Lines that wait.
    pub(super) lines: Vec<Spot>,
    /// Damaged lines, as they are.
    pub(super) damaged: Vec<Vec<u8>>,
    /// Where the last damaged line begins.
    pub(super) damaged_to: u64,
    /// How far it has come.
    pub(super) mark: Mark,
    /// Where whole lines end.
    pub(super) end: u64,
    /// What stands after them.
    pub(super) torn: Vec<u8>,
    /// The last line is whole and lacks its line feed.
    pub(super) unended: bool,
}

impl Found {
    /// Read a file to its end.
    pub(super) fn read(file: &mut File) -> io::Result<Self> {
        let (mut found, mut reader, mut bytes) = (Self::default(), BufReader::new(file), Vec::new());
        while reader.read_until(b'\n', &mut bytes)? > 0 {
            let at = found.end;
            let ended = bytes.last() == Some(&b'\n');
            let written = decode(bytes.strip_suffix(b"\n").unwrap_or(&bytes));
            found.unended = !ended && written.is_some();
            if !ended && written.is_none() {
                found.torn = bytes;
                break;
            }
            match written {
                Some(Written::Line(_)) => found.lines.push(Spot { at, bytes: bytes.len() }),
                Some(Written::Mark { mark }) => found.mark = mark,
                None => {
                    found.damaged.push(bytes.clone());
                    found.damaged_to = at;
                }
            }
            found.end += bytes.len() as u64;
            bytes.clear();
        }
        let done = found.mark.done;
        found.lines.retain(|spot| spot.at >= done);
        Ok(found)
    }
}

/// Put a file with these lines alone in place of one that has others too.
pub(super) fn rewrite(path: &Path, found: Found) -> Result<Found, JournalError> {
    let (mut old, new_path) = (options().open(path)?, beside(path, "new"));
    let mut new = BufWriter::new(options().open(&new_path)?);
    // A damaged line may have been a mark: what it could have said of the lines before it is taken as said.
    let sent = found.mark.sent.max(found.damaged_to);
    // What a failure left of it may be there.
    new.get_ref().set_len(0)?;
    for spot in found.lines {
        let bytes = old.read_at(spot.at, spot.bytes)?;
        if let Some(Written::Line(line)) = decode(bytes.strip_suffix(b"\n").unwrap_or(&bytes)) {
            new.write_all(&encode(&Line { sent: line.sent || spot.at < sent, ..line })?)?;
        }
    }
    new.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
    fs::rename(&new_path, path)?;
    Ok(Found::read(&mut options().open(path)?)?)
}

/// Nobody but the process's own user reads what waits, or was set aside.
pub(super) const OWNER_ALONE: u32 = 0o600;

/// A file that grows at its end.
pub(super) fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true).mode(OWNER_ALONE);
    options
}

/// A file whose name is the journal's and one word more.
pub(super) fn beside(path: &Path, what: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(what);
    name.into()
}

/// Add to a file beside the journal, and wait until it is on disk.
pub(super) fn append_to(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = options().open(path)?;
    file.write_all(bytes)?;
    file.sync_data()?;
    sync_folder(path)
}

/// A new file is found again only when its folder is on disk too.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}
