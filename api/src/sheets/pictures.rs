//! Pictures that a spreadsheet names: found in a folder, a ZIP archive or the parts of a form, and drawn anew in three
//! sizes.
//!
//! A name counts without its folder, composed (NFC) and in any case; it may be written without its ending. Nothing is ever
//! unpacked to a disk.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use unicode_normalization::UnicodeNormalization as _;
use zip::ZipArchive;

use super::fold::folded;
use super::trouble::Trouble;
use super::unreadable::Unreadable;
use crate::photo::{self, PhotoFault};
use crate::registry::media::{MediaType, Size, hex};
use crate::registry::{Media, MediaHash};

/// Most pictures of one import. Drawn, each takes some 200 KB of memory until the import is done.
pub const MAX_PICTURES: usize = 400;
/// Most files of a folder or an archive.
const MAX_FILES: usize = 2_000;
/// Most bytes of a picture, as it comes.
const MAX_PICTURE_BYTES: u64 = 32 * 1024 * 1024;
/// Most bytes of all pictures that are read.
const MAX_ALL_BYTES: u64 = 2 * 1024 * 1024 * 1024;
/// Most pixels of a picture that is read: those of a phone with 50 million.
const PIXELS_READ: u64 = 52_000_000;
/// Most bytes of a picture that is kept.
const KEPT_BYTES: usize = 60_000;
/// The size that a product names: what a card shows.
const OF_CARD: usize = 1;
/// The three sizes, and how each is tried until it is small enough: longest side and quality.
const SIZES: [&[(u32, u8)]; 3] = [
    &[(1_200, 82), (1_200, 70), (1_200, 58), (1_200, 46), (1_000, 46), (800, 46), (640, 40), (480, 35), (320, 30)],
    &[(640, 82), (640, 70), (640, 55), (480, 50), (320, 40)],
    &[(320, 80), (320, 60), (240, 50), (160, 40)],
];

/// Where a picture is.
#[derive(Debug)]
enum Place {
    File(PathBuf),
    Packed(usize),
    Sent(File),
}

/// An archive from anywhere.
trait Source: Read + Seek + Send {}

impl<T: Read + Seek + Send> Source for T {}

/// Pictures by name, and those that were asked for, drawn.
#[derive(Default)]
pub struct Album {
    places: HashMap<String, Vec<Place>>,
    archive: Option<ZipArchive<Box<dyn Source>>>,
    /// Whether any were sent along at all.
    is_there: bool,
    read: u64,
    taken: HashMap<String, Result<MediaHash, Trouble>>,
    drawn: Vec<Media>,
    count: usize,
}

impl core::fmt::Debug for Album {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Album").field("names", &self.places.len()).field("drawn", &self.count).finish_non_exhaustive()
    }
}

impl Album {
    /// No pictures.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// The files of a folder, or of a ZIP archive.
    ///
    /// # Errors
    /// When it cannot be read, or holds more files than are taken.
    pub fn open(path: &Path) -> io::Result<Self> {
        if !path.is_dir() {
            return Self::packed(Box::new(File::open(path)?)).map_err(|why| io::Error::other(why.to_string()));
        }
        let mut album = Self { is_there: true, ..Self::default() };
        for (count, entry) in fs::read_dir(path)?.enumerate() {
            let path = entry?.path();
            if count >= MAX_FILES {
                return Err(io::Error::other(format!("holds more than {MAX_FILES} files")));
            }
            if let Some(name) = path.file_name().and_then(|name| name.to_str()).filter(|_| path.is_file()) {
                album.places.entry(key(name)).or_default().push(Place::File(path.clone()));
            }
        }
        Ok(album)
    }

    /// Add a file that was sent along: a picture, or an archive of them.
    ///
    /// # Errors
    /// When it is an archive that is damaged or holds more than is taken, or a second one.
    pub fn add(&mut self, name: &str, mut file: File) -> Result<(), Unreadable> {
        self.is_there = true;
        let mut first = Vec::new();
        let looked = file.by_ref().take(4).read_to_end(&mut first).and_then(|_| file.rewind());
        looked.map_err(|_| Unreadable::Pictures)?;
        if first == b"PK\x03\x04" {
            if self.archive.is_some() {
                return Err(Unreadable::Pictures);
            }
            let packed = Self::packed(Box::new(file))?;
            for (key, places) in packed.places {
                self.places.entry(key).or_default().extend(places);
            }
            self.archive = packed.archive;
        } else {
            self.places.entry(key(name)).or_default().push(Place::Sent(file));
        }
        if self.places.len() > MAX_FILES { Err(Unreadable::Pictures) } else { Ok(()) }
    }

