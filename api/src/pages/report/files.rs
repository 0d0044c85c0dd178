//! The script of the form.

use std::sync::LazyLock;

use crate::pages::asset::Asset;

/// Makes a photo small on the device.
pub(super) fn report_js() -> &'static Asset {
    static FILE: LazyLock<Asset> = LazyLock::new(|| {
        Asset::of("report", "js", "text/javascript; charset=utf-8", include_str!("report.js").to_owned())
    });
    &FILE
}

/// All files.
pub(in crate::pages) fn assets() -> [&'static Asset; 1] {
    [report_js()]
}
