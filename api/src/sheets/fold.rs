//! Texts as they are compared: without case, marks and signs.

use unicode_normalization::UnicodeNormalization as _;

/// Letters and digits in lower case without marks, words separated by single blanks. `đ` is `d`.
pub(super) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut is_word = false;
    for c in text.nfkd().filter(|c| !is_passed_over(*c)).flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            if !is_word && !folded.is_empty() {
                folded.push(' ');
            }
            folded.push(if c == 'đ' { 'd' } else { c });
        }
        is_word = c.is_alphanumeric();
    }
    folded
}

/// Marks, and characters that show as nothing.
fn is_passed_over(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// The folded text as a part of an identifier, at most so many bytes.
pub(super) fn slug(text: &str, most: usize) -> String {
    let ascii: String = folded(text).chars().filter(|c| c.is_ascii_alphanumeric() || *c == ' ').collect();
    let mut slug = String::new();
    for word in ascii.split(' ').filter(|word| !word.is_empty()) {
        let hyphen = usize::from(!slug.is_empty());
        if slug.len() + hyphen + word.len() > most {
            break;
        }
        if hyphen == 1 {
            slug.push('-');
        }
        slug.push_str(word);
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_two_people_write_for_one_word_is_one_word() {
        assert_eq!(folded("Đơn vị  SẢN-XUẤT (*)"), "don vi san xuat");
        assert_eq!(folded("Ma\u{303} GTIN\u{a0}"), "ma gtin");
        assert_eq!(folded("e-mail"), "e mail");
        assert_eq!(slug("HTX Nông nghiệp Đại Đồng & Co", 20), "htx-nong-nghiep-dai");
        assert_eq!(slug("水", 20), "");
    }
}
