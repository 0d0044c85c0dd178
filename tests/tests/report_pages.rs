//! Reports as pages: from every card, without script, in both languages.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use nguon_tests::{
    Browser, DOCUMENT, Part, attribute_values, between, demo, form, from, listed, png, report_status, reporting,
    unescaped,
};
use serde_json::json;

#[test]
fn every_card_page_leads_to_the_form_with_its_code_in_it() {
    let server = demo();
    for (path, code) in [
        ("/card/01/09520000010010/10/L01A", "/01/09520000010010/10/L01A"),
        ("/card/HP-MAU-0001", "HP-MAU-0001"),
        ("/card/NOT%26ON%20RECORD", "NOT&ON RECORD"),
    ] {
        let page = server.get(&format!("{path}?lang=vi"));
        let link = attribute_values(page.text(), &["href"]).into_iter().find(|href| href.starts_with("/report?code="));
        let form = server.get(&link.unwrap_or_else(|| panic!("{path} leads to no form")));
        assert_eq!((form.status, form.media_type()), (200, "text/html"));
        assert!(form.list("cache-control").contains("no-store"));
        let values = attribute_values(form.text(), &["value"]);
        assert!(values.iter().any(|value| value.ends_with(code)), "{path}: {values:?}");
    }
    let private = server.get(&format!("/report?code={}", nguon_tests::encoded(DOCUMENT)));
    assert!(!private.text().contains("031190123456"), "a document is not repeated");
}

#[test]
fn the_form_says_who_reads_it_works_without_script_and_answers_with_the_receipt() {
    let (_directory, _file, server) = reporting();
    for lang in ["vi", "en"] {
        let page = server.get(&format!("/report?code=1&lang={lang}"));
        assert!(page.text().contains("Trung tâm Mẫu"));
        let policy = page.must("content-security-policy");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert!(!page.text().contains("style=") && !page.text().contains("onclick"));
    }
    let page = server.get("/report?code=X-1&reason=wrong_record");
    let key = between(page.text(), "name=\"key\" value=\"", "\"").unwrap().to_owned();
    assert_eq!(key.len(), 32);
    let photo = png(300, 200, "");
    let parts: [Part<'_>; 7] = [
        ("lang", None, b"vi"),
        ("key", None, key.as_bytes()),
        ("code", None, b"X-1"),
        ("reason", None, b"wrong_record"),
        ("text", None, "Địa chỉ <b>chưa đúng</b>".as_bytes()),
        ("contact", None, b""),
        ("photo", Some("\u{1F4F7}\"; name=\"code"), &photo),
    ];
    let done = server.ask(&from(5, form("/report", &parts)));
    assert_eq!((done.status, done.media_type()), (201, "text/html"), "{}", done.text());
    let receipt = between(done.text(), "class=\"receipt\"><strong>", "</strong>").unwrap().to_owned();
    assert_eq!(report_status(&server, &receipt)["status"], "received");
    // Loaded again: the same report.
    let again = server.ask(&from(5, form("/report", &parts)));
    assert!(again.text().contains(&receipt));
    assert_eq!(listed(&server, "").len(), 1);
    // Typed by hand into the box for receipts.
    let way = server.get(&format!("/report?receipt={}", receipt.to_lowercase().replace('-', "+")));
    assert_eq!((way.status, way.must("location")), (303, &*format!("/report/{receipt}?lang=vi")));
}

