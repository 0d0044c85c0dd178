//! The demo registry reads as it should on any day, names what it shows, and says nothing that it must not.

use std::collections::BTreeSet;
use std::path::Path;

use nguon_openapi::Verdict;
use serde_json::Value;

use super::{PICTURES, RECORDS, ndjson, scans};
use crate::registry::{MediaHash, Record};

/// The day of the demo in the examples, and a leap day.
const DAYS: [jiff::civil::Date; 2] = [jiff::civil::date(2026, 11, 23), jiff::civil::date(2028, 2, 29)];

const ATTRIBUTES: [&str; 19] = [
    "xmlns",
    "viewBox",
    "width",
    "height",
    "rx",
    "x",
    "y",
    "d",
    "fill",
    "opacity",
    "stroke",
    "stroke-width",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-dasharray",
    "text-anchor",
    "font-family",
    "font-size",
    "font-weight",
];

fn records(today: jiff::civil::Date) -> Vec<Record> {
    ndjson(today)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error} in {line}")))
        .collect()
}

/// The records as written, before anything is filled in.
fn written() -> impl Iterator<Item = &'static str> {
    RECORDS.iter().flat_map(|file| file.lines())
}

/// Every string value, with the key it stands under.
fn strings(value: &Value, key: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => found.push((key.to_owned(), text.clone())),
        Value::Array(values) => values.iter().for_each(|value| strings(value, key, found)),
        Value::Object(fields) => fields.iter().for_each(|(key, value)| strings(value, key, found)),
        _ => {}
    }
}

fn written_strings() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for line in written() {
        strings(&serde_json::from_str(line).unwrap(), "", &mut found);
    }
    found
}

#[test]
fn every_line_is_a_record_on_any_day() {
    for today in DAYS {
        assert_eq!(records(today).len(), PICTURES.len() + written().count());
    }
}

#[test]
fn nothing_is_left_to_fill_in() {
    for today in DAYS {
        let filled = ndjson(today);
        assert!(!filled.contains("@today") && !filled.contains("picture:"));
    }
}

#[test]
fn offsets_count_from_the_day_the_demo_starts() {
    let lot = |today| {
        records(today)
            .into_iter()
            .find_map(|record| match record {
                Record::Batch(batch) if batch.lot.as_str() == "Y06A" => Some((batch.produced, batch.expires)),
                _ => None,
            })
            .unwrap()
    };
    assert_eq!(lot(DAYS[0]), (Some(jiff::civil::date(2026, 10, 4)), Some(jiff::civil::date(2026, 11, 18))));
    assert_eq!(lot(DAYS[1]), (Some(jiff::civil::date(2028, 1, 10)), Some(jiff::civil::date(2028, 2, 24))));
}

#[test]
fn what_is_referred_to_comes_first() {
    let mut known = BTreeSet::new();
    for record in records(DAYS[0]) {
        let (names, needs) = match record {
            Record::Media(it) => (vec![format!("media {}", it.hash)], Vec::new()),
            Record::Producer(it) => (vec![format!("producer {}", it.id)], Vec::new()),
            Record::Product(it) => {
                assert!(it.demo, "{} is not marked as demonstration", it.gtin);
                let pictures = it.images.iter().chain(it.compare.iter().filter_map(|note| note.image.as_ref()));
                let mut needs: Vec<_> = pictures.map(|hash| format!("media {hash}")).collect();
                needs.extend(it.producer.map(|id| format!("producer {id}")));
                (vec![format!("product {}", it.gtin)], needs)
            }
            Record::Batch(it) => {
                let mut needs: Vec<_> =
                    it.inputs.iter().map(|input| format!("lot {} {}", input.gtin, input.lot)).collect();
                needs.push(format!("product {}", it.gtin));
                (vec![format!("lot {} {}", it.gtin, it.lot)], needs)
            }
            Record::Item(it) => (Vec::new(), vec![format!("lot {} {}", it.gtin, it.lot.unwrap())]),
            Record::Items(it) => (Vec::new(), vec![format!("lot {} {}", it.gtin, it.lot.unwrap())]),
            Record::Certificate(it) => (Vec::new(), it.gtins.iter().map(|gtin| format!("product {gtin}")).collect()),
            Record::Event(it) => (vec![format!("event {}", it.id)], vec![format!("lot {} {}", it.gtin, it.lot)]),
            Record::Recall(it) => {
                let gtin = it.scope.gtin;
                (
                    vec![format!("recall {}", it.id.as_str())],
                    it.scope.lots.iter().map(|lot| format!("lot {gtin} {lot}")).collect(),
                )
            }
            Record::Link(it) => (Vec::new(), vec![format!("product {}", it.gtin)]),
            Record::Opaque(it) => (Vec::new(), vec![format!("lot {} {}", it.gtin, it.lot.unwrap())]),
        };
        for need in needs {
            assert!(known.contains(&need), "{need} comes too late or never");
        }
        for name in names {
            assert!(known.insert(name.clone()), "{name} twice");
        }
    }
}

