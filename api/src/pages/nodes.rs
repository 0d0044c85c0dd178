//! A card as a list of nodes, for a page of somebody else's: what `<origin-card>` draws where no WebAssembly may run,
//! and what is printed for pages that are made on a server. The nodes are the ones that the module would draw.

use nguon_openapi::Node;
use nguon_view::{Canvas, LONGEST, clean};
use serde_json::Value;

use super::places::Places;

/// The nodes of a card.
pub(super) fn nodes(card: &Value) -> Vec<Node> {
    let mut list = List { places: Places::of(card), nodes: Vec::with_capacity(512) };
    nguon_view::draw(&mut list);
    list.nodes
}

struct List<'a> {
    places: Places<'a>,
    nodes: Vec<Node>,
}

impl List<'_> {
    /// Pieces of text that follow each other are one.
    fn push_text(&mut self, piece: &str) {
        match self.nodes.last_mut() {
            _ if piece.is_empty() => {}
            Some(Node::Text(text)) => text.push_str(piece),
            _ => self.nodes.push(Node::Text(piece.to_owned())),
        }
    }
}

impl Canvas for List<'_> {
    const IS_EMBEDDED: bool = true;

    fn enter(&mut self, field: &'static str) -> bool {
        self.places.enter(field)
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

    fn is(&self, word: &'static str) -> bool {
        self.places.text() == word
    }

    fn read<'s>(&self, space: &'s mut [u8]) -> &'s [u8] {
        self.places.read(space)
    }

    fn open(&mut self, tag: &'static str, part: &'static str) {
        self.nodes.push(Node::Open(vec![tag.to_owned(), part.to_owned()]));
    }

    fn attr(&mut self, name: &'static str, before: &'static str, value: &[u8]) {
        // Attributes come before anything else of their element: see `Canvas::attr`.
        if let Some(Node::Open(element)) = self.nodes.last_mut() {
            element.push(name.to_owned());
            element.push(format!("{before}{}", String::from_utf8_lossy(value)));
        }
    }

    fn text(&mut self, text: &[u8]) {
        self.push_text(&String::from_utf8_lossy(text));
    }

    fn put(&mut self) {
        let text = clean(&self.places.text(), LONGEST);
        self.push_text(&text);
    }

    fn close(&mut self) {
        self.nodes.push(Node::Close);
    }
}
