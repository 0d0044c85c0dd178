//! A card printed as HTML.

use maud::PreEscaped;
use nguon_view::{Canvas, LONGEST, Word, clean};
use serde_json::Value;

use super::places::Places;

/// Reads a card as every caller gets it, and writes it as HTML. Everything but names of elements and attributes,
/// which are `nguon_view`'s own constants, is escaped.
pub(super) struct Printer<'a> {
    places: Places<'a>,
    out: String,
    open: Vec<&'static str>,
    in_start_tag: bool,
    /// HTML of the page's own, until the card's head has been printed.
    after_head: Option<&'a str>,
}

impl<'a> Printer<'a> {
    /// Prints a card, with HTML of the page's own between its head and everything else.
    pub(super) fn print(card: &'a Value, after_head: &'a str) -> PreEscaped<String> {
        let mut printer = Self {
            places: Places::of(card),
            out: String::with_capacity(8 * 1024),
            open: Vec::new(),
            in_start_tag: false,
            after_head: Some(after_head),
        };
        nguon_view::draw(&mut printer);
        PreEscaped(printer.out)
    }

    fn end_start_tag(&mut self) {
        if self.in_start_tag {
            self.out.push('>');
            self.in_start_tag = false;
        }
    }

    fn push_attr(&mut self, name: &str, before: &str, value: &[u8]) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        self.push_escaped(before);
        self.push_escaped(&String::from_utf8_lossy(value));
        self.out.push('"');
    }

    fn push_escaped(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                '\'' => self.out.push_str("&#39;"),
                _ => self.out.push(c),
            }
        }
    }
}

/// Elements that have no end tag.
fn is_void(tag: &str) -> bool {
    tag == "img"
}

impl Canvas for Printer<'_> {
    const IS_EMBEDDED: bool = false;

    fn enter(&mut self, field: Word) -> bool {
        self.places.enter(field.text())
    }

    fn enter_element(&mut self, index: u32) -> bool {
        self.places.enter_element(index)
    }

    fn leave(&mut self) {
        self.places.leave();
    }

    fn count(&self) -> u32 {
        self.places.count()
    }

    fn is(&self, word: Word) -> bool {
        self.places.text() == word.text()
    }

    fn read<'s>(&self, space: &'s mut [u8]) -> &'s [u8] {
        self.places.read(space)
    }

    fn open(&mut self, tag: Word, part: Word) {
        let tag = tag.text();
        self.end_start_tag();
        self.out.push('<');
        self.out.push_str(tag);
        self.open.push(tag);
        self.in_start_tag = true;
        if part != Word::NONE {
            self.push_attr("class", part.text(), &[]);
        }
    }

    fn attr(&mut self, name: Word, before: Word, value: &[u8]) {
        self.push_attr(name.text(), before.text(), value);
    }

    fn say(&mut self, word: Word) {
        self.text(word.text().as_bytes());
    }

    fn text(&mut self, text: &[u8]) {
        self.end_start_tag();
        self.push_escaped(&String::from_utf8_lossy(text));
    }

    fn put(&mut self) {
        self.end_start_tag();
        self.push_escaped(&clean(&self.places.text(), LONGEST));
    }

    fn close(&mut self) {
        self.end_start_tag();
        if let Some(tag) = self.open.pop().filter(|tag| !is_void(tag)) {
            self.out.push_str("</");
            self.out.push_str(tag);
            self.out.push('>');
            if tag == "header" {
                self.out.push_str(self.after_head.take().unwrap_or_default());
            }
        }
    }
}
