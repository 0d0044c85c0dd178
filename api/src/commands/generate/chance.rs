//! Numbers that look like chance and are none.

/// `SplitMix64` (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014). Not for secrets.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chance(u64);

/// Crockford's base 32: no I, L, O, U.
const BASE_32: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

impl Chance {
    /// The numbers of one place in the registry.
    pub(super) const fn at(seed: u64, place: u64) -> Self {
        Self(seed.wrapping_mul(0xD6E8_FEB8_6659_FD93).wrapping_add(place.wrapping_mul(0x9FB2_1C65_1E98_DF25)))
    }

    pub(super) const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// One of a list; the list is not empty.
    pub(super) fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        let place = self.below(list.len() as u64);
        list.get(usize::try_from(place).unwrap_or_default()).copied().unwrap_or_default()
    }

    /// A number below `bound`, which is not 0. The small bias does not matter here.
    pub(super) const fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    /// Twelve characters of base 32: 60 bits.
    pub(super) fn serial(&mut self) -> String {
        let bits = self.next().to_be_bytes();
        // Eight bytes are twelve groups of five bits, and four bits more.
        let group =
            |n: usize| (0..5).fold(0, |group, bit| (group << 1) | (bits[(n * 5 + bit) / 8] >> ((n * 5 + bit) % 8) & 1));
        (0..12).map(|n| char::from(BASE_32[usize::from(group(n) & 31)])).collect()
    }
}
