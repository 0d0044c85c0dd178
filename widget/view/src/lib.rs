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
mod word;

#[cfg(test)]
mod tests;

pub use canvas::Canvas;
pub use clean::{LONGEST, clean};
pub use draw::draw;
pub use label::Lang;
pub use name::icon_path;
pub use style::{CARD_CSS, DARK_CSS, LIGHT_CSS};
pub use word::{TABLES, Word};
