//! What a cache may keep, for how long, and when it must ask again: per endpoint (RFC 9110, RFC 9111).
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::time::Duration;

use nguon::demo::scans;
use nguon_tests::{GTIN, Reply, Request, Server, addresses, demo, within};

const CARD: &str = "/v1/verify/01/09520000010010/10/L01A";
const PAGE: &str = "/card/01/09520000010010/10/L01A";

/// The seconds of a directive.
fn seconds(reply: &Reply, directive: &str) -> i64 {
    let list = reply.list("cache-control");
    let value = list.iter().find_map(|word| word.strip_prefix(&format!("{directive}=")));
    value.unwrap_or_else(|| panic!("no {directive} in {list:?}")).parse().unwrap()
}

fn set(words: &[&str]) -> BTreeSet<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn a_card_is_fresh_for_half_a_minute_at_most_and_stale_no_longer() {
    let server = demo();
    for target in scans().iter().flat_map(|scan| ["/v1/verify", "/card"].map(|before| format!("{before}{}", scan.path)))
    {
        let reply = server.get(&target);
        assert!(reply.list("cache-control").contains("public"), "{target}");
        assert!((0..=30).contains(&seconds(&reply, "max-age")), "{target}");
        assert!((0..=30).contains(&seconds(&reply, "stale-if-error")), "{target}");
    }
}

#[test]
fn a_card_that_will_change_by_itself_says_when_and_is_never_kept_past_it() {
    let server = demo();
    let mut dated = 0;
    for scan in scans() {
        let reply = server.get(&format!("/v1/verify{}", scan.path));
        let Some(until) = reply.json()["valid_until"].as_str().map(str::to_owned) else { continue };
        dated += 1;
        if reply.json()["verdict"] == "unusual_activity" {
            // A suspicion ends a week after its last sign, at any hour.
            continue;
        }
        // Every other change of the demonstration comes with a new day in Viet Nam (UTC+7), 17:00 in UTC.
        assert!(until.ends_with("T17:00:00Z"), "{}: {until}", scan.path);
        let date = reply.must("date");
        let clock = date.split(' ').find(|word| word.contains(':')).unwrap();
        let [hour, minute, second] = clock.split(':').map(|part| part.parse::<i64>().unwrap()).collect::<Vec<_>>()[..]
        else {
            panic!("{date}")
        };
        let to_midnight = (17 * 3600 - hour * 3600 - minute * 60 - second).rem_euclid(86_400);
        // The Date header and the judgement may lie a second apart, on either side of midnight.
        let max_age = seconds(&reply, "max-age");
        assert!(max_age <= to_midnight + 1 || to_midnight >= 86_398 || to_midnight <= 1, "{}: {max_age}", scan.path);
    }
    assert!(dated >= 10, "most cards of the demonstration have a date ahead; {dated} have");
}

#[test]
fn a_validator_is_weak_stable_and_answers_304() {
    let server = demo();
    for target in [CARD, PAGE] {
        let first = server.get(target);
        let tag = first.must("etag").to_owned();
        assert!(tag.starts_with("W/\""), "{target}: {tag}");
        assert_eq!(server.get(target).must("etag"), tag, "{target}: not from the clock");
        for known in [tag.clone(), format!("\"other\", {tag}"), tag.trim_start_matches("W/").to_owned(), "*".to_owned()]
        {
            let again = server.ask(&Request::get(target).header("if-none-match", &known));
            assert_eq!((again.status, again.body.len()), (304, 0), "{target} {known}");
            for name in ["etag", "cache-control", "vary"] {
                assert_eq!(again.list(name), first.list(name), "{target} {name}");
            }
        }
        for unknown in ["W/\"other\"", "other", ""] {
            let again = server.ask(&Request::get(target).header("if-none-match", unknown));
            assert_eq!(again.status, 200, "{target} {unknown}");
            assert_eq!(again.body, first.body);
        }
    }
}

#[test]
fn a_validator_differs_where_the_body_differs() {
    let server = demo();
    let queries =
        ["?lang=vi", "?lang=en", "?lang=vi&context=shop", "?lang=vi&fields=product", "?lang=vi&fields=producer"];
    let tags: BTreeSet<String> =
        queries.iter().map(|query| server.get(&format!("{CARD}{query}")).must("etag").to_owned()).collect();
    assert_eq!(tags.len(), queries.len());
    assert_ne!(
        server.get(&format!("{PAGE}?lang=vi")).must("etag"),
        server.get(&format!("{PAGE}?lang=en")).must("etag")
    );
}

#[test]
fn with_a_named_language_an_answer_does_not_vary_with_the_readers() {
    let server = demo();
    for target in [CARD, PAGE, "/"] {
        let negotiated = server.get(target).list("vary");
        assert!(negotiated.contains("accept-language"), "{target}: {negotiated:?}");
        let named = server.get(&format!("{target}?lang=vi")).list("vary");
        assert!(!named.contains("accept-language"), "{target}: {named:?}");
    }
}

