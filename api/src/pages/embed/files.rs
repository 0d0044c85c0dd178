//! Style and scripts of the retailer's pages, each under a name that carries its hash.

use std::sync::LazyLock;

use sha2::{Digest, Sha256};

/// A file as it is served. Its address changes with its content, so it may be cached for ever.
#[derive(Debug)]
pub struct File {
    /// Path on this origin.
    pub path: String,
    /// Media type.
    pub content_type: &'static str,
    /// The text, UTF-8.
    pub text: String,
}

impl File {
    fn of(name: &str, extension: &str, content_type: &'static str, text: String) -> Self {
        let digest = Sha256::digest(text.as_bytes());
        let hash = digest.iter().take(8).fold(0, |hash: u64, byte| hash << 8 | u64::from(*byte));
        Self { path: format!("/assets/{name}-{hash:016x}.{extension}"), content_type, text }
    }
}

const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";

/// Style of the snippet builder and of the coverage check.
pub(super) fn embed_css() -> &'static File {
    static FILE: LazyLock<File> = LazyLock::new(|| File::of("embed", "css", CSS, include_str!("embed.css").to_owned()));
    &FILE
}

/// Buttons that copy.
pub(super) fn embed_js() -> &'static File {
    static FILE: LazyLock<File> = LazyLock::new(|| File::of("embed", "js", JS, include_str!("embed.js").to_owned()));
    &FILE
}

/// Style of the card alone, after the pages' own.
pub(super) fn frame_css() -> &'static File {
    static FILE: LazyLock<File> = LazyLock::new(|| {
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
        File::of("frame", "css", CSS, css)
    });
    &FILE
}

/// Tells the page around a frame how tall the card is.
pub(super) fn frame_js() -> &'static File {
    static FILE: LazyLock<File> = LazyLock::new(|| File::of("frame", "js", JS, include_str!("frame.js").to_owned()));
    &FILE
}

/// The file at a path.
#[must_use]
pub fn file(path: &str) -> Option<&'static File> {
    [embed_css(), embed_js(), frame_css(), frame_js()].into_iter().find(|file| file.path == path)
}
