//! Orders over an embedded store in memory; randomness that a test writes.

use std::collections::HashSet;
use std::sync::Arc;

use jiff::Timestamp;

use super::draw::{self, Draw};
use super::*;
use crate::checks::Secret;
use crate::clock::Clock;
use crate::registry::import::{Author, Desk, DeskError, Document, Format, ImportOrder, Issue};
use crate::registry::{FaultCode, Id, ItemState};
use crate::store::ledger::{Ledger, PinTry, TryLimits, Unit};
use crate::store::{EmbeddedStore, Entry, Key, Store};

const RECORDS: &str = r#"{"type":"product","gtin":"09520000010010","name":{"vi":"Nước mắm"},"keeps_serials":true}
{"type":"batch","gtin":"09520000010010","lot":"L1","produced":"2026-01-01","expires":"2027-01-01"}
{"type":"product","gtin":"09520000020019","name":{"vi":"Gạo"}}
{"type":"batch","gtin":"09520000020019","lot":"L1"}"#;

#[derive(Debug)]
struct Stopped;

impl Clock for Stopped {
    fn now(&self) -> Timestamp {
        "2026-11-29T03:00:00Z".parse().unwrap()
    }
}

struct World {
    store: Arc<EmbeddedStore>,
    desk: Desk,
    secret: Secret,
}

fn author(publisher: &str) -> Author {
    Author::of(Id::try_from(publisher).unwrap())
}

fn order(count: u32) -> Order {
    Order {
        gtin: "09520000010010".parse().unwrap(),
        lot: "L1".parse().unwrap(),
        count,
        state: ItemState::Issued,
        pins: false,
        space: None,
    }
}

fn name(name: &str) -> OrderName {
    name.parse().unwrap()
}

impl World {
    async fn new() -> Self {
        let store = Arc::new(EmbeddedStore::open_temporary().unwrap());
        let desk = Desk::new(Arc::clone(&store) as Arc<dyn Store>, Arc::new(Stopped));
        let document = Document::bytes(RECORDS, Format::Ndjson);
        let report = desk.import(document, ImportOrder::of(author("htx"))).await.unwrap();
        assert_eq!(report.rejected.total, 0);
        Self { store, desk, secret: Secret::of(&[7; 32]) }
    }

    async fn issue(&self, order: &Order, under: &str, publisher: &str) -> Result<Codes, IssueError> {
        let issuer =
            Issuer { desk: &self.desk, secret: &self.secret, ledger: &*self.store, base_url: "https://id.example.vn" };
        issuer.issue(order, &name(under), author(publisher)).await
    }

    async fn state(&self, serial: &str) -> Option<ItemState> {
        let key = Key::Item("09520000010010".parse().unwrap(), serial.parse().unwrap());
        match self.store.read(&[key]).await.unwrap().entries.pop().unwrap() {
            Some(Entry::Item(item)) => Some(item.state),
            _ => None,
        }
    }
}

fn faults(error: &IssueError) -> Vec<(String, FaultCode)> {
    let IssueError::Desk(DeskError::Refused(faults)) = error else { panic!("{error}") };
    faults.iter().map(|fault| (fault.field.clone(), fault.code)).collect()
}

#[test]
fn a_serial_has_twelve_digits_that_nobody_takes_for_another() {
    let random = |draw| match draw {
        Draw::Serial { unit, .. } => {
            let mut bytes = [0; 32];
            bytes[..4].copy_from_slice(&unit.wrapping_mul(2_654_435_761).to_be_bytes());
            bytes
        }
        Draw::Pin { .. } => [0xff; 32],
    };
    let serials = draw::serials(2_000, 0, random).unwrap();
    for serial in &serials {
        assert_eq!(serial.as_str().len(), draw::SERIAL_DIGITS);
        assert!(serial.as_str().bytes().all(|b| b"0123456789ABCDEFGHJKMNPQRSTVWXYZ".contains(&b)), "{serial}");
    }
    let first: HashSet<u8> = serials.iter().map(|serial| serial.as_str().as_bytes()[0]).collect();
    assert_eq!(first.len(), 32, "every digit is drawn");
    assert_eq!(draw::pin(serials[0], random), "ZZZZ-ZZZZ");
}

