//! Pictures of our own: badges for mail and closed shop systems, QR codes for labels. Pure: no I/O, no clock.
//!
//! A picture is a list of filled outlines (`shape`), text included (`lettering`), so that a badge looks the same in
//! every mail program, whatever fonts that has; `svg` writes it, `png` paints it. What a badge says is decided in
//! `badge`, what a QR code holds in `qr`.

mod badge;
mod colour;
mod ico;
mod icon;
mod lettering;
mod png;
mod qr;
mod shape;
mod svg;

#[cfg(test)]
mod tests;

pub use badge::{Badge, Saying};
pub use colour::Theme;
pub use icon::app_icon;
pub use png::Scale;
pub use qr::{Label, MAX_SIZE_PX, MIN_SIZE_PX, qr};
pub use shape::Drawing;

pub(crate) use lettering::Weight;
pub(crate) use qr::{Bars, QUIET};
