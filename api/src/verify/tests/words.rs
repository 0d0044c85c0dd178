//! Every word of ours: none says that goods are the real thing or a copy, none is left to fill in.

use unicode_normalization::UnicodeNormalization as _;

use crate::verify::texts;

/// Words that no text of ours contains.
const FORBIDDEN: [&str; 7] = ["giả", "thật", "chính hãng", "fake", "genuine", "authentic", "real"];

#[test]
fn no_text_of_ours_says_that_goods_are_the_real_thing_or_a_copy() {
    let all = texts::all();
    assert!(all.len() > 150, "only {} texts were read", all.len());
    for text in all {
        let lower = text.nfc().collect::<String>().to_lowercase();
        for word in FORBIDDEN {
            let mut words = lower.split(|c: char| !c.is_alphanumeric());
            let found = if word.contains(' ') { lower.contains(word) } else { words.any(|w| w == word) };
            assert!(!found, "{word:?} in {text:?}");
        }
    }
}

#[test]
fn texts_are_composed_unicode_without_stray_blanks() {
    for text in texts::all() {
        assert_eq!(text, text.nfc().collect::<String>());
        assert_eq!(text.trim(), text);
        assert!(!text.contains("  "), "{text:?}");
    }
}
