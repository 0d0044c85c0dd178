//! The names that former versions of the standard allowed in a path instead of AIs.
//!
//! GS1 Digital Link Standard 1.1, section 3; withdrawn since, yet printed on labels.

use crate::ai::Ai;

const NAMES: [(&[u8], u16); 24] = [
    (b"gtin", 1),
    (b"lot", 10),
    (b"ser", 21),
    (b"cpv", 22),
    (b"tpx", 235),
    (b"sscc", 0),
    (b"gln", 414),
    (b"glnx", 254),
    (b"party", 417),
    (b"partyGln", 417),
    (b"payTo", 415),
    (b"refNo", 8020),
    (b"itip", 8006),
    (b"cpid", 8010),
    (b"cpsn", 8011),
    (b"gmn", 8013),
    (b"gsrnp", 8017),
    (b"gsrn", 8018),
    (b"srin", 8019),
    (b"gcn", 255),
    (b"gdti", 253),
    (b"ginc", 401),
    (b"gsin", 402),
    (b"grai", 8003),
];

/// The AI that a segment of a path names in letters.
pub(super) fn ai(segment: &[u8]) -> Option<Ai> {
    if segment == b"giai" {
        return Some(Ai::of(8004));
    }
    NAMES.iter().find(|(name, _)| *name == segment).map(|&(_, number)| Ai::of(number))
}
