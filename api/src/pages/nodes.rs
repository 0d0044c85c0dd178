//! A card as a list of nodes, for a page of somebody else's: what `<origin-card>` draws where no WebAssembly may run,
//! and what is printed for pages that are made on a server. The nodes are the ones that the module would draw.

use nguon_openapi::Node;
use nguon_view::{Canvas, LONGEST, Word, clean};
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
        self.nodes.push(Node::Open([tag, part].map(|word| word.text().to_owned()).to_vec()));
    }

    fn attr(&mut self, name: Word, before: Word, value: &[u8]) {
        // Attributes come before anything else of their element: see `Canvas::attr`.
        if let Some(Node::Open(element)) = self.nodes.last_mut() {
            element.push(name.text().to_owned());
            element.push(format!("{}{}", before.text(), String::from_utf8_lossy(value)));
        }
    }

    fn say(&mut self, word: Word) {
        self.push_text(word.text());
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
