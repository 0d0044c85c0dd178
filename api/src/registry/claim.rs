//! Claims in names: "chính hãng", "100 %", "genuine" and their kin.
//!
//! Law 78/2025/QH15 forbids misleading claims of quality or origin, and a traceability page that repeats one lends
//! it weight. A name that makes a claim loads, is warned of, and is shown as the producer's words in quotes; it
//! never becomes a heading, title or preview. No list is complete: this one is about words that say that the goods
//! are not a copy, in Vietnamese and English.

use unicode_normalization::UnicodeNormalization as _;

/// Vietnamese words that are a claim alone. With their marks: without them `gia` is also bean sprouts and family.
const WORDS_WITH_MARKS: [&str; 6] = ["giả", "thật", "xịn", "nhái", "auth", "rởm"];

/// English words that are a claim alone.
const WORDS: [&str; 13] = [
    "fake",
    "fakes",
    "genuine",
    "genuinely",
    "authentic",
    "authentically",
    "authenticity",
    "authenticated",
    "real",
    "counterfeit",
    "replica",
    "superfake",
    "chinhhang",
];

/// Phrases without marks, for names that were typed without them.
const PHRASES: [&str; 12] = [
    "chinh hang",
    "chinh hieu",
    "hang that",
    "hang gia",
    "hang xin",
    "hang nhai",
    "hang chuan",
    "do that",
    "that 100",
    "la that",
    "chuan auth",
    "mot tram phan tram",
];

/// Phrases that only claim with their marks.
const PHRASES_WITH_MARKS: [&str; 2] = ["chính phẩm", "chuẩn hãng"];

/// Whether a name claims that the goods are, or are not, what they are said to be.
///
/// Reads past letter case, decomposed or full-width letters, missing marks, and separators between words.
#[must_use]
pub fn is_claim(name: &str) -> bool {
    let lower: String = name.nfkc().flat_map(char::to_lowercase).filter(|c| !is_invisible(*c)).collect();
    let marked = words_of(&lower);
    let bare: Vec<String> = marked.iter().map(|word| without_marks(word)).collect();
    let marked: Vec<&str> = marked.iter().map(String::as_str).collect();
    let bare: Vec<&str> = bare.iter().map(String::as_str).collect();

    marked.iter().any(|word| WORDS_WITH_MARKS.contains(word))
        || bare.iter().any(|word| WORDS.contains(word))
        || holds_phrase(&bare, &PHRASES)
        || holds_phrase(&marked, &PHRASES_WITH_MARKS)
        || claims_a_hundred_percent(&lower)
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

fn words_of(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// `đ` is a letter of its own; every other Vietnamese letter is a Latin one with marks.
fn without_marks(word: &str) -> String {
    word.nfd().filter(|c| !('\u{0300}'..='\u{036F}').contains(c)).map(|c| if c == 'đ' { 'd' } else { c }).collect()
}

fn holds_phrase(words: &[&str], phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        words.windows(phrase.len()).any(|window| window == phrase)
    })
}

/// `100%`, `100 %`, `100 phần trăm`, `100 percent`; not `2100%` and not `100,5 %`.
fn claims_a_hundred_percent(lower: &str) -> bool {
    lower.match_indices("100").any(|(at, found)| {
        let (before, after) = (&lower[..at], &lower[at + found.len()..]);
        let alone = !before.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
        let after = after.trim_start();
        alone
            && ["%", "phần trăm", "phan tram", "percent", "per cent", "pct"].iter().any(|unit| after.starts_with(unit))
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("Nước mắm chính hãng")]
    #[case("Nước mắm CHÍNH-HÃNG")]
    #[case("Nuoc mam chinh hang")]
    #[case("Mật ong thật")]
    #[case("Mật ong tha\u{302}\u{323}t")]
    #[case("Mật ong th\u{1EAD}t")]
    #[case("Không phải hàng giả")]
    #[case("Hang gia re")]
    #[case("Mat ong hang that")]
    #[case("Genuine fish sauce")]
    #[case("AUTHENTIC honey")]
    #[case("Ｒｅａｌ honey")]
    #[case("re\u{200B}al honey")]
    #[case("Cà phê 100%")]
    #[case("Cà phê 100 %")]
    #[case("Cà phê 100％ nguyên chất")]
    #[case("Cà phê 100 phần trăm")]
    fn a_claim_is_found(#[case] name: &str) {
        assert!(is_claim(name), "{name}");
    }

    #[rstest]
    #[case("Giá đỗ sạch, túi 300 g")]
    #[case("Gia do sach")]
    #[case("Bánh gia truyền")]
    #[case("Nước mắm cá cơm 40 độ đạm, chai 500 ml")]
    #[case("Cereal bar with realgar")]
    #[case("Thắt lưng dệt tay")]
    #[case("Herbal extract, 100 g")]
    #[case("Cồn 2100%o")]
    #[case("Trà hoa cúc sấy, hộp 100 g")]
    #[case("Anchovy fish sauce 40°N, 500 ml")]
    #[case("")]
    fn an_honest_name_is_left_alone(#[case] name: &str) {
        assert!(!is_claim(name), "{name}");
    }

    proptest::proptest! {
        #[test]
        fn no_name_is_too_strange(name in ".{0,200}") {
            let _ = is_claim(&name);
        }

        #[test]
        fn decomposing_or_shouting_hides_nothing(before in "[a-zàđê ]{0,10}", after in "[ ,.-][a-z]{0,10}") {
            for claim in ["thật", "giả", "chính hãng", "genuine"] {
                let name = format!("{before} {claim}{after}");
                proptest::prop_assert!(is_claim(&name));
                proptest::prop_assert!(is_claim(&name.nfd().collect::<String>()));
                proptest::prop_assert!(is_claim(&name.to_uppercase()));
            }
        }
    }
}
