//! Slots of a Cluster: which one a name falls into, and a short tag for each.
//!
//! After the Redis Cluster specification: CRC-16/XMODEM of the name, or of what stands between its first `{` and the
//! next `}`, modulo 16,384. A single Redis is one slot, number 0.

use std::sync::OnceLock;

/// Slots of a Cluster.
pub(super) const SLOTS: u16 = 16_384;

/// How names are spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spread {
    /// One server holds everything.
    One,
    /// By slot.
    Cluster,
}

impl Spread {
    /// The slot of a name.
    pub(super) fn slot(self, name: &[u8]) -> u16 {
        match self {
            Self::One => 0,
            Self::Cluster => crc16(tag(name)) % SLOTS,
        }
    }

    /// Every slot.
    pub(super) const fn slots(self) -> u16 {
        match self {
            Self::One => 1,
            Self::Cluster => SLOTS,
        }
    }

    /// The witness of a slot: `w:f:{TAG}`. It lives where the slot's records live and moves with them, so that its
    /// absence means that the slot was emptied. Its value is the last step that was written there (`attempt`): what comes
    /// late from before it is turned away.
    pub(super) fn witness(self, slot: u16) -> String {
        match self {
            Self::One => "w:f:{0}".to_owned(),
            Self::Cluster => format!("w:f:{{{}}}", slot_tag(slot)),
        }
    }

    /// The name of a heartbeat that is served by whoever serves this slot.
    pub(super) fn beat(self, slot: u16, node: &str) -> String {
        match self {
            Self::One => format!("n:h:{{0}}:{node}"),
            Self::Cluster => format!("n:h:{{{}}}:{node}", slot_tag(slot)),
        }
    }
}

fn tag(name: &[u8]) -> &[u8] {
    let Some(open) = name.iter().position(|&byte| byte == b'{') else { return name };
    let inner = &name[open + 1..];
    match inner.iter().position(|&byte| byte == b'}') {
        Some(close) if close > 0 => &inner[..close],
        _ => name,
    }
}

const TABLE: [u16; 256] = table();

const fn table() -> [u16; 256] {
    let mut table = [0; 256];
    let mut byte: u16 = 0;
    while byte < 256 {
        let mut crc = byte << 8;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 0x8000 == 0 { crc << 1 } else { (crc << 1) ^ 0x1021 };
            bit += 1;
        }
        table[byte as usize] = crc;
        byte += 1;
    }
    table
}

fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, &byte| (crc << 8) ^ TABLE[usize::from((crc >> 8) as u8 ^ byte)])
}

/// The smallest number that falls into each slot, as a tag.
fn slot_tag(slot: u16) -> u32 {
    static TAGS: OnceLock<Vec<u32>> = OnceLock::new();
    let tags = TAGS.get_or_init(|| {
        let mut tags = vec![u32::MAX; usize::from(SLOTS)];
        let mut missing = tags.len();
        // Ends after some 160,000 numbers: each falls into one of 16,384 slots.
        for number in 0.. {
            let place = &mut tags[usize::from(crc16(number.to_string().as_bytes()) % SLOTS)];
            if *place == u32::MAX {
                *place = number;
                missing -= 1;
                if missing == 0 {
                    break;
                }
            }
        }
        tags
    });
    tags[usize::from(slot % SLOTS)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_those_of_the_specification() {
        assert_eq!(crc16(b"123456789"), 0x31C3);
        assert_eq!(Spread::Cluster.slot(b"foo"), 12182);
        assert_eq!(Spread::Cluster.slot(b"{user1000}.following"), Spread::Cluster.slot(b"{user1000}.followers"));
        assert_eq!(Spread::Cluster.slot(b"foo{}{bar}"), crc16(b"foo{}{bar}") % SLOTS);
        assert_eq!(Spread::Cluster.slot(b"foo{{bar}}zap"), crc16(b"{bar") % SLOTS);
    }

    #[test]
    fn every_slot_has_a_witness_of_its_own() {
        for slot in 0..SLOTS {
            assert_eq!(Spread::Cluster.slot(Spread::Cluster.witness(slot).as_bytes()), slot);
            assert_eq!(Spread::Cluster.slot(Spread::Cluster.beat(slot, "x").as_bytes()), slot);
        }
    }
}
