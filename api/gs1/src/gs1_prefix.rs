//! What the first digits of a GTIN are set aside for.
//!
//! General Specifications 1.4.3 and 2.1.11, and the list of GS1 Prefixes. A prefix says who issues
//! the numbers, never where goods come from; none of this names a country.

/// What a range of GS1 Prefixes is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gs1Prefix {
    /// Trade items, unrestricted.
    TradeItem,
    /// Numbers that a shop or a company gives out for its own use (RCN).
    RestrictedCirculation,
    /// Coupons and refund receipts.
    Coupon,
    /// Periodicals: ISSN in front of a check digit of another kind.
    Issn,
    /// Books and sheet music: ISBN, ISMN.
    Isbn,
    /// Kept for demonstrations and examples.
    Demonstration,
}

impl Gs1Prefix {
    /// Of the 14 digits of a GTIN.
    pub(crate) fn of(digits: &[u8; 14]) -> Self {
        // A GTIN-8 has five more zeros in front than a GTIN-13 and prefixes of its own.
        if digits.starts_with(b"000000") {
            return match digits[6] {
                b'0' | b'2' => Self::RestrictedCirculation,
                _ => Self::TradeItem,
            };
        }
        match (digits[1], digits[2], digits[3]) {
            (b'2', _, _) | (b'0', b'2' | b'4', _) => Self::RestrictedCirculation,
            (b'0', b'5', _) | (b'9', b'9', _) | (b'9', b'8', b'0'..=b'4') => Self::Coupon,
            (b'9', b'7', b'7') => Self::Issn,
            (b'9', b'7', b'8' | b'9') => Self::Isbn,
            (b'9', b'5', b'2') => Self::Demonstration,
            _ => Self::TradeItem,
        }
    }
}
