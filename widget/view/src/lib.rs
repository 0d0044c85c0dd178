//! A card as nodes: which parts a card has, in which order, under which labels.
//!
//! Reads the public JSON contract and draws through one trait, [`Canvas`]: a page prints the nodes as HTML, the widget
//! builds elements from them, and both show the same card. What lives here: order, labels, dates as a reader writes
//! them, which addresses may become links, and the style that both share. What does not: HTML, DOM, any rule of the
//! domain (the card arrives judged), a clock, I/O.
//!
//! The card is a table of small steps (`card/`), and [`draw`](draw()) walks it. As code it was three times the size,
//! and every shop page that shows a card loads it.
//!
//! Text reaches a canvas only as text. Nothing here can make markup out of what a producer wrote.
#![no_std]

mod canvas;
mod card;
mod clean;
mod draw;
mod href;
mod label;
mod name;
mod step;
mod strokes;
mod style;

#[cfg(test)]
mod tests;

pub use canvas::Canvas;
pub use clean::{LONGEST, clean};
pub use draw::draw;
pub use label::Lang;
pub use name::icon_path;
pub use style::{CARD_CSS, DARK_CSS, LIGHT_CSS};

/// A line of a text, counted from 0; empty past its end. Tables of words are kept as lines of one string: the
/// addresses and lengths of some three hundred words would weigh more than the words.
pub(crate) fn line(lines: &'static str, index: u8) -> &'static str {
    let mut start = 0;
    let mut left = index;
    for (at, byte) in lines.bytes().enumerate() {
        if byte == b'\n' {
            if left == 0 {
                return lines.get(start..at).unwrap_or("");
            }
            left -= 1;
            start = at + 1;
        }
    }
    ""
}