    fn packed(source: Box<dyn Source>) -> Result<Self, Unreadable> {
        let mut archive = ZipArchive::new(source).map_err(|_| Unreadable::Pictures)?;
        if archive.len() > MAX_FILES {
            return Err(Unreadable::Pictures);
        }
        let mut places: HashMap<String, Vec<Place>> = HashMap::new();
        for index in 0..archive.len() {
            let file = archive.by_index_raw(index).map_err(|_| Unreadable::Pictures)?;
            // What a Mac packs beside each picture under the same name is none, and neither is a name that is no text.
            let name = file.name().ok().filter(|name| file.is_file() && !name.starts_with("__MACOSX/"));
            if let Some(name) = name {
                places.entry(key(&name)).or_default().push(Place::Packed(index));
            }
        }
        Ok(Self { places, archive: Some(archive), is_there: true, ..Self::default() })
    }

    /// The name of a picture's content, drawn for a card.
    pub(super) fn take(&mut self, name: &str) -> Result<MediaHash, Trouble> {
        let key = key(name);
        if let Some(taken) = self.taken.get(&key) {
            return taken.clone();
        }
        let taken = self.develop(name, &key);
        self.taken.insert(key, taken.clone());
        taken
    }

    fn develop(&mut self, name: &str, key: &str) -> Result<MediaHash, Trouble> {
        if !self.is_there {
            return Err(Trouble::NoPictures(name.to_owned()));
        }
        if self.count >= MAX_PICTURES {
            return Err(Trouble::TooManyPictures(MAX_PICTURES));
        }
        let bytes = self.bytes(name, key)?;
        let refused = |why: Refused| Trouble::Picture(name.to_owned(), why.0, why.1);
        let sizes = photo::guarded(|| {
            let picture = photo::upright(&bytes, PIXELS_READ, 1_200)?;
            let drawn = SIZES.map(|tries| photo::draw(&picture, tries, KEPT_BYTES));
            drawn.into_iter().collect::<Option<Vec<_>>>().ok_or(Refused::from(PhotoFault::Unreadable))
        })
        .map_err(refused)?;
        let mut listed: Vec<Size> = Vec::new();
        let mut named = Vec::new();
        for drawn in &sizes {
            let hash = MediaHash::of(&drawn.jpeg);
            if !listed.iter().any(|size| size.hash == hash) {
                listed.push(Size { side: u16::try_from(drawn.side).unwrap_or(u16::MAX), hash: hash.clone() });
            }
            named.push(hash);
        }
        for drawn in &sizes {
            let media = Media::of(MediaType::Jpeg, &drawn.jpeg, listed.clone());
            if !self.drawn.iter().any(|known| known.hash == media.hash) {
                self.drawn.push(media);
            }
        }
        self.count += 1;
        named.into_iter().nth(OF_CARD).ok_or_else(|| Trouble::PictureMissing(name.to_owned(), None))
    }

    fn bytes(&mut self, name: &str, key: &str) -> Result<Vec<u8>, Trouble> {
        let missing = || Trouble::PictureMissing(name.to_owned(), self.near(key));
        let unreadable = |_| {
            let why = Refused::from(PhotoFault::Unreadable);
            Trouble::Picture(name.to_owned(), why.0, why.1)
        };
        let twin = twin(key).and_then(|twin| self.places.get(&twin));
        let found: Vec<&Place> = if let Some(places) = self.places.get(key).or(twin) {
            places.iter().collect()
        } else {
            let stems = self.places.iter().filter(|(known, _)| stem(known) == Some(key));
            stems.flat_map(|(_, places)| places).collect()
        };
        let (place, others) = found.split_first().ok_or_else(missing)?;
        if !others.is_empty() {
            return Err(Trouble::PictureTwice(name.to_owned()));
        }
        let mut bytes = Vec::new();
        let most = MAX_PICTURE_BYTES.min(MAX_ALL_BYTES.saturating_sub(self.read)) + 1;
        match place {
            Place::Sent(file) => {
                let mut file = file;
                file.rewind().map_err(unreadable)?;
                file.take(most).read_to_end(&mut bytes).map_err(unreadable)?;
            }
            Place::File(path) => {
                File::open(path).map_err(unreadable)?.take(most).read_to_end(&mut bytes).map_err(unreadable)?;
            }
            Place::Packed(index) => {
                let unpacked = || Trouble::PictureMissing(name.to_owned(), None);
                let archive = self.archive.as_mut().ok_or_else(unpacked)?;
                let file = archive.by_index(*index).map_err(|error| unreadable(error.into()))?;
                file.take(most).read_to_end(&mut bytes).map_err(unreadable)?;
            }
        }
        self.read += bytes.len() as u64;
        if bytes.len() as u64 >= most {
            return Err(Trouble::Picture(
                name.to_owned(),
                "lớn hơn 32 MiB: gửi ảnh nhỏ hơn",
                "is larger than 32 MiB: send a smaller one",
            ));
        }
        Ok(bytes)
    }

