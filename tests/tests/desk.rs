//! The publisher's desk: who may open it, recalls in one form, codes, reports worked off, and what was declared.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use nguon_tests::{
    Clerk, GTIN, House, LOT, OTHER_LOT, ROOT, Request, SERIAL, Server, addresses, attribute_values, between, fields,
    report, send, unescaped,
};

const FORM: &str = "application/x-www-form-urlencoded";

/// A recall, as a form sends it.
fn recall<'a>(step: &'a str, lots: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("id", "TH-20261129-1"),
        ("gtin", "0 9520000-99001 5"),
        ("scope", "lots"),
        ("lots", lots),
        ("reason_vi", "Phát hiện mảnh thuỷ tinh"),
        ("reason_en", "Pieces of glass were found"),
        ("where_vi", "Dưới đáy hũ"),
        ("remedy_vi", "Ngừng dùng, trả lại nơi mua"),
        ("phone", "0225 3 123 456"),
        ("issuer", "HTX Mẫu"),
        ("document_no", "12/TB-HTX"),
        ("from", "2026-11-29"),
        ("class", "A"),
        ("step", step),
    ]
}

#[test]
fn whoever_is_not_known_is_asked_to_sign_in_and_is_told_when_a_token_opens_nothing() {
    let house = House::new();
    for path in ["/desk", "/desk/recalls", "/desk/submissions/1", "/desk/nowhere", "/desk/media/00"] {
        let reply = house.server.operate(&Request::get(path));
        assert_eq!((reply.status, reply.media_type()), (401, "text/html"), "{path}");
        assert!(reply.text().contains("action=\"/desk/session?lang=vi\""), "{path}");
        assert!(reply.list("cache-control").contains("no-store"));
    }
    let wrong = Request::post("/desk/session", FORM, fields(&[("token", "nguon_no")]));
    let reply = house.server.operate(&wrong.header("sec-fetch-site", "same-origin"));
    assert_eq!((reply.status, reply.media_type()), (401, "text/html"));
    assert!(reply.text().contains("role=\"alert\"") && !reply.text().contains("nguon_no"));
    let clerk = Clerk::sign_in(&house, &house.user("minh", "coop", &["enter"]));
    assert!(clerk.page("/desk?lang=vi").contains("minh"));
    assert_eq!(clerk.send("/desk/session/end", &[]).status, 303);
    assert_eq!(clerk.open("/desk").status, 401);
}

#[test]
fn every_page_is_whole_without_script_kept_nowhere_and_loads_only_from_here() {
    let house = House::new();
    let clerk = Clerk::sign_in(&house, ROOT);
    for path in [
        "/desk",
        "/desk/submissions",
        "/desk/submissions/new",
        "/desk/recalls",
        "/desk/recalls/new",
        "/desk/codes",
        "/desk/codes/issue",
        "/desk/reports",
        "/desk/alerts",
        "/desk/history",
        "/desk/nowhere",
    ] {
        for lang in ["vi", "en"] {
            let reply = clerk.open(&format!("{path}?lang={lang}"));
            let policy = reply.must("content-security-policy");
            assert!(policy.contains("default-src 'none'") && !policy.contains("script") && !policy.contains("unsafe"));
            assert!(reply.list("cache-control").contains("no-store"), "{path}");
            let page = reply.text();
            assert!(!page.contains("<script") && !page.contains("style=\"") && !page.contains("onclick"), "{path}");
            assert!(page.contains(&format!("<html lang=\"{lang}\">")), "{path}");
            for address in addresses(page) {
                assert!(address.starts_with('/') || address.starts_with('#'), "{path}: {address}");
                if address.starts_with("/assets/") {
                    assert_eq!(house.server.operate(&Request::get(&address)).status, 200, "{address}");
                }
            }
        }
    }
}