#[test]
fn every_bit_of_sixty_is_in_a_serial() {
    let serial = |bytes: [u8; 32]| draw::serials(1, 0, move |_| bytes).unwrap()[0];
    let nothing = serial([0; 32]);
    for bit in 0..60 {
        let mut bytes = [0; 32];
        bytes[bit / 8] = 0x80 >> (bit % 8);
        assert_ne!(serial(bytes), nothing, "bit {bit}");
    }
}

#[test]
fn a_round_in_which_two_serials_are_the_same_is_none() {
    assert!(draw::serials(2, 0, |_| [1; 32]).is_none());
    assert!(draw::serials(1, 0, |_| [1; 32]).is_some());
}

#[tokio::test]
async fn a_serial_that_is_on_record_is_drawn_anew_and_the_repeat_finds_the_same() {
    let world = World::new().await;
    // The first round says what is on record already, the second is new.
    let drawn = |round: u8| Some(vec![if round == 0 { "TAKEN".parse().unwrap() } else { "NEW".parse().unwrap() }]);
    let issue = |place: &str, asked| Issue {
        gtin: "09520000010010".parse().unwrap(),
        lot: "L1".parse().unwrap(),
        state: ItemState::Issued,
        prefix: None,
        place: place.to_owned(),
        asked,
        note: serde_json::json!({}),
        draw: Arc::new(drawn),
    };
    let taken = r#"{"type":"item","gtin":"09520000010010","serial":"TAKEN","lot":"L1","state":"active"}"#;
    let document = Document::bytes(taken, Format::Ndjson);
    world.desk.import(document, ImportOrder::of(author("htx"))).await.unwrap();

    let first = world.desk.issue(issue("a", 1), author("htx")).await.unwrap();
    assert_eq!(first.serials, ["NEW".parse().unwrap()]);
    let again = world.desk.issue(issue("a", 1), author("htx")).await.unwrap();
    assert_eq!((again.serials, again.revision), (first.serials, None));
    assert_eq!(world.state("TAKEN").await, Some(ItemState::Active), "nobody's unit is touched");

    // Another order whose every round meets what is there comes to an end.
    let error = world.desk.issue(issue("b", 1), author("htx")).await.unwrap_err();
    assert!(matches!(&error, DeskError::Refused(faults) if faults[0].code == FaultCode::Full), "{error}");
}

#[tokio::test]
async fn units_are_on_record_before_their_codes_are_told_and_a_repeat_writes_nothing() {
    let world = World::new().await;
    let codes = world.issue(&order(1_500), "2026-11/7", "htx").await.unwrap();
    let distinct: HashSet<&str> = codes.units.iter().map(|unit| unit.serial.as_str()).collect();
    assert_eq!((distinct.len(), codes.repeated, codes.expires), (1_500, false, Some(jiff::civil::date(2027, 1, 1))));
    let unit = &codes.units[0];
    assert_eq!(world.state(unit.serial.as_str()).await, Some(ItemState::Issued));
    assert_eq!(unit.link, format!("https://id.example.vn/01/09520000010010/10/L1/21/{}", unit.serial));
    assert_eq!(unit.text, format!("(01)09520000010010(10)L1(21){}", unit.serial));

    // Put on sale meanwhile: the repeat does not take that back.
    let on_sale = format!(
        r#"{{"type":"items","gtin":"09520000010010","lot":"L1","state":"active","serials":["{}"]}}"#,
        unit.serial
    );
    world.desk.import(Document::bytes(on_sale, Format::Ndjson), ImportOrder::of(author("htx"))).await.unwrap();
    let revision = world.store.read(&[]).await.unwrap().marker.revision;
    let again = world.issue(&order(1_500), "2026-11/7", "htx").await.unwrap();
    assert_eq!((again.units, again.repeated), (codes.units.clone(), true));
    assert_eq!(world.store.read(&[]).await.unwrap().marker.revision, revision);
    assert_eq!(world.state(codes.units[0].serial.as_str()).await, Some(ItemState::Active));

    let error = world.issue(&order(1_501), "2026-11/7", "htx").await.unwrap_err();
    assert_eq!(faults(&error), [("order".to_owned(), FaultCode::State)]);
    let other = world.issue(&order(3), "another", "htx").await.unwrap();
    assert!(other.units.iter().all(|unit| !distinct.contains(unit.serial.as_str())));
}

