//! The switches of the reference parser, and those that make the ordinary reading kinder.

/// How strictly a message is parsed. The default is that of the reference parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent switches, named as in the reference parser")]
pub struct Options {
    /// Accept AIs that are not assigned, where their length is known.
    pub permit_unknown_ais: bool,
    /// Accept a GTIN of 8, 12 or 13 digits in a Digital Link.
    pub permit_zero_suppressed_gtin: bool,
    /// Accept the names of former versions of the standard, such as `/gtin/`, in a path.
    pub permit_convenience_alphas: bool,
    /// Refuse an AI that is not assigned as a data attribute of a link.
    pub unknown_ai_not_dl_attribute: bool,
    /// Tolerate what does no harm: one slash at the end, one AI twice with the same value, any
    /// character outside the values.
    pub tolerant: bool,
}

impl Options {
    /// The reference parser's defaults.
    pub const STRICT: Self = Self {
        permit_unknown_ais: false,
        permit_zero_suppressed_gtin: false,
        permit_convenience_alphas: false,
        unknown_ai_not_dl_attribute: true,
        tolerant: false,
    };

    /// What `read` and `read_link` accept.
    pub const ORDINARY: Self = Self {
        permit_unknown_ais: false,
        permit_zero_suppressed_gtin: true,
        permit_convenience_alphas: true,
        unknown_ai_not_dl_attribute: true,
        tolerant: true,
    };
}

impl Default for Options {
    fn default() -> Self {
        Self::STRICT
    }
}
