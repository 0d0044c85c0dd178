//! Whether a word is a Vietnamese syllable: an initial, a nucleus, a final, and one tone that goes with it.

use unicode_normalization::UnicodeNormalization as _;

const INITIALS: [&str; 28] = [
    "ngh", "ng", "nh", "gh", "gi", "ch", "kh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g", "h", "k", "l", "m",
    "n", "p", "r", "s", "t", "v", "x", "",
];

const FINALS: [&str; 9] = ["ch", "ng", "nh", "c", "m", "n", "p", "t", ""];

const NUCLEI: &str = "a ă â e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iê iêu iu oa oă oai oao oay oe oeo oi oo ôi ơi ua \
                      uâ uây uê ui uô uôi uơ uy uya uyê uyu ưa ưi ươ ươi ươu ưu yê yêu";

const GRAVE: char = '\u{300}';
const ACUTE: char = '\u{301}';
const TILDE: char = '\u{303}';
const HOOK: char = '\u{309}';
const DOT: char = '\u{323}';

/// Whether a word is one, in any case.
pub(super) fn is_syllable(word: &str) -> bool {
    let mut tones = 0;
    let mut tone = None;
    let mut bare = String::new();
    for c in word.to_lowercase().nfd() {
        if matches!(c, GRAVE | ACUTE | TILDE | HOOK | DOT) {
            tones += 1;
            tone = Some(c);
        } else {
            bare.push(c);
        }
    }
    let bare: String = bare.nfc().collect();
    // A final stop has no other tones.
    let tone_fits = |last: &str| !matches!(last, "c" | "ch" | "p" | "t") || matches!(tone, Some(ACUTE | DOT));
    let rhyme_fits = |rhyme: &str| {
        FINALS.iter().any(|last| {
            rhyme.strip_suffix(last).is_some_and(|nucleus| NUCLEI.split(' ').any(|known| known == nucleus))
                && tone_fits(last)
        })
    };
    tones <= 1 && INITIALS.iter().any(|initial| bare.strip_prefix(initial).is_some_and(rhyme_fits))
}

#[cfg(test)]
mod tests {
    use super::is_syllable;

    #[test]
    fn syllables_are_known() {
        for word in ["hợp", "Tác", "XÃ", "nước", "nghiêng", "quyển", "giếng", "oai", "đường", "khuya", "gì", "ý"]
        {
            assert!(is_syllable(word), "{word}");
        }
        for word in ["café", "müller", "hộpx", "phỏp", "niủo", "nestlộ", "aáà", "", "đ", "tềct"] {
            assert!(!is_syllable(word), "{word}");
        }
    }
}