#[tokio::test]
async fn a_repeat_under_another_secret_is_refused_and_tells_no_codes() {
    let mut world = World::new().await;
    world.issue(&order(2), "a", "htx").await.unwrap();
    world.secret = Secret::of(&[8; 32]);
    let error = world.issue(&order(2), "a", "htx").await.unwrap_err();
    assert_eq!(faults(&error), [("order".to_owned(), FaultCode::State)]);
}

#[tokio::test]
async fn what_cannot_be_issued_is_refused_with_its_field_and_nothing_is_written() {
    let world = World::new().await;
    let wrong = |change: fn(&mut Order)| {
        let mut order = order(2);
        change(&mut order);
        order
    };
    let cases = [
        (wrong(|it| it.gtin = "09520000030018".parse().unwrap()), "htx", "gtin", FaultCode::NotOnRecord),
        (wrong(|it| it.gtin = "09520000020019".parse().unwrap()), "htx", "gtin", FaultCode::Combination),
        (wrong(|it| it.lot = "L9".parse().unwrap()), "htx", "lot", FaultCode::NotOnRecord),
        (wrong(|_| ()), "another", "gtin", FaultCode::OtherPublisher),
        (wrong(|it| it.count = 0), "htx", "count", FaultCode::Count),
        (wrong(|it| it.count = 100_001), "htx", "count", FaultCode::Count),
        (wrong(|it| it.state = ItemState::Revoked), "htx", "state", FaultCode::Value),
    ];
    let revision = world.store.read(&[]).await.unwrap().marker.revision;
    for (order, publisher, field, code) in cases {
        let error = world.issue(&order, "a", publisher).await.unwrap_err();
        assert_eq!(faults(&error), [(field.to_owned(), code)], "{error}");
    }
    assert_eq!(world.store.read(&[]).await.unwrap().marker.revision, revision);
}

