//! Vietnamese from before Unicode: TCVN3 (ABC) and VNI, which a spreadsheet shows as `Hîp t¸c x·` and `Hôïp taùc xaõ`.
//!
//! Such a text is Latin letters to a program, and a foreign name may be of the same letters. So it is told by what it
//! would say: every word with foreign letters has to become a Vietnamese syllable. It is not converted silently,
//! because TCVN3 has its capitals in fonts of their own; what it seems to say is shown to whoever can judge that.
//!
//! TCVN 5712:1993, VN3; VNI for Windows.

mod syllable;

use syllable::is_syllable;

/// An encoding from before Unicode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Legacy {
    /// TCVN 5712 VN3, the fonts `.Vn…`.
    Tcvn3,
    /// VNI for Windows, the fonts `VNI-…`.
    Vni,
}

impl Legacy {
    /// What people call it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Tcvn3 => "TCVN3 (ABC)",
            Self::Vni => "VNI",
        }
    }
}

/// The encoding that a text was written in before Unicode, and what it says; `None` for every other text.
pub(super) fn legacy(text: &str) -> Option<(Legacy, String)> {
    // Letters that only Unicode has for Vietnamese.
    if text.is_ascii()
        || text.chars().any(|c| matches!(c, 'ă' | 'Ă' | 'đ' | 'Đ' | 'ơ' | 'Ơ' | 'ư' | 'Ư' | '\u{1EA0}'..='\u{1EF9}'))
    {
        return None;
    }
    [Legacy::Tcvn3, Legacy::Vni].into_iter().find_map(|encoding| {
        let mut found = false;
        let words = text.split_inclusive(is_between);
        let said: Option<String> = words.map(|part| decoded(part, encoding, &mut found)).collect();
        said.filter(|_| found).map(|said| (encoding, said))
    })
}

/// Whether a character stands between words.
fn is_between(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | '.' | ';' | ':' | '(' | ')' | '-' | '/')
}

/// A word, with what stands behind it, as it would read; `None` where it would be no syllable either way. `found` becomes
/// true at a word that is one in this encoding alone.
fn decoded(part: &str, encoding: Legacy, found: &mut bool) -> Option<String> {
    let (word, sign) = part.split_at(part.find(is_between).unwrap_or(part.len()));
    // A sign alone (`×`, `½`) is no word.
    if word.is_ascii() || !word.bytes().any(|b| b.is_ascii_alphabetic()) {
        return Some(part.to_owned());
    }
    let decoded = match encoding {
        Legacy::Tcvn3 => tcvn3(word),
        Legacy::Vni => vni(word),
    };
    let as_it_stands = is_syllable(word);
    if is_syllable(&decoded) {
        *found = *found || !as_it_stands;
        Some(decoded + sign)
    } else {
        as_it_stands.then(|| part.to_owned())
    }
}

/// Pairs of what stands there and what it means.
const TCVN3: &str = "¡Ă¢Â£Ê¤Ô¥Ơ¦Ư§Đ¨ă©âªê«ô¬ơ\u{AD}ư®đµà¶ả·ã¸á¹ạ»ằ¼ẳ½ẵ¾ắÆặÇầÈẩÉẫÊấËậÌèÎẻÏẽÐéÑẹÒềÓểÔễÕếÖệ×ìØỉÜĩÝíÞịßòáỏâõãóäọåồæổçỗèốéộêờëởìỡíớîợïùñủòũóúôụõừöử÷ữøứùựúỳûỷüỹýýþỵ";

fn tcvn3(word: &str) -> String {
    let table: Vec<char> = TCVN3.chars().collect();
    let (pairs, _) = table.as_chunks::<2>();
    word.chars().map(|c| pairs.iter().find(|[from, _]| *from == c).map_or(c, |[_, to]| *to)).collect()
}

