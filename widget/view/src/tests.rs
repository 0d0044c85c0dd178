//! Promises of the view, on a canvas that keeps what is drawn as lines of text.

extern crate std;

use std::{fmt::Write as _, format, string::String, vec, vec::Vec};

use serde_json::{Value, json};

use crate::{Canvas, Word, clean, draw, href, label::Label, label::Lang};

/// Draws into lines: `<tag part name=value…`, `text`, `>`.
struct Lines<'a> {
    places: Vec<&'a Value>,
    lines: Vec<String>,
}

impl Lines<'_> {
    fn of(card: &Value) -> Vec<String> {
        let mut lines = Lines { places: vec![card], lines: Vec::new() };
        draw(&mut lines);
        lines.lines
    }

    fn push_text(&mut self, text: &str) {
        match self.lines.last_mut() {
            Some(last) if !last.starts_with(['<', '>']) => last.push_str(text),
            _ => self.lines.push(text.into()),
        }
    }
}

impl<'a> Canvas for Lines<'a> {
    const IS_EMBEDDED: bool = true;

    fn enter(&mut self, field: Word) -> bool {
        let here: &'a Value = self.places.last().unwrap();
        let found = match field.text() {
            "" => Some(here),
            "0" => here.get(0),
            field => here.get(field),
        };
        self.places.extend(found);
        found.is_some()
    }

    fn enter_element(&mut self, index: u32) -> bool {
        self.places.push(&self.places.last().unwrap()[index as usize]);
        true
    }

    fn leave(&mut self) {
        self.places.pop().unwrap();
    }

    fn count(&self) -> u32 {
        self.places.last().unwrap().as_array().map_or(1, |list| list.len().try_into().unwrap())
    }

    fn is(&self, word: Word) -> bool {
        let word = word.text();
        let here = self.places.last().unwrap();
        here.as_str().map_or_else(|| format!("{here}") == word, |text| text == word)
    }

    fn read<'s>(&self, space: &'s mut [u8]) -> &'s [u8] {
        let here = self.places.last().unwrap();
        let text = here.as_str().map_or_else(|| format!("{here}"), Into::into);
        let Some(space) = space.get_mut(..text.len()) else { return &[] };
        space.copy_from_slice(text.as_bytes());
        space
    }

    fn open(&mut self, tag: Word, part: Word) {
        self.lines.push(format!("<{} {}", tag.text(), part.text()));
    }

    fn attr(&mut self, name: Word, before: Word, value: &[u8]) {
        let (name, before, value) = (name.text(), before.text(), str::from_utf8(value).unwrap());
        write!(self.lines.last_mut().unwrap(), " {name}={before}{value}").unwrap();
    }

    fn say(&mut self, word: Word) {
        self.push_text(word.text());
    }

    fn text(&mut self, text: &[u8]) {
        self.push_text(str::from_utf8(text).unwrap());
    }

    fn put(&mut self) {
        let here = self.places.last().unwrap();
        let text = here.as_str().map_or_else(|| format!("{here}"), Into::into);
        self.push_text(&clean(&text, crate::LONGEST));
    }

    fn close(&mut self) {
        self.lines.push(">".into());
    }
}

fn position(lines: &[String], wanted: &str) -> usize {
    lines.iter().position(|line| line.contains(wanted)).unwrap_or_else(|| panic!("{wanted} is missing: {lines:#?}"))
}

fn recalled() -> Value {
    json!({
        "demo": true, "lang": "vi", "verdict": "recalled", "tone": "danger",
        "headline": "Đang thu hồi", "advice": "Đừng dùng",
        "code": { "input": "x", "gtin": "09520000040017", "lot": "K04A" },
        "reasons": [{ "code": "recall_active", "text": "nói rồi" }],
        "safety": { "status": "affected", "recalls": [{
            "status": "active", "matched_by": "lot", "reason": "Histamin", "hazard": "Dị ứng", "gtin": "09520000040017",
            "lots": ["K04A", "K04B"], "serials": [{ "from": "1", "to": "5" }], "phone": "1900 0000",
            "issuer": "Cơ quan", "from": "2026-11-18", "path": ["/01/09520000040017/10/K04A"]
        }]},
        "product": { "name": "Cá kho", "name_is_claim": false, "images": ["/v1/media/1"] },
        "batch": { "lot": "K04A", "expires": "2027-01-05" },
        "certificates": [{ "name": "HACCP", "state": "ended", "to": "2026-09-24", "source": { "level": "declared", "by": "HTX" } }],
        "completeness": { "present": 9, "of": 10, "missing": [{ "name": "Hình ảnh" }] },
        "links": { "card": "https://id.example.vn/card/01/09520000040017" },
        "footer": "Do HTX khai báo"
    })
}

