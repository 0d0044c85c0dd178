//! Going through every entry of a kind, a page at a time.

use super::ExportError;
use crate::store::{Entry, Key, Kind, Store};

/// Entries held at a time. A picture may have 60 KiB.
const PAGE: usize = 1_000;

/// Do something with every entry of a kind, in the order of their keys.
pub(super) async fn walk(
    store: &dyn Store,
    kind: Kind,
    mut each: impl AsyncFnMut(&Key, &Entry) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    let mut after = None;
    loop {
        let page = store.scan(kind, after, PAGE).await?;
        for (key, entry) in &page {
            each(key, entry).await?;
        }
        let full = page.len() == PAGE;
        after = page.into_iter().next_back().map(|(key, _)| key);
        if !full {
            return Ok(());
        }
    }
}
