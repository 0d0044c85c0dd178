//! A unit in eight bytes, because there are many.
//!
//! Bytes 0–2: ordinal of its lot, big endian, `FF FF FF`: none. Byte 3: state in bits 0–2, bit 7: an exception is
//! stored beside it, others 0. Byte 4: spare, 0; whatever it holds is passed over. Bytes 5–6: day of the state since 2020-01-01, big endian,
//! `FF FF`: none. Byte 7: spare, 0.

use crate::registry::{ItemEntry, ItemState};
use crate::store::StoreError;

const NO_LOT: u32 = 0x00FF_FFFF;
const NO_DAY: u16 = 0xFFFF;
const EXCEPTION: u8 = 0x80;

/// The eight bytes of a unit.
///
/// # Errors
/// `Corrupt` when the ordinal does not fit 24 bits or the day is the one that means none.
pub(super) fn pack(item: &ItemEntry) -> Result<[u8; 8], StoreError> {
    if item.lot.is_some_and(|lot| lot >= NO_LOT) {
        return Err(StoreError::Corrupt("Item: its lot's ordinal does not fit 24 bits".to_owned()));
    }
    if item.since_day == Some(NO_DAY) {
        return Err(StoreError::Corrupt("Item: its day does not fit".to_owned()));
    }
    let [_, lot0, lot1, lot2] = item.lot.unwrap_or(NO_LOT).to_be_bytes();
    let [day0, day1] = item.since_day.unwrap_or(NO_DAY).to_be_bytes();
    let exception = if item.has_exception { EXCEPTION } else { 0 };
    Ok([lot0, lot1, lot2, code(item.state) | exception, 0, day0, day1, 0])
}

/// A unit from its eight bytes.
///
/// # Errors
/// `Corrupt` when they are not eight, or hold a state or a bit that has no meaning.
pub(super) fn unpack(bytes: &[u8]) -> Result<ItemEntry, StoreError> {
    let Ok([lot0, lot1, lot2, state, _, day0, day1, 0]) = <[u8; 8]>::try_from(bytes) else {
        return Err(StoreError::Corrupt(format!("Item: {} bytes, or a spare byte in use", bytes.len())));
    };
    let lot = u32::from_be_bytes([0, lot0, lot1, lot2]);
    let day = u16::from_be_bytes([day0, day1]);
    Ok(ItemEntry {
        lot: (lot != NO_LOT).then_some(lot),
        state: state_of(state & !EXCEPTION)?,
        has_exception: state & EXCEPTION != 0,
        since_day: (day != NO_DAY).then_some(day),
    })
}

const fn code(state: ItemState) -> u8 {
    match state {
        ItemState::Issued => 0,
        ItemState::Active => 1,
        ItemState::Specimen => 2,
        ItemState::Consumed => 3,
        ItemState::Revoked => 4,
    }
}

fn state_of(code: u8) -> Result<ItemState, StoreError> {
    Ok(match code {
        0 => ItemState::Issued,
        1 => ItemState::Active,
        2 => ItemState::Specimen,
        3 => ItemState::Consumed,
        4 => ItemState::Revoked,
        _ => return Err(StoreError::Corrupt(format!("Item: state {code} has no meaning"))),
    })
}
