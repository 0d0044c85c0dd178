//! GS1 primary keys other than that of a trade item: locations, logistic units, assets, documents.
//!
//! General Specifications section 2 and 3; GS1 Digital Link Standard: URI Syntax 4.6.

use core::fmt;

use crate::ai::Ai;
use crate::elements::Elements;
use crate::gtin::Gtin14;
use crate::percent::{self, Part};
use crate::text::Inline;

/// Which key it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// Logistic unit (AI 00).
    Sscc,
    /// Document type (253).
    Gdti,
    /// Coupon (255).
    Gcn,
    /// Consignment (401).
    Ginc,
    /// Shipment (402).
    Gsin,
    /// Physical location (414).
    Gln,
    /// Party that is paid (415).
    PayTo,
    /// Party (417).
    Party,
    /// Returnable asset (8003).
    Grai,
    /// Individual asset (8004).
    Giai,
    /// Piece of a trade item (8006).
    Itip,
    /// Component or part (8010).
    Cpid,
    /// Model (8013).
    Gmn,
    /// Service relation, provider (8017).
    GsrnProvider,
    /// Service relation, recipient (8018).
    GsrnRecipient,
}

impl KeyKind {
    const ALL: [(Self, u16, &'static str); 15] = [
        (Self::Sscc, 0, "sscc"),
        (Self::Gdti, 253, "gdti"),
        (Self::Gcn, 255, "gcn"),
        (Self::Ginc, 401, "ginc"),
        (Self::Gsin, 402, "gsin"),
        (Self::Gln, 414, "gln"),
        (Self::PayTo, 415, "pay_to"),
        (Self::Party, 417, "party"),
        (Self::Grai, 8003, "grai"),
        (Self::Giai, 8004, "giai"),
        (Self::Itip, 8006, "itip"),
        (Self::Cpid, 8010, "cpid"),
        (Self::Gmn, 8013, "gmn"),
        (Self::GsrnProvider, 8017, "gsrnp"),
        (Self::GsrnRecipient, 8018, "gsrn"),
    ];

    pub(crate) fn of(ai: Ai) -> Option<Self> {
        Self::ALL.iter().find(|(_, number, _)| ai.is(*number)).map(|&(kind, ..)| kind)
    }

    fn entry(self) -> (u16, &'static str) {
        Self::ALL.iter().find(|(kind, ..)| *kind == self).map_or((0, ""), |&(_, number, name)| (number, name))
    }

    /// Its AI.
    #[must_use]
    pub fn ai(self) -> Ai {
        Ai::of(self.entry().0)
    }

    /// Its stable name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.entry().1
    }
}

/// The longest qualifier of these keys: 25 characters of AI 8020.
type Qualifier = (Ai, Inline<25>);

/// A primary key with its qualifiers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct OtherKey {
    kind: KeyKind,
    value: Inline<30>,
    qualifiers: [Option<Qualifier>; 3],
}

impl OtherKey {
    /// The key of this kind among `elements`, with the qualifiers that go with it.
    pub(crate) fn of(kind: KeyKind, elements: &Elements<'_>) -> Option<Self> {
        let ai = kind.ai();
        let mut key = Self { kind, value: Inline::new(elements.get(ai)?.value().as_bytes())?, qualifiers: [None; 3] };
        let sequences = ai.row().and_then(|row| row.sequences).unwrap_or_default();
        for sequence in sequences {
            let present = sequence.iter().filter_map(|&number| {
                let value = elements.number(number)?.value();
                Some((Ai::of(number), Inline::new(value.as_bytes())?))
            });
            for (slot, qualifier) in key.qualifiers.iter_mut().zip(present) {
                *slot = Some(qualifier);
            }
            if key.qualifiers[0].is_some() {
                break;
            }
        }
        Some(key)
    }

    /// Which key it is.
    #[must_use]
    pub const fn kind(&self) -> KeyKind {
        self.kind
    }

    /// Its value.
    #[must_use]
    pub fn value(&self) -> &str {
        self.value.as_str()
    }

    /// The value of a key qualifier.
    #[must_use]
    pub fn qualifier(&self, ai: Ai) -> Option<&str> {
        self.qualifiers.iter().flatten().find(|(present, _)| *present == ai).map(|(_, value)| value.as_str())
    }

    /// The GTIN that the piece of a trade item belongs to.
    #[must_use]
    pub fn gtin(&self) -> Option<Gtin14> {
        match self.kind {
            KeyKind::Itip => Gtin14::from_digits(self.value.as_bytes().get(..14)?).ok(),
            _ => None,
        }
    }

    /// Writes the path of its canonical link.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write_path(&self, w: &mut impl fmt::Write) -> fmt::Result {
        write!(w, "/{}/", self.kind.ai())?;
        percent::encode(self.value.as_bytes(), Part::Path, w)?;
        for (ai, value) in self.qualifiers.iter().flatten() {
            write!(w, "/{ai}/")?;
            percent::encode(value.as_bytes(), Part::Path, w)?;
        }
        Ok(())
    }
}

impl fmt::Debug for OtherKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OtherKey(")?;
        self.write_path(f)?;
        f.write_str(")")
    }
}