#[test]
fn a_page_of_another_site_changes_nothing() {
    let house = House::new();
    let clerk = Clerk::sign_in(&house, ROOT);
    let publish = fields(&recall("publish", LOT));
    for (name, value) in
        [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "http://shop.example")]
    {
        let request = Request::post("/desk/recalls/new", FORM, publish.clone()).header(name, value).token(ROOT);
        assert_eq!(house.server.operate(&request).status, 403, "{name}: {value}");
    }
    // Nor does a name that was made to lead here, where no token is asked for.
    let open = Server::with_records();
    let rebound = Request::post("/desk/recalls/new", FORM, publish).header("host", "rebound.example");
    assert_eq!(open.operate(&rebound).status, 401);
    assert!(clerk.page("/desk/recalls?lang=vi").contains("Chưa có đợt thu hồi nào"));
}

#[test]
fn a_recall_is_seen_before_it_is_published_and_then_everywhere() {
    let house = House::new();
    let made_from = format!(
        "{{\"type\":\"batch\",\"gtin\":\"{GTIN}\",\"lot\":\"T9\",\"inputs\":[{{\"gtin\":\"{GTIN}\",\"lot\":\"{LOT}\"}}]}}\n"
    );
    house.declares("coop", &made_from);
    let clerk = Clerk::sign_in(&house, &house.user("lan", "coop", &["approve"]));
    let preview = clerk.send("/desk/recalls/new?lang=vi", &recall("preview", LOT));
    let page = unescaped(preview.text());
    assert_eq!(preview.status, 200, "{page}");
    for told in [
        "Chưa có gì được công bố",
        "T9",
        "Đang thu hồi: ngừng dùng sản phẩm này",
        "Phát hiện mảnh thuỷ tinh",
        "Dưới đáy hũ",
    ] {
        assert!(page.contains(told), "{told}");
    }
    let code = format!("/01/{GTIN}/10/{LOT}");
    assert_eq!(house.server.card(&code)["verdict"], "registered_batch", "a preview publishes nothing");
    // What was typed comes along to the next step, and back.
    let back = clerk.send("/desk/recalls/new", &recall("edit", LOT));
    assert!(attribute_values(back.text(), &["value"]).contains(&"12/TB-HTX".to_owned()));
    let published = clerk.send("/desk/recalls/new?lang=vi", &recall("publish", LOT));
    assert_eq!((published.status, published.must("location")), (303, "/desk/recalls/TH-20261129-1?done=1&lang=vi"));
    assert_eq!(house.server.card(&code)["verdict"], "recalled");
    assert_ne!(house.server.card(&format!("/01/{GTIN}/10/{OTHER_LOT}"))["verdict"], "recalled");
    // Sent twice, it is one.
    assert_eq!(clerk.send("/desk/recalls/new", &recall("publish", LOT)).status, 303);
    assert!(clerk.page("/desk/recalls").contains("TH-20261129-1"));
    let one = "/desk/recalls/TH-20261129-1?lang=vi";
    assert_eq!(clerk.send(one, &[("end", "close"), ("reason", " ")]).status, 422);
    assert_eq!(clerk.send(one, &[("end", "close"), ("reason", "Đã thu đủ")]).status, 303);
    assert_eq!(house.server.card(&code)["verdict"], "recalled", "closed is not safe");
    assert_eq!(clerk.send(one, &[("end", "withdraw"), ("reason", "Xét nghiệm lại")]).status, 303);
    assert_eq!(house.server.card(&code)["verdict"], "registered_batch");
    let history = clerk.page(&format!("/desk/history?gtin={GTIN}&lang=vi"));
    for told in ["Công bố thu hồi", "Kết thúc thu hồi", "Rút lại thu hồi", "Xét nghiệm lại", "lan"]
    {
        assert!(history.contains(told), "{told}");
    }
}

