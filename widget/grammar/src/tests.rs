//! What stays on the device, where a code leads, and what a person who types is told.

use gs1::Language;

use crate::{Kind, judge};

#[test]
fn documents_of_persons_and_payments_stay_and_leave_no_trace_in_the_answer() {
    for code in [
        "031088001234|031234567|Nguyễn Văn Mẫu|01011988|Nam|Phường Mẫu, Hải Phòng|02022021",
        "]Q1031088001234||Nguyễn Văn Mẫu|01011988|Nam|Phường Mẫu|02022021|||",
        "DN4012345678901|4e677579|01/01/1988|1|x",
        "BEGIN:VCARD\nFN:Mau\nEND:VCARD",
        "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA530370454061800005802VN62340107NPS68690819thanh toan don hang63042E2E",
        "momo://pay?x=1",
    ] {
        for language in [Language::Vi, Language::En] {
            let judgement = judge(code.as_bytes(), language);
            assert_eq!(judgement.kind, Kind::Private, "{code}");
            assert!(judgement.path.is_empty() && !judgement.sentence.is_empty(), "{code}");
            for word in ["Mẫu", "031", "4e67", "momo", "0002"] {
                assert!(!judgement.lines().contains(word), "{word} of {code}");
            }
        }
    }
}

#[test]
fn a_code_of_a_product_leads_to_its_canonical_card() {
    for (code, path) in [
        ("9520000010010", "/01/09520000010010"),
        ("]E09520000010010", "/01/09520000010010"),
        ("]C1010952000001001010L01A\u{1d}21A/1", "/01/09520000010010/10/L01A/21/A%2F1"),
        ("]d201095200000100101726123110L01A", "/01/09520000010010/10/L01A?17=261231"),
        ("(01)09520000010010(10)L01A", "/01/09520000010010/10/L01A"),
        ("]I119520000010017", "/01/19520000010017"),
    ] {
        let judgement = judge(code.as_bytes(), Language::Vi);
        assert_eq!((judgement.kind, judgement.path.as_str()), (Kind::Product, path), "{code}");
    }
}

#[test]
fn a_link_keeps_its_host_and_goes_out_as_it_was_read() {
    let judgement = judge(b"]Q1https://id.example.vn/01/09520000010010/10/L01A", Language::Vi);
    assert_eq!((judgement.kind, judgement.path.as_str()), (Kind::Product, ""));
    let judgement = judge(b"https://shop.example/x?y=1", Language::Vi);
    assert_eq!((judgement.kind, judgement.path.as_str()), (Kind::Code, ""));
}

#[test]
fn who_types_is_told_how_far_they_are_and_which_digit_would_be_right() {
    for (typed, kind, told) in [
        ("95200000", Kind::Malformed, "phải là"),
        ("952000001", Kind::Code, "Đã có 9 chữ số"),
        ("952 0000 01001 1", Kind::Malformed, "Chữ số cuối phải là 0"),
        ("952 0000 01001 0", Kind::Product, "Đủ 13 chữ số"),
        ("(01)09520000010010(10)L01A", Kind::Product, "GTIN 09520000010010 · lô L01A"),
        ("HP-MAU-0001", Kind::Code, ""),
        ("(01)09520000010011", Kind::Malformed, "(01) Chữ số cuối phải là 0"),
    ] {
        let judgement = judge(typed.as_bytes(), Language::Vi);
        assert_eq!(judgement.kind, kind, "{typed}");
        assert!(judgement.sentence.contains(told), "{typed}: {}", judgement.sentence);
    }
    assert!(judge(b"9520000010011", Language::Vi).sentence.starts_with("Chữ số cuối"));
    assert!(judge(b"9520000010011", Language::En).sentence.contains("should be 0"));
}

#[test]
fn the_answer_is_three_lines_whatever_was_read() {
    for code in [&b""[..], b"\n\n", b"a\nb", b"\xff\xfe", &[b'9'; 3000], b"(01)"] {
        assert_eq!(judge(code, Language::Vi).lines().split('\n').count(), 3, "{code:?}");
    }
}

#[test]
fn what_a_tag_holds_is_left_to_the_service() {
    for code in [
        "urn:epc:id:sgtin:9520000.001001.3165QFD13Z41",
        "https://id.example.vn/eh3074257bf7194e4000001a85",
        "/eh3074257bf7194e4000001a85",
    ] {
        let judgement = judge(code.as_bytes(), Language::Vi);
        // Where the workspace is built as one, `gs1` reads tags here too.
        let kinds = [Kind::Code, Kind::Product];
        assert!(kinds.contains(&judgement.kind), "{code}: {judgement:?}");
        assert!(!judgement.sentence.contains("hệ thống khác"), "{code}: {judgement:?}");
    }
    let elsewhere = judge(b"https://shop.example/explore", Language::Vi);
    assert!(elsewhere.sentence.contains("hệ thống khác"), "{elsewhere:?}");
}
