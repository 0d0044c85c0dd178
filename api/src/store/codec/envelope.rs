//! The envelope around a value: version, kind, length, checksum.

use crate::store::StoreError;

const VERSION: u8 = 1;
const HEAD_BYTES: usize = 10;

/// Put a payload into an envelope.
///
/// # Errors
/// `Corrupt` for a payload of 4 GiB and more.
pub fn seal(tag: u8, payload: &[u8]) -> Result<Vec<u8>, StoreError> {
    let length = u32::try_from(payload.len())
        .map_err(|_| StoreError::Corrupt(format!("value {tag}: {} bytes are too many", payload.len())))?;
    let mut sealed = Vec::with_capacity(HEAD_BYTES + payload.len());
    sealed.extend_from_slice(&[VERSION, tag]);
    sealed.extend_from_slice(&length.to_le_bytes());
    sealed.extend_from_slice(&crc32fast::hash(payload).to_le_bytes());
    sealed.extend_from_slice(payload);
    Ok(sealed)
}

/// The payload of an envelope of this kind.
///
/// # Errors
/// `Corrupt` when version, kind, length or checksum is not right.
pub fn open(tag: u8, sealed: &[u8]) -> Result<&[u8], StoreError> {
    let wrong = |what: &str| StoreError::Corrupt(format!("value {tag}: {what}"));
    let (head, payload) = sealed.split_first_chunk::<HEAD_BYTES>().ok_or_else(|| wrong("is short"))?;
    let &[version, kind, l0, l1, l2, l3, c0, c1, c2, c3] = head;
    if version != VERSION {
        return Err(wrong(&format!("has version {version}, this program reads {VERSION}")));
    }
    if kind != tag {
        return Err(wrong(&format!("is of kind {kind}")));
    }
    if usize::try_from(u32::from_le_bytes([l0, l1, l2, l3])) != Ok(payload.len()) {
        return Err(wrong("has another length than it says"));
    }
    if crc32fast::hash(payload) != u32::from_le_bytes([c0, c1, c2, c3]) {
        return Err(wrong("fails its checksum"));
    }
    Ok(payload)
}
