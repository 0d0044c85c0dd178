//! The AI table whole: nine families of rows in the order of their AIs, and the way to a row.
//!
//! Facts from the GS1 Barcode Syntax Dictionary (Apache-2.0, GS1 AISBL), in a notation of our own.

mod asset;
mod attribute;
mod delivery;
mod health;
mod identity;
mod internal;
mod measure;
mod place;
mod price;

use super::row::Row;

const FAMILIES: [&[Row]; 9] = [
    identity::ROWS,
    measure::ROWS,
    price::ROWS,
    place::ROWS,
    delivery::ROWS,
    attribute::ROWS,
    health::ROWS,
    asset::ROWS,
    internal::ROWS,
];

/// A row by its place: family and index within it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Place {
    family: u8,
    index: u8,
}

/// Which rows begin with a pair of digits, and how long their AIs are.
#[derive(Clone, Copy)]
struct Start {
    first: Place,
    rows: u8,
    digits: u8,
}

const NO_ROWS: Start = Start { first: Place { family: 0, index: 0 }, rows: 0, digits: 0 };

/// The first two digits of an AI fix its length (General Specifications 7.8.1), hence this index.
static BY_FIRST_TWO: [Start; 100] = index();

#[expect(clippy::cast_possible_truncation, reason = "no family has 256 rows")]
const fn index() -> [Start; 100] {
    let mut starts = [NO_ROWS; 100];
    let mut family = 0;
    while family < FAMILIES.len() {
        let rows = FAMILIES[family];
        let mut i = 0;
        while i < rows.len() {
            let mut two = rows[i].first_two();
            // A range such as 91-99 covers several pairs of first digits.
            while two <= rows[i].last_two() {
                if starts[two].rows == 0 {
                    starts[two] = Start {
                        first: Place { family: family as u8, index: i as u8 },
                        rows: 0,
                        digits: rows[i].digits(),
                    };
                }
                starts[two].rows += 1;
                two += 1;
            }
            i += 1;
        }
        family += 1;
    }
    starts
}

/// How many digits an AI that begins with these two has; 0 where no AI does.
pub(super) fn digits_after(two: usize) -> u8 {
    BY_FIRST_TWO.get(two).map_or(0, |start| start.digits)
}

/// The row of an AI of `digits` digits.
pub(super) fn find(number: u16, digits: u8) -> Option<&'static Row> {
    let two = match digits {
        2 => number,
        3 => number / 10,
        4 => number / 100,
        _ => return None,
    };
    let start = BY_FIRST_TWO.get(usize::from(two))?;
    if start.rows == 0 || start.digits != digits {
        return None;
    }
    let first = usize::from(start.first.index);
    let mut left = usize::from(start.rows);
    let mut family = usize::from(start.first.family);
    let mut rows = FAMILIES.get(family)?.get(first..)?;
    while left > 0 {
        let Some((row, rest)) = rows.split_first() else {
            // The rows of 70 and 81, say, may go on in the next family.
            family += 1;
            rows = FAMILIES.get(family)?;
            continue;
        };
        if row.covers(number) {
            return Some(row);
        }
        rows = rest;
        left -= 1;
    }
    None
}

/// Every row, in the order of the AIs.
pub(super) fn rows() -> impl Iterator<Item = &'static Row> {
    FAMILIES.iter().flat_map(|family| family.iter())
}
