//! A card printed as HTML.

use std::borrow::Cow;

use maud::PreEscaped;
use nguon_view::{Canvas, LONGEST, clean};
use serde_json::Value;

/// Reads a card as every caller gets it, and writes it as HTML. Everything but names of elements and attributes,
/// which are `nguon_view`'s own constants, is escaped.
pub(super) struct Printer<'a> {
    places: Vec<&'a Value>,
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
            places: vec![card],
            out: String::with_capacity(8 * 1024),
            open: Vec::new(),
            in_start_tag: false,
            after_head: Some(after_head),
        };
        nguon_view::draw(&mut printer);
        PreEscaped(printer.out)
    }

    fn here(&self) -> &'a Value {
        self.places.last().copied().unwrap_or(&Value::Null)
    }

    /// The text in place, or a number or truth value as JSON writes it.
    fn here_text(&self) -> Cow<'a, str> {
        match self.here() {
            Value::String(text) => Cow::Borrowed(text),
            Value::Number(number) => Cow::Owned(number.to_string()),
            Value::Bool(true) => Cow::Borrowed("true"),
            Value::Bool(false) => Cow::Borrowed("false"),
            Value::Null | Value::Array(_) | Value::Object(_) => Cow::Borrowed(""),
        }
    }

    fn step_into(&mut self, value: Option<&'a Value>) -> bool {
        match value {
            None | Some(Value::Null) => false,
            Some(value) => {
                self.places.push(value);
                true
            }
        }
    }

    fn end_start_tag(&mut self) {
        if self.in_start_tag {
            self.out.push('>');
            self.in_start_tag = false;
        }
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

    fn enter(&mut self, field: &'static str) -> bool {
        let here = self.here();
        self.step_into(match here {
            _ if field.is_empty() => Some(here),
            Value::Array(list) => field.parse().ok().and_then(|index: usize| list.get(index)),
            here => here.get(field),
        })
    }

    fn enter_element(&mut self, index: u32) -> bool {
        self.step_into(self.here().get(index as usize))
    }

    fn leave(&mut self) {
        self.places.pop();
    }

    fn count(&self) -> u32 {
        self.here().as_array().map_or(1, |list| list.len().try_into().unwrap_or(u32::MAX))
    }

    fn is(&self, word: &'static str) -> bool {
        self.here_text() == word
    }

    fn read<'s>(&self, space: &'s mut [u8]) -> &'s [u8] {
        let text = self.here_text();
        let Some(taken) = space.get_mut(..text.len()) else { return &[] };
        taken.copy_from_slice(text.as_bytes());
        taken
    }

    fn open(&mut self, tag: &'static str, part: &'static str) {
        self.end_start_tag();
        self.out.push('<');
        self.out.push_str(tag);
        self.open.push(tag);
        self.in_start_tag = true;
        if !part.is_empty() {
            self.attr("class", part, &[]);
        }
    }

    fn attr(&mut self, name: &'static str, before: &'static str, value: &[u8]) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        self.push_escaped(before);
        self.push_escaped(&String::from_utf8_lossy(value));
        self.out.push('"');
    }

    fn text(&mut self, text: &[u8]) {
        self.end_start_tag();
        self.push_escaped(&String::from_utf8_lossy(text));
    }

    fn put(&mut self) {
        self.end_start_tag();
        self.push_escaped(&clean(&self.here_text(), LONGEST));
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