#[test]
fn a_recall_stands_above_product_and_certificates_and_all_of_it_is_shown() {
    let lines = Lines::of(&recalled());
    let recall = position(&lines, "section recall");
    assert!(position(&lines, "Đang thu hồi") < recall);
    assert!(recall < position(&lines, "section product"));
    assert!(recall < position(&lines, "certificates"));
    for told in ["K04A", "K04B", "Dị ứng", "Histamin", "Cơ quan", "18/11/2026", "href=tel:19000000", "href=/card/01/"]
    {
        position(&lines, told);
    }
    assert!(!lines.iter().any(|line| line.contains("nói rồi")));
}

#[test]
fn every_element_that_is_opened_is_closed() {
    for card in [recalled(), json!({}), json!({ "tone": "info", "product": {}, "safety": { "recalls": [{}] } })] {
        let lines = Lines::of(&card);
        let opened = lines.iter().filter(|line| line.starts_with('<')).count();
        assert_eq!(opened, lines.iter().filter(|line| line.starts_with('>')).count());
    }
}

#[test]
fn an_ended_certificate_looks_ended_and_says_when() {
    let lines = Lines::of(&recalled());
    position(&lines, "certificate ended");
    assert!(lines[position(&lines, "<s name")..].iter().any(|line| line == "Đã hết hạn ngày "));
    position(&lines, "24/09/2026");
}

#[test]
fn a_demonstration_says_so_before_anything_else() {
    let lines = Lines::of(&recalled());
    assert!(position(&lines, "DỮ LIỆU MINH HOẠ") < position(&lines, "<header"));
}

#[test]
fn a_tone_is_told_by_word_and_shape() {
    let mut shapes = Vec::new();
    for tone in ["positive", "info", "neutral", "caution", "danger"] {
        let lines = Lines::of(&json!({ "lang": "en", "tone": tone }));
        position(&lines, "<p badge");
        shapes.push(lines[position(&lines, "<path")].clone());
    }
    shapes.sort();
    shapes.dedup();
    assert_eq!(shapes.len(), 5);
}

#[test]
fn a_name_that_makes_a_claim_is_quoted_and_no_heading() {
    let lines = Lines::of(&json!({ "tone": "info", "product": { "name": "Tốt nhất", "name_is_claim": true } }));
    let at = position(&lines, "Tốt nhất");
    assert_eq!(lines[at - 2], "“");
    assert!(lines[at + 2].starts_with('”'));
    assert!(!lines.iter().any(|line| line.starts_with("<h2 name")));
    position(&lines, "Tên do nhà sản xuất tự đặt");
}

#[test]
fn dates_are_written_as_readers_write_them() {
    for (lang, shown) in [("vi", "05/01/2027"), ("en", "5 Jan 2027")] {
        let mut card = recalled();
        card["lang"] = json!(lang);
        position(&Lines::of(&card), shown);
    }
}

#[test]
fn only_harmless_addresses_become_links() {
    for address in
        ["https://a.example/x", "https://a.example", "/card/1", "http://127.0.0.1:8080/x", "http://localhost:1/"]
    {
        assert!(href::is_link(address.as_bytes()), "{address}");
    }
    for address in [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,x",
        "http://a.example",
        "//a.example",
        "/\\a.example",
        "https://a.example@evil.example/",
        "https://",
        "https:// a",
        "https://a\n",
        "\u{1}javascript:alert(1)",
        "",
        "http://127.0.0.1.evil.example",
        "vbscript:x",
        "https://bücher.example",
    ] {
        assert!(!href::is_link(address.as_bytes()), "{address}");
    }
    for address in ["a@b.example", "a.b+c@d-e.example"] {
        assert!(href::is_email(address.as_bytes()), "{address}");
    }
    for address in ["a@b?cc=c", "a@b@c", "ab", "a b@c", "a@b\r\nBcc:c"] {
        assert!(!href::is_email(address.as_bytes()), "{address}");
    }
}