#[test]
fn a_form_with_mistakes_comes_back_as_it_was_with_what_to_do_beside_each() {
    let house = House::new();
    let clerk = Clerk::sign_in(&house, &house.user("lan", "coop", &["approve"]));
    let hostile = "\"><script>alert(1)</script>";
    let sent = [
        ("id", "TH-1"),
        ("gtin", "9520000990016"),
        ("lots", "LÔ MỘT"),
        ("reason_vi", hostile),
        ("issuer", ""),
        ("from", "hôm nay"),
        ("step", "preview"),
    ];
    let reply = clerk.send("/desk/recalls/new?lang=vi", &sent);
    assert_eq!(reply.status, 422);
    assert!(!reply.text().contains("<script>") && unescaped(reply.text()).contains(hostile));
    for field in ["gtin", "lots", "remedy_vi", "issuer", "from"] {
        assert!(reply.text().contains(&format!("id=\"{field}-wrong\"")), "{field}");
        assert!(reply.text().contains(&format!("href=\"#{field}\"")), "{field}");
    }
    assert!(unescaped(reply.text()).contains("LÔ MỘT"));
    // Another publisher's product: the registry says so, beside the field.
    let other = Clerk::sign_in(&house, &house.user("hoa", "other", &["approve"]));
    let reply = other.send("/desk/recalls/new?lang=vi", &recall("preview", LOT));
    assert_eq!(reply.status, 422);
    assert!(reply.text().contains("id=\"gtin-wrong\""), "{}", reply.text());
}

#[test]
fn whoever_only_enters_neither_recalls_nor_cancels() {
    let house = House::new();
    let clerk = Clerk::sign_in(&house, &house.user("minh", "coop", &["enter"]));
    assert_eq!(clerk.send("/desk/recalls/new", &recall("publish", LOT)).status, 403);
    let cancel = [("what", "cancel"), ("gtin", GTIN), ("serials", SERIAL), ("reason", "Mất tem"), ("step", "do")];
    assert_eq!(clerk.send("/desk/codes", &cancel).status, 403);
    assert_eq!((clerk.open("/desk/recalls/new").status, clerk.open("/desk/codes").status), (403, 403));
    assert_eq!(house.server.card(&format!("/01/{GTIN}/21/{SERIAL}"))["verdict"], "registered_item");
}

#[test]
fn codes_change_after_it_was_shown_how_many() {
    let house = House::new();
    let clerk = Clerk::sign_in(&house, &house.user("lan", "coop", &["approve"]));
    let form = |what, serials, step| {
        [("what", what), ("gtin", GTIN), ("serials", serials), ("reason", "Mất cuộn tem"), ("step", step)]
    };
    let verdict = |serial: &str| house.server.card(&format!("/01/{GTIN}/21/{serial}"))["verdict"].clone();
    let preview = clerk.send("/desk/codes?lang=vi", &form("cancel", "UNIT0001 UNIT0002\nNONE0001", "preview"));
    let page = unescaped(preview.text());
    assert!(page.contains("<strong>2</strong>") && page.contains("NONE0001"), "{page}");
    assert_eq!(verdict("UNIT0001"), "registered_item");
    assert_eq!(clerk.send("/desk/codes", &form("cancel", "UNIT0001", "do")).status, 200);
    assert_eq!(verdict("UNIT0001"), "revoked");
    assert_eq!(clerk.send("/desk/codes", &form("specimen", "UNIT0003\nNONE0001", "do")).status, 200);
    assert_eq!((verdict("UNIT0003"), verdict("NONE0001")), ("not_activated".into(), "unknown_serial".into()));
    let taken_back = clerk.send("/desk/codes?lang=vi", &form("specimen", "UNIT0001", "do"));
    assert_eq!(taken_back.status, 422, "what was cancelled stays so");
}

