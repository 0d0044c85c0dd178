//! How hard to look: a camera gives another picture at once, a photo is all there is.

/// How to look at a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Also for bars that lie: the picture is read a second time, turned.
    pub turned: bool,
    /// For light codes on dark ground, instead of dark ones on light.
    pub inverted: bool,
    /// At every few rows instead of the middle ones, and by the slower detectors too.
    pub harder: bool,
}

impl Look {
    /// From bits as JavaScript counts them: 1 turned, 2 inverted, 4 harder.
    #[must_use]
    pub const fn from_bits(bits: u8) -> Self {
        Self { turned: bits & 1 != 0, inverted: bits & 2 != 0, harder: bits & 4 != 0 }
    }
}