#[tokio::test]
async fn pins_are_kept_as_hashes_before_they_are_told_and_are_in_no_debug_form() {
    let world = World::new().await;
    let with_pins = Order { pins: true, ..order(3) };
    let codes = world.issue(&with_pins, "a", "htx").await.unwrap();
    assert!(codes.units.iter().all(|unit| unit.pin.is_some()));
    let unit = &codes.units[1];
    let pin = unit.pin.as_ref().unwrap();
    let of = Unit { gtin: codes.gtin, serial: unit.serial };
    let limits = TryLimits { per_client: 5, per_unit: 20 };
    let hashed = world.secret.pin(&of, &pin.as_str().parse().unwrap());
    let client = crate::registry::ClientHash(1);
    let tried = world.store.try_pin(&of, hashed, client, limits, Stopped.now()).await.unwrap();
    assert_eq!(tried, PinTry::Taken(hashed));
    assert!(!format!("{codes:?}").contains(pin.as_str()));
    assert_eq!(world.issue(&with_pins, "a", "htx").await.unwrap().units, codes.units);
    let log = world.store.evidence(0, 100).await.unwrap();
    let log: Vec<String> = log.iter().map(|(_, line)| serde_json::to_string(line).unwrap()).collect();
    assert!(log.iter().any(|line| line.contains(r#""act":"issue""#)));
    assert!(!log.iter().any(|line| line.contains(pin.as_str())));
}

#[tokio::test]
async fn a_repeat_puts_no_pin_back_in_place_of_a_later_one() {
    let world = World::new().await;
    let with_pins = Order { pins: true, ..order(3) };
    let codes = world.issue(&with_pins, "a", "htx").await.unwrap();
    let of = |n: usize| Unit { gtin: codes.gtin, serial: codes.units[n].serial };
    let later = world.secret.pin(&of(1), &"K7PM-2QXD".parse().unwrap());
    world.store.put_pins(&[(of(1), later)]).await.unwrap();
    let again = world.issue(&with_pins, "a", "htx").await.unwrap();
    assert_eq!(again.units[1].pin, None, "one that opens nothing is not told");
    assert_eq!((&again.units[0], &again.units[2]), (&codes.units[0], &codes.units[2]));
    let limits = TryLimits { per_client: 5, per_unit: 20 };
    let client = crate::registry::ClientHash(1);
    let kept = world.store.try_pin(&of(1), later, client, limits, Stopped.now()).await.unwrap();
    assert_eq!(kept, PinTry::Taken(later));
}

#[tokio::test]
async fn a_scheme_of_a_publishers_own_registers_a_code_for_each_unit() {
    let world = World::new().await;
    let own = Order { space: Some("HP-MAU-".parse().unwrap()), ..order(2) };
    let codes = world.issue(&own, "a", "htx").await.unwrap();
    let unit = &codes.units[0];
    let code = format!("HP-MAU-{}", unit.serial);
    assert_eq!((unit.code.as_deref(), unit.text.as_str()), (Some(code.as_str()), code.as_str()));
    assert_eq!(unit.link, format!("https://id.example.vn/card/{code}"));
    let key = Key::Opaque(code.as_str().try_into().unwrap());
    let Some(Entry::Opaque(entry)) = world.store.read(&[key]).await.unwrap().entries.pop().unwrap() else {
        panic!("it is registered")
    };
    assert_eq!((entry.record.serial, entry.record.lot), (Some(unit.serial), Some(codes.lot)));
}

#[test]
fn a_beginning_that_would_read_as_something_else_is_refused() {
    for good in ["HP-MAU-", "https://tx.example.vn/q/", "X"] {
        assert!(good.parse::<Space>().is_ok(), "{good}");
    }
    for bad in ["", "-HP", "a b", "=1", "https://id.example.vn/01/09520000010010/21/", "mã", &"A".repeat(101)] {
        assert!(bad.parse::<Space>().is_err(), "{bad}");
    }
}

#[test]
fn a_sheet_is_rfc_4180_and_no_cell_is_a_formula() {
    let lot: gs1::Lot = "=1+1".parse().unwrap();
    let gtin: gs1::Gtin14 = "09520000010010".parse().unwrap();
    let unit = UnitCode::of(gtin, lot, "A,B\"C".parse().unwrap(), None, "https://id.example.vn");
    let codes = Codes {
        order: "a".to_owned(),
        repeated: false,
        revision: None,
        gtin,
        product: serde_json::from_str(r#"{"vi":"Mắm"}"#).unwrap(),
        lot,
        produced: None,
        expires: None,
        best_before: None,
        state: ItemState::Issued,
        units: vec![UnitCode { pin: Some(PrintedPin("K7PM-2QXD".to_owned())), ..unit }],
    };
    let plain = String::from_utf8(sheet(&codes, false)).unwrap();
    let marked = String::from_utf8(sheet(&codes, true)).unwrap();
    assert_eq!(marked.strip_prefix('\u{feff}'), Some(plain.as_str()));
    let lines: Vec<&str> = plain.split("\r\n").collect();
    assert_eq!(lines[0], "gtin,lot,serial,code,digital_link,text,pin");
    assert_eq!(
        lines[1],
        "09520000010010,'=1+1,\"A,B\"\"C\",,https://id.example.vn/01/09520000010010/10/%3D1%2B1/21/A%2CB%22C,\
         \"(01)09520000010010(10)=1+1(21)A,B\"\"C\",K7PM-2QXD"
    );
    assert_eq!(lines[2..], [""], "the last line ends");
}
