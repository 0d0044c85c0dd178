//! The whole path of a clerk: a template, a file, its errors, its cards, a second person, and back again.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use nguon_tests::{
    Clerk, GTIN, House, LOT, ROOT, Request, Settings, attribute_values, form, hidden, lines, png, unescaped,
};
use serde_json::{Value, json};

/// Of the publisher of the tests, under its prefix.
const NEW: &str = "09520000990022";

fn product(gtin: &str, name: &str) -> Value {
    let (keeps_serials, standards) = (gtin == GTIN, ["TCVN 1"]);
    json!({"type": "product", "gtin": gtin, "name": {"vi": name}, "producer": "test-cooperative",
        "keeps_serials": keeps_serials, "standards": standards})
}

fn file() -> String {
    lines(&[
        product(NEW, "Rươi kho Mẫu, hũ 300 g"),
        json!({"type": "batch", "gtin": NEW, "lot": "R1", "produced": "2026-11-01", "expires": "2099-01-01"}),
        product(GTIN, "Mứt thử, hũ 250 g"),
    ])
}

struct Desk {
    house: House,
    clerk: String,
    approver: String,
}

impl Desk {
    fn open() -> Self {
        let house = House::new();
        let clerk = house.user("minh", "coop", &["enter"]);
        let approver = house.user("lan", "coop", &["approve"]);
        Self { house, clerk, approver }
    }

    fn clerk(&self) -> Clerk<'_> {
        Clerk::sign_in(&self.house, &self.clerk)
    }

    fn approver(&self) -> Clerk<'_> {
        Clerk::sign_in(&self.house, &self.approver)
    }

    fn verdict(&self, code: &str) -> Value {
        self.house.server.card(code)["verdict"].clone()
    }

    fn name(&self) -> Value {
        self.house.server.card(&format!("/01/{GTIN}"))["product"]["name"].clone()
    }
}

#[test]
fn a_file_comes_on_record_when_a_second_person_has_approved_it_and_goes_again_when_it_is_taken_back() {
    let desk = Desk::open();
    let (clerk, approver) = (desk.clerk(), desk.approver());
    let number = clerk.uploads("HTX <b>Mẫu.ndjson", file().as_bytes(), None);
    let path = format!("/desk/submissions/{number}");
    let page = clerk.page(&format!("{path}?lang=vi"));
    assert!(page.contains("Rươi kho Mẫu") && page.contains("Còn thiếu: ") && page.contains("/10"), "{page}");
    assert_eq!(clerk.uploads("lan nua.ndjson", file().as_bytes(), None), number, "the same file is one submission");
    // A card before anything is on record.
    let card = clerk.page(&format!("{path}/card?gtin={NEW}&lot=R1&lang=vi"));
    assert!(card.contains("Lô hàng có trong hồ sơ") && card.contains("Rươi kho Mẫu, hũ 300 g"));
    assert_eq!(desk.verdict(&format!("/01/{NEW}/10/R1")), "unknown");
    // Whoever entered it does not approve it, and nobody approves a draft.
    assert_eq!(approver.steps(number, "approve", "").status, 409);
    assert_eq!(clerk.steps(number, "send", "").status, 303);
    assert_eq!(clerk.steps(number, "approve", "").status, 403);
    assert!(approver.page("/desk?lang=vi").contains("1 chờ duyệt"));
    assert_eq!(approver.steps(number, "return", "").status, 422);
    assert_eq!(approver.steps(number, "return", "Thiếu ảnh, xem lại").status, 303);
    assert!(clerk.page(&path).contains("Thiếu ảnh, xem lại"));
    assert_eq!(clerk.steps(number, "send", "").status, 303);
    assert_eq!(approver.steps(number, "approve", "").status, 303);
    assert_eq!(
        (desk.verdict(&format!("/01/{NEW}/10/R1")), desk.name()),
        ("registered_batch".into(), "Mứt thử, hũ 250 g".into())
    );
    let history = approver.page(&format!("/desk/history?gtin={NEW}&lang=vi"));
    for told in ["minh", "duyệt: ", &format!("Hồ sơ số {number}")] {
        assert!(history.contains(told), "{told}: {history}");
    }
    // Taken back: what was new is withdrawn, what was on record before is there again.
    let undo = format!("{path}/undo");
    assert_eq!(clerk.open(&undo).status, 403);
    let before = approver.page(&format!("{undo}?lang=vi"));
    assert!(before.contains(NEW) && before.contains("Không hoàn tác được"), "{before}");
    assert_eq!(approver.takes_back(number, "").status, 422);
    assert_eq!(approver.takes_back(number, "Nhầm tệp").status, 303);
    assert_eq!(desk.name(), "Mứt thử, hũ 200 g");
    assert_ne!(desk.verdict(&format!("/01/{NEW}")), "registered_gtin");
    assert!(approver.page(&path).contains("Nhầm tệp"));
    assert_eq!(approver.open(&undo).status, 409);
}