#[test]
fn a_telephone_number_is_dialled_as_digits_or_not_at_all() {
    let dialled = |number: &str| {
        let mut space = number.as_bytes().to_vec();
        let len = space.len();
        String::from_utf8(href::dialled(&mut space, len).to_vec()).unwrap()
    };
    assert_eq!(dialled("+84 (225) 3.123-456"), "+842253123456");
    assert_eq!(dialled("gọi 0900"), "");
    assert_eq!(dialled("1900;ext=1"), "");
}

#[test]
fn cleaning_bounds_text_and_takes_away_what_turns_the_line_around() {
    assert_eq!(clean("  a\u{202e}b\u{2066}c\u{0}\nd ", 10), "abc d");
    assert_eq!(clean(&"ế".repeat(10_000), 3), "ếếế…");
    assert_eq!(clean("abc", 3), "abc");
}

#[test]
fn our_words_never_judge_goods() {
    for label in Label::ALL {
        let vi = Word::of(*label, Lang::Vi).text().to_lowercase();
        let en = Word::of(*label, Lang::En).text().to_lowercase();
        assert!(!vi.is_empty() && !en.is_empty());
        assert!(vi.split(|c: char| !c.is_alphabetic()).all(|word| word != "giả" && word != "thật"), "{vi}");
        assert!(!vi.contains("chính hãng"), "{vi}");
        for word in ["fake", "genuine", "authentic", "real"] {
            assert!(en.split(|c: char| !c.is_alphabetic()).all(|found| found != word), "{en}");
        }
    }
}

#[test]
fn a_card_of_the_contract_is_drawn_whole() {
    // Fields are read by name: a field renamed in the contract would silently vanish from every card.
    let notice: nguon_openapi::RecallNotice = serde_json::from_value(json!({
        "id": "R", "status": "active", "matched_by": "input", "class": "A", "reason": "lý do", "hazard": "nguy cơ",
        "gtin": "09520000040017", "whole_product": false, "lots": ["LÔ1"], "serials": [{ "from": "SÊRI1", "to": "SÊRI9" }],
        "where_to_find_lot": "đáy hộp", "remedy": "cách làm", "return_to": "nơi trả", "phone": "1900 0000",
        "issuer": "nơi ra", "document_no": "00/MH", "from": "2026-11-18", "path": ["/01/09520000040017/10/ĐẦU"]
    }))
    .unwrap();
    let notice = serde_json::to_value(notice).unwrap();
    let lines = Lines::of(&json!({ "lang": "vi", "tone": "caution", "safety": { "recalls": [notice] } }));
    for told in [
        "A (nghiêm trọng)",
        "lý do",
        "nguy cơ",
        "LÔ1",
        "SÊRI1",
        "SÊRI9",
        "đáy hộp",
        "cách làm",
        "nơi trả",
        "1900 0000",
        "nơi ra",
        "00/MH",
        "18/11/2026",
        "/01/09520000040017/10/ĐẦU",
        "Một lô đầu vào",
    ] {
        position(&lines, told);
    }
}

#[test]
fn words_have_the_numbers_of_the_tables() {
    let lines: Vec<_> = crate::TABLES.iter().flat_map(|table| table.split('\n')).collect();
    let of_vi = lines.len() - Label::ALL.len();
    for (n, label) in Label::ALL.iter().enumerate() {
        let word = Word::of(*label, Lang::Vi);
        assert_eq!(word.number() as usize, of_vi + n, "{label:?}");
        assert_eq!(lines[of_vi + n], word.text(), "{label:?}");
    }
    assert_eq!((lines[0], Word::NONE.text()), ("", ""));
    assert_eq!(Word::of(Label::Brand, Lang::En).text(), "Brand");
}
