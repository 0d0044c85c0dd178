//! A code as a picture: badges never say more than a lookup may, QR codes hold the code's own link.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use nguon::demo::scans;
use nguon_tests::{Browser, Request, Server, between, demo, recall, unescaped};

fn title(svg: &str) -> String {
    unescaped(between(svg, "<title>", "</title>").unwrap())
}

#[test]
fn a_badge_says_what_the_shops_card_says_in_each_language() {
    let server = demo();
    for scan in scans().iter().filter(|scan| scan.path.starts_with("/01/")) {
        for lang in ["vi", "en"] {
            let card = server.card(&format!("{}?lang={lang}&context=shop", scan.path));
            let reply = server.get(&format!("/v1/codes{}/badge.svg?lang={lang}", scan.path));
            assert_eq!((reply.status, reply.media_type()), (200, "image/svg+xml"), "{}", scan.path);
            let title = title(reply.text());
            assert!(title.contains(card["headline"].as_str().unwrap()), "{title}");
            assert!(title.contains(if lang == "vi" { "MINH HOẠ" } else { "DEMONSTRATION" }), "{title}");
            assert!(!reply.text().contains("#17663a"), "{} is green", scan.path);
        }
    }
}

#[test]
fn a_badge_is_kept_like_a_card_and_shown_on_any_page() {
    let server = demo();
    for name in ["badge.svg", "badge.png"] {
        let target = format!("/v1/codes/01/09520000030018/10/G03A/{name}?lang=vi");
        let reply = server.get(&target);
        assert!(reply.must("cache-control").starts_with("public, max-age="), "{}", reply.must("cache-control"));
        assert_eq!(reply.must("cross-origin-resource-policy"), "cross-origin");
        assert!(reply.must("content-security-policy").contains("sandbox"));
        assert!(!reply.list("vary").contains("accept-language"));
        let again = server.ask(&Request::get(&target).header("if-none-match", reply.must("etag")));
        assert_eq!((again.status, again.body.len()), (304, 0), "{name}");
        let other = server.get(&format!("{target}&theme=dark"));
        assert_ne!(other.must("etag"), reply.must("etag"));
    }
    assert!(server.get("/v1/codes/9520000030018/badge.svg").list("vary").contains("accept-language"));
}

#[test]
fn a_recall_shows_on_the_next_badge() {
    let server = Server::with_records();
    let target = "/v1/codes/01/09520000990015/10/T1/badge.svg?lang=en";
    let before = server.get(target);
    assert!(title(before.text()).contains("Origin as declared"), "{}", title(before.text()));
    let published = server.operate(&Request::json("/v1/recalls", &recall("R", &["T1"])));
    assert!(published.status < 300, "{}", published.text());
    let after = server.ask(&Request::get(target).header("if-none-match", before.must("etag")));
    assert_eq!(after.status, 200);
    assert!(title(after.text()).contains("Recalled") && after.text().contains("#ad1220"));
}

#[test]
fn what_could_not_be_looked_up_is_a_badge_that_says_so_and_browsers_show_it() {
    let server = Server::empty();
    for (name, media_type) in [("badge.svg", "image/svg+xml"), ("badge.png", "image/png")] {
        let reply = server.get(&format!("/v1/codes/9520000040017/{name}?lang=vi"));
        assert_eq!((reply.status, reply.media_type()), (503, media_type));
        assert_eq!(reply.must("cache-control"), "no-store");
        assert!(reply.header("retry-after").is_some() && reply.header("etag").is_none());
    }
    let svg = server.get("/v1/codes/9520000040017/badge.svg?lang=vi");
    assert!(title(svg.text()).contains("Chưa kiểm tra được, xin thử lại"));
    let browser = Browser::open();
    browser.open_page(&format!("{}/docs/problems", server.origin()));
    browser.run(
        "for (const name of ['svg', 'png']) document.body.append(Object.assign(new Image(), { src: '/v1/codes/1/badge.' + name }))",
    );
    browser.until(
        "document.images.length === 2 && [...document.images].every((it) => it.complete && it.naturalWidth >= 240)",
    );
}

#[test]
fn wrong_questions_are_problems() {
    let server = demo();
    for target in [
        "/v1/codes/badge.svg",
        "/v1/codes/1/badge.svg?theme=pink",
        "/v1/codes/1/badge.png?theme=auto",
        "/v1/codes/1/badge.png?scale=4",
        "/v1/codes/1/badge.png?scale=x",
        "/v1/codes/1/badge.svg?lang=fr",
        "/v1/codes/9520000010010/qr.svg?size=95",
        "/v1/codes/9520000010010/qr.svg?size=2049",
        "/v1/codes/9520000010010/qr.svg?size=-1",
        "/v1/codes/9520000010011/qr.svg",
        "/v1/codes/HP-MAU-0001/qr.svg",
    ] {
        let reply = server.get(target);
        assert_eq!((reply.status, reply.media_type()), (400, "application/problem+json"), "{target}");
    }
    for target in ["/v1/codes/1/badge.gif", "/v1/codes/1", "/v1/codes/"] {
        assert_eq!(server.get(target).status, 404, "{target}");
    }
    let long = format!("/v1/codes/{}/badge.svg", "x".repeat(3_000));
    assert_eq!(server.get(&long).json()["code"], "code_too_long");
}

#[test]
fn hostile_codes_stay_text_in_a_badge() {
    let server = demo();
    for code in ["%3C%2Ftitle%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E", "%E2%80%AEx", "a%0D%0Ab"] {
        let reply = server.get(&format!("/v1/codes/{code}/badge.svg"));
        assert_eq!((reply.status, reply.media_type()), (200, "image/svg+xml"));
        assert!(!reply.text().contains("<script"), "{}", reply.text());
        assert_eq!(reply.text().matches("</title>").count(), 1);
    }
}

#[test]
fn a_qr_code_is_read_as_the_link_of_its_code() {
    let server = demo();
    let reply = server.get("/v1/codes/(01)09520000010010(10)L01A(21)3165QFD13Z41/qr.svg?size=512");
    assert_eq!((reply.status, reply.media_type()), (200, "image/svg+xml"));
    let link = format!("{}/01/09520000010010/10/L01A/21/3165QFD13Z41", server.origin());
    assert_eq!(title(reply.text()), format!("(01) 09520000010010 (10) L01A (21) 3165QFD13Z41 {link}"));
    assert!(reply.text().contains("width=\"512\""));
    let as_path = server.get("/v1/codes/01/09520000010010/10/L01A/21/3165QFD13Z41/qr.svg?size=512");
    assert_eq!(as_path.body, reply.body);
}