#[test]
fn a_file_with_errors_names_them_and_cannot_be_sent() {
    let desk = Desk::open();
    let clerk = desk.clerk();
    let broken = lines(&[product("09520000990023", "Sai số kiểm tra"), product(GTIN, "Mứt <b>thử</b>")]);
    let number = clerk.uploads("loi.ndjson", broken.as_bytes(), None);
    let page = clerk.page(&format!("/desk/submissions/{number}?lang=vi"));
    assert!(page.contains("Cần sửa") && page.contains("dòng 1") && !page.contains("value=\"send\""), "{page}");
    assert_eq!(clerk.steps(number, "send", "").status, 422);
    assert_eq!(clerk.steps(number, "discard", "").status, 303);
    assert!(!clerk.page("/desk/submissions").contains("loi.ndjson"));
    assert!(clerk.page("/desk/submissions?of=all").contains("loi.ndjson"));
}

#[test]
fn the_template_comes_filled_in_by_nobody_and_is_read_back() {
    let desk = Desk::open();
    let clerk = desk.clerk();
    let template = clerk.open("/desk/template.xlsx?lang=vi");
    assert_eq!(template.status, 200);
    assert!(template.body.starts_with(b"PK") && template.must("content-disposition").contains("nguon.xlsx"));
    let number = clerk.uploads("nguon.xlsx", &template.body, None);
    let page = clerk.page(&format!("/desk/submissions/{number}?lang=vi"));
    assert!(page.contains("nguon.xlsx"), "{page}");
    let csv = "Mã GTIN,Tên sản phẩm\n9520000990023,Sai số kiểm tra\n";
    let number = clerk.uploads("san pham.csv", csv.as_bytes(), None);
    let page = clerk.page(&format!("/desk/submissions/{number}?lang=vi"));
    assert!(page.contains("ô A2") || page.contains("Chưa đọc được tệp này"), "{page}");
}

#[test]
fn what_is_no_file_of_records_is_not_kept() {
    let desk = Desk::open();
    let clerk = desk.clerk();
    for (name, bytes) in [("a.exe", &b"MZ"[..]), ("", b"x"), ("a.ndjson", b"")] {
        let reply = clerk.ask(form("/desk/submissions/new", &[("document", Some(name), bytes)]));
        assert_eq!(reply.status, 422, "{name}");
        assert!(reply.text().contains("id=\"document-wrong\""), "{name}");
    }
    let large = vec![b' '; 8 * 1024 * 1024 + 1];
    let reply = clerk.ask(form("/desk/submissions/new", &[("document", Some("a.ndjson"), &large)]));
    assert_eq!(reply.status, 422);
    assert!(!clerk.page("/desk/submissions?of=all").contains("a.ndjson"));
}

#[test]
fn submissions_are_seen_by_their_own_publisher_and_are_so_many_at_most() {
    let desk = Desk::open();
    let other = Clerk::sign_in(&desk.house, &desk.house.user("hoa", "other", &["approve"]));
    let clerk = desk.clerk();
    let number = clerk.uploads("a.ndjson", file().as_bytes(), None);
    for path in ["", "/card?gtin=09520000990022", "/undo"] {
        assert_eq!(other.open(&format!("/desk/submissions/{number}{path}")).status, 404, "{path}");
    }
    assert_eq!(other.steps(number, "discard", "").status, 404);
    assert!(Clerk::sign_in(&desk.house, ROOT).page("/desk/submissions").contains("a.ndjson"));
    for n in 1..20 {
        let _ = clerk.uploads("a.ndjson", format!("{}\n", product(GTIN, &format!("Mứt {n}"))).as_bytes(), None);
    }
    let reply = clerk.ask(form("/desk/submissions/new", &[("document", Some("b.ndjson"), b"{}")]));
    assert_eq!(reply.status, 422);
    assert!(unescaped(reply.text()).contains("20"));
}

#[test]
fn what_somebody_else_has_changed_is_decided_anew() {
    let desk = Desk::open();
    let (clerk, approver) = (desk.clerk(), desk.approver());
    let number = clerk.uploads("a.ndjson", file().as_bytes(), None);
    assert_eq!(clerk.steps(number, "send", "").status, 303);
    let path = format!("/desk/submissions/{number}");
    let late = approver.send(&path, &[("step", "approve"), ("version", "1")]);
    assert_eq!(late.status, 409);
    assert_eq!(desk.verdict(&format!("/01/{GTIN}/10/{LOT}")), "registered_batch");
    assert_eq!(desk.name(), "Mứt thử, hũ 200 g");
    // A product that somebody corrects while the page is open: what was seen is not what would happen.
    let page = approver.open(&path);
    let [version, basis] = ["version", "basis"].map(|name| hidden(page.text(), name));
    let corrected = format!("{}\n", product(GTIN, "Mứt sửa tay"));
    desk.house.declares("coop", &corrected);
    let approve = |basis: &str| {
        let reply = approver.send(&path, &[("step", "approve"), ("version", &version), ("basis", basis)]);
        (reply.status, unescaped(reply.text()))
    };
    let (status, told) = approve(&basis);
    assert!(status == 409 && told.contains("vừa thay đổi"), "{status} {told}");
    assert_eq!((approve("").0, desk.name()), (409, "Mứt sửa tay".into()));
    assert_eq!(approver.steps(number, "approve", "").status, 303);
    assert_eq!(desk.name(), "Mứt thử, hũ 250 g");
    // And while it is about to be taken back.
    let undo = format!("{path}/undo");
    let page = approver.open(&undo);
    let [version, basis] = ["version", "basis"].map(|name| hidden(page.text(), name));
    desk.house.declares("coop", &corrected);
    let late = approver.send(&undo, &[("version", &version), ("basis", &basis), ("why", "Nhầm tệp")]);
    assert_eq!((late.status, desk.name()), (409, "Mứt sửa tay".into()));
    assert!(unescaped(late.text()).contains("Giữ nguyên"), "{}", late.text());
    assert_eq!(approver.takes_back(number, "Nhầm tệp").status, 303);
    assert_eq!(desk.name(), "Mứt sửa tay");
    assert_ne!(desk.verdict(&format!("/01/{NEW}")), "registered_gtin");
}

