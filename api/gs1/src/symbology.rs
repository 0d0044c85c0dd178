//! Symbology identifiers: the three characters that a scanner puts in front of what it read.
//!
//! General Specifications 5.4.3.7 and figure 5.1-2; ISO/IEC 15424.

/// What a symbology identifier says of the data behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Symbology {
    /// `]E0`: EAN-13, UPC-A or UPC-E, as 13 digits.
    Ean13,
    /// `]E3`: the same with an add-on of two or five digits.
    Ean13AddOn,
    /// `]E4`: EAN-8.
    Ean8,
    /// `]C1`: GS1-128.
    Gs1_128,
    /// `]e0`: GS1 `DataBar`, and the linear part of a composite.
    DataBar,
    /// `]d2`: GS1 `DataMatrix`.
    Gs1DataMatrix,
    /// `]Q3`: GS1 QR Code.
    Gs1Qr,
    /// `]J1`: GS1 `DotCode`.
    Gs1DotCode,
    /// `]d1`: Data Matrix without FNC1.
    DataMatrix,
    /// `]Q1`: QR Code without FNC1.
    Qr,
    /// `]J0`: `DotCode` without FNC1.
    DotCode,
    /// ITF-14 (`]I1`), and whatever else carries plain text.
    Other,
}

/// What a symbology carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Carries {
    /// An element string, FNC1 being implied in front.
    Elements,
    /// A GTIN.
    Gtin,
    /// Anything: a link, a number, any text.
    Text,
}

impl Symbology {
    /// The symbology that `text` begins with the identifier of, and what follows.
    pub(crate) fn strip(text: &[u8]) -> Option<(Self, &[u8])> {
        let ([b']', code, modifier], data) = text.split_first_chunk::<3>()? else {
            return None;
        };
        if !code.is_ascii_alphabetic() || !modifier.is_ascii_alphanumeric() {
            return None;
        }
        let symbology = match (code, modifier) {
            (b'E', b'0') => Self::Ean13,
            (b'E', b'3') => Self::Ean13AddOn,
            (b'E', b'4') => Self::Ean8,
            (b'C', b'1') => Self::Gs1_128,
            (b'e', b'0') => Self::DataBar,
            (b'd', b'2') => Self::Gs1DataMatrix,
            (b'Q', b'3') => Self::Gs1Qr,
            (b'J', b'1') => Self::Gs1DotCode,
            (b'd', b'1') => Self::DataMatrix,
            (b'Q', b'1') => Self::Qr,
            (b'J', b'0') => Self::DotCode,
            _ => Self::Other,
        };
        Some((symbology, data))
    }

    pub(crate) const fn carries(self) -> Carries {
        match self {
            Self::Gs1_128 | Self::DataBar | Self::Gs1DataMatrix | Self::Gs1Qr | Self::Gs1DotCode => Carries::Elements,
            Self::Ean13 | Self::Ean13AddOn | Self::Ean8 => Carries::Gtin,
            Self::DataMatrix | Self::Qr | Self::DotCode | Self::Other => Carries::Text,
        }
    }
}
