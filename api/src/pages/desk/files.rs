//! What the desk's pages load: the stylesheet of every page, and a short one of their own.

use std::sync::LazyLock;

use crate::pages::asset::{Asset, icon, stylesheet};

/// What the desk adds to the stylesheet of every page.
pub(super) fn desk_css() -> &'static Asset {
    static FILE: LazyLock<Asset> =
        LazyLock::new(|| Asset::of("desk", "css", "text/css; charset=utf-8", include_str!("desk.css").to_owned()));
    &FILE
}

/// The file at a path.
#[must_use]
pub fn desk_asset(path: &str) -> Option<&'static Asset> {
    [stylesheet(), desk_css(), icon()].into_iter().find(|asset| asset.path == path)
}
