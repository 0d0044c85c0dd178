//! A value against the row of its AI: lengths, character sets and content checks, component by
//! component.
//!
//! GS1 Barcode Syntax Dictionary, "Specification"; General Specifications section 3.

use crate::ai::Row;
use crate::charset::Charset;
use crate::error::ErrorCode;
use crate::lint::{self, Fault, Verdict};

/// The longest value of an AI that is not assigned.
const MAX_UNKNOWN: usize = 90;

/// Checks a value; an AI without a row may hold anything of CSET 82.
pub(crate) fn check(row: Option<&Row>, value: &[u8]) -> Verdict {
    let Some(row) = row else {
        if value.len() > MAX_UNKNOWN {
            return Err(Fault::at(ErrorCode::ValueLong, MAX_UNKNOWN, 1));
        }
        return lint::charset(Charset::Cset82, value);
    };
    let mut at = 0;
    for component in row.components() {
        let left = value.get(at..).unwrap_or_default();
        if left.is_empty() && component.optional {
            break;
        }
        let len = left.len().min(usize::from(component.max));
        let part = left.get(..len).unwrap_or_default();
        if len < usize::from(component.min) {
            // A foreign character in what there is explains more than its length.
            lint::charset(component.charset, part).map_err(|fault| fault.shifted(at))?;
            return Err(Fault::at(ErrorCode::ValueShort, value.len(), 0));
        }
        lint::charset(component.charset, part).map_err(|fault| fault.shifted(at))?;
        for lint in component.lints {
            lint.check(part).map_err(|fault| fault.shifted(at))?;
        }
        at += len;
    }
    match value.len() - at {
        0 => Ok(()),
        excess => Err(Fault::at(ErrorCode::ValueLong, at, excess)),
    }
}
