//! Whether a workbook is one, and small enough to be read.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use crate::sheets::unreadable::Unreadable;

/// Most parts of a workbook.
const MAX_PARTS: usize = 2_000;
/// Most bytes of a part, unpacked.
const MAX_PART_BYTES: u64 = 96 * 1024 * 1024;
/// Most bytes of the table of texts, unpacked. An empty text takes 5 there, and 24 in memory.
const MAX_STRINGS_BYTES: u64 = 32 * 1024 * 1024;
/// Most bytes of the table of formats, unpacked. A format takes 5 there, and some hundreds in memory.
const MAX_FORMATS_BYTES: u64 = 2 * 1024 * 1024;
/// Most bytes of all of them.
const MAX_BYTES: u64 = 192 * 1024 * 1024;
/// First bytes of the container of Excel 97–2003, which is also that of an encrypted workbook (MS-CFB).
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Look at a file before it is read.
pub(super) fn look(bytes: &[u8]) -> Result<(), Unreadable> {
    if bytes.starts_with(COMPOUND) {
        let package: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let is_encrypted = bytes.windows(package.len()).any(|window| window == package);
        return Err(if is_encrypted { Unreadable::Encrypted } else { Unreadable::OldExcel });
    }
    if !bytes.starts_with(b"PK\x03\x04") {
        return Err(Unreadable::NotASheet);
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged)?;
    if archive.len() > MAX_PARTS {
        return Err(Unreadable::Bomb);
    }
    let has = |name: &str| archive.file_names().flatten().any(|known| known.eq_ignore_ascii_case(name));
    if has("xl/workbook.bin") || has("mimetype") || has("content.xml") {
        return Err(Unreadable::OtherWorkbook);
    }
    if !has("[Content_Types].xml") {
        return Err(Unreadable::NotASheet);
    }
    let mut left = MAX_BYTES;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|_| Unreadable::Damaged)?;
        let name = part.name().map_err(|_| Unreadable::Damaged)?.to_ascii_lowercase();
        let most = most(&name).min(left);
        if part.size() > most {
            return Err(Unreadable::Bomb);
        }
        let mut head = Vec::new();
        let damaged = |_| Unreadable::Damaged;
        let first = part.by_ref().take(4096).read_to_end(&mut head).map_err(damaged)? as u64;
        let rest =
            std::io::copy(&mut part.take((most + 1).saturating_sub(first)), &mut std::io::sink()).map_err(damaged)?;
        if first + rest > most {
            return Err(Unreadable::Bomb);
        }
        left -= first + rest;
        if name.ends_with("sharedstrings.xml") && claims_more_strings(&head, first + rest) {
            return Err(Unreadable::Damaged);
        }
    }
    Ok(())
}

/// What the reader takes most memory for goes by fixed names; everything else may be a sheet, whatever it is called.
fn most(name: &str) -> u64 {
    match name.rsplit(['/', '\\']).next().unwrap_or_default() {
        "sharedstrings.xml" => MAX_STRINGS_BYTES,
        "styles.xml" | "theme1.xml" => MAX_FORMATS_BYTES,
        _ => MAX_PART_BYTES,
    }
}

/// The reader makes room for as many texts as the table says that it has. Each takes five bytes at least.
fn claims_more_strings(head: &[u8], bytes: u64) -> bool {
    let head = String::from_utf8_lossy(head);
    let claims = head.match_indices("uniqueCount").filter_map(|(at, _)| {
        let value = head.get(at..)?.split(['"', '\'']).nth(1)?;
        Some(value.trim().parse::<u64>().unwrap_or(u64::MAX))
    });
    claims.max().is_some_and(|claimed| claimed > bytes / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_texts_that_claims_more_than_it_can_hold_is_not_believed() {
        assert!(!claims_more_strings(br#"<sst count="9" uniqueCount="3"><si><t>a</t></si>"#, 60));
        assert!(claims_more_strings(b"<sst uniqueCount='4000000000'>", 60));
        assert!(claims_more_strings(br#"<sst uniqueCount="99999999999999999999999">"#, 60));
    }

    #[test]
    fn other_files_are_told_what_to_do() {
        let encrypted: Vec<u8> =
            [COMPOUND, &[0; 512], &"EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()]
                .concat();
        assert_eq!(look(&encrypted), Err(Unreadable::Encrypted));
        assert_eq!(look(&[COMPOUND, &[0; 512]].concat()), Err(Unreadable::OldExcel));
        assert_eq!(look(b"%PDF-1.7"), Err(Unreadable::NotASheet));
        assert_eq!(look(b"PK\x03\x04 and no more"), Err(Unreadable::Damaged));
    }
}
