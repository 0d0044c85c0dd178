//! Content systems find the card through oEmbed, and only ours.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use nguon_tests::{Server, attribute_values, demo, encoded};

fn ask(server: &Server, address: &str, more: &str) -> nguon_tests::Reply {
    server.get(&format!("/oembed?url={}{more}", encoded(address)))
}

#[test]
fn a_card_page_leads_to_an_answer_that_frames_its_card() {
    let server = demo();
    let page = server.get("/card/01/09520000030018/10/G03A?lang=vi");
    let link = page.text().split("<link ").find(|tag| tag.contains("application/json+oembed")).unwrap();
    let address = attribute_values(&format!("<link {link}"), &["href"]).remove(0);
    let reply = server.get(address.strip_prefix(&server.origin()).unwrap());
    assert_eq!((reply.status, reply.media_type()), (200, "application/json"), "{}", reply.text());
    let answer = reply.json();
    let card = server.card("/01/09520000030018/10/G03A?lang=vi");
    assert_eq!(answer["title"], card["product"]["name"]);
    assert_eq!((answer["type"].as_str(), answer["version"].as_str()), (Some("rich"), Some("1.0")));
    let html = answer["html"].as_str().unwrap();
    assert!(html.starts_with("<blockquote><a href=\"") && html.ends_with("</iframe>"), "{html}");
    let frame = attribute_values(html, &["src"]).remove(0);
    assert_eq!(frame, format!("{}/embed/01/09520000030018/10/G03A?lang=vi", server.origin()));
    assert_eq!(server.get(frame.strip_prefix(&server.origin()).unwrap()).status, 200);
}

#[test]
fn it_keeps_to_the_room_that_there_is() {
    let server = demo();
    let card = format!("{}/card/01/09520000030018", server.origin());
    let answer = ask(&server, &card, "&maxwidth=320&maxheight=200&format=json").json();
    assert_eq!((answer["width"].as_u64(), answer["height"].as_u64()), (Some(320), Some(200)));
    assert!(answer["html"].as_str().unwrap().contains("width=\"320\" height=\"200\""));
    let answer = ask(&server, &card, "&maxwidth=9000").json();
    assert_eq!(answer["width"], 600);
}

#[test]
fn a_recall_leads_the_title_and_praise_never_does() {
    let server = demo();
    let answer = ask(&server, &format!("{}/card/01/09520000040017/10/K04A?lang=en", server.origin()), "").json();
    assert_eq!(answer["title"], "Recalled: stop using this product");
}

#[test]
fn only_our_own_cards_are_answered_and_only_as_json() {
    let server = demo();
    let origin = server.origin();
    let own = format!("{origin}/card/01/09520000030018");
    for foreign in [
        "https://evil.example/card/1".to_owned(),
        format!("{origin}.evil.example/card/01/09520000030018"),
        format!("https://evil.example/?{own}"),
        format!("{origin}/docs"),
        "javascript:alert(1)".to_owned(),
        // Ours, and nothing on record for them.
        format!("{origin}/card/8930000000000"),
        format!("{origin}/card/9520000010011"),
        format!("{origin}/card/%FF"),
    ] {
        let reply = ask(&server, &foreign, "");
        assert_eq!((reply.status, reply.media_type()), (404, "application/problem+json"), "{foreign}");
    }
    assert_eq!(ask(&server, &own, "&format=xml").status, 501);
    for wrong in ["&maxwidth=0", "&maxwidth=x", "&maxheight=-1"] {
        assert_eq!(ask(&server, &own, wrong).status, 400, "{wrong}");
    }
    assert_eq!(server.get("/oembed").status, 400);
    assert_eq!(ask(&Server::empty(), &own.replace(&origin, "http://nowhere"), "").status, 404);
}

#[test]
fn what_could_not_be_looked_up_is_no_answer() {
    let server = Server::empty();
    let reply = ask(&server, &format!("{}/card/01/09520000030018", server.origin()), "");
    assert_eq!((reply.status, reply.media_type()), (503, "application/problem+json"));
}