#[test]
fn codes_are_issued_once_whichever_file_is_taken_first() {
    let house = House::new();
    let clerk = Clerk::sign_in(&house, &house.user("lan", "coop", &["approve"]));
    assert!(clerk.page("/desk/codes?lang=vi").contains("/desk/codes/issue"));
    let page = clerk.page("/desk/codes/issue?lang=vi");
    let order = between(&page, "name=\"order\" value=\"", "\"").unwrap();
    let form = |what: &'static str, count: &'static str, lot: &'static str| {
        let form =
            [("order", order), ("gtin", GTIN), ("lot", lot), ("count", count), ("pins", "yes"), ("sheet", "4x10")];
        form.into_iter().chain([("what", what)]).collect::<Vec<_>>()
    };
    for (count, lot, field) in [("0", LOT, "count"), ("nhiều", LOT, "count"), ("3", "lô", "lot"), ("3", "NOLOT", "lot")]
    {
        let refused = clerk.send("/desk/codes/issue?lang=vi", &form("csv", count, lot));
        assert_eq!(refused.status, 422, "{count} {lot}");
        assert!(refused.text().contains(&format!("id=\"{field}-wrong\"")), "{count} {lot}");
        assert!(unescaped(refused.text()).contains(&format!("value=\"{order}\"")), "the order keeps its name");
    }
    let first = clerk.send("/desk/codes/issue", &form("csv", "3", LOT));
    assert_eq!((first.status, first.media_type()), (200, "text/csv"), "{}", first.text());
    let labels = clerk.send("/desk/codes/issue", &form("pdf", "3", LOT));
    assert_eq!((labels.status, labels.media_type()), (200, "application/pdf"));
    assert!(labels.body.starts_with(b"%PDF-"));
    let again = clerk.send("/desk/codes/issue", &form("csv", "3", LOT));
    assert_eq!(again.body, first.body, "nothing is issued twice");
    let link = first.text().split(',').find(|cell| cell.contains("/21/")).unwrap().to_owned();
    let serial = link.rsplit('/').next().unwrap();
    assert_eq!(house.server.card(&format!("/01/{GTIN}/21/{serial}"))["verdict"], "not_activated");
    let clerk = Clerk::sign_in(&house, &house.user("minh", "coop", &["enter"]));
    assert_eq!(clerk.send("/desk/codes/issue", &form("csv", "3", LOT)).status, 403);
    let other = Clerk::sign_in(&house, &house.user("hoa", "other", &["approve"]));
    assert_eq!(other.send("/desk/codes/issue", &form("csv", "3", LOT)).status, 422, "not of its own");
}

#[test]
fn reports_are_worked_off_by_whom_they_concern() {
    let house = House::new();
    assert_eq!(send(&house.server, 1, &report()).status, 201);
    let clerk = Clerk::sign_in(&house, &house.user("minh", "coop", &["enter"]));
    let other = Clerk::sign_in(&house, &house.user("hoa", "other", &["approve"]));
    assert!(clerk.page("/desk?lang=vi").contains("1 mới"));
    assert!(clerk.page("/desk/reports").contains("/desk/reports/1"));
    assert!(!other.page("/desk/reports").contains("/desk/reports/1"));
    assert_eq!(other.open("/desk/reports/1").status, 404);
    assert_eq!(other.send("/desk/reports/1", &[("status", "closed"), ("version", "1")]).status, 404);
    let page = clerk.page("/desk/reports/1?lang=vi");
    assert!(page.contains(nguon_tests::TOLD) && page.contains(nguon_tests::PHONE));
    let empty =
        clerk.send("/desk/reports/1?lang=vi", &[("status", "answered"), ("version", "1"), ("why", "gọi chị Mẫu")]);
    assert_eq!(empty.status, 422);
    assert!(empty.text().contains("id=\"answer-wrong\"") && unescaped(empty.text()).contains("gọi chị Mẫu"));
    let answered = [("status", "answered"), ("version", "1"), ("answer", "Đã đổi hàng"), ("why", "gọi chị Mẫu")];
    assert_eq!(clerk.send("/desk/reports/1", &answered).status, 303);
    let again = clerk.send("/desk/reports/1?lang=vi", &answered);
    assert_eq!(again.status, 422, "somebody had changed it");
    let page = clerk.page("/desk/reports/1?lang=vi");
    assert!(page.contains("Đã đổi hàng") && page.contains("gọi chị Mẫu") && page.contains("minh"));
    assert_eq!(other.open("/desk/alerts").status, 404);
}
