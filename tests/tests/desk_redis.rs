//! The publisher's desk over Redis, on two nodes: from an upload to its approval and back, and a recall.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::thread;

use nguon_tests::{Clerk, GTIN, House, LOT, ROOT, Redis, Request, Server, import, lines, products, unescaped};
use serde_json::{Value, json};

/// Of the publisher of the tests, under its prefix.
const NEW: &str = "09520000990022";

fn product(gtin: &str, name: &str) -> Value {
    json!({"type": "product", "gtin": gtin, "name": {"vi": name}, "producer": "test-cooperative",
        "keeps_serials": gtin == GTIN})
}

/// Two nodes over one Redis, and whose tokens open both.
struct Desk {
    redis: Redis,
    house: House,
    other: Server,
    clerk: String,
    approver: String,
}

impl Desk {
    fn open() -> Self {
        let redis = Redis::start();
        // A server does not begin a registry in Redis.
        assert_eq!(import(&redis.address(), &products(1))["rejected"]["total"], 0);
        let house = House::over(&redis.address());
        let other = House::node(&redis.address());
        let clerk = house.user("minh", "coop", &["enter"]);
        let approver = house.user("lan", "coop", &["approve"]);
        Self { redis, house, other, clerk, approver }
    }

    fn name(&self, gtin: &str) -> [Value; 2] {
        [&self.house.server, &self.other].map(|node| node.card(&format!("/01/{gtin}"))["product"]["name"].clone())
    }

    fn verdict(&self, code: &str) -> [Value; 2] {
        [&self.house.server, &self.other].map(|node| node.card(code)["verdict"].clone())
    }
}

/// The same on both nodes.
fn both(value: &str) -> [Value; 2] {
    [value, value].map(Value::from)
}

#[test]
fn what_is_entered_at_one_node_is_approved_at_another_and_taken_back() {
    let mut desk = Desk::open();
    let file = lines(&[
        product(NEW, "Rươi kho Mẫu, hũ 300 g"),
        json!({"type": "batch", "gtin": NEW, "lot": "R1", "produced": "2026-11-01", "expires": "2099-01-01"}),
        product(GTIN, "Mứt thử, hũ 250 g"),
    ]);
    let path = {
        let clerk = Clerk::sign_in(&desk.house, &desk.clerk);
        let number = clerk.uploads("HTX Mẫu.ndjson", file.as_bytes(), None);
        let path = format!("/desk/submissions/{number}");
        let card = clerk.page(&format!("{path}/card?gtin={NEW}&lot=R1&lang=vi"));
        assert!(card.contains("Rươi kho Mẫu, hũ 300 g"), "{card}");
        assert_eq!(desk.verdict(&format!("/01/{NEW}/10/R1")), both("unknown"));
        assert_eq!((clerk.steps(number, "send", "").status, clerk.steps(number, "approve", "").status), (303, 403));
        path
    };
    // It waits in Redis, files included, while that starts anew.
    desk.redis.restart();
    let desk = desk;
    let number: u64 = path.rsplit('/').next().unwrap().parse().unwrap();
    let approver = Clerk::sign_in_at(&desk.other, &desk.approver);
    assert!(approver.page("/desk?lang=vi").contains("1 chờ duyệt"));
    assert_eq!(approver.steps(number, "approve", "").status, 303);
    assert_eq!(desk.verdict(&format!("/01/{NEW}/10/R1")), both("registered_batch"));
    assert_eq!(desk.name(GTIN), both("Mứt thử, hũ 250 g"));
    let history = approver.page(&format!("/desk/history?gtin={NEW}&lang=vi"));
    assert!(history.contains("minh") && history.contains(&format!("Hồ sơ số {number}")), "{history}");
    // Somebody corrects the product meanwhile: that stays.
    desk.house.declares("coop", &lines(&[product(GTIN, "Mứt sửa tay")]));
    assert_eq!(approver.takes_back(number, "Nhầm tệp").status, 303);
    assert_eq!(desk.name(GTIN), both("Mứt sửa tay"));
    assert!(desk.verdict(&format!("/01/{NEW}")).iter().all(|verdict| verdict != "registered_gtin"));
    assert!(approver.page(&path).contains("Nhầm tệp"));
}

#[test]
fn an_approval_at_two_nodes_at_once_is_one_import() {
    let desk = Desk::open();
    let clerk = Clerk::sign_in(&desk.house, &desk.clerk);
    let number = clerk.uploads("a.ndjson", lines(&[product(GTIN, "Mứt thử, hũ 250 g")]).as_bytes(), None);
    assert_eq!(clerk.steps(number, "send", "").status, 303);
    let statuses: Vec<u16> = thread::scope(|scope| {
        let approving = [&desk.house.server, &desk.other].map(|node| {
            let approver = Clerk::sign_in_at(node, &desk.approver);
            scope.spawn(move || approver.steps(number, "approve", "").status)
        });
        approving.map(|it| it.join().unwrap()).to_vec()
    });
    assert!(statuses.contains(&303) && statuses.iter().all(|status| [303, 409].contains(status)), "{statuses:?}");
    assert_eq!(desk.name(GTIN), both("Mứt thử, hũ 250 g"));
    let log = desk.house.asks(ROOT, &Request::get("/v1/evidence?publisher=coop&limit=1000"), 200);
    let of_it =
        |line: &&Value| line["act"] == "import" && line["why"].as_str().is_some_and(|why| why.contains("Hồ sơ"));
    assert_eq!(log["lines"].as_array().unwrap().iter().filter(of_it).count(), 1, "{log}");
    let page = clerk.page(&format!("/desk/submissions/{number}"));
    assert!(page.contains("data-state=\"approved\""), "{page}");
}

#[test]
fn a_recall_goes_from_its_form_to_every_node_and_to_its_end() {
    let desk = Desk::open();
    let approver = Clerk::sign_in(&desk.house, &desk.approver);
    let form = |step| {
        [
            ("id", "TH-20261129-1"),
            ("gtin", GTIN),
            ("scope", "lots"),
            ("lots", LOT),
            ("reason_vi", "Phát hiện mảnh thuỷ tinh"),
            ("remedy_vi", "Ngừng dùng, trả lại nơi mua"),
            ("issuer", "HTX Mẫu"),
            ("from", "2026-11-29"),
            ("step", step),
        ]
    };
    let code = format!("/01/{GTIN}/10/{LOT}");
    let preview = approver.send("/desk/recalls/new", &form("preview"));
    assert_eq!(preview.status, 200);
    assert!(unescaped(preview.text()).contains("Chưa có gì được công bố"), "{}", preview.text());
    assert_eq!(desk.verdict(&code), both("registered_batch"));
    assert_eq!(approver.send("/desk/recalls/new", &form("publish")).status, 303);
    assert_eq!(desk.verdict(&code), both("recalled"));
    let other = Clerk::sign_in_at(&desk.other, &desk.approver);
    let ending = [("end", "close"), ("reason", "Đã thu hồi xong")];
    assert_eq!(other.send("/desk/recalls/TH-20261129-1", &ending).status, 303);
    assert!(approver.page("/desk/recalls/TH-20261129-1").contains("Đã thu hồi xong"));
}
