//! Style and scripts of the retailer's pages, each under a name that carries its hash.

use std::sync::LazyLock;

use crate::pages::asset::Asset;

const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";

/// Style of the snippet builder and of the coverage check.
pub(super) fn embed_css() -> &'static Asset {
    static FILE: LazyLock<Asset> =
        LazyLock::new(|| Asset::of("embed", "css", CSS, include_str!("embed.css").to_owned()));
    &FILE
}

/// Buttons that copy.
pub(super) fn embed_js() -> &'static Asset {
    static FILE: LazyLock<Asset> = LazyLock::new(|| Asset::of("embed", "js", JS, include_str!("embed.js").to_owned()));
    &FILE
}

/// Style of the card alone, after the pages' own.
pub(super) fn frame_css() -> &'static Asset {
    static FILE: LazyLock<Asset> = LazyLock::new(|| {
        // A page that is always light, or always dark, wants the card so too, whatever the reader's screen says.
        let css = [
            ":root[data-theme=light]{",
            nguon_view::LIGHT_CSS,
            "}:root[data-theme=dark]{",
            nguon_view::LIGHT_CSS,
            nguon_view::DARK_CSS,
            "}",
            include_str!("frame.css"),
        ]
        .concat();
        Asset::of("frame", "css", CSS, css)
    });
    &FILE
}

/// Tells the page around a frame how tall the card is.
pub(super) fn frame_js() -> &'static Asset {
    static FILE: LazyLock<Asset> = LazyLock::new(|| Asset::of("frame", "js", JS, include_str!("frame.js").to_owned()));
    &FILE
}

/// All of them.
pub(in crate::pages) fn assets() -> [&'static Asset; 4] {
    [embed_css(), embed_js(), frame_css(), frame_js()]
}
