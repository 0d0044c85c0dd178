//! The files that a shop page loads, and those of our own first page, as bytes in the binary.
//!
//! The build script makes them (`build/`), or takes them ready-made from `NGUON_WIDGET_DIST`. Serving them is the
//! service's business; what each response must say is in the fields of [`File`].

#[cfg(test)]
mod tests;

/// Version of the widget: the `{version}` of its immutable addresses.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Style of the element and of the card in it, for a card that the service prints into a page.
pub const STYLE: &str = include_str!(concat!(env!("OUT_DIR"), "/origin-card.css"));

/// The part of [`STYLE`] that is under a card. A module carries it; a card as nodes brings it along.
pub const CARD_STYLE: &str = include_str!(concat!(env!("OUT_DIR"), "/card.css"));

/// One file, ready to be served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct File {
    /// Path on the public origin, beginning with `/widget/` or `/assets/`.
    pub path: &'static str,
    /// `Content-Type`.
    pub content_type: &'static str,
    /// The bytes as they are.
    pub identity: &'static [u8],
    /// The same, brotli (quality 11).
    pub brotli: &'static [u8],
    /// The same, gzip (level 9).
    pub gzip: &'static [u8],
    /// Subresource integrity of `identity`: `sha384-…`, of a module `sha256-…`.
    pub sri: &'static str,
    /// The address names this very content: it may be cached for ever. Otherwise keep it short.
    pub immutable: bool,
}

/// Every file of our own first page: its script, and what that fetches when a person asks for the scanner or types.
pub fn page_files() -> &'static [File] {
    include!(concat!(env!("OUT_DIR"), "/page_files.rs"))
}

/// The script of the first page.
pub fn home_script() -> Option<&'static File> {
    page_files().iter().find(|file| file.path.starts_with("/assets/home-"))
}

/// Every file that a shop page may load.
pub fn files() -> &'static [File] {
    include!(concat!(env!("OUT_DIR"), "/files.rs"))
}