#[test]
fn nobody_approves_what_they_entered_or_sent_whatever_their_role() {
    let desk = Desk::open();
    let (clerk, approver) = (desk.clerk(), desk.approver());
    let operator = Clerk::sign_in(&desk.house, &desk.house.user("hoa", "coop", &["operate"]));
    let root = Clerk::sign_in(&desk.house, ROOT);
    let upload =
        |by: &Clerk<'_>, name: &str| by.uploads("a.ndjson", format!("{}\n", product(GTIN, name)).as_bytes(), None);
    // Entered by one person, sent by another: neither of them approves it, and either may send it back.
    let number = upload(&clerk, "Mứt 1");
    assert_eq!(approver.steps(number, "send", "").status, 303);
    assert!(!approver.page(&format!("/desk/submissions/{number}")).contains("value=\"approve\""));
    for by in [&clerk, &approver] {
        assert_eq!(by.steps(number, "approve", "").status, 403);
    }
    assert_eq!(approver.steps(number, "return", "Để người nhập tự gửi").status, 303);
    assert_eq!(clerk.steps(number, "send", "").status, 303);
    assert_eq!((approver.steps(number, "approve", "").status, desk.name()), (303, "Mứt 1".into()));
    // Whoever operates is one person as well, and so is the operator's own token.
    for (by, name) in [(&operator, "Mứt 2"), (&root, "Mứt 3")] {
        let number = upload(by, name);
        assert_eq!((by.steps(number, "send", "").status, by.steps(number, "approve", "").status), (303, 403), "{name}");
    }
    assert_eq!(desk.name(), "Mứt 1");
    // What the only person of a publisher has entered is approved by whoever operates.
    let number = upload(&approver, "Mứt 4");
    assert_eq!((approver.steps(number, "send", "").status, approver.steps(number, "approve", "").status), (303, 403));
    assert_eq!((operator.steps(number, "approve", "").status, desk.name()), (303, "Mứt 4".into()));
    // No second person is invented, either.
    let import = |by: &str| {
        let target = format!("/v1/import?publisher=coop&approved_by={by}");
        let token = desk.house.token("hoa", by);
        desk.house.reply(&token, &Request::post(target, "application/x-ndjson", product(GTIN, "Mứt 5").to_string()))
    };
    assert_eq!((import("hoa").status, import("lan").status), (400, 200));
}

#[test]
fn an_upload_that_was_answered_survives_a_kill() {
    let directory = tempfile::tempdir().unwrap();
    let settings = Settings::serve(&directory.path().join("registry.redb"));
    let server = settings.start();
    let sent = form("/desk/submissions/new", &[("document", Some("tep.ndjson"), file().as_bytes())]);
    assert_eq!(server.operate(&sent).status, 303);
    server.kill();
    let server = settings.start();
    assert!(server.operate(&Request::get("/desk/submissions")).text().contains("tep.ndjson"));
    assert!(server.operate(&Request::get("/desk/submissions/1?lang=vi")).text().contains("Cần sửa"));
}

#[test]
fn pictures_beside_a_sheet_are_seen_on_its_cards_before_anything_is_on_record() {
    let desk = Desk::open();
    let clerk = desk.clerk();
    let sheet = format!("Mã GTIN,Tên sản phẩm,Ảnh\n{NEW},Rươi kho,Rươi.png\n");
    let photo = png(400, 300, "");
    let number = clerk.uploads("sản phẩm.csv", sheet.as_bytes(), Some(("Rươi.png", &photo)));
    let card = clerk.open(&format!("/desk/submissions/{number}/card?gtin={NEW}&lang=vi"));
    let pictures = attribute_values(card.text(), &["src"]);
    let picture = pictures.iter().find(|it| it.starts_with(&format!("/desk/submissions/{number}/media/"))).unwrap();
    assert_eq!((clerk.open(picture).status, clerk.open(picture).media_type()), (200, "image/jpeg"));
    let hash = picture.rsplit('/').next().unwrap();
    assert_eq!(desk.house.server.get(&format!("/v1/media/{hash}")).status, 404);
}
