//! Reading HTML that we print ourselves: enough of a parser for attributes, and words for the tests of wording.

use std::collections::BTreeSet;

/// Every value of these attributes, entities resolved, in the order of the page.
#[must_use]
pub fn attribute_values(html: &str, names: &[&str]) -> Vec<String> {
    let mut values = Vec::new();
    for tag in html.split('<').skip(1).filter(|tag| tag.starts_with(|c: char| c.is_ascii_alphabetic())) {
        let mut rest = tag;
        while let Some((before, after)) = rest.split_once("=\"") {
            let name = before.rsplit(char::is_whitespace).next().unwrap_or_default();
            let (value, following) = after.split_once('"').expect("an attribute's value ends");
            if names.contains(&name) {
                values.push(unescaped(value));
            }
            rest = following;
        }
    }
    values
}

/// Everything that a page leads to or loads.
#[must_use]
pub fn addresses(html: &str) -> BTreeSet<String> {
    attribute_values(html, &["href", "src"]).into_iter().collect()
}

/// The text between two marks; the first such text.
#[must_use]
pub fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    text.split_once(from)?.1.split_once(to).map(|(found, _)| found)
}

/// Text of a page as a reader sees it: entities resolved.
#[must_use]
pub fn unescaped(text: &str) -> String {
    text.replace("&quot;", "\"").replace("&#39;", "'").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// The words of a text, in lower case: runs of letters. `giải` is a word of its own and holds no other.
pub fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}
