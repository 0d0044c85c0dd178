//! What a clerk does after the first upload: a corrected file in the place of the one with errors, pictures chosen one by one, and
//! a recall that is on record changed in its form.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use nguon_tests::{Clerk, GTIN, House, LOT, OTHER_LOT, Part, Request, between, form, lines, png, unescaped};
use serde_json::json;

/// Of the publisher of the tests, under its prefix.
const NEW: &str = "09520000990022";

fn sheet(name: &str, picture: &str) -> Vec<u8> {
    format!("Mã GTIN,Tên sản phẩm,Ảnh\n{NEW},{name},{picture}\n").into_bytes()
}

fn number(reply: &nguon_tests::Reply) -> u64 {
    assert_eq!(reply.status, 303, "{}", reply.text());
    between(reply.must("location"), "/desk/submissions/", "?").unwrap().parse().unwrap()
}

#[test]
fn a_corrected_file_takes_the_place_of_the_one_with_errors_and_keeps_its_pictures() {
    let house = House::new();
    let clerk = Clerk::sign_in(&house, &house.user("minh", "coop", &["enter"]));
    let photo = png(400, 300, "");
    let first = clerk.uploads("lan 1.csv", &sheet("", "a.png"), Some(("a.png", &photo)));
    let page = clerk.page(&format!("/desk/submissions/{first}?lang=vi"));
    assert!(page.contains(&format!("name=\"instead\" value=\"{first}\"")) && page.contains("còn trống"), "{page}");
    let instead = first.to_string();
    let corrected = sheet("Rươi kho", "a.png");
    let parts: [Part<'_>; 2] = [("instead", None, instead.as_bytes()), ("document", Some("lan 2.csv"), &corrected)];
    let second = number(&clerk.ask(form("/desk/submissions/new", &parts)));
    let page = clerk.page(&format!("/desk/submissions/{second}?lang=vi"));
    assert!(page.contains("value=\"send\"") && page.contains("a.png"), "{page}");
    let open = clerk.page("/desk/submissions?lang=vi");
    assert!(open.contains("lan 2.csv") && !open.contains("lan 1.csv"), "one file of it is open");
    // One that was sent is nobody's to replace, and another publisher's is not there.
    assert_eq!(clerk.steps(second, "send", "").status, 303);
    let instead = second.to_string();
    let parts: [Part<'_>; 2] = [("instead", None, instead.as_bytes()), ("document", Some("lan 3.csv"), &corrected)];
    assert_eq!(clerk.ask(form("/desk/submissions/new", &parts)).status, 409);
    let other = Clerk::sign_in(&house, &house.user("hoa", "other", &["enter"]));
    assert_eq!(other.ask(form("/desk/submissions/new", &parts)).status, 404);
}

#[test]
fn pictures_are_chosen_one_by_one_as_a_phone_gives_them() {
    let house = House::new();
    let clerk = Clerk::sign_in(&house, &house.user("minh", "coop", &["enter"]));
    let (a, b) = (png(400, 300, "a"), png(300, 400, "b"));
    let document = sheet("Rươi kho", "\"IMG 1.png, IMG 2\"");
    let parts: [Part<'_>; 3] =
        [("document", Some("a.csv"), &document), ("photos", Some("IMG 1.png"), &a), ("photos", Some("IMG 2.png"), &b)];
    let kept = number(&clerk.ask(form("/desk/submissions/new", &parts)));
    assert!(clerk.page(&format!("/desk/submissions/{kept}?lang=vi")).contains("value=\"send\""));
    let twice: [Part<'_>; 3] = [parts[0], parts[1], ("photos", Some("IMG 1.png"), &b)];
    let reply = clerk.ask(form("/desk/submissions/new", &twice));
    assert_eq!(reply.status, 422);
    assert!(unescaped(reply.text()).contains("cùng tên"));
}

#[test]
fn what_is_wrong_with_lines_of_json_is_told_in_the_readers_language() {
    let house = House::new();
    let clerk = Clerk::sign_in(&house, &house.user("minh", "coop", &["enter"]));
    let wrong = lines(&[
        json!({"type": "batch", "gtin": NEW, "lot": "L 1"}),
        json!({"type": "batch", "gtin": "09520000990077", "lot": "L1"}),
    ]);
    let number = clerk.uploads("loi.ndjson", wrong.as_bytes(), None);
    let vi = clerk.page(&format!("/desk/submissions/{number}?lang=vi"));
    assert!(vi.contains("dòng 1 · <bdi>Số lô</bdi>") && vi.contains("Số lô có 1 đến 20 chữ cái không dấu"), "{vi}");
    let en = clerk.page(&format!("/desk/submissions/{number}?lang=en"));
    assert!(en.contains("line 1 · lot") && !en.contains("Số lô có"), "{en}");
}

fn field<'a>(page: &'a str, name: &str) -> &'a str {
    between(page, &format!("name=\"{name}\" value=\""), "\"").unwrap_or_default()
}

#[test]
fn a_recall_on_record_is_changed_in_its_form_seen_before_it_counts_and_drops_no_lot() {
    let house = House::new();
    let clerk = Clerk::sign_in(&house, &house.user("lan", "coop", &["approve"]));
    let new = [
        ("id", "TH-1"),
        ("gtin", GTIN),
        ("scope", "lots"),
        ("lots", LOT),
        ("reason_vi", "Mảnh thuỷ tinh"),
        ("remedy_vi", "Trả lại nơi mua"),
        ("issuer", "HTX Mẫu"),
        ("from", "2026-11-29"),
        ("step", "publish"),
    ];
    assert_eq!(clerk.send("/desk/recalls/new", &new).status, 303);
    let other = format!("/01/{GTIN}/10/{OTHER_LOT}");
    assert_ne!(house.server.card(&other)["verdict"], "recalled");
    assert!(clerk.page("/desk/recalls/TH-1?lang=vi").contains("/desk/recalls/TH-1/amend"));
    let path = "/desk/recalls/TH-1/amend?lang=vi";
    let page = clerk.page(path);
    let over = field(&page, "over").to_owned();
    assert!(page.contains("Trả lại nơi mua") && page.contains(LOT) && !over.is_empty(), "{page}");
    let sent = |step: &'static str, status: &'static str, why: &'static str| {
        vec![
            ("over", over.as_str()),
            ("scope", "lots"),
            ("lots", OTHER_LOT),
            ("reason_vi", "Mảnh thuỷ tinh"),
            ("hazard_vi", "Có thể gây thương tích"),
            ("remedy_vi", "Ngừng dùng, trả lại nơi mua"),
            ("issuer", "HTX Mẫu"),
            ("from", "2026-11-29"),
            ("status", status),
            ("ended_reason", why),
            ("step", step),
        ]
    };
    let preview = clerk.send(path, &sent("preview", "active", ""));
    let text = unescaped(preview.text());
    assert_eq!(preview.status, 200);
    assert!(text.contains("Chưa có gì thay đổi") && text.contains(LOT) && text.contains(OTHER_LOT), "{text}");
    assert_ne!(house.server.card(&other)["verdict"], "recalled", "a preview writes nothing");
    // It ends with a reason, or not at all.
    let reply = clerk.send(path, &sent("publish", "closed", ""));
    assert!(reply.status == 422 && reply.text().contains("id=\"ended_reason-wrong\""), "{}", reply.text());
    assert_eq!(clerk.send(path, &sent("publish", "active", "")).status, 303);
    assert_eq!(house.server.card(&other)["verdict"], "recalled");
    let card = house.server.card(&format!("/01/{GTIN}/10/{LOT}"));
    assert_eq!(card["verdict"], "recalled", "no lot is dropped");
    assert!(card.to_string().contains("Có thể gây thương tích"));
    // What was looked at is no longer what is there.
    assert_eq!(clerk.send(path, &sent("publish", "active", "")).status, 422);
    let page = clerk.page(path);
    let closed = [
        ("over", field(&page, "over")),
        ("scope", "lots"),
        ("reason_vi", "Mảnh thuỷ tinh"),
        ("remedy_vi", "Trả lại"),
        ("issuer", "HTX Mẫu"),
        ("from", "2026-11-29"),
        ("status", "withdrawn"),
        ("ended_reason", "Nhầm lô"),
        ("step", "publish"),
    ];
    assert_eq!(clerk.send(path, &closed).status, 303);
    assert_ne!(house.server.card(&other)["verdict"], "recalled");
    assert_eq!(clerk.open(path).status, 409, "what was withdrawn stays so");
    let enters = Clerk::sign_in(&house, &house.user("minh", "coop", &["enter"]));
    assert_eq!((enters.open(path).status, enters.send(path, &sent("publish", "active", "")).status), (403, 403));
}

#[test]
fn whoever_signs_in_goes_on_in_the_language_they_chose() {
    let house = House::new();
    let token = house.user("minh", "coop", &["enter"]);
    let body = nguon_tests::fields(&[("token", &token)]);
    let request = Request::post("/desk/session?lang=en", "application/x-www-form-urlencoded", body);
    let reply = house.server.operate(&request.header("sec-fetch-site", "same-origin"));
    assert_eq!((reply.status, reply.must("location")), (303, "/desk?lang=en"));
}