#[test]
fn a_form_with_a_mistake_comes_back_as_it_was_filled() {
    let (_directory, _file, server) = reporting();
    let text = "\"><script>alert(1)</script>\n dòng hai";
    let parts: [Part<'_>; 6] = [
        ("lang", None, b"en"),
        ("code", None, b"<X>\"'&"),
        ("reason", None, b"made_ill"),
        ("text", None, text.as_bytes()),
        ("contact", None, b"not a number"),
        ("photo", Some("x.heic"), b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"),
    ];
    let page = server.ask(&form("/report", &parts));
    assert_eq!((page.status, page.media_type()), (422, "text/html"));
    assert!(page.text().contains("<html lang=\"en\">"));
    assert!(!page.text().contains("<script>alert") && !page.text().contains("<X>"));
    assert!(unescaped(page.text()).contains(text) && page.text().contains("Most Compatible"));
    assert!(page.text().contains("value=\"made_ill\" required checked"));
    assert!(page.text().contains("href=\"#contact\"") && page.text().contains("href=\"#photo\""));
    let document: [Part<'_>; 2] = [("code", None, DOCUMENT.as_bytes()), ("reason", None, b"other")];
    let page = server.ask(&form("/report", &document));
    assert_eq!(page.status, 422);
    assert!(!page.text().contains("031190123456"), "a document is not repeated");
    assert!(listed(&server, "").is_empty());
}

#[test]
fn a_person_without_script_sends_a_photo_and_finds_the_report_again() {
    let (directory, _file, server) = reporting();
    let photo = directory.path().join("ảnh.png");
    std::fs::write(&photo, png(900, 700, "")).unwrap();
    let browser = Browser::open();
    browser.without_script();
    browser.as_wide_as(360);
    browser.open_page(&format!("{}/report?code=X-1&lang=vi", server.origin()));
    browser.run("document.querySelector('input[value=seal_broken]').click()");
    browser.type_into("#text", "Nắp hở");
    browser.type_into("#photo", photo.to_str().unwrap());
    browser.run("document.querySelector('button.send').click()");
    let receipt = browser.until("document.querySelector('.done .receipt').innerText");
    assert_eq!(browser.run("return document.documentElement.scrollWidth"), 360, "nothing sticks out");
    let reports = listed(&server, "");
    assert_eq!((reports.len(), &reports[0]["has_photo"], &reports[0]["text"]), (1, &json!(true), &json!("Nắp hở")));
    browser.open_page(&format!("{}/report?lang=en", server.origin()));
    browser.enter("#receipt", receipt.as_str().unwrap());
    browser.until("document.querySelector('[data-status=received]')?.innerText");
    assert_eq!(browser.complaints(), [""; 0]);
}

/// Width in vain, texts too small, targets too low: name of each.
const FOUND: &str = "
        const told = [];
        if (document.documentElement.scrollWidth > innerWidth) told.push('wider than the screen');
        for (const it of document.querySelectorAll('main button, main input:not([type=hidden], [type=radio]), main textarea, main .choice'))
          if (it.getBoundingClientRect().height < 48) told.push(`low: ${it.outerHTML.slice(0, 60)}`);
        for (const it of document.querySelectorAll('main p:not(.hint), main label, main legend, main input:not([type=hidden], [type=radio]), main textarea, main button'))
          if (parseFloat(getComputedStyle(it).fontSize) < 18) told.push(`small: ${it.outerHTML.slice(0, 60)}`);
        return told;";

#[test]
fn the_form_can_be_read_and_touched_at_every_width() {
    let (_directory, _file, server) = reporting();
    let browser = Browser::open();
    for width in [320, 360, 768, 1280] {
        browser.as_wide_as(width);
        for page in ["/report?code=X-1&lang=vi", "/report?lang=en"] {
            browser.open_page(&format!("{}{page}", server.origin()));
            assert_eq!(browser.run(FOUND), json!([]), "{page} at {width} px");
        }
    }
    assert_eq!(browser.complaints(), [""; 0]);
}

#[test]
fn a_large_photo_is_made_small_on_the_device() {
    let (directory, _file, server) = reporting();
    let photo = directory.path().join("large.png");
    std::fs::write(&photo, png(2_600, 2_000, "SECRET")).unwrap();
    assert!(std::fs::metadata(&photo).unwrap().len() > 4_000_000);
    let browser = Browser::open();
    browser.open_page(&format!("{}/report?code=X-1&lang=vi", server.origin()));
    browser.type_into("#photo", photo.to_str().unwrap());
    let size = browser.until("(file => file.size < 2e6 && file.type === 'image/jpeg' && file.size)(document.getElementById('photo').files[0])");
    assert!(size.as_u64().unwrap() > 1_000, "{size}");
    browser.run("document.querySelector('input[value=other]').click(); document.querySelector('button.send').click()");
    browser.until("document.querySelector('.done .receipt').innerText");
    assert_eq!(listed(&server, "")[0]["has_photo"], true);
    assert_eq!(browser.complaints(), [""; 0]);
}