#[test]
fn every_file_is_part_of_the_demo() {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo");
    let count = |dir: &Path, ending: &str| {
        std::fs::read_dir(dir)
            .unwrap()
            .filter(|entry| entry.as_ref().unwrap().path().extension().is_some_and(|it| it == ending))
            .count()
    };
    assert_eq!(count(&demo, "ndjson"), RECORDS.len());
    assert_eq!(count(&demo.join("pictures"), "svg"), PICTURES.len());
}

#[test]
fn pictures_are_small_closed_and_shown() {
    let shown: BTreeSet<_> = written_strings()
        .into_iter()
        .filter_map(|(_, text)| text.strip_prefix("picture:").map(str::to_owned))
        .collect();
    for (name, svg) in PICTURES {
        assert!(svg.len() <= 4096, "{name} has {} bytes", svg.len());
        assert!(svg.starts_with("<svg ") && svg.contains("<title>Tranh vẽ: "), "{name}");
        // Closed lists, so that nothing runs, nothing is fetched and nothing but the title is read aloud.
        for tag in svg.split('<').filter(|tag| !tag.is_empty() && !tag.starts_with('/')) {
            let element = tag.split([' ', '>']).next().unwrap();
            assert!(["svg", "title", "rect", "g", "path", "text"].contains(&element), "{name} holds <{element}>");
        }
        for before in svg.split("=\"").filter(|it| !it.ends_with("/svg>\n")) {
            let attribute = before.rsplit(' ').next().unwrap();
            assert!(ATTRIBUTES.contains(&attribute), "{name} holds {attribute}");
        }
        assert!(!svg.contains("url("), "{name}");
        assert!(shown.contains(*name), "{name} is on no product");
    }
    let hashes: BTreeSet<_> = PICTURES.iter().map(|(_, svg)| MediaHash::of(svg.as_bytes())).collect();
    assert_eq!(hashes.len(), PICTURES.len());
}

#[test]
fn no_text_judges_whether_goods_are_what_they_claim_to_be() {
    let mut texts: Vec<_> = written().map(str::to_lowercase).collect();
    texts.extend(PICTURES.iter().map(|(_, svg)| svg.to_lowercase()));
    texts.extend(scans().iter().map(|scan| format!("{} {}", scan.note_vi, scan.note_en).to_lowercase()));
    for text in texts {
        for word in ["giả", "thật", "chính hãng", "fake", "genuine", "authentic", "real"] {
            assert!(!text.contains(word), "{word} in {text}");
        }
    }
}

#[test]
fn nobody_and_no_place_is_named() {
    for (key, text) in written_strings() {
        match key.as_str() {
            "email" | "website" | "url" | "href" => panic!("{key}: {text} leads somewhere"),
            "phone" => assert_eq!(text, "1900 0000"),
            // `text` as a string is an address; what people read elsewhere stands under `vi` and `en`.
            "text" | "legacy" | "place" | "brand" => assert!(text.contains("minh hoạ"), "{text}"),
            "gtin" | "gtins" | "location" => assert!(text.starts_with("952"), "{key} {text} is somebody's"),
            _ => {}
        }
    }
}

#[test]
fn locations_have_a_right_check_digit() {
    for (key, text) in written_strings() {
        if key == "location" {
            assert!(gs1::Gln::try_from(text.as_str()).is_ok(), "{text}");
        }
    }
    for record in records(DAYS[0]) {
        if let Record::Producer(producer) = record {
            assert!(producer.id.gln().is_some(), "{}", producer.id);
        }
    }
}

#[test]
fn there_is_a_link_for_each_verdict() {
    let linked: BTreeSet<_> = scans().iter().map(|scan| scan.verdict).collect();
    assert_eq!(linked, Verdict::ALL.into_iter().collect());
}

#[test]
fn links_are_numbered_and_name_what_is_on_record() {
    let all = ndjson(DAYS[0]);
    for (scan, n) in scans().iter().zip(1..) {
        assert_eq!(scan.n, n);
        let gs1::Outcome::TradeItem(item) = gs1::read_link(scan.path).outcome else { continue };
        let on_record = all.contains(&format!(r#""gtin": "{}""#, item.gtin.shortest()));
        assert_eq!(on_record, scan.verdict != Verdict::Unknown, "{}", scan.path);
        if let Some(serial) = item.serial {
            let issued = all.contains(&format!(r#""{}""#, serial.as_str()));
            assert_eq!(issued, scan.verdict != Verdict::UnknownSerial, "{}", scan.path);
        }
        if let Some(lot) = item.lot {
            let known = all.contains(&format!(r#""lot": "{}""#, lot.as_str()));
            assert_eq!(known, scan.verdict != Verdict::DataMismatch, "{}", scan.path);
        }
    }
}
