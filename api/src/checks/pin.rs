//! PINs as they are typed.

use core::str::FromStr;

/// Fewest and most characters, blanks and hyphens left out.
const LENGTHS: core::ops::RangeInclusive<usize> = 4..=32;

/// A PIN from under a coating: 4 to 32 letters and digits of ASCII. Case, blanks and hyphens do not count: it is typed
/// on a telephone.
#[derive(Clone, PartialEq, Eq)]
pub struct Pin(String);

impl Pin {
    pub(super) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl FromStr for Pin {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let pin: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        let pin = pin.to_ascii_uppercase();
        if LENGTHS.contains(&pin.len()) && pin.bytes().all(|b| b.is_ascii_alphanumeric()) {
            Ok(Self(pin))
        } else {
            Err("a PIN has 4 to 32 letters and digits")
        }
    }
}

/// A PIN is nobody's to read.
impl core::fmt::Debug for Pin {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Pin")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_blanks_and_hyphens_do_not_count() {
        assert_eq!("ab12 - cd34".parse::<Pin>(), "AB12CD34".parse());
        assert_ne!("ab12".parse::<Pin>(), "ab13".parse());
    }

    #[test]
    fn what_is_no_pin_is_refused() {
        for bad in ["", "123", "12 3", "mã-pin", "1234\u{202e}", &"1".repeat(33)] {
            assert!(bad.parse::<Pin>().is_err(), "{bad}");
        }
    }
}
