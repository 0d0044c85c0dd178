//! No dead end: everything that a page or a card leads to is there.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use nguon::demo::scans;
use nguon_tests::{Request, Server, addresses, attribute_values, demo};

/// An address on this service as a target; `None` for a telephone number, a mail address or a place on the page.
fn target(server: &Server, address: &str) -> Option<String> {
    if ["tel:", "mailto:", "#"].iter().any(|other| address.starts_with(other)) {
        return None;
    }
    let local = address.strip_prefix(&server.origin()).unwrap_or(address);
    assert!(local.starts_with('/') && !local.starts_with("//"), "{address} leads out of the demonstration");
    Some(local.split('#').next().unwrap_or_default().to_owned())
}

fn reachable(server: &Server, targets: BTreeSet<String>) {
    for target in targets {
        let reply = server.get(&target);
        assert!(matches!(reply.status, 200 | 307), "{target} is {}", reply.status);
        if reply.status == 307 {
            let next = self::target(server, reply.must("location")).unwrap();
            assert_eq!(server.get(&next).status, 200, "{target} sends to {next}");
        }
        assert!(!reply.body.is_empty() || reply.status == 307, "{target} is empty");
    }
}

#[test]
fn every_address_on_every_page_of_the_demonstration_is_there() {
    let server = demo();
    let mut pages = vec![
        "/".to_owned(),
        "/?lang=en".to_owned(),
        "/docs/problems".to_owned(),
        "/about".to_owned(),
        "/privacy".to_owned(),
    ];
    for scan in scans() {
        pages.extend(["", "?lang=en"].map(|lang| format!("/card{}{lang}", scan.path)));
    }
    let mut found = BTreeSet::new();
    for page in pages {
        let reply = server.get(&page);
        assert_eq!(reply.status, 200, "{page}");
        found.extend(addresses(reply.text()).iter().filter_map(|address| target(&server, address)));
    }
    assert!(found.len() > 60, "{} addresses", found.len());
    reachable(&server, found);
}

#[test]
fn every_address_in_every_card_is_there() {
    let server = demo();
    let mut found = BTreeSet::new();
    for scan in scans() {
        let card = server.card(scan.path);
        let links = card["links"].as_object().into_iter().flat_map(|links| links.values());
        let images = card["product"]["images"].as_array().into_iter().flatten();
        let compared = card["compare"].as_array().into_iter().flatten().map(|note| &note["image"]);
        let canonical = [&card["code"]["canonical"]]
            .into_iter()
            .filter(|_| card["level"] != "none" && card["code"]["kind"] == "gs1");
        let all = links.chain(images).chain(compared).chain(canonical);
        found.extend(all.filter_map(|address| address.as_str()).filter_map(|address| target(&server, address)));
    }
    assert!(found.len() > 20, "{} addresses", found.len());
    reachable(&server, found);
}

#[test]
fn a_picture_is_what_it_says_and_can_run_nothing() {
    let server = demo();
    let mut pictures = BTreeSet::new();
    for scan in scans() {
        let page = server.get(&format!("/card{}", scan.path));
        let loaded = attribute_values(page.text(), &["src"]);
        let loaded = loaded.iter().filter(|address| !address.starts_with("/assets/"));
        pictures.extend(loaded.filter_map(|address| target(&server, address)));
    }
    assert!(pictures.len() >= 10, "{pictures:?}");
    for picture in pictures {
        let reply = server.get(&picture);
        assert!(reply.media_type().starts_with("image/"), "{picture} is {}", reply.media_type());
        assert!(reply.must("content-security-policy").contains("sandbox"), "{picture}");
        assert_eq!(reply.must("x-content-type-options"), "nosniff", "{picture}");
    }
}

#[test]
fn the_pages_to_try_the_contract_on_load_nothing_from_elsewhere() {
    let server = demo();
    let page = server.get("/docs/");
    assert_eq!((page.status, page.media_type()), (200, "text/html"));
    let loaded = attribute_values(page.text(), &["href", "src"]);
    assert!(!loaded.is_empty());
    for address in loaded {
        assert!(!address.contains("//"), "{address} is elsewhere");
        let local = address.trim_start_matches("./");
        assert_eq!(server.get(&format!("/docs/{local}")).status, 200, "{address}");
    }
}

#[test]
fn a_chosen_language_stays_chosen_whatever_the_browser_prefers() {
    let server = demo();
    let ask = |target: &str, preferred: &str| server.ask(&Request::get(target).header("accept-language", preferred));
    for (chosen, preferred) in [("vi", "en"), ("en", "vi")] {
        for page in ["/", "/card/01/09520000040017/10/K04B", "/card/1?x=1", "/docs/problems", "/about", "/privacy"] {
            let joint = if page.contains('?') { '&' } else { '?' };
            let page = ask(&format!("{page}{joint}lang={chosen}"), preferred);
            let html = page.text();
            assert!(html.contains(&format!("<html lang=\"{chosen}\">")));
            let switch = format!("lang={preferred}");
            // What a reader can follow; the head speaks to machines.
            let body = html.split_once("<body").map_or(html, |(_, body)| body);
            let next = addresses(body)
                .into_iter()
                .filter(|address| !address.contains(&switch) && !address.contains("/assets/"));
            for address in next.filter_map(|address| target(&server, &address)) {
                let reply = ask(&address, preferred);
                if reply.media_type() == "text/html" {
                    assert!(reply.text().contains(&format!("<html lang=\"{chosen}\">")), "{address} forgets {chosen}");
                }
            }
            if html.contains("<form") {
                let named = attribute_values(html, &["name", "value"]).join(" ");
                assert!(named.contains(&format!("lang {chosen}")), "the form forgets {chosen}: {named}");
            }
        }
    }
}
