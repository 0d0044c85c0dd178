//! What a retailer sees: how to put a card on a shop page (`builder`), which of a list of codes have one (`result`),
//! and the card alone, for a frame (`frame`).
//!
//! Everything works without script. Snippets (`snippet`, `shops`) are text, true as they stand.

mod builder;
mod choice;
mod coverage_form;
mod discovery;
mod files;
mod frame;
mod place;
mod result;
mod shops;
mod snippet;

#[cfg(test)]
mod tests;

pub use builder::{Preview, builder};
pub use choice::{CardTheme, Choice, Variant, WhenUnknown};
pub use discovery::discovery;
pub(super) use files::assets;
pub use frame::{FRAME_POLICY, frame, frame_could_not_check};
pub use place::{Place, attribute, has_card};
pub use result::{Outcome, result};
pub use snippet::Widget;

/// The policy of the retailer's pages: the pages' own, and what their preview needs, which is the widget itself.
pub const EMBED_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self' 'wasm-unsafe-eval'; \
                                worker-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; \
                                frame-ancestors 'none'";
