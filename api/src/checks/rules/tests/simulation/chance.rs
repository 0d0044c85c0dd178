//! Numbers that look like chance and are the same in every run.

/// `SplitMix64` (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
#[derive(Clone, Copy, Debug)]
pub(super) struct Chance(u64);

impl Chance {
    /// The numbers of one unit of one kind.
    pub(super) fn at(seed: u64, unit: u64) -> Self {
        Self(mix(seed.wrapping_mul(0xD6E8_FEB8_6659_FD93) ^ mix(unit)))
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mix(self.0)
    }

    /// Below `bound`.
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    /// Between two, both included.
    pub(super) fn within(&mut self, least: i64, most: i64) -> i64 {
        least + self.below(u64::try_from(most - least + 1).unwrap()).cast_signed()
    }

    /// True in so many of a hundred cases.
    pub(super) fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// How many happen where `mean` are expected, one independent of the other.
    pub(super) fn poisson(&mut self, mean: f64) -> u64 {
        let (mut left, mut happened) = (mean, 0);
        loop {
            #[expect(clippy::cast_precision_loss, reason = "53 bits")]
            let uniform = ((self.next() >> 11) + 1) as f64 / (1_u64 << 53) as f64;
            left += uniform.ln();
            if left < 0.0 {
                return happened;
            }
            happened += 1;
        }
    }
}

/// The finaliser of `SplitMix64`.
pub(super) fn mix(z: u64) -> u64 {
    let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