    /// A picture that goes by nearly that name, where there is one alone: another ending, other marks or signs.
    fn near(&self, key: &str) -> Option<String> {
        let bare = |name: &str| folded(stem(name).unwrap_or(name));
        let mut near = self.places.keys().filter(|known| bare(known) == bare(key));
        near.next().filter(|_| near.next().is_none()).cloned()
    }

    /// The files of a folder that were asked for, to be sent along.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn files_asked_for(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let mut files = Vec::new();
        for entry in fs::read_dir(folder)?.take(MAX_FILES) {
            let path = entry?.path();
            let name = path.file_name().and_then(|name| name.to_str()).map(key);
            let is_asked_for = |name: &String| {
                self.taken.contains_key(name)
                    || twin(name).is_some_and(|twin| self.taken.contains_key(&twin))
                    || stem(name).is_some_and(|stem| self.taken.contains_key(stem))
            };
            if name.as_ref().is_some_and(is_asked_for) && path.is_file() {
                files.push(path);
            }
        }
        files.sort();
        Ok(files)
    }

    /// Names the pictures that were drawn; empty where none was.
    pub(super) fn digest(&self) -> String {
        if self.drawn.is_empty() {
            return String::new();
        }
        let mut hash = Sha256::new();
        for media in &self.drawn {
            hash.update(media.hash.digest());
        }
        hex(&hash.finalize())
    }

    /// The pictures that were drawn since this was last asked.
    pub(super) fn drain(&mut self, from: &mut usize) -> Vec<Media> {
        let new = self.drawn.get(*from..).unwrap_or_default().to_vec();
        *from = self.drawn.len();
        new
    }
}

/// Why a picture cannot be taken, in both languages.
#[derive(Debug)]
struct Refused(&'static str, &'static str);

impl From<PhotoFault> for Refused {
    fn from(fault: PhotoFault) -> Self {
        match fault {
            PhotoFault::Unreadable => Self(
                "không đọc được: gửi ảnh JPEG, PNG hoặc WebP còn nguyên vẹn",
                "cannot be read: send a JPEG, PNG or WebP that is whole",
            ),
            PhotoFault::Heic => Self(
                "là HEIC hoặc AVIF, chưa đọc được: gửi qua Zalo rồi tải về, hoặc trên iPhone chọn Cài đặt, Camera, Định dạng, Tương thích nhất",
                "is HEIC or AVIF and cannot be read: on an iPhone choose Settings, Camera, Formats, Most Compatible and take it again",
            ),
            PhotoFault::TooWide => {
                Self("có hơn 52 triệu điểm ảnh: gửi ảnh nhỏ hơn", "has more than 52 million pixels: send a smaller one")
            }
        }
    }
}

/// A name as it is compared.
fn key(name: &str) -> String {
    let base = name.rsplit(['/', '\\']).next().unwrap_or_default();
    base.trim().nfc().flat_map(char::to_lowercase).collect()
}

/// The same name with the other ending of a JPEG: phones write both.
fn twin(key: &str) -> Option<String> {
    let (stem, ending) = key.rsplit_once('.')?;
    match ending {
        "jpg" => Some(format!("{stem}.jpeg")),
        "jpeg" => Some(format!("{stem}.jpg")),
        _ => None,
    }
}

/// A name without its ending.
fn stem(key: &str) -> Option<&str> {
    key.rsplit_once('.').map(|(stem, _)| stem)
}

#[cfg(test)]
mod tests;
