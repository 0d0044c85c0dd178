//! Keys as bytes: what the embedded engine sorts by.

use gs1::{Gtin14, Lot, Serial};

use super::{Key, Kind};
use crate::registry::{Id, LotRef, MediaHash, OpaqueCode, ProducerId, RecallId};
use crate::store::StoreError;

/// A GTIN of 14 digits fits 47 bits.
const GTIN_BYTES: usize = 6;

impl Key {
    /// The key in the table of its kind.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        match self {
            Self::Product(gtin) | Self::LotCount(gtin) => after(*gtin, b""),
            Self::Lot(LotRef { gtin, lot }) | Self::Outputs(LotRef { gtin, lot }) => {
                after(*gtin, lot.as_str().as_bytes())
            }
            Self::LotName(gtin, ordinal) => after(*gtin, &ordinal.to_be_bytes()),
            Self::Item(gtin, serial) | Self::Exception(gtin, serial) | Self::Standing(gtin, serial) => {
                after(*gtin, serial.as_str().as_bytes())
            }
            Self::Producer(id) => id.as_str().as_bytes().to_vec(),
            Self::Recall(id) => id.as_str().as_bytes().to_vec(),
            Self::Certificate(id) => id.as_str().as_bytes().to_vec(),
            Self::Opaque(code) => code.as_str().as_bytes().to_vec(),
            Self::Media(hash) => hash.digest().to_vec(),
        }
    }

    /// The key of a kind from its bytes.
    ///
    /// # Errors
    /// `Corrupt` when they are none.
    pub fn from_bytes(kind: Kind, bytes: &[u8]) -> Result<Self, StoreError> {
        parse(kind, bytes).ok_or_else(|| StoreError::Corrupt(format!("{kind:?}: a key that is none")))
    }
}

fn after(gtin: Gtin14, rest: &[u8]) -> Vec<u8> {
    let [_, _, number @ ..] = gtin.as_u64().to_be_bytes();
    let mut bytes = Vec::with_capacity(GTIN_BYTES + rest.len());
    bytes.extend_from_slice(&number);
    bytes.extend_from_slice(rest);
    bytes
}

fn parse(kind: Kind, bytes: &[u8]) -> Option<Key> {
    Some(match kind {
        Kind::Product => Key::Product(gtin_alone(bytes)?),
        Kind::LotCount => Key::LotCount(gtin_alone(bytes)?),
        Kind::Lot => Key::Lot(lot(bytes)?),
        Kind::Outputs => Key::Outputs(lot(bytes)?),
        Kind::LotName => {
            let (gtin, rest) = gtin(bytes)?;
            Key::LotName(gtin, u32::from_be_bytes(rest.try_into().ok()?))
        }
        Kind::Item => {
            let (gtin, serial) = serial(bytes)?;
            Key::Item(gtin, serial)
        }
        Kind::Exception => {
            let (gtin, serial) = serial(bytes)?;
            Key::Exception(gtin, serial)
        }
        Kind::Standing => {
            let (gtin, serial) = serial(bytes)?;
            Key::Standing(gtin, serial)
        }
        Kind::Producer => Key::Producer(ProducerId(id(bytes)?)),
        Kind::Recall => Key::Recall(RecallId(id(bytes)?)),
        Kind::Certificate => Key::Certificate(id(bytes)?),
        Kind::Opaque => Key::Opaque(OpaqueCode::try_from(core::str::from_utf8(bytes).ok()?).ok()?),
        Kind::Media => Key::Media(MediaHash::from_digest(bytes.try_into().ok()?)),
    })
}

fn gtin(bytes: &[u8]) -> Option<(Gtin14, &[u8])> {
    let (digits, rest) = bytes.split_first_chunk::<GTIN_BYTES>()?;
    let number = digits.iter().fold(0, |number, &byte| (number << 8) | u64::from(byte));
    Some((Gtin14::from_u64(number)?, rest))
}

fn gtin_alone(bytes: &[u8]) -> Option<Gtin14> {
    gtin(bytes).filter(|(_, rest)| rest.is_empty()).map(|(gtin, _)| gtin)
}

fn lot(bytes: &[u8]) -> Option<LotRef> {
    let (gtin, rest) = gtin(bytes)?;
    Some(LotRef { gtin, lot: Lot::try_from(core::str::from_utf8(rest).ok()?).ok()? })
}

fn serial(bytes: &[u8]) -> Option<(Gtin14, Serial)> {
    let (gtin, rest) = gtin(bytes)?;
    Some((gtin, Serial::try_from(core::str::from_utf8(rest).ok()?).ok()?))
}

fn id(bytes: &[u8]) -> Option<Id> {
    Id::try_from(core::str::from_utf8(bytes).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn gtins() -> impl Strategy<Value = Gtin14> {
        (0_u64..10_000_000_000_000).prop_map(|n| {
            (0..10).find_map(|check| Gtin14::from_u64(n * 10 + check)).expect("one digit of ten is right")
        })
    }

    proptest! {
        #[test]
        fn keys_come_back_and_sort_as_their_bytes(
            a in gtins(), b in gtins(),
            s in r"[!%-?A-Z_a-z]{1,20}", t in r"[!%-?A-Z_a-z]{1,20}",
            ordinal: u32, digest: [u8; 32],
        ) {
            let keys = |gtin: Gtin14, text: &str| {
                let id = Id::try_from("A.b-1").unwrap();
                [
                    Key::Product(gtin),
                    Key::LotCount(gtin),
                    Key::lot(gtin, Lot::try_from(text).unwrap()),
                    Key::Outputs(LotRef { gtin, lot: Lot::try_from(text).unwrap() }),
                    Key::LotName(gtin, ordinal),
                    Key::Item(gtin, Serial::try_from(text).unwrap()),
                    Key::Exception(gtin, Serial::try_from(text).unwrap()),
                    Key::Opaque(OpaqueCode::try_from(text).unwrap()),
                    Key::Producer(ProducerId(id.clone())),
                    Key::Recall(RecallId(id.clone())),
                    Key::Certificate(id),
                    Key::Media(MediaHash::from_digest(&digest)),
                ]
            };
            for (x, y) in keys(a, &s).into_iter().zip(keys(b, &t)) {
                prop_assert_eq!(Key::from_bytes(x.kind(), &x.to_bytes()).unwrap(), x.clone());
                prop_assert_eq!(x.cmp(&y), x.to_bytes().cmp(&y.to_bytes()), "{:?} {:?}", x, y);
            }
        }
    }
}
