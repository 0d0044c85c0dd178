//! The style that page and widget share. Declarations only depend on custom properties, so that a shop can colour
//! the card (`--origin-*`) and a page can be dark, without either being written twice.

/// Rules for everything under `.card`.
pub const CARD_CSS: &str = include_str!("card.css");
/// The light palette: declarations without a selector.
pub const LIGHT_CSS: &str = include_str!("light.css");
/// The dark palette: declarations without a selector.
pub const DARK_CSS: &str = include_str!("dark.css");
