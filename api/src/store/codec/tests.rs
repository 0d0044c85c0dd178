//! Tests of the codec: what is written is read, what is damaged is refused.

use bytes::Bytes;
use proptest::prelude::*;

use super::*;
use crate::registry::media::{MediaType, Size};
use crate::registry::{Exception, ItemEntry, ItemState, LotRef, MediaEntry, MediaHash, OutputsEntry, Text};

fn lot(name: &str) -> LotRef {
    LotRef { gtin: "09520000010010".parse().unwrap(), lot: name.parse().unwrap() }
}

fn samples() -> Vec<Entry> {
    vec![
        Entry::LotName("L1".parse().unwrap()),
        Entry::LotCount(7),
        Entry::Outputs(Arc::new(OutputsEntry { lots: vec![lot("A"), lot("B")] })),
        Entry::Exception(Arc::new(Exception { expires: None, reason: Some(Text::try_from("Mất").unwrap()) })),
        Entry::Media(Arc::new(MediaEntry {
            media_type: MediaType::Png,
            bytes: Bytes::from_static(b"\x89PNG"),
            sizes: vec![Size { side: 320, hash: MediaHash::of(b"small") }],
        })),
    ]
}

fn states() -> impl Strategy<Value = ItemState> {
    prop::sample::select(vec![
        ItemState::Issued,
        ItemState::Active,
        ItemState::Specimen,
        ItemState::Consumed,
        ItemState::Revoked,
    ])
}

prop_compose! {
    fn items()(
        lot in prop::option::of(0_u32..0x00FF_FFFF),
        state in states(),
        has_exception: bool,
        since_day in prop::option::of(0_u16..0xFFFF),
    ) -> ItemEntry {
        ItemEntry { lot, state, has_exception, since_day }
    }
}

#[test]
fn entries_come_back_as_they_were() {
    for entry in samples() {
        let bytes = encode(&entry).unwrap();
        assert_eq!(decode(entry.kind(), &bytes).unwrap(), entry);
    }
}

#[test]
fn an_entry_is_of_its_kind_alone() {
    for entry in samples() {
        let bytes = encode(&entry).unwrap();
        for kind in Kind::ALL.into_iter().filter(|kind| *kind != entry.kind()) {
            assert!(matches!(decode(kind, &bytes), Err(StoreError::Corrupt(_))), "{kind:?} {entry:?}");
        }
    }
}

#[test]
fn a_value_that_lost_or_changed_a_byte_is_corrupt() {
    for entry in samples() {
        let bytes = encode(&entry).unwrap();
        for end in 0..bytes.len() {
            assert!(decode(entry.kind(), &bytes[..end]).is_err(), "{entry:?} cut at {end}");
        }
        for place in 0..bytes.len() {
            for bit in 0..8 {
                let mut wrong = bytes.clone();
                wrong[place] ^= 1 << bit;
                assert!(decode(entry.kind(), &wrong).is_err(), "{entry:?} bit {bit} of byte {place}");
            }
        }
    }
}

proptest! {
    #[test]
    fn a_unit_comes_back_from_its_eight_bytes(item in items()) {
        let bytes = encode(&Entry::Item(item)).unwrap();
        prop_assert_eq!(bytes.len(), 8);
        prop_assert_eq!(decode(Kind::Item, &bytes).unwrap(), Entry::Item(item));
    }

    #[test]
    fn eight_bytes_are_a_unit_or_corrupt(bytes: [u8; 8]) {
        if let Ok(entry) = decode(Kind::Item, &bytes) {
            let [lot0, lot1, lot2, state, _, day0, day1, _] = bytes;
            prop_assert_eq!(encode(&entry).unwrap(), [lot0, lot1, lot2, state, 0, day0, day1, 0]);
        }
    }

    #[test]
    fn no_bytes_are_too_strange(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for kind in Kind::ALL {
            let _ = decode(kind, &bytes);
            let _ = super::super::Key::from_bytes(kind, &bytes);
        }
        let _ = decode_marker(&bytes);
        let _ = decode_evidence(&bytes);
    }

    /// Also when the envelope is right and what is in it is not.
    #[test]
    fn no_payload_is_too_strange(payload in prop::collection::vec(any::<u8>(), 0..200)) {
        for kind in Kind::ALL {
            let _ = decode(kind, &seal(kind.tag(), &payload).unwrap());
        }
    }
}

#[test]
fn an_ordinal_or_day_that_does_not_fit_is_refused() {
    let item = ItemEntry { lot: Some(0x00FF_FFFF), state: ItemState::Active, has_exception: false, since_day: None };
    assert!(encode(&Entry::Item(item)).is_err());
    assert!(encode(&Entry::Item(ItemEntry { lot: None, since_day: Some(u16::MAX), ..item })).is_err());
}
