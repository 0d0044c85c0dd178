//! The one stylesheet: palettes and card rules from `nguon_view`, page rules from `page.css`, as one file under a
//! name that carries its hash.

use std::sync::LazyLock;

use sha2::{Digest, Sha256};

/// The stylesheet as it is served. Its address changes with its content, so it may be cached for ever.
#[derive(Debug)]
pub struct Stylesheet {
    /// Path on this origin.
    pub path: String,
    /// The text, UTF-8.
    pub css: String,
}

/// The stylesheet of every page.
pub fn stylesheet() -> &'static Stylesheet {
    static SHEET: LazyLock<Stylesheet> = LazyLock::new(|| {
        let css = [
            ":root{",
            nguon_view::LIGHT_CSS,
            "}@media screen and (prefers-color-scheme:dark){:root{",
            nguon_view::DARK_CSS,
            "}}",
            nguon_view::CARD_CSS,
            include_str!("page.css"),
        ]
        .concat();
        let digest = Sha256::digest(css.as_bytes());
        let name = digest.iter().take(8).fold(0, |name: u64, byte| name << 8 | u64::from(*byte));
        Stylesheet { path: format!("/assets/page-{name:016x}.css"), css }
    });
    &SHEET
}
