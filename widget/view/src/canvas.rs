//! What a card is drawn on: a hand that reads the card and a hand that draws.
//!
//! Both hands are one trait, so that a text of the card can go from the one to the other without passing through
//! here: the widget's wasm never holds such a text, and so needs neither strings nor an allocator.

use crate::Word;

/// Reads a card of the public contract, and takes nodes in document order.
///
/// Reading has a place, at first the card itself. A question that does not fit what is there gets `false`, 0 or an
/// empty text, never a panic: what is missing, or of a kind this version does not know, is simply not drawn.
pub trait Canvas {
    /// Whether the page is somebody else's: there the card leads to the record on this service, and links open
    /// beside the page.
    const IS_EMBEDDED: bool;

    /// Goes to a field of the object in place (or to an element of a list, by its number); an empty name stays where
    /// it is. `false`, and no step taken, when the field is missing or `null`.
    fn enter(&mut self, field: Word) -> bool;
    /// Goes to an element of the list in place.
    fn enter_element(&mut self, index: u32) -> bool;
    /// Goes back to where the last `enter` that succeeded came from.
    fn leave(&mut self);
    /// Number of elements of the list in place; 1 for anything that is no list.
    fn count(&self) -> u32;
    /// Whether this very word is in place. Truth values and numbers are taken as they are written in JSON.
    fn is(&self, word: Word) -> bool;
    /// The text (or number) in place, if it fits into `space`; else nothing.
    fn read<'s>(&self, space: &'s mut [u8]) -> &'s [u8];

    /// Begins an element. `part` names it for style, both as class and as shadow part; empty for none. Headings are
    /// `h1` and `h2`; a canvas puts them where they belong on its page.
    fn open(&mut self, tag: Word, part: Word);
    /// An attribute of the element just opened: its value is `before` and `value` together. If that is a path of this
    /// service, it gets the service's origin put before it where the page is somebody else's.
    fn attr(&mut self, name: Word, before: Word, value: &[u8]);
    /// A word of ours as text. More than one piece may follow another.
    fn say(&mut self, word: Word);
    /// Text of a checked kind, such as a host or a day.
    fn text(&mut self, text: &[u8]);
    /// The text (or number) in place, [cleaned](crate::clean): to be shown as it is, never to be read as markup.
    fn put(&mut self);
    /// Ends the element. Also called for elements that cannot have children, such as `img`.
    fn close(&mut self);
}