#[test]
fn the_readers_language_is_negotiated() {
    let server = demo();
    let cases = [
        ("en", "en"),
        ("en-GB,en;q=0.9,vi;q=0.8", "en"),
        ("vi;q=0.4, en;q=0.6", "en"),
        ("fr, en;q=0.5", "en"),
        ("fr", "vi"),
        ("*", "vi"),
        ("", "vi"),
        (";;;q=x,,", "vi"),
    ];
    for (accepted, spoken) in cases {
        let reply = server.ask(&Request::get(CARD).header("accept-language", accepted));
        assert_eq!(reply.json()["lang"], spoken, "{accepted}");
        assert_eq!(reply.must("content-language"), spoken, "{accepted}");
    }
    let named = server.ask(&Request::get(format!("{CARD}?lang=vi")).header("accept-language", "en"));
    assert_eq!(named.json()["lang"], "vi", "a named language wins");
}

#[test]
fn what_has_its_hash_in_its_name_is_kept_for_ever_and_the_rest_shortly() {
    let server = demo();
    let page = server.get(PAGE);
    let hashed: Vec<String> = addresses(page.text())
        .into_iter()
        .map(|address| address.replace(&server.origin(), ""))
        .filter(|address| address.starts_with("/assets/") || address.starts_with("/v1/media/"))
        .collect();
    assert!(hashed.len() >= 2, "a stylesheet and a picture: {hashed:?}");
    for address in hashed {
        let reply = server.get(&address);
        assert_eq!(reply.list("cache-control"), set(&["public", "max-age=31536000", "immutable"]), "{address}");
    }
    let cases = [("/openapi.json", 300), ("/widget/v1/origin-card.js", 300), ("/", 30)];
    for (target, most) in cases {
        let reply = server.get(target);
        assert_eq!(reply.status, 200, "{target}");
        assert!((1..=most).contains(&seconds(&reply, "max-age")), "{target}");
        assert!(!reply.list("cache-control").contains("immutable"), "{target}");
    }
}

#[test]
fn what_went_wrong_is_never_kept() {
    let server = demo();
    for target in ["/v1/verify", "/v1/verify/1?lang=fr", "/nothing", "/card?code=", "/v1/media/x", "/card/1?lang=fr"] {
        let reply = server.get(target);
        assert!(reply.status >= 400, "{target}");
        assert_eq!(reply.list("cache-control"), set(&["no-store"]), "{target}");
        assert_eq!(reply.header("etag"), None, "{target}");
    }
}

#[test]
fn a_card_is_soon_compressed_and_stays_the_same_representation() {
    let server = demo();
    let plain = server.get(CARD);
    assert_eq!(plain.header("content-encoding"), None);
    assert!(plain.list("vary").contains("accept-encoding"), "a cache must not hand out what somebody else can read");
    for coding in ["gzip", "br"] {
        // The first reader may be answered before the body has been compressed.
        let reply = within(Duration::from_secs(10), coding, || {
            let reply = server.ask(&Request::get(CARD).header("accept-encoding", coding));
            assert!(reply.list("vary").contains("accept-encoding"), "{coding}");
            assert_eq!(reply.must("etag"), plain.must("etag"), "a weak validator is for both");
            reply.header("content-encoding").is_some().then_some(reply)
        });
        assert_eq!(reply.must("content-encoding"), coding);
        assert!(reply.body.len() < plain.body.len() / 2, "{coding}: {} of {}", reply.body.len(), plain.body.len());
    }
    assert_eq!(server.get(CARD).body, plain.body, "who accepts nothing gets nothing compressed");
}

#[test]
fn head_is_get_without_its_body() {
    let server = demo();
    for target in [CARD, PAGE, "/", "/openapi.json", "/widget/v1/origin-card.js", "/v1/verify", "/nothing"] {
        let get = server.get(target);
        let head = server.ask(&Request::new("HEAD", target));
        assert_eq!(head.status, get.status, "{target}");
        for name in ["content-type", "etag", "cache-control", "vary", "content-language"] {
            assert_eq!(head.list(name), get.list(name), "{target} {name}");
        }
        assert!(head.body.is_empty());
    }
}

#[test]
fn an_answer_from_memory_carries_the_headers_of_the_first() {
    let server = Server::with_records();
    for extra in [("accept-language", "en"), ("origin", "https://shop.example"), ("if-none-match", "W/\"0\"")] {
        let request = Request::get(format!("/v1/verify/01/{GTIN}?fields=links")).header(extra.0, extra.1);
        let answers = [server.ask(&request), server.ask(&request)];
        assert!(answers[1].must("cache-status").ends_with("hit"), "{:?}", answers[1].headers);
        // In no order, and without what tells the two apart.
        let [first, second] = answers.map(|reply| {
            let told = |name: &str| name != "cache-status" && name != "date" && name != "access-control-expose-headers";
            let headers: BTreeSet<_> = reply.headers.iter().filter(|(name, _)| told(name)).cloned().collect();
            (reply.status, headers, reply.list("access-control-expose-headers"), reply.body)
        });
        assert_eq!(first, second, "{extra:?}");
    }
}
