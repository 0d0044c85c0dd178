//! Serials and PINs of random bytes. Pure: what is random comes in.
//!
//! A serial has twelve digits of Crockford's base 32, 60 bits: among a hundred million units of one product a guess meets
//! one in 10¹⁰, and the digits fit the eight bytes that a store keeps of a usual serial's name. It carries no check
//! character: a mistyped one is not on record, and its lookup says so. A PIN has eight digits, 40 bits, of which a client
//! may try five a day.

use core::fmt::Write as _;
use std::collections::HashSet;

use gs1::Serial;

use crate::crockford;

/// Digits of a serial.
pub(crate) const SERIAL_DIGITS: usize = 12;

/// Digits of a PIN.
const PIN_DIGITS: usize = 8;

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Draw {
    /// The serial of a unit of an order, in a round of drawing.
    Serial {
        /// The round, from 0.
        round: u8,
        /// The unit, from 0.
        unit: u32,
    },
    /// The PIN of the unit that has a serial.
    Pin {
        /// The serial.
        serial: Serial,
    },
}

/// The serials of one round. `None` when two are the same: the round is drawn anew.
pub(crate) fn serials(count: u32, round: u8, random: impl Fn(Draw) -> [u8; 32]) -> Option<Vec<Serial>> {
    let serials: Vec<Serial> =
        (0..count).map(|unit| serial(&random(Draw::Serial { round, unit }))).collect::<Option<_>>()?;
    let distinct: HashSet<&Serial> = serials.iter().collect();
    (distinct.len() == serials.len()).then_some(serials)
}

/// A serial of random bytes. Always some: set 82 has every digit.
fn serial(chance: &[u8; 32]) -> Option<Serial> {
    core::str::from_utf8(&crockford::digits::<SERIAL_DIGITS>(chance)).ok()?.parse().ok()
}

/// The PIN of a unit, in groups: `K7PM-2QXD`.
pub(crate) fn pin(serial: Serial, random: impl Fn(Draw) -> [u8; 32]) -> String {
    struct Grouped([u8; PIN_DIGITS]);
    impl core::fmt::Display for Grouped {
        fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
            crockford::grouped(self.0, f)
        }
    }
    let mut pin = String::with_capacity(PIN_DIGITS + 1);
    // Writing into a String cannot fail.
    let _ = write!(pin, "{}", Grouped(crockford::digits(&random(Draw::Pin { serial }))));
    pin
}
