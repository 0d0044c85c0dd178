//! What pages load beside themselves: the stylesheet (palettes and card rules from `nguon_view`, page rules from
//! `page.css`), the script and the icon, each under a name that carries its hash.

use std::sync::LazyLock;

use sha2::{Digest, Sha256};

use super::{embed, report};

/// A file as it is served. Its address changes with its content, so it may be cached for ever.
#[derive(Debug)]
pub struct Asset {
    /// Path on this origin.
    pub path: String,
    /// Media type.
    pub content_type: &'static str,
    /// The text, UTF-8.
    pub text: String,
}

impl Asset {
    pub(super) fn of(name: &str, extension: &str, content_type: &'static str, text: String) -> Self {
        Self { path: format!("/assets/{name}-{}.{extension}", hash(&text)), content_type, text }
    }
}

/// Sixteen hexadecimal digits that change with a text.
pub(super) fn hash(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    format!("{:016x}", digest.iter().take(8).fold(0, |name: u64, byte| name << 8 | u64::from(*byte)))
}

/// The stylesheet of every page.
pub fn stylesheet() -> &'static Asset {
    static SHEET: LazyLock<Asset> = LazyLock::new(|| {
        let css = [
            ":root{",
            nguon_view::LIGHT_CSS,
            "}@media screen and (prefers-color-scheme:dark){:root{",
            nguon_view::DARK_CSS,
            "}}",
            nguon_view::CARD_CSS,
            include_str!("page.css"),
            include_str!("report/report.css"),
            include_str!("print.css"),
        ]
        .concat();
        Asset::of("page", "css", "text/css; charset=utf-8", css)
    });
    &SHEET
}

/// The script of every page: what only a script can do. Every page is whole without it.
pub fn script() -> &'static Asset {
    static SCRIPT: LazyLock<Asset> =
        LazyLock::new(|| Asset::of("page", "js", "text/javascript; charset=utf-8", include_str!("page.js").to_owned()));
    &SCRIPT
}

/// The icon in the browser's tab.
pub fn icon() -> &'static Asset {
    static ICON: LazyLock<Asset> =
        LazyLock::new(|| Asset::of("icon", "svg", "image/svg+xml", include_str!("icon.svg").to_owned()));
    &ICON
}

/// The asset at a path.
pub fn asset(path: &str) -> Option<&'static Asset> {
    [stylesheet(), script(), icon()]
        .into_iter()
        .chain(embed::assets())
        .chain(report::assets())
        .find(|asset| asset.path == path)
}