/// Marks that follow a vowel: what stands there, and the combining characters that it means.
const VNI_MARKS: [(char, &str); 16] = [
    ('ù', "\u{301}"),
    ('ø', "\u{300}"),
    ('û', "\u{309}"),
    ('õ', "\u{303}"),
    ('ï', "\u{323}"),
    ('â', "\u{302}"),
    ('á', "\u{302}\u{301}"),
    ('à', "\u{302}\u{300}"),
    ('å', "\u{302}\u{309}"),
    ('ã', "\u{302}\u{303}"),
    ('ä', "\u{302}\u{323}"),
    ('ê', "\u{306}"),
    ('é', "\u{306}\u{301}"),
    ('è', "\u{306}\u{300}"),
    ('ú', "\u{306}\u{309}"),
    ('ë', "\u{306}\u{323}"),
];

fn vni(word: &str) -> String {
    let mut said = String::new();
    let mut can_be_marked = false;
    for c in word.chars() {
        let lower = c.to_lowercase().next().unwrap_or(c);
        let mark = VNI_MARKS.iter().find(|(mark, _)| *mark == lower).map(|(_, means)| *means);
        if let Some(means) = mark.or_else(|| (lower == 'ü').then_some("\u{306}\u{303}")).filter(|_| can_be_marked) {
            said.push_str(means);
            can_be_marked = false;
            continue;
        }
        let letter = match lower {
            'ô' => 'ơ',
            'ö' => 'ư',
            'ñ' => 'đ',
            'æ' => 'ỉ',
            'ó' => 'ĩ',
            'ò' => 'ị',
            'î' => 'ỵ',
            other => other,
        };
        can_be_marked = matches!(letter, 'a' | 'e' | 'o' | 'u' | 'y' | 'ơ' | 'ư');
        said.extend(if c.is_uppercase() { letter.to_uppercase().next() } else { Some(letter) });
    }
    unicode_normalization::UnicodeNormalization::nfc(said.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("Hîp t¸c x·", Legacy::Tcvn3, "Hợp tác xã")]
    #[case("N\u{AD}íc m¾m c¸ c¬m", Legacy::Tcvn3, "Nước mắm cá cơm")]
    #[case("§Æc s¶n H¶i Phßng", Legacy::Tcvn3, "Đặc sản Hải Phòng")]
    #[case("MËt ong rõng, chai 500 ml", Legacy::Tcvn3, "Mật ong rừng, chai 500 ml")]
    #[case("24 th¸ng kÓ tõ ngµy s¶n xuÊt", Legacy::Tcvn3, "24 tháng kể từ ngày sản xuất")]
    #[case("Tæ 3, ®Æc khu C¸t H¶i", Legacy::Tcvn3, "Tổ 3, đặc khu Cát Hải")]
    #[case("Hôïp taùc xaõ", Legacy::Vni, "Hợp tác xã")]
    #[case("Nöôùc maém caù côm", Legacy::Vni, "Nước mắm cá cơm")]
    #[case("Ñaëc saûn Haûi Phoøng", Legacy::Vni, "Đặc sản Hải Phòng")]
    #[case("24 thaùng keå töø ngaøy saûn xuaát", Legacy::Vni, "24 tháng kể từ ngày sản xuất")]
    fn a_text_from_before_unicode_is_known(#[case] text: &str, #[case] encoding: Legacy, #[case] says: &str) {
        assert_eq!(legacy(text), Some((encoding, says.to_owned())));
    }

    #[rstest]
    #[case("Nước mắm cá cơm")]
    #[case("Bánh đa cua, gói 400 g")]
    #[case("Cà phê rang xay")]
    #[case("Cá khô")]
    #[case("Pháp, hàng xách tay")]
    #[case("Müller Nestlé")]
    #[case("Noël")]
    #[case("Jalapeño sauce")]
    #[case("Señorita, Citroën, naïve café, crème brûlée")]
    #[case("Bia Hà Nội® 330 ml")]
    #[case("10 × 5 cm, ½ kg, 40 °N")]
    #[case("Smørrebrød")]
    #[case("TCVN 5107:2018")]
    #[case("Xã Hà")]
    fn every_other_text_is_left_alone(#[case] text: &str) {
        assert_eq!(legacy(text), None);
    }

    #[test]
    fn the_table_is_in_pairs() {
        assert_eq!(TCVN3.chars().count() % 2, 0);
    }
}
