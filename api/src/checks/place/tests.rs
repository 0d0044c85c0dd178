//! Databases of a few networks, written byte by byte after the `MaxMind` DB file format specification 2.0.

mod database;

use core::net::IpAddr;
use std::io::Write as _;

use rstest::rstest;
use serde_json::{Value, json};

use super::{Place, Source, speaks};
use crate::store::ledger::Province;

/// A place by a database in which one network has this record.
fn by(record: &Value) -> Place {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(&database::of(&[([203, 0, 113, 0], 24, record.clone())])).unwrap();
    Place::by_database(file.path()).unwrap()
}

fn of(place: &Place, address: &str) -> Option<u8> {
    place.of(address.parse::<IpAddr>().unwrap(), None).map(|province| province.0)
}

fn line_in(iso: &str) -> Value {
    json!({
        "country": {"iso_code": "VN"},
        "subdivisions": [{"iso_code": iso}],
        "traits": {"connection_type": "Cable/DSL"},
    })
}

#[rstest]
#[case::in_traits(line_in("HP"), Some(31))]
#[case::corporate(json!({"country": {"iso_code": "VN"}, "subdivisions": [{"iso_code": "SG"}], "traits": {"connection_type": "Corporate"}}), Some(79))]
#[case::beside_them(json!({"country": {"iso_code": "VN"}, "subdivisions": [{"iso_code": "HN"}], "connection_type": "Cable/DSL"}), Some(1))]
#[case::of_before_the_merger(line_in("61"), Some(31))]
#[case::with_its_country(line_in("VN-61"), Some(31))]
#[case::largest_first(json!({"country": {"iso_code": "VN"}, "subdivisions": [{"iso_code": "HP"}, {"iso_code": "HN"}], "connection_type": "Cable/DSL"}), Some(31))]
#[case::mobile(json!({"country": {"iso_code": "VN"}, "subdivisions": [{"iso_code": "HP"}], "traits": {"connection_type": "Cellular"}}), None)]
#[case::satellite(json!({"country": {"iso_code": "VN"}, "subdivisions": [{"iso_code": "HP"}], "traits": {"connection_type": "Satellite"}}), None)]
#[case::not_said(json!({"country": {"iso_code": "VN"}, "subdivisions": [{"iso_code": "HP"}]}), None)]
#[case::hidden(json!({"country": {"iso_code": "VN"}, "subdivisions": [{"iso_code": "HP"}], "traits": {"connection_type": "Corporate", "is_anonymous": true}}), None)]
#[case::abroad(json!({"country": {"iso_code": "FR"}, "subdivisions": [{"iso_code": "HP"}], "traits": {"connection_type": "Cable/DSL"}}), None)]
#[case::no_province(json!({"country": {"iso_code": "VN"}, "subdivisions": [], "traits": {"connection_type": "Cable/DSL"}}), None)]
#[case::unknown_province(line_in("99"), None)]
#[case::of_another_shape(json!({"country": "VN", "subdivisions": "HP"}), None)]
#[case::no_map(json!("VN"), None)]
fn a_province_is_known_of_fixed_lines_alone(#[case] record: Value, #[case] code: Option<u8>) {
    assert_eq!(of(&by(&record), "203.0.113.7"), code);
}

#[test]
fn an_address_is_known_in_both_spellings_and_a_stranger_in_none() {
    let place = by(&line_in("HP"));
    assert_eq!(of(&place, "203.0.113.0"), Some(31));
    assert_eq!(of(&place, "203.0.113.255"), Some(31));
    assert_eq!(of(&place, "::ffff:203.0.113.7"), Some(31));
    assert_eq!(of(&place, "203.0.112.255"), None);
    assert_eq!(of(&place, "203.0.114.0"), None);
    assert_eq!(of(&place, "2001:db8::1"), None);
}

#[rstest]
#[case::both(vec![line_in("HP")], true)]
#[case::in_two_records(vec![json!({"connection_type": "Cellular"}), json!({"subdivisions": [{"iso_code": "HP"}]})], true)]
#[case::cities(vec![json!({"country": {"iso_code": "VN"}, "subdivisions": [{"iso_code": "HP"}], "traits": {}})], false)]
#[case::connections(vec![json!({"connection_type": "Cable/DSL"})], false)]
#[case::nothing(vec![], false)]
fn a_database_that_will_stay_silent_is_known_at_the_start(#[case] records: Vec<Value>, #[case] expected: bool) {
    let networks: Vec<_> = (0..).zip(records).map(|(n, record)| ([10, 0, n, 0], 24, record)).collect();
    let reader = maxminddb::Reader::from_source(database::of(&networks)).unwrap();
    assert_eq!(speaks(&reader), expected);
}

#[test]
fn what_is_no_database_is_refused_by_name() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(b"country,province\n").unwrap();
    let said = Place::by_database(file.path()).unwrap_err().to_string();
    assert!(said.contains(file.path().to_str().unwrap()), "{said}");
    assert!(Place::by_database("/nowhere/places.mmdb".as_ref()).is_err());
}

#[test]
fn a_database_damaged_anywhere_places_nobody_elsewhere_and_ends_nothing() {
    let whole = database::of(&[([203, 0, 113, 0], 24, line_in("HP"))]);
    for place in 0..whole.len() {
        let mut damaged = whole.clone();
        damaged[place] ^= 0x10;
        if let Ok(reader) = maxminddb::Reader::from_source(damaged) {
            let place = Place(Source::Database(Box::new(reader)));
            // One letter can make another province of it, never a number that is none.
            let found = place.of("203.0.113.7".parse().unwrap(), None);
            assert!(found.is_none_or(|found| Province::of_code(found.0) == Some(found)));
        }
    }
}

#[test]
fn the_header_of_a_proxy_is_two_digits_of_a_province_or_nothing() {
    let (place, client) = (Place::by_proxy(), "203.0.113.7".parse().unwrap());
    assert_eq!(place.of(client, Some("31")), Some(Province(31)));
    for said in [None, Some(""), Some("3"), Some("30"), Some("031"), Some(" 31"), Some("31,79"), Some("VN-HP")] {
        assert_eq!(place.of(client, said), None, "{said:?}");
    }
}

#[test]
fn a_header_says_nothing_where_no_proxy_is_trusted_with_it() {
    let client = "203.0.113.7".parse().unwrap();
    assert_eq!(Place::nowhere().of(client, Some("31")), None);
    assert_eq!(by(&line_in("HP")).of(client, Some("79")), Some(Province(31)));
}
