//! The EPC schemes that hold a GS1 key.

/// An EPC scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// Trade item with serial number (01, 21).
    Sgtin,
    /// Trade item with lot (01, 10); a class, not an instance.
    Lgtin,
    /// Unit pack identifier (01, 235).
    Upui,
    /// Piece of a trade item with serial number (8006, 21).
    Itip,
    /// Logistic unit (00).
    Sscc,
    /// Location with extension (414, 254).
    Sgln,
    /// Party (417).
    Pgln,
    /// Returnable asset with serial number (8003).
    Grai,
    /// Individual asset (8004).
    Giai,
    /// Service relation, recipient (8018).
    Gsrn,
    /// Service relation, provider (8017).
    Gsrnp,
    /// Document type with serial number (253).
    Gdti,
    /// Coupon with serial number (255).
    Sgcn,
    /// Component or part with serial number (8010, 8011).
    Cpi,
    /// Consignment (401).
    Ginc,
    /// Shipment (402).
    Gsin,
}

/// How the digits of a key are put together from company prefix and reference.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// The first digit of the reference in front: indicator, extension digit.
    FirstDigitInFront,
    /// A zero in front.
    ZeroInFront,
    /// As they are.
    Plain,
}

impl Scheme {
    const ALL: [(Self, &'static str, u16); 16] = [
        (Self::Sgtin, "sgtin", 1),
        (Self::Lgtin, "lgtin", 1),
        (Self::Upui, "upui", 1),
        (Self::Itip, "itip", 8006),
        (Self::Sscc, "sscc", 0),
        (Self::Sgln, "sgln", 414),
        (Self::Pgln, "pgln", 417),
        (Self::Grai, "grai", 8003),
        (Self::Giai, "giai", 8004),
        (Self::Gsrn, "gsrn", 8018),
        (Self::Gsrnp, "gsrnp", 8017),
        (Self::Gdti, "gdti", 253),
        (Self::Sgcn, "sgcn", 255),
        (Self::Cpi, "cpi", 8010),
        (Self::Ginc, "ginc", 401),
        (Self::Gsin, "gsin", 402),
    ];

    /// Its name in a URN.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.entry().1
    }

    /// The AI of its key.
    pub(super) fn ai(self) -> u16 {
        self.entry().2
    }

    fn entry(self) -> (Self, &'static str, u16) {
        let mut all = Self::ALL.into_iter();
        all.find(|(scheme, ..)| *scheme == self).unwrap_or((self, "", 0))
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known, _)| *known == name).map(|&(scheme, ..)| scheme)
    }

    pub(super) const fn order(self) -> Order {
        match self {
            Self::Sgtin | Self::Lgtin | Self::Upui | Self::Itip | Self::Sscc => Order::FirstDigitInFront,
            Self::Grai => Order::ZeroInFront,
            _ => Order::Plain,
        }
    }

    /// How many digits company prefix and reference have together; `None` where the reference is
    /// of any length and no check digit follows.
    pub(super) const fn digits(self) -> Option<usize> {
        match self {
            Self::Sgtin | Self::Lgtin | Self::Upui | Self::Itip => Some(13),
            Self::Sscc | Self::Gsrn | Self::Gsrnp => Some(17),
            Self::Gsin => Some(16),
            Self::Sgln | Self::Pgln | Self::Grai | Self::Gdti | Self::Sgcn => Some(12),
            Self::Giai | Self::Cpi | Self::Ginc => None,
        }
    }

    /// The AI of a serial component that stands in an element of its own.
    pub(super) const fn serial_ai(self) -> Option<u16> {
        match self {
            Self::Sgtin | Self::Itip => Some(21),
            Self::Lgtin => Some(10),
            Self::Upui => Some(235),
            Self::Sgln => Some(254),
            Self::Cpi => Some(8011),
            _ => None,
        }
    }

    /// Whether its serial component follows the check digit of the key.
    pub(super) const fn serial_in_key(self) -> bool {
        matches!(self, Self::Grai | Self::Gdti | Self::Sgcn)
    }

    pub(super) const fn has_serial(self) -> bool {
        self.serial_ai().is_some() || self.serial_in_key()
    }
}
